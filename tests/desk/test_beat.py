"""The beat: two desks see one another, a post is taken and taken over, and nothing of it reaches log or session."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from asithappened.accounts.models import Membership, User
from asithappened.desk import actions
from asithappened.desk.drafts.models import Lease, Presence
from asithappened.jobs.clock import CLOCK, Clock
from asithappened.log import read
from asithappened.published.reached import Reporter
from tests.desk.conftest import Blog, said
from tests.desk.test_in_json import ask, doc, why

Beat = Callable[..., dict[str, Any]]

pytestmark = pytest.mark.django_db
BEGAN = datetime(2026, 11, 3, 23, 0, tzinfo=UTC)


class Night:
    """The time of the tests, which they say themselves."""

    def __init__(self) -> None:
        self.passed = 0.0

    def wall(self) -> float:
        return BEGAN.timestamp() + self.passed

    def elapsed(self) -> float:
        return self.passed


@pytest.fixture
def night(monkeypatch: pytest.MonkeyPatch) -> Night:
    """Return the clock that beats go by."""
    night = Night()
    monkeypatch.setattr("asithappened.desk.views.beat.CLOCK", Clock(night.wall, night.elapsed))
    return night


@pytest.fixture
def post(blog: Blog, editor: User) -> str:
    return actions.publish_post(blog.id, by=editor, draft=said("The wall holds."), once="1").id


@pytest.fixture
def ana(browse: Callable[[User | None], Client], editor: User, blog: Blog, night: Night) -> Beat:
    """Return how an editor's tab beats."""
    return beats(browse(editor), blog, "tab-of-ana")


@pytest.fixture
def tom(browse: Callable[[User | None], Client], owner: User, blog: Blog, night: Night) -> Beat:
    """Return how an owner's tab beats."""
    return beats(browse(owner), blog, "tab-of-tom")


def beats(client: Client, blog: Blog, tab: str) -> Beat:
    def beat(**more: Any) -> dict[str, Any]:
        status, told = ask(client, f"{blog.path}beat/", tab=tab, **more)
        assert status == 200, told
        return told

    return beat


def test_two_desks_see_who_is_where(ana: Beat, tom: Beat, post: str, night: Night) -> None:
    ana(at=post)
    night.passed += 2
    here = tom(at="new")["here"]
    assert [(one["name"], one["post"], one["me"], one["away"]) for one in here] == [
        ("Editor Person", post, False, False), ("Olu Owner", "new", True, False),
    ]  # fmt: skip
    assert here[0]["since"] == "2026-11-03T23:00:00.000Z"
    assert ana(bye=True) == {}
    assert [one["name"] for one in tom()["here"]] == ["Olu Owner"]
    night.passed += 30
    assert [one["name"] for one in ana()["here"]] == ["Editor Person"]


def test_a_post_that_is_edited_is_seen_and_taken_over_and_the_first_is_told_once(
    ana: Beat, tom: Beat, post: str, night: Night
) -> None:
    [mine] = ana(at=post, lease="take", post=post)["leases"]
    assert mine == {
        "post": post,
        "name": "Editor Person",
        "me": True,
        "mine": True,
        "since": "2026-11-03T23:00:00.000Z",
    }
    night.passed += 3
    [theirs] = tom(lease="take", post=post)["leases"]
    assert (theirs["name"], theirs["mine"]) == ("Editor Person", False), "it is not taken from anybody by opening it"
    assert ana()["told"] == []
    tom(lease="ask", post=post)
    [asked] = ana()["told"]
    assert (asked["what"], asked["name"], asked["post"]) == ("asked", "Olu Owner", post)
    [now] = tom(lease="take_over", post=post)["leases"]
    assert (now["name"], now["mine"]) == ("Olu Owner", True)
    answer = ana(heard=asked["id"])
    assert [one["mine"] for one in answer["leases"]] == [False]
    [taken] = answer["told"]
    assert (taken["what"], taken["name"], taken["post"]) == ("taken", "Olu Owner", post)
    assert ana(heard=asked["id"])["told"] == [taken], "until it says that it has heard"
    assert ana(heard=taken["id"])["told"] == []
    assert ana(heard=0)["told"] == []
    assert tom()["told"] == []


def test_a_lease_keeps_nobody_from_saving_and_a_stale_save_is_refused_all_the_same(
    ana: Beat, tom: Beat, post: str, blog: Blog, browse: Callable[[User | None], Client], owner: User, editor: User
) -> None:
    ana(lease="take", post=post)
    seen = blog.post(post).last_seq

    def save(user: User, words: str) -> tuple[int, dict[str, Any]]:
        form = {"title": "", "body": doc(words), "kind": "update", "bylines": [], "minor": False, "reason": ""}
        return ask(browse(user), f"{blog.path}p/{post}/", do="publish", based_on=seen, **form)

    assert save(owner, "The wall holds, says the harbour master.")[0] == 200
    status, told = save(editor, "The wall does not hold.")
    assert (status, told["refused"][0]["code"]) == (409, "moved")


def test_a_lease_ends_when_its_tab_falls_silent_or_closes(ana: Beat, tom: Beat, post: str, night: Night) -> None:
    ana(lease="take", post=post)
    for _ in range(5):
        night.passed += 15
        assert [one["mine"] for one in ana()["leases"]] == [True]
    night.passed += 21
    assert tom()["leases"] == []
    ana(lease="take", post=post)
    assert [one["mine"] for one in tom()["leases"]] == [False]
    ana(bye=True)
    assert tom(lease="take", post=post)["leases"][0]["mine"] is True
    assert tom(lease="release", post=post)["leases"] == []


