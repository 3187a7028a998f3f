"""Promises of what stands under a live blog by itself: said as the page that it stands on says it, all of it text."""

from datetime import UTC, datetime

from msgspec.structs import replace

from asithappened.core.state import BlogState, Contributor, Status
from asithappened.render import related
from asithappened.render.edition import Edition

HERE = Edition(slug="here", language="de", zone="Europe/Berlin")
OTHER = BlogState(
    seq=1,
    slug="storm",
    title="Storm <i> over the coast",
    standfirst="Gates & ferries.",
    opened_at=datetime(2026, 11, 12, 14, 0, tzinfo=UTC),
    contributors=tuple(Contributor(name=name, on=True) for name in ("Ada <b>", "Bo", "Cy", "Dee")),
)


def test_the_list_has_its_headline_in_the_language_of_the_page() -> None:
    whole = related.layout(HERE).whole
    assert "<h2>Mehr zum Thema</h2>" in whole
    assert whole.count("<!--slot:entries-->") == 1


def test_an_entry_says_headline_standfirst_three_names_and_when_it_began_by_the_clock_of_the_page() -> None:
    said = related.entry(HERE, OTHER).decode()
    assert '<a href="/live/storm/">Storm &lt;i&gt; over the coast</a>' in said
    assert "Gates &amp; ferries." in said
    assert "Ada &lt;b&gt;, Bo, Cy<" in said
    assert '<time datetime="2026-11-12T14:00:00Z">' in said
    assert "15:00" in said


def test_of_a_closed_live_blog_the_headline_says_so_in_its_own_language() -> None:
    closed = replace(OTHER, title="Storm", status=Status.CLOSED, language="en")
    assert ">Storm – as it happened<" in related.entry(HERE, closed).decode()


def test_what_is_not_known_is_left_out() -> None:
    said = related.entry(HERE, BlogState(seq=1, slug="storm", title="Storm")).decode()
    assert '<p class="' not in said
