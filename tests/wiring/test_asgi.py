"""Django behind delivery: a few threads with a connection each, and its word on who is signed in."""

import asyncio
import threading
from collections.abc import Iterator
from http.cookies import SimpleCookie
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.http import StreamingHttpResponse

from asithappened.accounts.models import User
from asithappened.accounts.recognise import SIGNED_IN
from asithappened.delivery import behind
from asithappened.delivery.bodies import DESK_BYTES
from asithappened.delivery.turns import AT_ONCE
from asithappened.wiring.asgi import Newsroom
from tests.delivery.conftest import database

__all__ = ["database"]
OF_A_CONNECTION = 3  # files: a database's, and what SQLite keeps beside it


async def ask(
    app: Any, path: str = "/accounts/login/", *, cookie: str = "", method: str = "GET", leaves: bool = False
) -> tuple[dict[str, Any], list[Any]]:
    """Ask once, and leave before there is an answer; return the scope as the application left it, and the answer."""
    headers = [(b"host", b"localhost")] + ([(b"cookie", cookie.encode())] if cookie else [])
    scope: dict[str, Any] = {
        "type": "http", "method": method, "path": path, "raw_path": path.encode(), "query_string": b"",
        "headers": headers, "client": ("192.0.2.1", 1), "server": ("127.0.0.1", 8000), "scheme": "http", "state": {},
    }  # fmt: skip
    answer: list[Any] = []

    said: list[dict[str, Any]] = [{"type": "http.request", "body": b"", "more_body": False}]
    said += [{"type": "http.disconnect"}] if leaves else []

    async def receive() -> dict[str, Any]:
        return said.pop(0) if said else await asyncio.get_running_loop().create_future()

    async def send(message: Any) -> None:
        answer.append(message)

    await app(scope, receive, send)
    return scope, answer


def test_many_askers_are_answered_by_few_threads_with_a_connection_each(database: Path | str) -> None:
    app = Newsroom()
    seen: set[int] = set()

    async def crowd() -> None:
        async def one(*, leaves: bool) -> None:
            _, answer = await ask(app, leaves=leaves)
            seen.update(message["status"] for message in answer[:1])

        await asyncio.gather(*(one(leaves=n % 2 == 0) for n in range(60)))

    connection.close()
    before, others = files(), threading.active_count()
    for _ in range(3):
        asyncio.run(crowd())
    assert seen == {200}
    assert threading.active_count() <= others + AT_ONCE
    assert files() <= before + AT_ONCE * OF_A_CONNECTION


def files() -> int:
    """Return how many open files of this process are a database's."""
    names = []
    for descriptor in Path("/proc/self/fd").iterdir():
        try:
            names.append(str(descriptor.readlink()))
        except FileNotFoundError:
            continue
    return sum("newsroom.sqlite3" in name for name in names)


def test_what_is_made_as_it_goes_leaves_in_pieces_and_opens_no_connection_for_each(
    database: Path | str, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = Newsroom(threads=1)
    users = (f"user{n}@house.example".encode() for n in range(3))

    def pieces() -> Iterator[bytes]:
        for user in users:
            User.objects.filter(email=user.decode()).exists()  # by whichever thread makes this piece
            yield user

    monkeypatch.setattr(app, "get_response", lambda _: StreamingHttpResponse(pieces()))
    connection.close()
    before = files()
    _, (start, *bodies, end) = asyncio.run(ask(app))
    assert start["status"] == 200
    assert [(one["body"][:5], one["more_body"]) for one in bodies] == [
        (b"user0", True),
        (b"user1", True),
        (b"user2", True),
    ]
    assert end == {"type": "http.response.body", "body": b""}
    assert files() <= before + OF_A_CONNECTION


def test_django_says_which_sessions_are_somebodys(database: Path | str) -> None:
    user = User.objects.create_user(email="ada@recognised.example", password="a long password")
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY], store[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store.save()
    app = Newsroom()

    def found(cookie: str) -> object:
        scope, _ = asyncio.run(ask(app, "/desk/", cookie=cookie))
        return scope["state"].get(SIGNED_IN)

    name = settings.SESSION_COOKIE_NAME
    assert found(f"{name}={store.session_key}") is True
    assert found(f"{name}={'a' * 32}") is False
    assert found("") is None
    store.flush()
    assert found(f"{name}={store.session_key}") is False
    assert SIGNED_IN == behind.SIGNED_IN


def test_answers_are_djangos_own_with_cookies_and_status(database: Path | str) -> None:
    app = Newsroom()
    _, (start, body) = asyncio.run(ask(app, "/accounts/login/"))
    assert start["status"] == 200
    assert b"</html>" in body["body"]
    cookies = SimpleCookie(b"; ".join(v for n, v in start["headers"] if n == b"set-cookie").decode())
    assert settings.CSRF_COOKIE_NAME in cookies
    assert asyncio.run(ask(app, "/no/such/"))[1][0]["status"] == 404
    assert asyncio.run(ask(app, method="POST"))[1][0]["status"] in {403, 405}


@pytest.mark.parametrize("setting", ["DATA_UPLOAD_MAX_MEMORY_SIZE"])
def test_django_takes_what_delivery_lets_through(setting: str) -> None:
    assert getattr(settings, setting) == DESK_BYTES
