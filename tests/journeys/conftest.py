"""What every journey stands on: an installation of its own, a recorded day brought into it, readers in a browser."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.installation import Installation
from tests.reader.comparing import differences

RECORDED = "politics__blog__live__2014__oct__15__cameron-and-miliband-at-pmqs-politics-live-blog"
"""64 posts: 11 key events, 2 summaries, 26 embeds, a picture, a film, lists; recorded three times, with two edits."""
SOURCE = "recorded"
OUT = re.compile("Published|Live to readers since")
"""What the desk says of a post that it sent: the second as soon as delivery has told, and the first until then."""

Open = Callable[..., Page]


@pytest.fixture(scope="session")
def recording(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """Return an installation into which each recording of a day was imported after the one before."""
    recordings = sorted((shared_data / "guardian_capi/snapshots" / RECORDED).glob("*.json"))
    if not recordings:
        pytest.skip("needs the recorded live blogs of ../shared/data/guardian_capi; there are none here")
    with Installation(tmp_path_factory.mktemp("recorded") / "home") as one:
        for file in recordings:
            one.command("import", str(file), "--as", "guardian", "--slug", SOURCE)
        return one


@pytest.fixture
def recorded(recording: Installation, tmp_path: Path) -> Iterator[Installation]:
    """A running installation that holds the recorded day, and may be broken."""
    shutil.copytree(recording.home, tmp_path / "home", ignore=shutil.ignore_patterns("doorbells"))
    yield from served(Installation(tmp_path / "home", recording.port))


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    """A running installation with nothing in it."""
    yield from served(Installation(tmp_path / "home"))


def served(one: Installation) -> Iterator[Installation]:
    """Serve while a test runs."""
    with one:
        one.serve()
        yield one


@pytest.fixture
def read(browser: Browser) -> Iterator[Open]:
    """Open a page as a reader does; an error of its script fails the test."""
    errors: list[str] = []
    contexts = []

    def opened(url: str, *, listening: str = "", **more: Any) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1000, "height": 700}} | more)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.add_init_script(listening)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(url)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert errors == []


def converged(page: Page) -> None:
    """Return once the open page, with everything revealed, equals a fresh one; if never, say what differs."""
    last = differences(page)
    assert not last, "\n---\n".join("\n".join(map(str, one)) for one in last[:3])
