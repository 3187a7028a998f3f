"""Promises of `desk.finding`: any post of a blog is found, and nothing of another's."""

from collections.abc import Callable

import pytest

from asithappened.accounts import gate
from asithappened.accounts.gate import Grant, Verb
from asithappened.accounts.models import User
from asithappened.core.events import PostKind
from asithappened.core.searching import QUERY_CHARS
from asithappened.core.state import PostStatus
from asithappened.desk import actions
from asithappened.desk.draft import Draft
from asithappened.desk.finding import Asked, asked, find, order_of
from asithappened.log import read
from tests.desk.conftest import Blog, said

pytestmark = [pytest.mark.both, pytest.mark.django_db]


@pytest.fixture
def grant(blog: Blog, editor: User) -> Grant:
    """Return what an editor of the blog holds."""
    return gate.get_blog_for(editor, "storm", to=Verb.READ_DESK)


@pytest.fixture
def publish(blog: Blog, editor: User) -> Callable[..., str]:
    """Return what publishes a post and says which."""

    def made(words: str, title: str = "", by: str = "Ana Lind", kind: PostKind = PostKind.UPDATE) -> str:
        draft = Draft(title=title, body=said(words).body, kind=kind, bylines=(by,))
        return actions.publish_post(blog.id, by=editor, draft=draft, once=f"{words}{title}").id

    return made


def ids(grant: Grant, **wanted: str) -> list[str]:
    """Return the ids of what is found."""
    return [post.id for post in find(grant, asked(wanted)).posts]


def test_every_word_has_to_stand_somewhere_in_the_post_in_any_case_and_accent(
    grant: Grant, publish: Callable[..., str]
) -> None:
    bridge = publish("Die Brücke an der Großen Straße ist gesperrt.", title="Verkehr")
    publish("Die Fähre fährt.")
    assert (
        ids(grant, words="BRUCKE strasse")
        == ids(grant, words="bruecke")
        == ids(grant, words="verkehr lind")
        == [bridge]
    )
    assert ids(grant, words="Brücke Fähre") == []


def test_an_author_is_looked_for_in_bylines_alone(grant: Grant, publish: Callable[..., str]) -> None:
    publish("Tom Adeyard was seen.")
    hers = publish("The tide turns.", by="Tom Ádeyard")
    assert ids(grant, author="adeyard tom") == [hers]
    assert len(ids(grant, words="adeyard")) == 2


def test_a_sign_that_databases_read_otherwise_is_that_sign(grant: Grant, publish: Callable[..., str]) -> None:
    percent = publish("Turnout is 62 % now! a_b")
    publish("Turnout is 62 per cent, a-b")
    for words in ("%", "!", "a_b", "62 %"):
        assert ids(grant, words=words) == [percent]
    assert ids(grant, words="\\") == []


def test_kind_and_state_narrow_it_and_withdrawn_posts_are_found(
    blog: Blog, editor: User, owner: User, grant: Grant, publish: Callable[..., str]
) -> None:
    key, plain, edited, withdrawn, erased = (
        publish(f"Water {n}", kind=PostKind.KEY_EVENT if n == 1 else PostKind.UPDATE) for n in range(1, 6)
    )
    actions.revise_post(
        blog.id, by=editor, post=edited, draft=said("Water rises"), based_on=blog.post(edited).last_seq, minor=True
    )
    actions.withdraw_post(blog.id, by=editor, post=withdrawn)
    actions.erase_post(blog.id, by=owner, post=erased)
    assert ids(grant, words="water") == [withdrawn, edited, plain, key]
    assert ids(grant, state="published") == [edited, plain, key]
    assert ids(grant, state="edited") == [edited]
    assert ids(grant, state="withdrawn", words="water") == [withdrawn]
    assert ids(grant, state="erased") == [erased]
    assert ids(grant, kind="key_event") == [key]
    assert ids(grant, kind="nonsense", state="nonsense") == [erased, withdrawn, edited, plain, key]


def test_what_is_older_goes_on_where_the_page_before_ended(grant: Grant, publish: Callable[..., str]) -> None:
    all_of_them = [publish(f"Water {n}") for n in range(7)][::-1]
    found, before = [], ""
    for _ in range(3):
        page = find(grant, Asked(words="water"), before=order_of(before), newest=3)
        found += [post.id for post in page.posts]
        before = page.before
    assert found == all_of_them
    assert before == ""


def test_nothing_of_another_blog_is_found(owner: User, grant: Grant, publish: Callable[..., str]) -> None:
    actions.open_blog(by=owner, slug="other", title="Other")
    other = read.blog_id("other")
    assert other is not None
    actions.publish_post(other, by=owner, draft=said("Secret water"), once="x")
    assert ids(grant, words="water") == []


def test_what_is_asked_for_is_read_from_an_address_and_written_into_one() -> None:
    wanted = Asked(words="Brücke & 62 %", author="Ana", kind=PostKind.SUMMARY, state=PostStatus.WITHDRAWN)
    assert wanted.query == "words=Br%C3%BCcke+%26+62+%25&author=Ana&kind=summary&state=withdrawn"
    assert asked({"words": wanted.words, "author": "Ana", "kind": "summary", "state": "withdrawn"}) == wanted
    assert not asked({}).anything
    assert len(asked({"words": "x" * 9_999}).words) == QUERY_CHARS
    assert order_of("12-3") == (12, 3)
    assert order_of("12-") is None
    assert order_of("١-٢") is None


def test_what_was_taken_back_from_readers_is_found_by_none_who_may_not_publish(
    grant: Grant, publish: Callable[..., str], blog: Blog, editor: User, contributor: User
) -> None:
    gone, there = publish("The ferry sinks."), publish("The ferry is late.")
    actions.withdraw_post(blog.id, by=editor, post=gone, reason="")
    theirs = gate.get_blog_for(contributor, "storm", to=Verb.READ_DESK)
    assert set(ids(grant, words="ferry")) == {gone, there}
    assert ids(theirs, words="ferry") == ids(theirs) == [there]
    assert ids(theirs, state="withdrawn") == []
