"""Fixtures: a reader's browser, a newsroom, and the line between them."""

import itertools
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from msgspec.structs import replace
from playwright.sync_api import Browser, Page
from pytest_django import DjangoDbBlocker

from asithappened.core import events as e
from asithappened.core.providers import FRAME_ORIGINS
from asithappened.delivery import compose
from asithappened.published import layout, tickets
from tests.delivery.serving import Served
from tests.reader.line import Lines, wait_until
from tests.reader.newsroom import NOON, Newsroom, opened
from tests.tables import on

Open = Callable[..., Page]
Covered = Callable[[e.BlogOpened], Newsroom]

_numbers = itertools.count(1)


@pytest.fixture(scope="module")
def lines(
    browser: Browser, migrated: str, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Lines, str]]:
    """Yield the lines to this module's server, which has its own database, and the server's address.

    Segments are short and polls are frequent, because a test has few events and little time.
    """
    del browser  # it must start first, because it changes the connections to the database
    folder = tmp_path_factory.mktemp("readers")
    database = folder / "newsroom.sqlite3"
    shutil.copy(migrated, database)
    doorbells, settings.DOORBELLS = settings.DOORBELLS, folder / "doorbells"
    between: list[Lines] = []
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), on(str(database)):
        for module in (compose, layout):
            patch.setattr(module, "SEGMENT_EVENTS", 5)
        patch.setitem(compose.READER_POLL_S, "live", 2)
        served = Served(
            "asgi", database, Path(settings.DOORBELLS), b"k" * tickets.KEY_BYTES,
            at_its_address=True, frames=FRAME_ORIGINS,
        )  # fmt: skip
        between.append(Lines(served.delivery))
        served.server.config.app = between[0]
        served.start()
        yield between[0], f"http://127.0.0.1:{served.port}"
        served.stop()
    settings.DOORBELLS = doorbells


@pytest.fixture
def covered(lines: tuple[Lines, str]) -> Covered:
    """Return a function that opens a live blog at an address that no other test has."""
    between, server = lines

    def begin(opening: e.BlogOpened) -> Newsroom:
        made = Newsroom(replace(opening, slug=f"{opening.slug}-{next(_numbers)}"), server)
        between.lines.append(made)
        return made

    return begin


@pytest.fixture
def newsroom(covered: Covered) -> Newsroom:
    """A live blog of twelve posts."""
    room = covered(opened("storm", "A storm", zone="Europe/London"))
    room.add(
        *(
            room.post(
                f"p{n}", f"Headline {n}", "\n".join(f"Paragraph {m} of {n}. " * 12 for m in range(3)),
                published_at=NOON + timedelta(minutes=n + 1),
            )
            for n in range(12)
        )
    )  # fmt: skip
    return room


@pytest.fixture
def read(browser: Browser, newsroom: Newsroom) -> Iterator[Open]:
    """Return a function that opens a page as a reader in London on a desktop; errors of its script fail the test."""
    errors: list[str] = []
    contexts = []

    def opened(path: str = "", *, at: int | None = None, wait: bool = True, **more: Any) -> Page:
        context = browser.new_context(
            **{"viewport": {"width": 1000, "height": 700}, "timezone_id": "Europe/London"} | more
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda m: errors.append(m.text) if "Content Security Policy" in m.text else None)
        page.goto(newsroom.url + path)
        if at is not None:
            page.evaluate("y => scrollTo(0, y)", at)
        if wait:
            streaming(newsroom, len(contexts))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert errors == []


def drawn(page: Page) -> None:
    """Wait until the browser has drawn a frame, and its observers have run."""
    page.evaluate("""() => new Promise((done) =>
      requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))""")


def in_stopped_time(page: Page, url: str) -> None:
    """Go to a page on which time passes only as the test says: no frame is drawn before, and no timer of 0 fires."""
    now = time.time()
    page.clock.install(time=now)
    page.clock.pause_at(now + 3_600)  # until the browser has this message, time goes on
    page.goto(url)
    page.clock.run_for(1_000)  # at first the script waits for a frame (frontend/reader/yielding.ts)


def streaming(newsroom: Newsroom, readers: int = 1) -> None:
    """Wait until this many streams are open."""
    wait_until(lambda: len(newsroom.streams) >= readers)
