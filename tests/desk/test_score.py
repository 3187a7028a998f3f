"""What a log says happened when: edits at their own times, one moment together, what was taken back left out."""

import pytest

from asithappened import press
from asithappened.core import events as e
from asithappened.desk import actions
from asithappened.desk import replay as r
from asithappened.desk.score import GAP_S, score
from asithappened.log import read
from tests.desk.test_replay import Clock, archive, at, post, public, replayed, told, words

pytestmark = [pytest.mark.both, pytest.mark.django_db]


def test_an_edit_that_the_log_knows_is_played_at_its_own_time() -> None:
    edit = e.PostRevised(
        post="a", title="A", body=words("a, again"), published_at=at(0), updated_at=at(5), reason="A figure"
    )
    archive("edits", [post("a", 0), post("b", 20), edit])
    assert [type(n.events[0]).__name__ for n in score(list(read.facts(read.blog_id("edits") or 0)))] == [
        "PostPublished", "PostRevised", "PostPublished", "BlogClosed",
    ]  # fmt: skip
    clock = Clock()
    r.replay("edits", clock=clock, sleep=clock.sleep)
    assert clock.pauses == [300.0, 900.0, GAP_S]
    assert told("edits-replay") == told("edits")
    post_a = read.post(read.blog_id("edits-replay") or 0, "a")
    assert post_a is not None
    assert ([given.text for given in post_a.reasons], post_a.revision, post_a.updated) == (["A figure"], 2, True)


def test_what_happened_in_one_moment_happens_in_one_again() -> None:
    blog = archive("live", [post("a", 0)], e.Origin.LIVE, closed=False)
    press.publish(blog, [post("b", 1), e.PostPinned(post="b")])
    notes = score(list(read.facts(blog)))
    assert [len(note.events) for note in notes] == [1, 2]


def test_a_pin_of_what_was_taken_back_still_took_the_place_of_the_one_before_it() -> None:
    by = actions.System(name="test")
    a, b, c = (e.PostPinned(post=post, alone=True) for post in "abc")
    source = public("vote", [post("a", 0), post("b", 1), a, b])
    actions.withdraw_post(source, by=by, post="b")
    assert read.blog(source).pinned is None
    assert read.blog(replayed()).pinned is None
    again = public("again", [post("a", 0), post("b", 1), a, b, a])
    actions.withdraw_post(again, by=by, post="b")
    assert read.blog(replayed("again")).pinned == "a"
    several = public("several", [post("a", 0), post("b", 1), post("c", 2), a, e.PostPinned(post="b"), c])
    actions.withdraw_post(several, by=by, post="c")
    assert read.blog(replayed("several")).pins == ()


def test_pins_stand_in_a_replay_as_they_stood_among_those_that_are_played() -> None:
    by = actions.System(name="test")
    x, a, b = (e.PostPinned(post=post) for post in "xab")
    day: list[e.Event] = [post("x", 0), post("a", 1), post("b", 2), a, x, e.PostPinned(post="b", place=1)]
    source = public("vote", day)
    assert read.blog(source).pins == ("x", "b", "a")
    actions.withdraw_post(source, by=by, post="x")
    assert read.blog(replayed()).pins == ("b", "a")
    again = public(
        "again", [*day, e.PayloadErased(of=e.post("x"), seqs=(2,), whole=True), a, e.PostUnpinned(post="b"), b]
    )
    assert read.blog(again).pins == read.blog(replayed("again")).pins == ("b", "a")
