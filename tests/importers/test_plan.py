"""What an import changes: additions, revisions, reports of what has gone, and nothing where nothing changed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asithappened.core import body as b
from asithappened.core import events as e
from asithappened.core import fold, rules
from asithappened.core.state import State, Status
from asithappened.importers.found import FoundBlog, FoundContributor, FoundPost, ImportRefused
from asithappened.importers.plan import Known, Plan, plan
from asithappened.importers.registry import found_in

NINE = datetime(2024, 1, 5, 9, 0, tzinfo=UTC)


def post(id_: str, words: str = "Words.", **more: Any) -> FoundPost:
    return FoundPost(id=id_, place=id_, body=b.Doc(content=(b.paragraph(words),)), **more)


def blog(*posts: FoundPost, **more: Any) -> FoundBlog:
    """Make a found blog; posts newest first."""
    return FoundBlog(**{"title": "Storm", "slug": "storm", "live": True, **more}, posts=posts)


class Newsroom:
    """A log in memory: what was planned is checked by the rules and folded."""

    def __init__(self) -> None:
        self.state = State()

    def take(self, found: FoundBlog, **more: Any) -> Plan:
        made = plan(found, Known(blog=self.state.blog, posts=dict(self.state.posts)), slug=found.slug, **more)
        for event in (event for group in made.groups for event in group):
            assert rules.may(self.state.blog, self.state.subjects.get(event.subject), event, e.Origin.IMPORT) is None
            at, seq = NINE + timedelta(days=9), self.state.seq + 1
            fact = fold.in_envelope(event, epoch="x", seq=seq, at=at, origin=e.Origin.IMPORT)
            self.state = fold.fold([fact], self.state)
        return made

    def order(self) -> list[str]:
        """Return the ids of the visible posts, newest first."""
        shown = [one for one in self.state.posts.values() if one.visible]
        return [one.id for one in sorted(shown, key=lambda one: one.order, reverse=True)]


@pytest.fixture
def room() -> Newsroom:
    return Newsroom()


def test_the_same_file_again_makes_nothing(room: Newsroom) -> None:
    found = blog(post("b", kind=e.PostKind.KEY_EVENT, pinned=True), post("a"), live=False, tags=("Sea",))
    assert room.take(found).report.added == 2
    again = room.take(found)
    assert (again.groups, again.report.unchanged, again.report.opened) == ((), 2, False)


def test_a_new_post_is_added_a_changed_one_revised_and_one_that_has_gone_only_reported(room: Newsroom) -> None:
    room.take(blog(post("b", "Two."), post("a", "One.")))
    made = room.take(blog(post("c", "Three."), post("b", "Two, mended.")))
    report = made.report
    assert (report.added, report.revised, report.unchanged, report.disappeared) == (1, 1, 0, 1)
    assert report.disappeared_posts == ("a",)
    assert room.order() == ["c", "b", "a"]


def test_only_an_edit_that_the_source_marks_is_marked_here(room: Newsroom) -> None:
    room.take(blog(post("b", "Two."), post("a", "One.")))
    at = NINE + timedelta(minutes=5)
    room.take(blog(post("b", "Two!", updated=True, updated_at=at), post("a", "One!")))
    assert (room.state.posts["b"].updated, room.state.posts["b"].updated_at) == (True, at)
    assert not room.state.posts["a"].updated


def test_times_that_a_source_shows_otherwise_are_no_change(room: Newsroom) -> None:
    room.take(blog(post("a", published_at=NINE)))
    made = room.take(blog(post("a", published_at=NINE + timedelta(hours=1), updated=True, updated_at=NINE)))
    assert (made.groups, made.report.unchanged) == ((), 1)


def test_a_time_that_was_unknown_is_learned(room: Newsroom) -> None:
    room.take(blog(post("a")))
    room.take(blog(post("a", published_at=NINE)))
    assert room.state.posts["a"].published_at == NINE
    assert not room.state.posts["a"].updated


def test_a_picture_that_comes_over_https_now_is_the_same_picture(room: Newsroom) -> None:
    def pictured(url: str) -> FoundPost:
        return replace(post("a"), body=b.Doc(content=(b.Image(attrs=b.ImageAttrs(src=url, alt="A pier")),)))

    room.take(blog(pictured("http://img.example/a.png")))
    assert room.take(blog(pictured("https://img.example/a.png"))).groups == ()
    assert room.take(blog(pictured("https://img.example/b.png"))).report.revised == 1


def test_a_kind_or_pin_that_changes_is_an_event_of_its_own(room: Newsroom) -> None:
    room.take(blog(post("b"), post("a", pinned=True)))
    made = room.take(blog(post("b", kind=e.PostKind.SUMMARY, pinned=True), post("a")))
    assert [type(event) for group in made.groups for event in group] == [e.PostKindSet, e.PostPinned]
    room.take(blog(post("b", kind=e.PostKind.SUMMARY), post("a")))
    assert room.state.blog is not None
    assert room.state.blog.pinned is None


def test_blocks_keep_their_ids_through_an_edit(room: Newsroom) -> None:
    two = b.Doc(content=(b.paragraph("The pier is shut."), b.paragraph("Ferries stop.")))
    edited = b.Doc(content=(b.paragraph("New."), b.paragraph("The pier is shut!"), b.paragraph("Ferries stop.")))
    room.take(blog(replace(post("a"), body=two)))
    before = [one.attrs.id for one in room.state.posts["a"].body.content]
    room.take(blog(replace(post("a"), body=edited)))
    assert [one.attrs.id for one in room.state.posts["a"].body.content][2] == before[1]
    other = Newsroom()
    other.take(blog(replace(post("a"), body=two)))
    assert [one.attrs.id for one in other.state.posts["a"].body.content] == before


def test_an_import_is_an_archive_from_its_first_event_on_wherever_the_original_stands(room: Newsroom) -> None:
    for live in (True, False, True):
        room.take(blog(post("a"), live=live))
        assert room.state.blog is not None
        assert room.state.blog.status is Status.CLOSED
    assert plan(blog(post("a"), live=True), Known(), slug="s").groups[1] == (e.BlogClosed(),)


def test_an_imported_blog_is_public_unless_asked_otherwise_and_stays_what_it_was_made(room: Newsroom) -> None:
    room.take(blog(post("a")), audience=e.Audience.MEMBERS)
    room.take(blog(post("b"), post("a")))
    assert room.state.blog is not None
    assert room.state.blog.audience is e.Audience.MEMBERS
    assert plan(blog(post("a")), Known(), slug="s").groups[0][0] == e.BlogOpened(
        slug="s", title="Storm", audience=e.Audience.EVERYONE
    )


def test_who_hands_over_is_named_as_earlier(room: Newsroom) -> None:
    una, theo = FoundContributor(name="Una Marsh"), FoundContributor(name="Theo Lund")
    room.take(blog(post("a"), contributors=(una, theo)))
    room.take(blog(post("a"), contributors=(theo,)))
    assert room.state.blog is not None
    assert [(one.name, one.on) for one in room.state.blog.contributors] == [("Una Marsh", False), ("Theo Lund", True)]
    room.take(blog(post("a"), contributors=(una, replace(theo, on=False))))
    assert {one.name: one.on for one in room.state.blog.contributors} == {"Una Marsh": True, "Theo Lund": False}


def test_a_post_that_cannot_be_taken_is_named_and_the_rest_is_imported(room: Newsroom) -> None:
    made = room.take(
        blog(post("c", "x" * 70_000), replace(post("b"), body=b.Doc()), post("a", title="t" * 301), post("z"))
    )
    assert (made.report.added, made.report.skipped) == (1, 3)
    assert [problem.split(" ")[0] for problem in made.report.problems] == ["a", "b", "c"]
    assert all("was left out" in problem for problem in made.report.problems)


def test_a_file_of_which_nothing_can_be_taken_is_refused() -> None:
    with pytest.raises(ImportRefused, match="Not one post"):
        plan(blog(post("c", "x" * 70_000)), Known(), slug="storm")
    with pytest.raises(ImportRefused, match="blog itself"):
        plan(blog(post("a"), title="t" * 301), Known(), slug="storm")


def test_another_blog_at_the_same_address_is_not_overwritten(room: Newsroom) -> None:
    room.take(blog(post("b"), post("a")))
    with pytest.raises(ImportRefused, match="--slug"):
        room.take(blog(post("d"), post("c")))


def test_a_page_of_a_longer_blog_reports_nothing_as_gone(room: Newsroom) -> None:
    room.take(blog(post("b"), post("a")))
    assert room.take(blog(post("c"), partial=True)).report.disappeared == 0
    assert room.order() == ["c", "b", "a"]


def test_a_post_withdrawn_here_is_not_brought_back(room: Newsroom) -> None:
    room.take(blog(post("b"), post("a")))
    fact = fold.in_envelope(e.PostWithdrawn(post="a"), epoch="x", seq=99, at=NINE, origin=e.Origin.LIVE)
    room.state = fold.fold([fact], room.state)
    made = room.take(blog(post("b"), post("a", "Changed.")))
    assert (made.groups, room.order()) == ((), ["b"])
    assert any("withdrawn here" in problem for problem in made.report.problems)


def test_posts_of_unknown_time_stand_as_the_source_has_them_and_new_ones_between(room: Newsroom) -> None:
    room.take(blog(post("d"), post("c"), post("a")))
    room.take(blog(post("e"), post("d"), post("c"), post("b"), post("a"), post("0")))
    assert room.order() == ["e", "d", "c", "b", "a", "0"]


def test_a_post_of_unknown_time_stands_between_those_whose_times_are_known(room: Newsroom) -> None:
    later = NINE + timedelta(hours=1)
    room.take(blog(post("d"), post("c", published_at=later), post("b"), post("a", published_at=NINE), post("0")))
    assert room.order() == ["d", "c", "b", "a", "0"]


PAGE = "Storm\n\nLast modified: 01: 00 PM\n\nA standfirst.\n\n{}\n\n"


def page(*posts: str) -> FoundBlog:
    return found_in(PAGE.format("\n\nUpdated\n\n".join((*posts, ""))).encode(), "page-text")


def test_posts_without_ids_are_found_again_by_their_words(room: Newsroom) -> None:
    one, two, three = "The pier is shut until Monday.", "Two roofs are gone in Port Ellen.", "Nobody was hurt at all."
    room.take(page(three, two, one))
    ids = room.order()
    made = room.take(page("Ferries sail again.", three, two.replace("gone", "missing"), one))
    assert (made.report.added, made.report.revised, made.report.unchanged) == (1, 1, 2)
    assert room.order()[1:] == ids
    made = room.take(page("Ferries sail again.", three, "A seal came ashore by the lamp.", one))
    assert (made.report.added, made.report.revised, made.report.disappeared) == (1, 0, 1)
    assert room.take(page("Ferries sail again.", three, "A seal came ashore by the lamp.", one)).report.added == 0


IDS = st.lists(st.sampled_from("abcdefgh"), unique=True, min_size=1)


@given(IDS, IDS, st.booleans())
def test_two_recordings_in_a_row_leave_the_second_in_its_order(
    first: list[str], second: list[str], timed: bool
) -> None:
    room = Newsroom()
    found = [blog(*(post(id_, published_at=NINE + timedelta(minutes=ord(id_)) if timed else None) for id_ in ids))
             for ids in (first, second)]  # fmt: skip
    room.take(found[0])
    kept = [id_ for id_ in room.order() if id_ in second]
    if set(first).isdisjoint(second):
        return
    room.take(found[1])
    assert room.take(found[1]).groups == ()
    assert set(room.order()) == set(first) | set(second)
    assert [id_ for id_ in room.order() if id_ in kept] == kept
