"""A page saved as plain text: where posts end, what each line is, and what is said of guesses."""

from datetime import UTC, datetime

import pytest

from asithappened.core import body as b
from asithappened.core.events import PostKind
from asithappened.importers.formats.page_text import read as page_text
from asithappened.importers.found import FoundBlog, FoundPost, ImportRefused
from tests.importers.files import PAGE


def read(page: str = PAGE) -> FoundBlog:
    return page_text(page.encode())


def shape(post: FoundPost) -> list[str]:
    return [type(block).__name__ for block in post.body.content]


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


def test_posts_end_at_updated_and_begin_at_headlines() -> None:
    found = read()
    assert [post.place for post in found.posts] == ["line 7", "line 17", "line 23", "line 27", "line 38"]
    assert [post.updated for post in found.posts] == [True, False, True, True, True]
    assert [post.title for post in found.posts] == ["Summary", "Ferries stop until Sunday", "", "", ""]
    assert found.posts[0].kind is PostKind.SUMMARY
    assert shape(found.posts[0]) == ["Paragraph", "BulletList"]


def test_a_guessed_boundary_is_reported_with_its_line() -> None:
    assert any(problem.startswith("uncertain boundary before line 23: ") for problem in read().problems)


def test_a_quotation_follows_a_colon_and_a_photo_is_alt_then_caption_and_credit() -> None:
    warning = read().posts[3]
    assert shape(warning) == ["Paragraph", "Quote", "Paragraph", "Image"]
    photo = warning.body.content[3]
    assert isinstance(photo, b.Image)
    assert (photo.attrs.alt, photo.attrs.caption) == ("A pier under spray.", "The pier at nine.")
    assert photo.attrs.credit == "Photograph: Ola Brandt/Coast Pictures"


def test_an_embed_is_the_paragraph_above_its_signature() -> None:
    post = read().posts[4]
    assert shape(post) == ["Paragraph", "Social"]
    embed = post.body.content[1]
    assert isinstance(embed, b.Social)
    assert (embed.attrs.text, embed.attrs.author, embed.attrs.handle, embed.attrs.date) == (
        "No ferries today #skerry",
        "Skerry Ferries",
        "@skerry",
        "2024-01-05",
    )


def one_post(words: str) -> FoundPost:
    found = read(f"Title\n\nLast modified: 01: 00 PM\n\nA standfirst.\n\n{words}\n\nUpdated\n")
    return found.posts[-1]


def test_an_embed_of_several_paragraphs_is_as_long_as_one_could_be() -> None:
    long = "The harbour master has explained at some length how the gauges on the pier are read, and by whom. " * 2
    post = one_post(
        f"{long}\n\nThe gauge below is today's.\n\nFind the tables here: https://t.co/abc\n\n"
        "🌊 #Skerry 🌊 pic.twitter.com/xyz\n\n— Harbour ⚓ (@harbour) January 5, 2024"
    )
    assert shape(post) == ["Paragraph", "Social"]
    embed = post.body.content[1]
    assert isinstance(embed, b.Social)
    assert embed.attrs.text.startswith("The gauge below is today's.\n\nFind the tables")
    assert embed.attrs.author == "Harbour ⚓"


def test_an_embed_never_takes_its_introduction() -> None:
    post = one_post("The mayor says:\n\nStay in.\n\n— Ines Calder (@ines) January 5, 2024\n\nShe means it.")
    assert shape(post) == ["Paragraph", "Social", "Paragraph"]


def test_a_quotation_ends_where_its_narrator_speaks_again() -> None:
    post = one_post(
        "The mayor, Ines Calder, told the radio:\n\nWe have no boats.\n\nWe have no bread.\n\n"
        "Calder is the first mayor of the island.\n\nAsked about the school, she said it was dry."
    )
    assert shape(post) == ["Paragraph", "Quote", "Paragraph", "Paragraph"]
    assert b.text_of(post.body.content[1]) == "We have no boats.\nWe have no bread."


def test_a_headline_after_a_colon_begins_the_next_post() -> None:
    found = read(
        "Title\n\nLast modified: 01: 00 PM\n\nA standfirst.\n\nRead our report on the boats here:\n\n"
        "Pier closes for the winter\n\nThe pier is closed, the harbour master said.\n\nUpdated\n"
    )
    assert [(post.title, post.updated) for post in found.posts] == [("", False), ("Pier closes for the winter", True)]


def test_lists_inside_lists_are_known_by_their_indent() -> None:
    post = one_post("Scores\n\n  • Home\n    • one\n    • two\n\n  • Away\n    late\n\n  1. First")
    assert post.title == "Scores"
    (items,) = post.body.content
    assert isinstance(items, b.BulletList)
    home, away, *_ = items.content
    assert [type(one).__name__ for one in home.content] == ["Paragraph", "BulletList"]
    assert b.text_of(away) == "late" or b.text_of(away) == "Away\nlate"


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


def tweet(words: str, day: str) -> str:
    return f"{words} pic.twitter.com/x\n\n— Ann Lee (@ann) {day}"


def dated(*embeds: str, modified: str = "06: 59 PM GMT+0") -> str:
    posts = "\n\nUpdated\n\n".join(["Words of a post.", *embeds])
    return f"Title\n\nLast modified: {modified}\n\nA standfirst.\n\n{posts}\n\nUpdated\n"


def test_a_clock_time_without_a_day_gets_the_one_day_of_all_dated_embeds_and_says_so() -> None:
    found = read(dated(tweet("One", "January 4, 2023"), tweet("Two", "January 4, 2023")))
    assert found.modified_at == datetime(2023, 1, 4, 18, 59, tzinfo=UTC)
    assert found.modified_text == "06: 59 PM GMT+0"
    assert any("inferred to be 2023-01-04" in problem for problem in found.problems)


def test_a_day_is_not_inferred_from_one_embed_or_from_days_that_differ_or_without_a_zone() -> None:
    one, other = tweet("One", "January 4, 2023"), tweet("Two", "January 5, 2023")
    for page in (dated(one), dated(one, other), dated(one, one, modified="06: 59 PM")):
        assert read(page).modified_at is None


def test_a_day_that_is_printed_is_read_and_needs_no_word() -> None:
    found = read(dated(modified="November 25, 2026, 12:30 AM GMT+1"))
    assert found.modified_at == datetime(2026, 11, 24, 23, 30, tzinfo=UTC)
    assert not any("inferred" in problem for problem in found.problems)


def test_posts_with_a_headline_are_key_events_where_most_have_none() -> None:
    headed = "Gates closed\n\nThe north gate was closed."
    found = read(dated(headed, "More words.", "Yet more words."))
    assert [post.title for post in found.posts if post.kind is PostKind.KEY_EVENT] == ["Gates closed"]
    assert any("made key events" in problem for problem in found.problems)
    all_headed = read(dated(headed, headed.replace("north", "south"))).posts
    assert not any(post.kind is PostKind.KEY_EVENT for post in all_headed)
