"""A reader with a browser in front of a newsroom: what every test of the script stands on."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from asithappened.core import events as e
from tests.reader.newsroom import Newsroom, Serving

Open = Callable[..., Page]


@pytest.fixture
def newsroom() -> Newsroom:
    """A live blog of twelve posts, served."""
    room = Newsroom(e.BlogOpened(slug="storm", title="A storm", zone="Europe/London", audience=e.Audience.EVERYONE))
    for n in range(12):
        room.publish(f"p{n}", f"Headline {n}", "\n".join(f"Paragraph {m} of {n}. " * 12 for m in range(3)))
    return room


@pytest.fixture
def serving(newsroom: Newsroom) -> Iterator[Serving]:
    """Its server."""
    with newsroom.serve() as running:
        yield running


@pytest.fixture
def read(browser: Browser, serving: Serving) -> Iterator[Open]:
    """Open a page of the blog as a reader in London with a desktop; its script's errors fail the test."""
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
        page.goto(serving.url + path)
        if at is not None:
            page.evaluate("y => scrollTo(0, y)", at)
        if wait:
            streaming(serving, len(contexts))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert errors == []


def streaming(served: Serving | Newsroom, readers: int = 1) -> None:
    """Wait until this many streams are open."""
    newsroom = served if isinstance(served, Newsroom) else served.newsroom
    wait_until(lambda: len(newsroom.streams) >= readers)


def wait_until(true: Callable[[], Any], seconds: float = 20) -> None:
    """Wait for something outside the browser."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)  # the server's thread has no condition to wait on
