"""Promises of `press.frames`: how one fact changes an open page, and which earlier frames it takes back."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest

from asithappened.core import events as e
from asithappened.core import fold
from asithappened.core.state import PostState
from asithappened.press import frames

AT = datetime(2026, 11, 12, 14, 0, 0, 123456, tzinfo=UTC)
POST = PostState(id="p", position=1, first_seq=2, content_seq=2, last_seq=2)
GONE = PostState(id="p", position=1, first_seq=2, content_seq=2, last_seq=3, withdrawn=True)
PUT = [{"op": "put", "post": "p", "html": "<p>"}]
DROP = [{"op": "drop", "post": "p"}]


def fact(event: e.Event) -> e.Fact:
    """Return a fact in its envelope."""
    return fold.in_envelope(event, epoch="e", seq=3, at=AT, origin=e.Origin.LIVE)


@pytest.mark.parametrize(
    ("event", "before", "after", "ops"),
    [
        (e.PostPublished(post="p", title="T"), None, POST, PUT),
        (e.PostRevised(post="p", title="T"), POST, POST, PUT),
        (e.PostRevised(post="p", title="T"), GONE, GONE, DROP),
        (e.PostWithdrawn(post="p"), POST, GONE, DROP),
        (e.PayloadErased(of=e.post("p"), seqs=(2,)), POST, POST, PUT),
        (e.PayloadErased(of=e.post("p"), seqs=(2, 3), whole=True), GONE, GONE, DROP),
        (e.PostPinned(post="p"), POST, POST, None),
        (e.BlogClosed(), None, None, None),
    ],
)
def test_a_frame_puts_the_post_that_readers_have_and_drops_the_one_that_they_have_no_more(
    event: e.Event, before: PostState | None, after: PostState | None, ops: list[dict[str, str]] | None
) -> None:
    made = json.loads(frames.frame(fact(event), before, after, lambda _: b"<p>").data)
    assert (made["s"], made["t"], made["k"]) == (3, "2026-11-12T14:00:00.123Z", event.KIND)
    assert made.get("ops") == ops
    assert frames.puts(fact(event), after) is (ops == PUT)


def test_what_was_erased_or_is_not_known_is_a_seq_alone() -> None:
    unknown = e.Fact(epoch="e", seq=3, at=AT, origin=e.Origin.LIVE, kind="figure.revised", version=9)
    assert frames.frame(unknown, None, None, lambda _: b"<p>").data == b'{"s":3}'
    assert not frames.puts(unknown, None)


def test_an_instant_is_written_in_utc_with_milliseconds() -> None:
    assert frames.instant(AT.astimezone(timezone(timedelta(hours=5, minutes=30)))) == "2026-11-12T14:00:00.123Z"


@pytest.mark.parametrize(
    ("event", "seqs"),
    [
        (e.PostWithdrawn(post="p"), {2, 4, 6}),
        (e.PayloadErased(of=e.post("p"), seqs=(4, 6), whole=True), {2, 4, 6}),
        (e.PayloadErased(of=e.post("p"), seqs=(4,)), {4, 6}),
        (e.PostRevised(post="p", title="T"), set()),
    ],
)
def test_a_withdrawal_takes_all_earlier_frames_and_an_erased_revision_its_own_and_all_later_ones(
    event: e.Event, seqs: set[int]
) -> None:
    assert frames.taken_back(fact(event), [2, 4, 6]) == seqs
    assert frames.takes_back(fact(event)) is bool(seqs)
