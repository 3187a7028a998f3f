"""Going on tomorrow: what is carried along, both pages lead to each other, and the pointer can be taken back."""

from collections.abc import Callable

import pytest
from django.test import Client

from asithappened.accounts.models import Membership, Role, User
from asithappened.core import events as e
from asithappened.core.events import Audience
from asithappened.core.state import Status
from asithappened.desk import actions
from asithappened.desk.actions import ledger
from asithappened.log import read
from asithappened.log.models import Payload
from asithappened.published.models import Part, PublishedRow
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


def recorded(blog: Blog, editor: User, n: int) -> None:
    """Record an open statement, a settled one, a removed one, and a series of two values; and n statements more."""
    said_by = e.SaidBy(name="Bo Lund")
    for id_ in ("open", "settled", "removed", *(f"more{i}" for i in range(n))):
        row = e.StatementRecorded(statement=id_, text=f"A claim, {id_}.", by=said_by)
        ledger.record_statement(blog.id, by=editor, statement=row)
    of, note = e.Verification, "Denied at 16:10."
    ledger.assess_statement(blog.id, by=editor, statement="open", status=of.DISPUTED, note=note)
    ledger.assess_statement(blog.id, by=editor, statement="settled", status=of.FALSE)
    ledger.remove_row(blog.id, by=editor, row=e.Subject(e.STATEMENT, "removed"))
    values = [e.SeriesMoved(series="homes", value=value, statement="open") for value in (4600, 11400)]
    ledger.record_series(blog.id, by=editor, series=e.SeriesRecorded(series="homes", label="Homes"), values=values)


@pytest.mark.parametrize("n", [0, 120])
def test_tomorrow_goes_on_with_open_statements_and_series_under_their_ids(
    blog: Blog, owner: User, editor: User, n: int
) -> None:
    recorded(blog, editor, n)
    receipt, _ = (  # and once more, after an answer that never came
        actions.open_tomorrow(blog.id, by=owner, slug="day-two", title="Day two", once="k") for _ in range(2)
    )
    there = {row.id: row for row in read.rows(receipt.blog, e.STATEMENT)}
    assert set(there) == {"open", *(f"more{i}" for i in range(n))}
    came = there["open"]
    assert came.carried_from == e.CarriedFrom(slug="storm", title="Storm Isolde")
    assert (came.status, came.assessments[-1].note, came.text) == (
        e.Verification.DISPUTED, "Denied at 16:10.", "A claim, open.",
    )  # fmt: skip
    (homes,) = read.rows(receipt.blog, e.SERIES)
    (was,) = read.rows(blog.id, e.SERIES)
    assert [value.value for value in homes.values] == [11400]
    assert (homes.newest.at, homes.newest.statement, homes.carried_from) == (was.newest.at, "open", came.carried_from)
    kinds = [fact.kind for fact in read.facts(receipt.blog)]
    assert kinds.count(e.StatementRecorded.KIND) == 1 + n
    assert kinds.count(e.SeriesMoved.KIND) == 1
    assert came.first_seq <= receipt.last


def test_what_is_erased_is_erased_where_it_was_brought_along_too(blog: Blog, owner: User, editor: User) -> None:
    recorded(blog, editor, 1)
    second = actions.open_tomorrow(blog.id, by=owner, slug="day-two", title="Day two").blog
    third = actions.open_tomorrow(second, by=owner, slug="day-three", title="Day three").blog
    ledger.erase_row(blog.id, by=owner, row=e.Subject(e.STATEMENT, "open"), reason="A court.")
    for there in (second, third):
        rows = {row.id: row for row in read.rows(there, e.STATEMENT)}
        assert (rows["open"].erased, rows["more0"].visible) == (True, True)
        assert b"A claim, open." not in b"".join(
            bytes(data) for (data,) in Payload.objects.filter(entry__blog=there).values_list("data")
        )


@pytest.mark.parametrize("how", ["narrowed", "taken down", "widened"])
def test_no_row_names_the_live_blog_that_it_came_from_to_readers_who_may_not_read_that(
    blog: Blog, owner: User, editor: User, how: str
) -> None:
    recorded(blog, editor, 0)
    if how == "widened":
        actions.set_audience(blog.id, by=owner, audience=Audience.MEMBERS)
    there = actions.open_tomorrow(blog.id, by=owner, slug="day-two", title="Day two").blog

    def told() -> bytes:
        """Return all that readers of day two are given of its rows."""
        rows = PublishedRow.objects.filter(blog=there).values_list("entry", "page")
        return b"".join(bytes(piece) for row in rows for piece in row)

    assert b"Before: " in told()
    if how == "narrowed":
        actions.set_audience(blog.id, by=owner, audience=Audience.MEMBERS)
    elif how == "taken down":
        actions.take_down_blog(blog.id, by=owner)
    else:
        actions.set_audience(there, by=owner, audience=Audience.EVERYONE)
    assert b"Before: " not in told()
    assert b"A claim, open." in told()
    assert all(row.carried_from is None for about in (e.STATEMENT, e.SERIES) for row in read.rows(there, about))


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
