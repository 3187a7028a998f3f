"""The house's slots in XML and JSON, whose escaping would destroy them.

Owns the placeholders that replace the slots until everything is escaped: random addresses, which no text can contain by
guess. Also owns the escaping of XML and JSON. Look next: published/layout.py for what a slot is.
"""

import json
import secrets
from typing import Any, Final

from django.utils.html import escape

from asithappened.published.layout import ADDRESS_SLOT, MEDIA_SLOT

HOUSE: Final = f"https://{secrets.token_hex(16)}.invalid"
"""The placeholder of the installation's address."""
_MEDIA: Final = f"https://{secrets.token_hex(16)}.invalid"


def with_placeholders(html: str) -> str:
    """Replace the slots in finished HTML by placeholders, so that it can be parsed and escaped."""
    return html.replace(ADDRESS_SLOT, HOUSE).replace(MEDIA_SLOT, _MEDIA)


def with_slots(finished: str) -> str:
    """Put the slots back into a finished piece."""
    return finished.replace(HOUSE, ADDRESS_SLOT).replace(_MEDIA, MEDIA_SLOT)


def xml(text: str) -> str:
    """Escape a text for XML, as content or as an attribute's value."""
    return str(escape(text))


def json_(value: Any) -> str:
    """Return a value as JSON without `<`, so that nothing in it is mistaken for a slot."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
