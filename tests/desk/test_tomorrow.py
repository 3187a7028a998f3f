"""Going on tomorrow: what is carried along, both pages lead to each other, and the pointer can be taken back."""

from collections.abc import Callable

import pytest
from django.test import Client

from asithappened.accounts.models import Membership, Role, User
from asithappened.core.events import Audience
from asithappened.core.state import Status
from asithappened.desk import actions
from asithappened.log import read
from asithappened.published.models import Part
from tests.desk.conftest import Blog, said

pytestmark = pytest.mark.django_db


def status(blog: int) -> str:
    """Return what readers are told of a blog under its headline."""
    return bytes(Part.objects.get(blog=blog, name="status").data).decode()


@pytest.fixture
def opened(browse: Callable[[User | None], Client], owner: User, editor: User, contributor: User, blog: Blog) -> int:
    """Return day two, opened from day one's desk."""
    actions.describe_blog(
        blog.id, by=owner, title="Storm Isolde", standfirst="Follow for the latest.", language="de",
        zone="Europe/Berlin", tags=("storm",),
    )  # fmt: skip
    actions.contributor_on(blog.id, by=owner, name="Ana Lind")
    actions.contributor_on(blog.id, by=owner, name="Tom Adeyard")
    actions.contributor_off(blog.id, by=owner, name="Ana Lind")
    client = browse(owner)
    page = client.get(f"{blog.path}continue/").content.decode()
    assert 'name="new-slug" value="storm-2"' in page
    once = page.split('name="new-once" value="')[1].split('"')[0]
    sent = {"do": "open", "new-title": "Storm Isolde, day two", "new-slug": "storm-2", "new-once": once}
    for _ in range(2):  # and pressed twice it is one
        answer = client.post(f"{blog.path}continue/", sent)
        assert answer["Location"] == "/desk/live/storm-2/"
    there = read.blog_id("storm-2")
    assert there is not None
    return there


def test_tomorrow_has_the_people_the_tags_the_language_and_who_is_on(
    opened: int, blog: Blog, owner: User, editor: User, contributor: User
) -> None:
    state, people = read.blog(opened), dict(Membership.objects.filter(blog_id=opened).values_list("user_id", "role"))
    assert (state.language, state.zone, state.tags, state.audience) == (
        "de", "Europe/Berlin", ("storm",), Audience.EVERYONE,
    )  # fmt: skip
    assert people == {owner.pk: Role.OWNER, editor.pk: Role.EDITOR, contributor.pk: Role.CONTRIBUTOR}
    assert [(c.name, c.on) for c in state.contributors] == [("Tom Adeyard", True)]
    assert blog.state.status is Status.LIVE


def test_tomorrow_begins_with_the_pinned_posts_in_their_order_and_with_their_times(
    browse: Callable[[User | None], Client], owner: User, editor: User, blog: Blog
) -> None:
    posts = [actions.publish_post(blog.id, by=editor, draft=said(f"Post {n}"), once=str(n)) for n in range(3)]
    for post in (posts[1], posts[0]):
        actions.pin_post(blog.id, by=editor, post=post.id)
    for slug, pins in (("with", True), ("without", False)):
        actions.open_tomorrow(blog.id, by=owner, slug=slug, title="Day two", pins=pins)
    took, left = read.blog_id("with"), read.blog_id("without")
    assert took is not None
    assert left is not None
    assert read.blog(took).pins == blog.state.pins == (posts[0].id, posts[1].id)
    assert [p.published_at for p in read.posts(took)] == [posts[1].published_at, posts[0].published_at]
    assert read.posts(left) == []
    assert read.blog(left).pins == ()


def test_each_leads_its_readers_to_the_other(
    opened: int, blog: Blog, browse: Callable[[User | None], Client], editor: User
) -> None:
    assert '<a href="/live/storm-2/"><bdi>Storm Isolde, day two</bdi></a>' in status(blog.id)
    assert '<a href="/live/storm/"><bdi>Storm Isolde</bdi></a>' in status(opened)
    assert "Frühere Berichterstattung:" in status(opened)
    assert "/desk/live/storm/" in browse(editor).get("/desk/live/storm-2/tab/about/").content.decode()
    assert read.blog(opened).predecessor.slug == "storm"


def test_the_pointer_is_taken_back_on_both_sides(
    opened: int, blog: Blog, browse: Callable[[User | None], Client], owner: User
) -> None:
    browse(owner).post(f"{blog.path}continue/", {"do": "end"})
    assert (blog.state.successor, read.blog(opened).predecessor) == (None, None)
    for one in (blog.id, opened):
        assert "successor" not in status(one)
    again = browse(owner).post(f"{blog.path}continue/", {"do": "end"}, follow=True)
    assert "goes on in no other" in again.content.decode()


