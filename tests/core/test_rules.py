"""Promises of `core.rules`: what may not happen is refused with a code and a sentence, whatever the order of events."""

from datetime import UTC, datetime

import pytest

from asithappened.core import body, limits, rules
from asithappened.core import events as e
from asithappened.core.events import Origin
from tests.core.test_fold import blog_after, published, revised, run

AT = datetime(2026, 11, 12, 14, 0, tzinfo=UTC)


def code(event: e.Event, *before: e.Event, origin: Origin = Origin.LIVE) -> str | None:
    """Return the code of the refusal of an event after others, or None where it may happen."""
    state = run(*before)
    refusal = rules.may(state.blog, state.subjects.get(event.subject), event, origin)
    if refusal is not None:
        assert refusal.message[0].isupper()
        assert refusal.message.endswith(".")
    return refusal.code if refusal else None


WITHDRAWN = e.PostWithdrawn(post="one")
GONE = e.PayloadErased(of=e.post("one"), seqs=(2,), whole=True)
PINNED = e.PostPinned(post="one")
PINS = [f"p{n}" for n in range(limits.PINS)]
FULL = [*map(published, PINS), *(e.PostPinned(post=pin) for pin in PINS), published("p6")]
KEY = e.PostKindSet(post="one", kind=e.PostKind.KEY_EVENT)
ON = e.ContributorJoined(name="Ines")
TOLD = e.ContributorDescribed(name="Ines", role="Editor")
EMPTY = body.with_ids(body.Doc(content=(body.paragraph(" "), body.Image(attrs=body.ImageAttrs(credit="AP")))), seed="x")

REFUSED = [
    ("already_open", e.BlogOpened(slug="b", title="B"), []),
    ("already_published", published(), [published()]),
    ("closed", published(), [e.BlogClosed()]),
    ("closed", e.BlogClosed(), [e.BlogClosed()]),
    ("too_early", e.BlogClosed(ended_at=datetime(2020, 1, 1, tzinfo=UTC)), []),
    ("gone", published(), [e.BlogTakenDown()]),
    ("gone", e.BlogReopened(), [e.BlogTakenDown()]),
    ("erased", published(), [published(), GONE]),
    ("erased", GONE, [published(), GONE]),
    ("no_post", PINNED, []),
    ("no_post", GONE, []),
    ("withdrawn", revised(), [published(), WITHDRAWN]),
    ("withdrawn", WITHDRAWN, [published(), WITHDRAWN]),
    ("withdrawn", PINNED, [published(), GONE]),
    ("current", e.PayloadErased(of=e.post("one"), seqs=(3,)), [published(), revised()]),
    ("empty", e.PostPublished(post="p", published_at=AT), []),
    ("empty", e.PostPublished(post="p", title=" \n", body=EMPTY, published_at=AT), []),
    ("no_block_id", e.PostPublished(post="p", body=body.Doc(content=(body.paragraph("x"),)), published_at=AT), []),
    ("no_position", e.PostRevised(post="one", title="x"), [published()]),
    ("unchanged", revised(title="Gusts of 80mph"), [published()]),
    ("unchanged", KEY, [published(), KEY]),
    ("unchanged", PINNED, [published(), PINNED]),
    ("unchanged", e.PostUnpinned(post="one"), [published()]),
    ("unchanged", e.PostPinned(post="one", place=3), [published(), PINNED]),
    ("too_many", e.PostPinned(post="p6"), FULL),
    ("no_contributor", TOLD, []),
    ("unchanged", TOLD, [ON, TOLD]),
    ("unchanged", e.ContributorDescribed(name="Ines"), [ON]),
    ("unchanged", e.BlogDescribed(title="Storm"), []),
    ("unchanged", e.BlogRenamed(slug="storm"), []),
    ("unchanged", e.BlogReopened(), []),
    ("unchanged", e.AudienceSet(audience=e.Audience.NOBODY), []),
    ("unchanged", e.RelatedSet(), []),
    ("unchanged", e.EmbeddersSet(), []),
    ("unchanged", e.ContributionsSet(open=False), []),
    ("unchanged", e.AlertsSet(mode=e.Alerting.OFF), []),
    ("unchanged", e.LiveVideoSet(), []),
    ("unchanged", ON, [ON]),
    ("unchanged", e.ContributorLeft(name="Ines"), []),
    ("unchanged", e.ContributorLeft(name="Ines"), [ON, e.ContributorLeft(name="Ines")]),
    ("no_headline", e.BlogDescribed(title=" "), []),
    ("no_zone", e.BlogDescribed(title="A", zone="Europe/Atlantis"), []),
    ("same", e.BlogContinued(slug="storm", title="Storm"), []),
    ("unchanged", e.BlogContinuationEnded(), []),
    ("same", e.BlogPreceded(slug="storm", title="Storm"), []),
    ("unchanged", e.BlogPreceded(), []),
    ("unchanged", e.BlogPreceded(slug="a", title="A"), [e.BlogPreceded(slug="a", title="A")]),
]


@pytest.mark.parametrize(("expected", "event", "before"), REFUSED)
def test_what_may_not_happen_is_refused(expected: str, event: e.Event, before: list[e.Event]) -> None:
    assert code(event, *before) == expected


ALLOWED = [
    (published(), [published(), WITHDRAWN]),
    (published(), [e.BlogClosed(), e.BlogReopened()]),
    (revised(), [published(), e.BlogClosed()]),
    (WITHDRAWN, [published(), e.BlogClosed()]),
    (GONE, [published(), e.BlogTakenDown()]),
    (GONE, [published(), WITHDRAWN]),
    (e.PostPinned(post="two"), [published(), published("two"), PINNED]),
    (e.PostPinned(post="two", place=1), [published(), published("two"), PINNED, e.PostPinned(post="two")]),
    (e.PostPinned(post="p6", alone=True), FULL),
    (e.PayloadErased(of=e.post("one"), seqs=(2,)), [published(), revised()]),
    (e.BlogRenamed(slug="storm"), [e.BlogRenamed(slug="isolde")]),
]


@pytest.mark.parametrize(("event", "before"), ALLOWED)
def test_what_may_happen_is_not_refused(event: e.Event, before: list[e.Event]) -> None:
    assert code(event, *before) is None


def test_nothing_happens_to_a_blog_that_was_not_opened() -> None:
    refusal = rules.may(None, None, published(), Origin.LIVE)
    assert refusal is not None
    assert refusal.code == "not_open"


def test_an_archive_may_grow_after_it_was_closed() -> None:
    assert code(published(), e.BlogClosed(), origin=Origin.IMPORT) is None


@pytest.mark.parametrize("zone", ["Europe/Atlantis", "/etc/passwd", "Europe", ""])
def test_a_zone_that_the_database_does_not_know_does_not_exist(zone: str) -> None:
    assert not rules.zone_exists(zone)


def test_former_addresses_and_contributors_are_bounded() -> None:
    renames = [e.BlogRenamed(slug=f"s{n}") for n in range(limits.FORMER_SLUGS)]
    assert code(e.BlogRenamed(slug="last"), *renames) == "too_many"
    joins = [e.ContributorJoined(name=f"n{n}") for n in range(limits.CONTRIBUTORS)]
    assert code(ON, *joins) == "too_many"
    assert len(blog_after(*joins).contributors) == limits.CONTRIBUTORS
