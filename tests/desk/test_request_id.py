"""Whatever says no brings an id to quote, and the log has a line with it."""

import logging
import re
from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from asithappened.accounts.models import User
from asithappened.wiring.logs import Line
from tests.answered import Answer
from tests.desk.conftest import Blog
from tests.desk.pages import form

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Iterator[list[str]]:
    """Return the log's lines as they are written, by a formatter that runs where the record is made."""
    written = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            written.append(Line("{levelname} {name}: {message}", style="{").format(record))

    handler = Kept()
    logging.getLogger().addHandler(handler)
    with caplog.at_level(logging.INFO, logger="asithappened.desk"):
        yield written
    logging.getLogger().removeHandler(handler)


def refusals(
    browse: Callable[[User | None], Client], editor: User, owner: User, blog: Blog
) -> Iterator[tuple[int, Answer]]:
    """Yield one answer of each kind that says no."""
    client = browse(editor)
    yield 404, client.get("/desk/live/elsewhere/")
    yield 403, client.get(f"{blog.path}people/")
    yield 403, browse(None).post(f"{blog.path}write/", form(text="Words."))
    yield 422, client.post(f"{blog.path}settings/", {"do": "on", "on-name": ""})
    yield 400, client.post(f"{blog.path}write/", form(text="x" * (1024 * 1024 + 1)))
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(owner)
    yield 403, strict.post(f"{blog.path}write/", form(text="Words."))
    yield 410, browse(None).get("/desk/handover/nothing/")


def test_every_page_that_says_no_shows_the_id_that_the_log_has(
    browse: Callable[[User | None], Client], editor: User, owner: User, blog: Blog, lines: list[str]
) -> None:
    for status, answer in refusals(browse, editor, owner, blog):
        id_ = answer["X-Request-Id"]
        assert answer.status_code == status
        assert id_ in answer.content.decode()
        assert [line for line in lines if f"[{id_}]" in line]


def test_every_refusal_in_json_brings_it(
    browse: Callable[[User | None], Client], editor: User, blog: Blog, lines: list[str]
) -> None:
    client = browse(editor)
    for path, sent, status in (
        (f"{blog.path}write/", {"version": 1, "do": "nothing"}, 422),
        (f"{blog.path}write/", {"version": 2}, 400),
        ("/desk/live/elsewhere/write/", {"version": 1}, 404),
        (f"{blog.path}people/", {"version": 1}, 403),
    ):
        answer = client.post(path, sent, content_type="application/json")
        assert answer.status_code == status
        assert answer.json()["id"] == answer["X-Request-Id"]
        assert f"[{answer['X-Request-Id']}]" in lines[-1]


def test_what_breaks_is_logged_once_by_the_id_that_its_person_sees(
    editor: User, blog: Blog, lines: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("a defect of ours")

    monkeypatch.setattr("asithappened.press.publish", broken)
    client = Client(raise_request_exception=False)
    client.force_login(editor)
    answer = client.post(f"{blog.path}write/", form(text="Words."))
    number = re.search(r"the number (\w+)", answer.content.decode())
    assert number is not None
    assert number[1] == answer["X-Request-Id"]
    assert len([line for line in lines if number[1] in line]) == 1


def test_two_requests_have_two_ids_and_what_went_well_is_not_logged(
    browse: Callable[[User | None], Client], editor: User, blog: Blog, lines: list[str]
) -> None:
    client = browse(editor)
    first, second = client.get(blog.path), client.get(blog.path)
    assert first["X-Request-Id"] != second["X-Request-Id"]
    assert not lines