def test_pointing_elsewhere_leads_back_from_there_and_no_more_from_the_former(
    opened: int, blog: Blog, owner: User
) -> None:
    third = actions.open_blog(by=owner, slug="third", title="Third", audience=Audience.EVERYONE).blog
    actions.continue_blog(blog.id, by=owner, slug="third")
    assert read.blog(third).predecessor.slug == "storm"
    assert read.blog(opened).predecessor is None


def test_readers_are_not_led_back_to_what_they_may_not_read(blog: Blog, owner: User) -> None:
    actions.set_audience(blog.id, by=owner, audience=Audience.MEMBERS)
    other = actions.open_blog(by=owner, slug="open", title="Open", audience=Audience.EVERYONE).blog
    actions.continue_blog(blog.id, by=owner, slug="open")
    assert read.blog(other).predecessor is None


def test_an_address_that_is_taken_is_said_at_its_field_and_points_nobody_anywhere(
    blog: Blog, browse: Callable[[User | None], Client], owner: User
) -> None:
    actions.open_blog(by=owner, slug="storm-2", title="Another")
    sent = {"do": "open", "new-title": "Day two", "new-standfirst": "Kept.", "new-slug": "storm-2", "new-once": "1"}
    answer = browse(owner).post(f"{blog.path}continue/", sent)
    assert answer.status_code == 422
    assert "Kept." in answer.content.decode()
    assert blog.state.successor is None


def test_closing_asks_what_shall_stand_under_the_headline(
    browse: Callable[[User | None], Client], owner: User, blog: Blog
) -> None:
    actions.describe_blog(
        blog.id, by=owner, title="Storm", standfirst="Follow for the latest.", language="en", zone="UTC", tags=()
    )
    client = browse(owner)
    page = client.get(f"{blog.path}close/").content.decode()
    assert "Follow for the latest." in page
    sent = {"standfirst": "89 people died on the coast.", "based_on": str(blog.state.seq)}
    actions.describe_blog(
        blog.id, by=owner, title="Storm", standfirst="Somebody else’s.", language="en", zone="UTC", tags=()
    )
    refused = client.post(f"{blog.path}close/", sent)
    assert refused.status_code == 409
    assert "89 people died on the coast." in refused.content.decode()
    assert blog.state.status is Status.LIVE
    client.post(f"{blog.path}close/", {**sent, "based_on": str(blog.state.seq)})
    assert (blog.state.status, blog.state.standfirst) == (Status.CLOSED, "89 people died on the coast.")
    again = client.post(f"{blog.path}close/", {**sent, "based_on": str(blog.state.seq)})
    assert "closed already" in again.content.decode()


def test_a_standfirst_that_is_too_long_does_not_close_and_comes_back(
    browse: Callable[[User | None], Client], owner: User, blog: Blog
) -> None:
    answer = browse(owner).post(f"{blog.path}close/", {"standfirst": "x" * 4_001})
    assert answer.status_code == 422
    assert "x" * 4_001 in answer.content.decode()
    assert blog.state.status is Status.LIVE


@pytest.mark.parametrize("how", ["narrowed", "taken down", "widened"])
def test_no_page_leads_to_a_live_blog_that_not_all_of_its_readers_may_read(blog: Blog, owner: User, how: str) -> None:
    there = actions.open_tomorrow(blog.id, by=owner, slug="day-two", title="Day two").blog
    assert "Day two" in status(blog.id)
    assert "Storm Isolde" in status(there)
    if how == "narrowed":
        actions.set_audience(there, by=owner, audience=Audience.MEMBERS)
    elif how == "taken down":
        actions.take_down_blog(there, by=owner)
    else:
        actions.set_audience(blog.id, by=owner, audience=Audience.MEMBERS)
        actions.set_audience(there, by=owner, audience=Audience.MEMBERS)
        actions.continue_blog(blog.id, by=owner, slug="day-two")
        actions.set_audience(blog.id, by=owner, audience=Audience.EVERYONE)
    assert "Day two" not in status(blog.id)
    assert read.blog(blog.id).successor is None


def test_a_live_blog_that_its_readers_still_may_read_is_still_led_to(blog: Blog, owner: User) -> None:
    there = actions.open_tomorrow(blog.id, by=owner, slug="day-two", title="Day two").blog
    actions.set_audience(blog.id, by=owner, audience=Audience.MEMBERS)
    assert "Day two" in status(blog.id)
    assert "Storm Isolde" not in status(there), "day two is everyone's, and day one is not"
