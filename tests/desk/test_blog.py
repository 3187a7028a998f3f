"""Opening a live blog: its address is its headline's words or is asked for, and lines keep what must not break."""

import pytest

from asithappened.accounts.models import User
from asithappened.core import events as e
from asithappened.desk import actions
from asithappened.desk.forms.blog import Opening
from tests.desk.conftest import Blog, said

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def opening(title: str, slug: str = "") -> Opening:
    fields = {"title": title, "slug": slug, "language": "en", "zone": "UTC", "audience": "nobody", "once": "x"}
    return Opening({**fields, "standfirst": "One\x0btwo\u2028three", "tags": "fire\u00a0service, sea"})


@pytest.mark.parametrize("title", ["Выборы 2026: прямой эфир", "انتخابات ٢٠٢٦ مباشر", "2026", "日本2026年 選挙"])
def test_a_headline_without_a_word_for_an_address_asks_for_one(title: str) -> None:
    form = opening(title)
    assert not form.is_valid()
    assert list(form.errors) == ["slug"]
    assert opening(title, "elections-2026").is_valid()


def test_a_headline_makes_the_address_and_keeps_its_spaces() -> None:
    form = opening("Øst\x0bog «\u00a0Łódź\u00a0»")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["slug"] == "ost-og-lodz"
    assert form.cleaned_data["title"] == "Øst og «\u00a0Łódź\u00a0»"
    assert form.cleaned_data["standfirst"] == "One\ntwo\nthree"
    assert form.cleaned_data["tags"] == ("fire\u00a0service", "sea")


def test_a_headline_that_nobody_can_see_is_missing() -> None:
    assert "title" in opening("\u200b\u2060").errors


def test_opening_makes_an_owner_in_the_same_transaction(owner: User) -> None:
    first = actions.open_blog(by=owner, slug="vote", title="Vote", once="k")
    again = actions.open_blog(by=owner, slug="vote", title="Vote", once="k")
    assert (again.blog, again.repeated) == (first.blog, True)
    actions.publish_post(first.blog, by=owner, draft=said("Polls are open."), once="1")


def test_readers_are_pointed_on_only_to_a_blog_of_ones_own_that_they_may_read(
    blog: Blog, owner: User, editor: User
) -> None:
    hidden = actions.open_blog(by=owner, slug="tomorrow", title="Tomorrow").blog
    for slug in ("tomorrow", "nowhere"):
        with pytest.raises(actions.Refused):
            actions.continue_blog(blog.id, by=owner, slug=slug)
    actions.set_audience(hidden, by=owner, audience=e.Audience.EVERYONE)
    actions.continue_blog(blog.id, by=owner, slug="tomorrow")
    assert blog.state.successor.title == "Tomorrow"
