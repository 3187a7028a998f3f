"""A recorded day happens again in front of an open page, whatever breaks on the way; at its end the page is whole."""

import random
import subprocess
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import SOURCE, Open, converged
from tests.journeys.installation import Installation, finished, killed, until
from tests.journeys.line import Line

pytestmark = [pytest.mark.browser, pytest.mark.data]

# A day in a second of pauses: what publishing and reading cost sets the pace.
AT_SPEED = ("--speed", "100000", "--audience", "everyone")
INTO = "again"
PAGE = f"/live/{INTO}/"
POSTS = "[...document.querySelectorAll('[data-posts] > *')].map(post => post.id)"
Log = list[dict[str, Any]]


def play(one: Installation, *, until_post: int) -> subprocess.Popen[str]:
    """Start the replay or go on with it, and return once its readers have had so many events."""
    playing = one.start("replay", SOURCE, "--into", INTO, *AT_SPEED)
    until(lambda: one.head(INTO) > until_post, "the replay has come that far")
    return playing


def play_on(playing: subprocess.Popen[str], one: Installation, *, killed_at: int) -> subprocess.Popen[str]:
    """Kill the replay at some moment after an event, and start it again."""
    until(lambda: one.head(INTO) >= killed_at, "the replay has come that far")
    killed(playing)
    return play(one, until_post=0)


def whole(page: Page, one: Installation, source: Log) -> None:
    """Check that a page which was open all the while is what a fresh one is, with every post of the day once."""
    expect(page.locator("[data-status=closed]").first).to_be_attached(timeout=40_000)
    converged(page)
    shown = page.evaluate(POSTS)
    again = one.log(INTO)
    assert Counter(shown).most_common(1)[0][1] == 1, "a post stands there twice"
    assert set(shown) == {f"p-{post}" for post in stories(source)}, "the page was open from the first post to the last"
    assert [line["seq"] for line in again] == list(range(1, len(again) + 1))
    # Not when the other system says it changed last: that was about another page.
    assert kinds(again) == {kind: n for kind, n in kinds(source).items() if kind != "blog.dated"}
    assert stories(again) == stories(source)


def kinds(log: Log) -> Counter[str]:
    """Count what happened."""
    return Counter(line["kind"] for line in log)


def stories(log: Log) -> dict[str, list[Any]]:
    """Return the life of each post, in order: all that is said of it but when."""
    lives: dict[str, list[Any]] = {}
    for line in log:
        if line["post"]:
            said = {k: v for k, v in line["payload"].items() if k not in {"published_at", "updated_at", "position"}}
            lives.setdefault(line["post"], []).append((line["kind"], said))
    return lives


def test_a_page_open_from_the_first_post_ends_as_a_fresh_one_does(
    recorded: Installation, source: Log, read: Open
) -> None:
    playing = play(recorded, until_post=1)
    page = read(recorded.url + PAGE)
    held = len(page.evaluate(POSTS))
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    assert finished(playing) == 0
    assert held < len(stories(source))
    whole(page, recorded, source)
    for part in ("headline", "status", "keyevents", "pinned", "summary", "contributors"):
        assert page.locator(f"[data-part={part}]").count() >= 1, part
    assert page.locator("[data-part=keyevents] li").count() > 5
    assert page.locator("[data-part=pager] a").count() == 1


@pytest.fixture(scope="session")
def source(recording: Installation) -> Log:
    """Return what the recorded day's own log says."""
    return recording.log(SOURCE)


@pytest.fixture
def line(recorded: Installation) -> Iterator[Line]:
    """The line between the reader and the server."""
    between = Line(recorded.port)
    yield between
    between.close()


def test_a_page_that_was_offline_in_the_middle_misses_nothing_and_has_nothing_twice(
    recorded: Installation, source: Log, line: Line, read: Open
) -> None:
    playing = play(recorded, until_post=1)
    page = read(line.url + PAGE)
    until(lambda: recorded.head(INTO) > 15, "a quarter of the day is over")
    page.context.set_offline(True)
    line.cut()
    until(lambda: recorded.head(INTO) > 40, "more has happened in the tunnel than a head.json holds")
    line.mend()
    page.context.set_offline(False)
    assert finished(playing) == 0
    whole(page, recorded, source)


def test_kill_9_of_server_and_replay_loses_nothing_and_doubles_nothing(
    recorded: Installation, source: Log, read: Open
) -> None:
    chance = random.Random(1)
    playing = play(recorded, until_post=1)
    page = read(recorded.url + PAGE)
    for first in (8, 30):
        playing = play_on(playing, recorded, killed_at=first + chance.randrange(15))
    recorded.kill()
    recorded.serve()
    assert finished(playing) == 0
    assert recorded.as_json("replay", SOURCE, "--into", INTO, *AT_SPEED)["new"] == 0
    whole(page, recorded, source)
