"""The head of a page: only what everyone may read may be indexed, and what other sites are told of a page."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from asithappened.core import events as e
from asithappened.published.layout import House
from asithappened.render import page
from asithappened.render import post as render
from tests.render.blogs import blog, edition, p, parts, post


@pytest.mark.parametrize("audience", list(e.Audience))
def test_only_what_everyone_may_read_may_be_indexed(audience: e.Audience) -> None:
    shown = blog(audience=audience)
    heads = [parts(shown)["meta"], *(page.layouts(page.shell_of(shown))[name].decode() for name in ("older", "post"))]
    for head in heads:
        assert ("noindex" in head) == (audience is not e.Audience.EVERYONE)
    assert ("Rehearsal" in parts(shown)["status"]) == (audience is not e.Audience.EVERYONE)


def tree(html: bytes) -> LexborHTMLParser:
    """Parse a fragment."""
    return LexborHTMLParser(html.decode())


def test_a_card_names_the_post_its_address_and_its_picture() -> None:
    picture = {"type": "image", "attrs": {"src": "https://example.org/a.jpg", "alt": 'A "wall"'}}
    html = tree(House().filled(render.card(edition(), post(p("First words. More."), picture))))
    found = {tag.attributes.get("property"): tag.attributes["content"] for tag in html.css("meta[property]")}
    assert found["og:title"] == "First words."
    assert found["og:url"] == "http://localhost:8000/live/storm/p/x1/"
    assert found["og:image"].startswith("http://localhost:8000/live/storm/p/x1/card/")
    assert found["og:image:alt"] == "First words."  # the picture is with somebody else, and not on the card
    assert html.css_first("link[rel=canonical]").attributes["href"] == found["og:url"]
