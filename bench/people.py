"""Makes signed-in members of a blog: `python -m bench.people SLUG ROLE…`, one for each role.

Prints the cookies of their sessions as JSON, in that order. Signing in itself is not measured. Scenarios use it too.
"""

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path

from bench import machine
from bench.ours import environment


def signed_in(home: Path, slug: str, *roles: str) -> list[str]:
    """Return the cookie of a session for each role (`editor`, `contributor`, `owner`), as `name=value`."""
    done = subprocess.run(  # noqa: S603 -- our own command
        [sys.executable, "-m", "bench.people", slug, *roles],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
        cwd=machine.HERE.parent,
        env={**environment(home), "PATH": "/usr/bin:/bin"},
    )
    found: list[str] = json.loads(done.stdout)
    return found


def main() -> None:
    """Make the members and print their cookies."""
    import django  # noqa: PLC0415

    from asithappened.wiring.sqlite import use_safe_sqlite  # noqa: PLC0415

    use_safe_sqlite()  # before Django binds sqlite3
    django.setup()
    from django.conf import settings  # noqa: PLC0415
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: PLC0415

    from asithappened.accounts.models import Membership, Role, User  # noqa: PLC0415
    from asithappened.log import read  # noqa: PLC0415

    blog, cookies = read.blog_id(sys.argv[1]), []
    assert blog is not None
    for number, name in enumerate(sys.argv[2:]):
        role = Role[name.upper()]
        address, byline = f"{name}{number}@scenario.example", f"{name.title()} Person {number}"
        user = User.objects.create_user(
            address, byline=byline, is_staff=role is Role.OWNER
        )  # staff may open live blogs
        Membership.objects.create(blog_id=blog, user=user, role=role)
        session = import_module(settings.SESSION_ENGINE).SessionStore()
        session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session.save()
        cookies.append(f"{settings.SESSION_COOKIE_NAME}={session.session_key}")
    print(json.dumps(cookies))


if __name__ == "__main__":
    main()
