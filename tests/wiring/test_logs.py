"""The log: without secrets, without end to no line, and bounded whatever strangers send."""

import io
import json
import logging
import logging.config
import os
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from asithappened.accounts import links
from asithappened.accounts.models import User
from asithappened.published import tickets
from asithappened.wiring import logs
from asithappened.wiring.logs import (
    MESSAGE_CHARS,
    OF_A_KIND,
    TRACEBACK_CHARS,
    WINDOW_S,
    FewOfAKind,
    Line,
    without_secrets,
)

LINK = "0m/d2k3f1-5e1c1d7a0b9f8e7d6c5b4a3928171605"
TICKET = tickets.sign(b"k" * 32, 7, 1_764_000_000, "42")


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Return what is written, by the handler that the settings make."""
    written = io.StringIO()
    before = logging.root.handlers[:]
    logging.config.dictConfig(settings.LOGGING)
    [handler] = [handler for handler in logging.root.handlers if handler.get_name() == "stderr"]
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(written)
    yield written
    logging.root.handlers[:] = before


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        (f"Forbidden (CSRF cookie not set.): /accounts/enter/{LINK}/", LINK),
        (f"Forbidden (CSRF cookie not set.): /accounts/join/{LINK}/", LINK),
        (f"GET https://live.example.org/accounts/enter/{LINK}/?x=1", LINK),
        (f"/accounts/login/?next={quote(f'/accounts/enter/{LINK}/', safe='')}", quote(LINK, safe="")),
        (f"<ASGIRequest: POST '/accounts/enter/{LINK}/'>", LINK),
        (f"Not answered: /live/storm/enter?ticket={TICKET}", TICKET),
        (f"Cookie: theme=dark; asithappened_ticket={TICKET}; x", TICKET),
        ("[(b'host', b'x'), (b'cookie', b'session=abcdef0123456789; csrf=zzzzzzzz')]", "abcdef0123456789"),
        (f"a ticket {TICKET} alone", TICKET),
        (f"a token {LINK.split('/')[1]} alone", LINK.split("/")[1]),
        ("{'csrfmiddlewaretoken': 'AbCdEf0123456789', 'password': 'four words together'}", "four words together"),
        ("<QueryDict: {'password': ['four words together']}>", "four words together"),
        ("connection to postgres://desk:s3cr3t-pass@db.example/news failed", "s3cr3t-pass"),
        ("http://127.0.0.1:5561/?iss=newsroom&key=c0ffee00c0ffee00", "c0ffee00c0ffee00"),
        ("Authorization: Bearer eyJhbGciOi.eyJzdWIi.c2ln", "eyJhbGciOi"),
        ("Grip-Sig: eyJhbGciOi.eyJzdWIi.c2ln", "eyJzdWIi"),
        ('{"password": "four words together", "login": "x"}', "four words together"),
        ("__Host-session=abcdef0123456789", "abcdef0123456789"),
    ],
)
def test_what_lets_somebody_in_is_taken_out_of_a_line_and_of_a_traceback(text: str, secret: str) -> None:
    assert secret not in without_secrets(text)
    try:
        raise ValueError(text)
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, __file__, 1, "It failed: %s", (text,), sys.exc_info())
    written = Line("{levelname} {message}", style="{").format(record)
    assert secret not in written
    assert "It failed" in written
    assert "ValueError" in written


@pytest.mark.parametrize(
    "text",
    ["KeyError: 'storm'", "/live/storm/p/p12/", "It took 3.5 s for blog=7 at seq=12", "/accounts/login/?next=/desk/",
     "asithappened 0.1.0, Python 3.11.7", "the key of the door", "/live/monkey=1/", "2026-11-25 17:10:55,123"],
)  # fmt: skip
def test_what_is_no_secret_stays(text: str) -> None:
    assert without_secrets(text) == text


@given(st.text())
def test_a_message_is_one_line_and_bounded_whatever_is_in_it(text: str) -> None:
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, "%s", (text * 50,), None)
    written = Line("{message}", style="{").format(record)
    assert len(written.splitlines()) <= 1
    assert len(written) <= MESSAGE_CHARS + 40


def test_of_a_long_traceback_the_end_is_written() -> None:
    try:
        raise ValueError("x" * 100_000 + " the end")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, __file__, 1, "It failed", (), sys.exc_info())
    written = Line().format(record)
    assert written.endswith("the end")
    assert len(written) < TRACEBACK_CHARS + MESSAGE_CHARS


def test_of_a_kind_there_are_few_and_what_is_left_out_is_counted() -> None:
    now = [0.0]
    few = FewOfAKind(clock=lambda: now[0])

    def written(line: int, times: int) -> list[str]:
        records = [logging.LogRecord("x", logging.WARNING, "a.py", line, str(n), (), None) for n in range(times)]
        return [Line("{message}", style="{").format(record) for record in records if few.filter(record)]

    first = written(1, 1_000)
    assert len(first) == OF_A_KIND
    assert "left out" in first[-1]
    assert "left out" not in "".join(first[:-1])
    assert written(2, 1) == ["0"], "another place has its own"
    now[0] = WINDOW_S - 1
    assert written(1, 10) == []
    now[0] = WINDOW_S
    assert written(1, 2) == [f"0 ({1_010 - OF_A_KIND} more like this were left out before)", "1"]


def test_places_without_end_fill_no_memory() -> None:
    few = FewOfAKind(clock=lambda: 0.0)
    for line in range(3 * logs.PLACES):
        assert few.filter(logging.LogRecord("x", logging.WARNING, "a.py", line, "", (), None))
    assert len(few._seen) <= logs.PLACES


@pytest.mark.django_db
def test_a_flood_of_refused_forms_with_long_paths_writes_little(log: io.StringIO) -> None:
    """It was 21 MB in 8 s."""
    client = Client(enforce_csrf_checks=True)
    for number in range(300):
        client.post(f"/desk/live/{number}{'x' * 5_000}/write/")
        client.post("/accounts/login/", headers={"Host": f"evil{number}.example" + "x" * 5_000})
    written = log.getvalue()
    assert "Forbidden" in written
    assert len(written) < 2 * OF_A_KIND * (MESSAGE_CHARS + 200)


@pytest.mark.django_db
def test_a_sign_in_link_whose_form_is_refused_is_not_logged(log: io.StringIO) -> None:
    user = User.objects.create_user("ada@house.example")
    path = urlsplit(links.sign_in_link(user)).path
    assert Client(enforce_csrf_checks=True).post(path).status_code == 403
    assert "Forbidden" in log.getvalue()
    for part in path.strip("/").split("/")[2:]:
        assert f"/{part}" not in log.getvalue()
    assert Client().post(path).status_code == 302, "it was good all the while"


def test_uvicorn_logs_as_all_others_do() -> None:
    """In a process of its own: its configuration is the process's."""
    code = (
        "import json, logging, django; django.setup(); from asithappened.wiring import runner;"
        "runner.make_server(runner.build(), lane='asgi');"
        "found = {n: [logging.getLogger(n).propagate, len(logging.getLogger(n).handlers)] for n in"
        " ('uvicorn', 'uvicorn.error', 'asyncio', 'asithappened.delivery', 'django', 'django.request')};"
        "print(json.dumps(found))"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, env=dict(os.environ)
    )
    assert set(map(tuple, json.loads(told.stdout).values())) == {(True, 0)}