def test_who_may_not_publish_is_here_and_holds_nothing(
    browse: Callable[[User | None], Client], contributor: User, blog: Blog, post: str, tom: Beat
) -> None:
    client = browse(contributor)
    beat = beats(client, blog, "tab-of-kit")
    assert [one["name"] for one in beat(at="new")["here"]] == ["Contributor Person"]
    for verb in ("take", "take_over", "ask", "release"):
        assert why(ask(client, f"{blog.path}beat/", tab="tab-of-kit", lease=verb, post=post)) == (
            403,
            [("forbidden", "")],
        )
    assert not Lease.objects.exists()


def test_who_is_removed_is_told_nothing_more_and_seen_no_more(
    browse: Callable[[User | None], Client], editor: User, blog: Blog, post: str, ana: Beat, tom: Beat, night: Night
) -> None:
    ana(lease="take", post=post)
    Membership.objects.filter(user=editor).delete()
    assert ask(browse(editor), f"{blog.path}beat/", tab="tab-of-ana")[0] == 404
    night.passed += 21
    told = tom()
    assert ([one["name"] for one in told["here"]], told["leases"]) == (["Olu Owner"], [])


def test_presence_is_of_one_live_blog(
    browse: Callable[[User | None], Client], owner: User, blog: Blog, ana: Beat, post: str
) -> None:
    ana(at=post, lease="take", post=post)
    actions.open_blog(by=owner, slug="elsewhere", title="Elsewhere")
    client = browse(owner)
    status, told = ask(client, "/desk/live/elsewhere/beat/", tab="tab-of-tom")
    assert (status, [one["name"] for one in told["here"]], told["leases"]) == (200, ["Olu Owner"], [])
    assert ask(client, "/desk/live/elsewhere/beat/", tab="tab-of-tom", lease="take", post=post)[0] == 404
    assert ask(client, "/desk/live/elsewhere/beat/", tab="tab-of-tom", lease="take", post="no-such")[0] == 404


def test_an_address_is_told_to_no_colleague(
    browse: Callable[[User | None], Client], stranger: User, blog: Blog, tom: Beat
) -> None:
    Membership.objects.create(blog_id=blog.id, user=stranger, role="contributor")
    beats(browse(stranger), blog, "tab-of-guest")()
    assert "stranger" in [one["name"] for one in tom()["here"]]
    assert "house.example" not in json.dumps(tom())


@pytest.mark.parametrize("wrong", [
    {"tab": "short"}, {"tab": "x" * 33}, {"tab": "a b c d e f"}, {"tab": 8}, {"at": 'p"1'}, {"at": "x" * 65},
    {"active": "yes"}, {"lease": "steal"}, {"heard": "1"}, {"heard": 2**70}, {"post": None}, {"more": 1},
])  # fmt: skip
def test_what_is_no_beat_does_nothing(
    wrong: dict[str, None] | dict[str, int] | dict[str, str],
    browse: Callable[[User | None], Client],
    editor: User,
    blog: Blog,
) -> None:
    status, told = ask(browse(editor), f"{blog.path}beat/", **{"tab": "tab-of-ana", **wrong})
    assert (status, told["refused"][0]["code"]) == (422, "type")
    assert not Presence.objects.exists()


def test_it_says_what_waits_and_how_far_readers_are(ana: Beat, blog: Blog, editor: User, post: str) -> None:
    reporter = Reporter(Path(settings.DOORBELLS))
    reporter.open()
    try:
        epoch, head = read.head(blog.id)
        told = ana()
        assert set(told["counts"]) >= {"submissions"}
        assert told["head"] == head
        appended = read.appended_at(blog.id, head)
        since = appended.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        nobody: dict[str, Any] = {"reading": 0, "atLeast": False, "head": head, "since": since, "written": []}
        assert told["readers"] == nobody, "nobody was there to be written to: who comes has it"
        reporter.opened(blog.id, epoch, head)
        actions.publish_post(blog.id, by=editor, draft=said("And held."), once="2")
        assert ana()["readers"]["head"] == head, "not yet"
        reporter.wrote(blog.id, epoch, head + 1, 12)
        reporter.at_least = True
        reporter.alive({blog.id: 12})
        told = ana()["readers"]
        assert (told["reading"], told["atLeast"], told["head"]) == (12, True, head + 1)
        assert told["written"] == [{"head": head + 1, "since": told["since"]}]
        instant = datetime.fromisoformat(told["since"])
        assert timedelta(0) <= datetime.now(UTC) - instant < timedelta(hours=1)
    finally:
        reporter.close()


def test_a_beat_writes_to_no_log_no_session_and_to_the_newsrooms_file_nothing(
    browse: Callable[[User | None], Client], editor: User, blog: Blog, post: str
) -> None:
    client = browse(editor)
    beat = beats(client, blog, "tab-of-ana")
    beat()
    before = read.head(blog.id), list(Session.objects.values_list())
    with CaptureQueriesContext(connections["default"]) as newsroom:
        beat(at=post, lease="take", post=post)
    asked = [query["sql"] for query in newsroom if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    drafts = ("drafts_presence", "drafts_lease", "drafts_notice")
    assert [sql for sql in asked if not sql.startswith("SELECT") and not any(name in sql for name in drafts)] == []
    assert (read.head(blog.id), list(Session.objects.values_list())) == before
    with CaptureQueriesContext(connections["default"]) as newsroom:
        beat(at=post)
    others = [query["sql"] for query in newsroom if not any(name in query["sql"] for name in ("drafts_", "SAVEPOINT"))]
    assert len(others) <= 8, "thirty desks ask this fifteen times a second"


def test_the_clock_of_beats_is_the_one_that_nobody_can_set() -> None:
    from asithappened.desk.views import beat

    assert getattr(beat, "CLOCK") is CLOCK  # noqa: B009
