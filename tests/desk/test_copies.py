"""A replay goes with its original: taken down, withdrawn and erased with it."""

import pytest

from asithappened import press
from asithappened.core import events as e
from asithappened.core.state import Status
from asithappened.desk import actions
from asithappened.desk import replay as r
from asithappened.desk.actions import copies
from asithappened.log import read
from tests.desk.test_replay import archive, at, post, public, replayed, words

pytestmark = [pytest.mark.both, pytest.mark.django_db]


def test_a_replay_says_of_what_it_is_one_and_the_first_replays_that_they_are() -> None:
    source = archive("vote", [post("a", 0), e.BlogDated(opened_at=at(0))])
    state = read.blog(replayed())
    assert (state.replay, state.replay_of) == (True, e.ReplayOf(slug="vote", opened_at=at(0)))
    assert not read.blog(source).replay
    old = press.publish(
        None, [e.BlogOpened(slug="old", title="Old")], origin=e.Origin.REPLAY, once=copies.key_of(source, "old")
    ).blog
    assert read.blog(old).replay
    assert copies.source_of(old, read.blog(old)) == source


def test_a_replay_goes_with_its_originals_taking_down() -> None:
    source = public("vote", [post("a", 0)])
    target = replayed()
    actions.take_down_blog(source, by=actions.System(name="test"))
    assert read.blog(target).status is Status.GONE


def test_what_the_original_withdraws_or_erases_goes_from_its_replay_too() -> None:
    source = public("vote", [post("a", 0), post("b", 1), post("c", 2)])
    target = replayed()
    by = actions.System(name="test")
    actions.withdraw_post(source, by=by, post="a", reason="It was wrong.")
    actions.erase_post(source, by=by, post="b")
    a, b, c = (read.post(target, id_) for id_ in "abc")
    assert a is not None
    assert b is not None
    assert c is not None
    assert (a.withdrawn, a.reason, b.erased, c.visible) == (True, "It was wrong.", True, True)
    assert "'b'" not in repr([fact.event for fact in read.facts(target) if fact.post == "b" and fact.position])
    actions.erase_post(source, by=by, post="a")
    a = read.post(target, "a")
    assert a is not None
    assert a.erased


def test_a_revision_erased_in_the_original_is_erased_in_its_replay_and_the_others_stay() -> None:
    secret = e.PostRevised(post="a", title="A", body=words("a secret name"), published_at=at(0))
    mended = e.PostRevised(post="a", title="A", body=words("no name"), published_at=at(0))
    source = public("vote", [post("a", 0), secret, mended])
    target = replayed()
    erased = [f.seq for f in read.revisions(source, "a") if "secret" in repr(f.event)]
    press.publish(source, [e.PayloadErased(of=e.post("a"), seqs=tuple(erased))])
    r.bring_all_in_line()
    assert "secret" not in repr([fact.event for fact in read.facts(target)])
    assert [f.event is None for f in read.revisions(target, "a")] == [False, True, False]
    head = read.head(target)
    r.bring_all_in_line()
    assert read.head(target) == head
