"""Gives a blog an editor, a guest contributor and an owner who are signed in: `python -m scenarios.people SLUG`.

Prints their sessions' cookies as JSON. How people sign in is not what scenarios are about.
"""

import json
import sys
from importlib import import_module


def main() -> None:
    """Make them, and print their cookies."""
    import django  # noqa: PLC0415

    from asithappened.wiring.sqlite import use_safe_sqlite  # noqa: PLC0415

    use_safe_sqlite()  # before Django binds sqlite3
    django.setup()
    from django.conf import settings  # noqa: PLC0415
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: PLC0415

    from asithappened.accounts.models import Membership, Role, User  # noqa: PLC0415
    from asithappened.log import read  # noqa: PLC0415

    blog, cookies = read.blog_id(sys.argv[1]), {}
    for role in (Role.EDITOR, Role.CONTRIBUTOR, Role.OWNER):
        user = User.objects.create_user(f"{role}@scenario.example", byline=f"{role.name.title()} Person")
        Membership.objects.create(blog_id=blog, user=user, role=role)
        session = import_module(settings.SESSION_ENGINE).SessionStore()
        session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session.save()
        cookies[role.name.lower()] = f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
    print(json.dumps(cookies))


if __name__ == "__main__":
    main()
