"""The Django half as an ASGI application: the desk, sign-in, the front page.

Owns nothing but its making. Readers' pages and streams never come here: delivery stands in front.
Look next: `urls`.
"""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "asithappened.wiring.settings")

from asithappened.wiring.sqlite import use_safe_sqlite

use_safe_sqlite()  # before Django binds sqlite3

from django.core.asgi import get_asgi_application

application = get_asgi_application()
