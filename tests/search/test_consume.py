"""Promises of the index of readers' search: what a post says now is found, what was taken back by nobody, at once."""

import random
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from asithappened import press
from asithappened.core import body
from asithappened.core import events as e
from asithappened.core.searching import asked, says, tokens
from asithappened.log import follow, read
from asithappened.search import consume as search
from asithappened.search.finding import find
from asithappened.search.models import Found
from tests.press.happenings import KINDS, Happening, Newsroom, days

pytestmark = [pytest.mark.both, pytest.mark.django_db]

law = settings(
    max_examples=10 if connection.vendor == "sqlite" else 4,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
LIFE = (*KINDS, "take down", "close", "reopen", "audience", "audience", "rename", "describe")


def doc(words: str) -> body.Doc:
    return body.with_ids(body.Doc(content=(body.paragraph(words),)), seed=words)


def opened(slug: str, *more: e.Event, origin: e.Origin = e.Origin.LIVE, **fields: Any) -> int:
    """Open a live blog that is everyone's."""
    about = {"title": slug.title(), "audience": e.Audience.EVERYONE} | fields
    return press.publish(None, [e.BlogOpened(slug=slug, **about), *more], origin=origin).blog


def found(typed: str, **how: Any) -> list[str]:
    """Return the posts that a search finds, without following first."""
    return [hit.post for hit in find(asked(typed), **how).found]


def after_following(typed: str, **how: Any) -> list[str]:
    follow.catch_up(search)
    return found(typed, **how)


def test_what_a_post_says_now_is_found_by_headline_body_and_byline_and_a_live_blog_by_its_headline() -> None:
    storm = opened(
        "storm", e.PostPublished(post="p1", title="Ferry late", body=doc("The harbour is shut."), bylines=("Ada Fox",))
    )
    assert [after_following(word) for word in ("ferry", "harbours", "harbour", "fox", "storm")] == [
        ["p1"], [], ["p1"], ["p1"], [""],
    ]  # fmt: skip
    press.publish(storm, [e.PostRevised(post="p1", title="Ferry runs", body=doc("The port is open."), position=1)])
    assert [after_following(word) for word in ("late", "harbour", "runs", "port")] == [[], [], ["p1"], ["p1"]]


TAKEN: dict[str, list[e.Event]] = {
    "withdrawn": [e.PostWithdrawn(post="p1")],
    "erased": [e.PayloadErased(of=e.post("p1"), seqs=(2,), whole=True)],
    "for members": [e.AudienceSet(audience=e.Audience.MEMBERS)],
    "for nobody": [e.AudienceSet(audience=e.Audience.NOBODY)],
    "taken down": [e.BlogTakenDown(reason="x")],
}


@pytest.mark.parametrize("how", TAKEN)
def test_what_is_taken_back_is_found_by_nobody_from_the_answer_on_and_not_after_following_either(how: str) -> None:
    storm = opened("storm", e.PostPublished(post="p1", title="Zebra"), e.PostPublished(post="p2", title="Ferry"))
    assert (after_following("zebra"), found("zebra", blog=storm)) == (["p1"], ["p1"])
    press.publish(storm, TAKEN[how])
    assert (found("zebra"), found("zebra", blog=storm)) == ([], [])
    assert after_following("zebra") == []
    assert bool(found("ferry")) is (how in {"withdrawn", "erased"})


def test_what_is_given_back_is_found_again() -> None:
    storm = opened("storm", e.PostPublished(post="p1", title="Zebra"))
    follow.catch_up(search)
    press.publish(storm, [e.AudienceSet(audience=e.Audience.MEMBERS)])
    press.publish(storm, [e.AudienceSet(audience=e.Audience.EVERYONE), e.BlogRenamed(slug="gale")])
    assert after_following("zebra") == ["p1"]
    press.publish(storm, [e.PostWithdrawn(post="p1")])
    press.publish(storm, [e.PostPublished(post="p1", title="Zebra again")])
    assert after_following("zebra") == ["p1"]


def test_a_replay_is_found_nowhere() -> None:
    opened("again", e.PostPublished(post="p1", title="Zebra"), origin=e.Origin.REPLAY)
    assert after_following("zebra") == []


@law
@given(days(kinds=LIFE), st.randoms(use_true_random=False))
def test_whatever_happens_a_search_finds_what_stands_in_readers_posts_and_nothing_that_went(
    day: list[list[Happening]], dice: random.Random
) -> None:
    room = Newsroom().open()
    for happening in day:
        room.append(happening)
        for canary, (subject, _) in room.words.items():
            state = read.subjects(room.blog, [subject]).get(subject)
            if subject.about == e.POST and (state is None or not getattr(state, "visible", False)):
                assert found(canary, blog=room.blog) == []
        if dice.random() < 0.5:
            follow.catch_up(search)
    follow.catch_up(search)
    blog = read.blog(room.blog)
    open_ = blog.audience is e.Audience.EVERYONE and blog.status != "gone"
    posts = read.posts(room.blog) if open_ else []
    texts = {
        post.id: (tokens(post.title), tokens(f"{body.plain(post.body)} {' '.join(post.bylines)}")) for post in posts
    }
    for words in [*room.words, "storm", "the"]:
        expected = {id_ for id_, text in texts.items() if says(text, asked(words))}
        assert set(found(words, blog=room.blog, most=100)) == expected
    assert Found.objects.filter(blog=room.blog).exclude(post="").count() == len(read.posts(room.blog))
