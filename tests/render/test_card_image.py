"""What a card shows: a post's words or a live blog's, with a picture that nothing covers, and a version of all that."""

from datetime import timedelta
from typing import Any

from msgspec.structs import replace

from asithappened.core import events as e
from asithappened.core.state import BlogState, PostState, Status
from asithappened.published.layout import ADDRESS_SLOT, CARD_MARK_SLOT
from asithappened.render import card_image
from asithappened.render.card_image import CardImage
from asithappened.render.edition import edition_of
from tests.render.blogs import NOON, blog, edition, p, post

OURS: dict[str, Any] = {"media": "abcd1234", "digest": "d" * 64, "width": 1600, "height": 900, "alt": "A wave"}


def picture(**more: Any) -> dict[str, Any]:
    """Return a picture of ours."""
    return {"type": "image", "attrs": OURS | more}


def of_post(one: PostState) -> CardImage:
    """Return a post's card."""
    with edition().speaking():
        return card_image.of_post(edition(), one)


def of_blog(shown: BlogState, pictured: PostState | None = None) -> CardImage:
    """Return a blog's card."""
    with edition_of(shown).speaking():
        return card_image.of_blog(edition_of(shown), shown, pictured)


def test_a_posts_card_has_its_headline_its_kind_and_its_first_picture_that_nothing_covers() -> None:
    shown = of_post(post(p("Words."), picture(graphic=True), picture(media="wxyz9876"), kind=e.PostKind.KEY_EVENT))
    assert (shown.headline, shown.badge, shown.live, shown.alt) == ("Words.", "Key event", False, "Words. – A wave")
    assert shown.picture is not None
    assert shown.picture.media == "wxyz9876"
    assert of_post(post(picture(), graphic=True)).picture is None
    assert of_post(post(picture(media="", digest="", src="https://pictures.example/a.jpg"))).picture is None


def test_a_blogs_card_says_whether_it_runs_and_a_replay_of_no_day() -> None:
    one = post(picture())
    assert [of_blog(blog(status=status)).badge for status in (Status.LIVE, Status.CLOSED)] == ["Live", "Closed"]
    again = of_blog(blog(replay=True), one)
    assert (again.badge, again.live, again.when) == ("Replay", False, "")
    assert of_blog(blog(), one).picture is not None
    assert of_blog(blog(), replace(one, withdrawn=True)).picture is None


def test_a_version_changes_with_what_is_drawn_and_with_nothing_else() -> None:
    one = post(p("Words."), title="T")
    assert of_post(one).version == of_post(replace(one, last_seq=99, bylines=("Ada",))).version
    others = [replace(one, title="U"), replace(one, published_at=NOON + timedelta(days=1))]
    assert len({of_post(one).version, *(of_post(other).version for other in others)}) == 3
    assert card_image.mark(blog()) != card_image.mark(blog(title="Another"))


def test_an_address_has_the_version_and_that_of_a_post_a_slot_for_what_its_blog_is_called() -> None:
    shown = of_post(post(p("Words.")))
    path = f"{ADDRESS_SLOT}/live/storm/p/x1/card/{shown.version}{CARD_MARK_SLOT}.jpg"
    assert card_image.post_address(edition(), post(p("Words.")), shown) == path
    assert card_image.blog_address(edition(), shown) == f"{ADDRESS_SLOT}/live/storm/card/{shown.version}.jpg"
