"""A page saved as plain text: where posts end, what each line is, and what is said of guesses."""

import pytest

from asithappened.core.events import PostKind
from asithappened.importers.found import ImportRefused
from tests.importers.files import PAGE
from tests.importers.formats.page_text.pages import dated, read


def test_the_head_and_the_foot_of_a_page_are_read() -> None:
    found = read()
    assert (found.title, found.live) == ("Storm on the Skerry coast", False)
    assert found.modified_text == "06: 10 PM GMT+0"
    assert found.standfirst == "Gusts of 90mph passed by noon. This blog is now closed"
    assert [one.name for one in found.contributors] == ["Una Marsh", "Theo Lund"]
    first, second = found.related
    assert first.title == "Storm on the Skerry coast: what to expect – as it happened"
    assert first.standfirst == "Forecasters warned of gusts by noon"
    assert (first.byline, first.dated) == ("Una Marsh (now); Theo Lund (earlier)", "04, Jan, 2024 @6:10 PM")
    assert (second.title, second.standfirst, second.byline) == ("How piers are built", "", "Theo Lund")
    assert (found.opened_at, found.modified_at, {post.published_at for post in found.posts}) == (None, None, {None})


def test_a_live_page_is_live() -> None:
    found = read(PAGE.replace(" – as it happened\n\nLast", "\n\nLast").replace(" This blog is now closed", ""))
    assert (found.live, found.title) == (True, "Storm on the Skerry coast")


def test_ids_are_made_of_a_number_from_the_oldest_and_the_words() -> None:
    found = read()
    assert [post.id.partition("-")[0] for post in found.posts] == ["5", "4", "3", "2", "1"]
    assert [post.id for post in read(PAGE.replace("A pier under", "The pier under")).posts][:3] == [
        post.id for post in found.posts
    ][:3]


@pytest.mark.parametrize("cut", [PAGE.index("sailings"), PAGE.index("lamp") + 2, PAGE.index("Theo Lund\n\n03") + 3])
def test_a_page_that_stops_in_the_middle_of_something_is_truncated(cut: int) -> None:
    with pytest.raises(ImportRefused, match="truncated"):
        read(PAGE[:cut])


def test_a_page_without_posts_is_refused() -> None:
    with pytest.raises(ImportRefused, match="no posts"):
        read("Title\n\nLast modified: 01: 00 PM GMT+0\n")


def test_every_line_of_a_page_is_in_exactly_one_part() -> None:
    found = read()
    held = "\n".join(
        [found.title, found.standfirst, *(one.name for one in found.contributors), *(r.title for r in found.related)]
        + [post.words for post in found.posts]
    )
    for line in PAGE.splitlines():
        plain = (
            line.strip(" •").removesuffix(" – as it happened").removesuffix(" Photograph: Ola Brandt/Coast Pictures")
        )
        if plain.startswith(("Harbour", "The harbour", "Nobody", "The ferry", "Stay", "A pier", "No ferries")):
            assert held.count(plain) == PAGE.count(plain), plain


def test_posts_with_a_headline_are_key_events_where_most_have_none() -> None:
    headed = "Gates closed\n\nThe north gate was closed."
    found = read(dated(headed, "More words.", "Yet more words."))
    assert [post.title for post in found.posts if post.kind is PostKind.KEY_EVENT] == ["Gates closed"]
    assert any("made key events" in problem for problem in found.problems)
    all_headed = read(dated(headed, headed.replace("north", "south"))).posts
    assert not any(post.kind is PostKind.KEY_EVENT for post in all_headed)
