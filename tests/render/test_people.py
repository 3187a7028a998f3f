"""Who is named in print: with a role, a link to a page, and a small picture that waits until it is seen."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from asithappened.core import events as e
from asithappened.core.state import Contributor
from asithappened.render import house_lists
from asithappened.render import post as render
from tests.render.blogs import INES, blog, edition, p, parts, post, words


def test_a_contributor_has_a_role_a_link_and_a_small_picture_that_waits_until_it_is_seen() -> None:
    people = (INES, Contributor(name="Tom", on=False, role="Küste"))
    tree = LexborHTMLParser(parts(blog(contributors=people))["contributors"])
    now, earlier = tree.css("dd")
    assert [words(one.html or "") for one in (now, earlier)] == ["Ines Editor", "Tom Küste"]
    link, picture = now.css_first("a"), now.css_first("img")
    assert (link.attributes["href"], link.attributes["rel"]) == ("/authors/ines/", "author")
    told = picture.attributes
    assert told["src"] == "http://localhost:8000/live/storm/people/abcd1234/0f0f0f0f/320.webp"
    assert (told["width"], told["height"], told["loading"]) == ("48", "48", "lazy")
    assert told["alt"] == "", "the name stands beside it, and would be said twice"
    assert earlier.css_first("img") is None


def tree(html: bytes) -> LexborHTMLParser:
    """Parse a fragment."""
    return LexborHTMLParser(html.decode())


def test_a_byline_says_what_its_bearer_was_and_leads_to_more_about_them() -> None:
    signed = (e.Signature(name="Ines <b>", role="Editor & more", url="https://paper.example/?a=1&b=2"),)
    shown = post(p("x"), bylines=("Tom", "Ines <b>"), signed=signed)
    html = render.fragment(edition(), shown).decode()
    line = tree(html.encode()).css_first(".byline")
    assert line.text() == "Tom; Ines <b>, Editor & more"
    assert [(a.attributes["href"], a.attributes["rel"]) for a in line.css("a")] == [
        ("/authors/tom/", "author"), ("/authors/ines-b/", "author"),
    ]  # fmt: skip
    assert "Ines &lt;b&gt;" in html
    plain = tree(render.fragment(edition(), post(p("x"), bylines=("Tom", "Zoe")))).css_first(".byline")
    assert plain.text() == "Tom, Zoe"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "mailto:ines@paper.example", "https://a@evil.example/", "/desk/"]
)
def test_an_author_leads_elsewhere_only_to_a_page(url: str) -> None:
    assert "href" not in house_lists.profile(blog(), Contributor(name="Ines", on=True, role="Editor", url=url)).decode()
