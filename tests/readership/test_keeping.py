"""Promises of keeping counts: added up, of key events alone, of nobody, and for three months."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DEFAULT_DB_ALIAS, connections, router
from pytest_django import Settings

from asithappened import press
from asithappened.core import body
from asithappened.core import events as e
from asithappened.delivery.readership import Count as Counted
from asithappened.delivery.readership import KindName
from asithappened.jobs.clock import CLOCK
from asithappened.published.reached import Reporter
from asithappened.readership import keeping
from asithappened.readership.models import Count

pytestmark = [pytest.mark.both, pytest.mark.django_db]


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    doorbells = settings.DOORBELLS = tmp_path / "doorbells"
    return doorbells


@pytest.fixture
def reporters(folder: Path) -> Iterator[tuple[Reporter, Reporter]]:
    """Yield what two delivering processes say by."""
    two = (Reporter(folder), Reporter(folder))
    for one in two:
        one.open()
    yield two
    for one in two:
        one.close()


def opened(slug: str = "storm", audience: e.Audience = e.Audience.EVERYONE) -> int:
    """Open a live blog with an update, a key event, and one that was withdrawn."""
    words = body.Doc(content=(body.paragraph("It rose."),))
    posts: list[e.Event] = [
        e.PostPublished(post="update", title="It rose", body=body.with_ids(words, seed="a")),
        e.PostPublished(
            post="breach", kind=e.PostKind.KEY_EVENT, title="It broke", body=body.with_ids(words, seed="b")
        ),
        e.PostPublished(post="gone", kind=e.PostKind.KEY_EVENT, title="Not so", body=body.with_ids(words, seed="c")),
        e.PostWithdrawn(post="gone"),
    ]
    return press.publish(None, [e.BlogOpened(slug=slug, title="Storm", audience=audience), *posts]).blog


def counted(blog: int, kind: KindName, key: str, *, hour: int = 0) -> Counted:
    return Counted(blog, hour or keeping.hour_now(), kind, key)


def kept(blog: int) -> dict[tuple[str, str], int]:
    return {(kind, key): n for kind, key, n in Count.objects.filter(blog=blog).values_list("kind", "key", "n")}


def test_what_several_processes_count_is_added_up() -> None:
    blog = opened()
    keeping.keep({counted(blog, "read", "5"): 3, counted(blog, "from", "news.example.org"): 2})
    keeping.keep({counted(blog, "read", "5"): 4, counted(blog, "from", ""): 1})
    assert kept(blog) == {("read", "5"): 7, ("from", "news.example.org"): 2, ("from", ""): 1}


def test_of_posts_only_those_are_kept_that_are_key_events_and_readers_have() -> None:
    blog = opened()
    keeping.keep({counted(blog, "opened", post): 5 for post in ("breach", "update", "gone", "made-up")})
    assert kept(blog) == {("opened", "breach"): 5}


def test_how_many_read_at_once_is_summed_over_processes_and_only_ever_rises(
    reporters: tuple[Reporter, Reporter],
) -> None:
    blog = opened()
    for reporter in reporters:
        reporter.opened(blog, "e", 1)
    for readers, most in (((40, 2), 42), ((1, 0), 42), ((40, 3), 43)):
        for reporter, n in zip(reporters, readers, strict=True):
            reporter.alive({blog: n})
        keeping.look()
        assert kept(blog) == {("at once", ""): most}


def test_a_rehearsal_and_a_house_that_does_not_count_keep_nothing(
    reporters: tuple[Reporter, Reporter], settings: Settings
) -> None:
    rehearsal, public = opened("rehearsal", e.Audience.MEMBERS), opened()
    for blog in (rehearsal, public):
        reporters[0].opened(blog, "e", 1)
    reporters[0].alive({rehearsal: 12, public: 12})
    settings.READERSHIP = False
    keeping.look()
    assert not Count.objects.exists()
    settings.READERSHIP = True
    keeping.look()
    assert (kept(rehearsal), kept(public)) == ({}, {("at once", ""): 12})


def test_after_three_months_nothing_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    blog, now = opened(), CLOCK.now()
    keeping.keep({counted(blog, "read", "5"): 3})
    monkeypatch.setattr(CLOCK, "now", lambda: now + timedelta(days=89))
    assert keeping.forget() == 0
    monkeypatch.setattr(CLOCK, "now", lambda: now + timedelta(days=91))
    assert keeping.forget() == 1
    assert kept(blog) == {}


def test_no_column_could_hold_anything_of_a_reader() -> None:
    using = router.db_for_read(Count) or DEFAULT_DB_ALIAS
    with connections[using].cursor() as cursor:
        columns = {
            one.name for one in connections[using].introspection.get_table_description(cursor, "readership_count")
        }
    assert columns == {"id", "blog", "hour", "kind", "key", "n"}
    assert all(not one.is_relation for one in Count._meta.get_fields())
