"""What a page says as it is left: once, three things, and of whoever asks not to be tracked nothing at all."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, Request
from pytest_django import DjangoDbBlocker

from asithappened.core import events as e
from asithappened.delivery.readership import Count, Readership
from asithappened.published import tickets
from tests.delivery.serving import Served
from tests.reader.conftest import drawn
from tests.reader.line import wait_until
from tests.reader.newsroom import NOON, Newsroom, opened
from tests.tables import on

pytestmark = pytest.mark.browser
HIDE = """hidden => {
  Object.defineProperty(document, "hidden", {configurable: true, get: () => hidden});
  document.dispatchEvent(new Event("visibilitychange"));
}"""


def keep(counts: Mapping[Count, int]) -> None:
    """Keep nothing: a test reads what is counted, and lasts no minute."""


@dataclass
class Counting:
    """A live blog of sixty posts, two of them key events, whose server counts."""

    room: Newsroom
    counting: Readership

    def counted(self) -> dict[tuple[str, str], int]:
        return {(one.kind, one.key): n for one, n in list(self.counting.counts.items())}

    def left(self) -> int:
        return sum(n for (kind, _), n in self.counted().items() if kind == "read")


@pytest.fixture(scope="module")
def served(
    browser: Browser, migrated: str, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Counting]:
    """Yield a live blog on a server of this module's own."""
    del browser  # whose connections to the database are others than those from before it
    folder = tmp_path_factory.mktemp("counted")
    database = folder / "newsroom.sqlite3"
    shutil.copy(migrated, database)
    doorbells, settings.DOORBELLS = settings.DOORBELLS, folder / "doorbells"
    with django_db_blocker.unblock(), on(str(database)):
        counting = Readership(keep)
        server = Served(
            "fast", database, Path(settings.DOORBELLS), b"k" * tickets.KEY_BYTES,
            at_its_address=True, counts=True, readership=counting,
        )  # fmt: skip
        server.start()
        room = Newsroom(opened("storm", "A storm", zone="Europe/London"), f"http://127.0.0.1:{server.port}")
        for start in (0, 30):
            room.add(
                *(
                    room.post(
                        f"p{n}", f"Headline {n}", f"Paragraph of {n}. " * 40, published_at=NOON + timedelta(minutes=n),
                        kind=e.PostKind.KEY_EVENT if n in {31, 58} else e.PostKind.UPDATE,
                    )
                    for n in range(start, start + 30)
                )
            )  # fmt: skip
        yield Counting(room, counting)
        server.stop()
    settings.DOORBELLS = doorbells


Read = Callable[..., Page]


@pytest.fixture
def blog(served: Counting) -> Counting:
    served.counting.counts.clear()
    served.counting._heard.clear()
    return served


@pytest.fixture
def read(browser: Browser, blog: Counting) -> Iterator[Read]:
    """Open the page of the live blog; its script's errors fail the test."""
    errors: list[str] = []
    contexts = []

    def begin(*, before: str = "", came_from: str | None = None, **more: Any) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1000, "height": 700}} | more)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda m: errors.append(m.text) if "Content Security Policy" in m.text else None)
        if before:
            page.add_init_script(before)
        page.goto(blog.room.url, referer=came_from)
        return page

    yield begin
    for context in contexts:
        context.close()
    assert errors == []


def says(page: Page) -> Request:
    """Leave a page, and return what it says."""
    with page.expect_request(lambda asked: "/readership/" in asked.url) as told:
        page.evaluate(HIDE, True)
    return told.value


def test_a_page_that_is_left_says_how_far_it_was_read_and_where_its_reader_came_from(
    blog: Counting, read: Read
) -> None:
    page = read(came_from="https://news.example.org/a/story?who=me")
    drawn(page)
    page.locator(".post").nth(11).scroll_into_view_if_needed()
    drawn(page)
    told = says(page)
    assert told.post_data_json == {"read": 10, "opened": [], "host": "news.example.org"}
    wait_until(lambda: blog.left() == 1)
    assert blog.counted() == {("read", "10"): 1, ("from", "news.example.org"): 1}
    headers = told.all_headers()
    assert "cookie" not in headers
    assert page.context.cookies() == []


def test_it_says_so_once_however_often_its_reader_comes_back(blog: Counting, read: Read) -> None:
    page = read()
    says(page)
    wait_until(lambda: blog.left() == 1)
    more: list[str] = []
    page.on("request", lambda asked: more.append(asked.url) if "/readership/" in asked.url else None)
    for hidden in (False, True, False):
        page.evaluate(HIDE, hidden)
    drawn(page)
    assert more == []


def test_a_page_that_gives_way_to_another_is_counted_before_it_goes(blog: Counting, read: Read) -> None:
    page = read()
    page.goto("about:blank")
    wait_until(lambda: blog.left() == 1)
    assert blog.counted()["from", ""] == 1


def test_a_key_event_that_is_opened_from_the_list_is_said_by_its_id(blog: Counting, read: Read) -> None:
    page = read()
    for _ in range(2):
        page.locator(".keyevents a[data-post=p58]").click()
    told = says(page).post_data_json
    assert told is not None
    assert told["opened"] == ["p58"]
    wait_until(lambda: blog.counted().get(("opened", "p58")) == 1)


@pytest.mark.parametrize(
    "asks",
    [
        "Object.defineProperty(navigator, 'globalPrivacyControl', {get: () => true})",
        "Object.defineProperty(navigator, 'doNotTrack', {get: () => '1'})",
    ],
)
def test_of_whoever_asks_not_to_be_tracked_nothing_is_said(blog: Counting, read: Read, asks: str) -> None:
    said: list[str] = []
    page = read(before=asks)
    page.on("request", lambda asked: said.append(asked.url) if "/readership/" in asked.url else None)
    page.evaluate(HIDE, True)
    page.goto("about:blank")
    other = read()  # whose message is later than any that the first page could have sent
    says(other)
    wait_until(lambda: blog.left() == 1)
    assert said == []


def test_without_script_nothing_is_said(blog: Counting, read: Read) -> None:
    page = read(java_script_enabled=False)
    page.goto("about:blank")
    other = read()
    says(other)
    wait_until(lambda: blog.left() == 1)
