"""A blog as one page of plain text: what it looks like, and that reading it back gives the same page."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asithappened.core import body as b
from asithappened.core.events import PostKind, Related
from asithappened.core.state import BlogState, Contributor, PostState, Status
from asithappened.importers.formats.page_text import read as read_page
from asithappened.syndication.page_text import headline, page_text
from tests.importers.recorded import states


def blog(**more: Any) -> BlogState:
    return BlogState(
        **{"slug": "storm", "title": "Storm on the coast", "seq": 1, "standfirst": "Gusts by noon.", **more}
    )


def post(number: int, *blocks: b.Block, **more: Any) -> PostState:
    return PostState(
        id=str(number), position=number, first_seq=1, content_seq=1, last_seq=1, body=b.Doc(content=blocks), **more
    )


def test_a_page_has_its_parts_in_order_and_posts_newest_first() -> None:
    made = page_text(
        blog(
            status=Status.CLOSED,
            updated_at=datetime(2024, 1, 5, 18, 10, tzinfo=UTC),
            contributors=(Contributor(name="Una Marsh", on=True), Contributor(name="Theo Lund", on=False)),
            related=(Related(title="How piers are built", byline="Theo Lund", dated="January 3, 2024"),),
        ),
        [post(1, b.paragraph("Rain.")), post(2, b.paragraph("Sun."), title="It stops", updated=True)],
    )
    assert made == (
        "Storm on the coast – as it happened\n\nLast modified: January 5, 2024, 06:10 PM GMT+0\n\nGusts by noon.\n\n"
        "It stops\n\nSun.\n\nUpdated\n\nRain.\n\nContributors\n\nUna Marsh (now); Theo Lund (earlier)\n\n"
        "Related Content\n\nHow piers are built\n\nTheo Lund\n\nJanuary 3, 2024\n"
    )


def test_every_kind_of_block_has_its_form() -> None:
    item = b.ListItem(content=(b.paragraph("One"), b.BulletList(content=(b.ListItem(content=(b.paragraph("in"),)),))))
    made = page_text(
        blog(),
        [
            post(
                1,
                b.BulletList(content=(item, b.ListItem(content=(b.paragraph("Two"),)))),
                b.Quote(content=(b.paragraph("Stay in."),), attrs=b.QuoteAttrs(cite="Ines Calder")),
                b.Image(attrs=b.ImageAttrs(alt="A pier", caption="The pier.", credit="Photograph: Ola Brandt")),
                b.Social(
                    attrs=b.SocialAttrs(author="Ferries", handle="@skerry", text="No", date="2024-01-05T09:00:00")
                ),
                b.Card(attrs=b.CardAttrs(label="Related", title="Piers", url="https://paper.example/p")),
                b.Table(
                    content=(
                        b.Row(
                            content=(b.Cell(content=(b.paragraph("a"),)), b.Cell()),
                        ),
                    )
                ),
            )
        ],
    )
    assert made.partition("noon.\n\n")[2] == (
        "  • One\n\n    • in\n\n  • Two\n\nStay in.\n\n— Ines Calder\n\nA pier\nThe pier. Photograph: Ola Brandt\n\n"
        "No\n\n— Ferries (@skerry) January 5, 2024\n\nRelated: Piers\nhttps://paper.example/p\n\na | \n"
    )


def test_a_withdrawn_post_is_in_no_line() -> None:
    made = page_text(blog(), [post(1, b.paragraph("Secret."), withdrawn=True), post(2, title="Secret", erased=True)])
    assert "Secret" not in made


@pytest.mark.parametrize(
    ("title", "status", "shown"),
    [
        ("Storm", Status.LIVE, "Storm"),
        ("Storm – live", Status.LIVE, "Storm – live"),
        ("Storm", Status.CLOSED, "Storm – as it happened"),
        ("Storm – live", Status.CLOSED, "Storm – as it happened"),
        ("Storm - as it happened!", Status.CLOSED, "Storm - as it happened!"),
        ("Our highlights – As They Happened", Status.CLOSED, "Our highlights – As They Happened"),
    ],
)
def test_a_closed_blog_says_that_it_has_happened_once(title: str, status: Status, shown: str) -> None:
    assert headline(blog(title=title, status=status)) == shown


NAMES = st.sampled_from(["Una Marsh", "Theo Lund", "Ines Calder", "Ola Brandt"])
SENTENCE = st.lists(
    st.sampled_from(["the", "pier", "is", "shut", "by", "wind", "and", "spray", "until", "noon", "again"]),
    min_size=4,
    max_size=12,
)
SAID = SENTENCE.map(lambda words: " ".join(words).capitalize() + ".")
PARAGRAPH = SAID.map(b.paragraph)
LIST = st.lists(SAID, min_size=1, max_size=3).map(
    lambda items: b.BulletList(content=tuple(b.ListItem(content=(b.paragraph(words),)) for words in items))
)
PHOTO = st.tuples(SAID, SAID, NAMES).map(
    lambda parts: b.Image(attrs=b.ImageAttrs(alt=parts[0], caption=parts[1], credit=f"Photograph: {parts[2]}/Coast"))
)
EMBED = st.tuples(SAID, NAMES).map(
    lambda parts: b.Social(
        attrs=b.SocialAttrs(
            platform="twitter", text=f"{parts[0]} #skerry", author=parts[1], handle="@coast", date="2024-01-05"
        )
    )
)
SAYS = st.tuples(NAMES, SAID).map(
    lambda parts: (b.paragraph(f"{parts[0]} says:"), b.Quote(content=(b.paragraph(parts[1]),)))
)
# Between two embeds or quotations a paragraph speaks again; nothing else keeps apart what a page runs together.
BODY = st.lists(
    st.one_of(
        PARAGRAPH.map(lambda one: (one,)),
        LIST.map(lambda one: (one, b.paragraph("That is all, she said."))),
        PHOTO.map(lambda one: (one,)),
        st.tuples(PARAGRAPH, EMBED),
        SAYS.map(lambda pair: (*pair, b.paragraph("That was all, she said."))),
    ),
    min_size=1,
    max_size=4,
).map(lambda groups: tuple(block for group in groups for block in group))
TITLE = st.sampled_from(["", "Summary", "Ferries stop until Sunday", "Harbour shut"])


@st.composite
def blogs(draw: st.DrawFn) -> tuple[BlogState, list[PostState]]:
    """Draw a blog that the form can hold: every post edited, so that each has its end."""
    posts = [
        post(number, *draw(BODY), title=draw(TITLE), updated=True) for number in range(draw(st.integers(1, 5)), 0, -1)
    ]
    names = draw(st.lists(NAMES, unique=True, max_size=3))
    dated = draw(st.lists(NAMES, max_size=2))
    return (
        blog(
            status=draw(st.sampled_from([Status.LIVE, Status.CLOSED])),
            updated_text=draw(st.sampled_from(["", "06: 10 PM GMT+0"])),
            contributors=tuple(Contributor(name=name, on=draw(st.booleans())) for name in names),
            related=tuple(
                Related(
                    title=f"{name} looks back",
                    standfirst=draw(st.sampled_from(["", "A year on"])),
                    byline=name,
                    dated="03, Jan, 2024 @9:00 AM",
                )
                for name in dated
            ),
        ),
        posts,
    )


@given(blogs())
def test_a_page_read_back_is_the_same_page(made: tuple[BlogState, list[PostState]]) -> None:
    page = page_text(*made)
    again = page_text(*states(read_page(page.encode())))
    assert again == page
    assert page_text(*states(read_page(again.encode()))) == again


@given(blogs())
def test_what_is_read_back_has_the_same_words_and_kinds(made: tuple[BlogState, list[PostState]]) -> None:
    text = page_text(*made)
    found = read_page(text.encode())
    ends = [post for post in found.posts if post.updated]
    assert len(ends) == len(made[1])
    summaries = [one for one in found.posts if one.kind is PostKind.SUMMARY]
    assert len(summaries) >= sum(one.title == "Summary" for one in made[1])
    blocks = sorted(type(block).__name__ for one in found.posts for block in one.body.content)
    assert blocks == sorted(type(block).__name__ for one in made[1] for block in one.body.content)
