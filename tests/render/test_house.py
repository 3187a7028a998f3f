"""The house's slots: rendered bytes are the same wherever they are rendered, and nobody's text can be a slot."""

import json
import re
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from asithappened.core import body, limits
from asithappened.core.state import BlogState, Contributor
from asithappened.published.layout import ADDRESS_SLOT, NAME_IN_JSON_SLOT, NAME_SLOT, House
from asithappened.render import page
from asithappened.render.edition import edition_of
from asithappened.render.post import card, fragment, withdrawn
from tests.render.blogs import LIVE, blog, edition, p, parts_of, post

HERE = House(address="https://live.courier.example", name='The <b>"Courier" & Sons</b> </script>')
SLOTS = (ADDRESS_SLOT, NAME_SLOT, NAME_IN_JSON_SLOT)
HOSTILE = "".join(SLOTS) + "\\u003c!--house:address--\\u003e &lt;!--house:name--&gt;"


def everything(shown: BlogState) -> dict[str, bytes]:
    """Render whatever of a blog holds an address or the newsroom's name, and more."""
    one = post(p("Words."), title="A <post>")
    parts = parts_of(shown, pinned=one, summary=None, key_events=[one], newest=[one])
    return (
        parts
        | {f"layout:{name}": data for name, data in page.layouts(page.shell_of(shown)).items()}
        | {"card": card(edition_of(shown), one), "fragment": fragment(edition_of(shown), one)}
    )


def test_what_is_rendered_is_the_same_bytes_under_every_address_and_name(settings: Any) -> None:
    made = []
    for address, name in (("http://localhost:8000", "One"), ("https://live.courier.example", "Another")):
        settings.PUBLIC_URL, settings.SITE_NAME = address, name
        made.append((everything(blog()), page.fingerprint()))
    assert made[0] == made[1]
    assert not [name for name, data in made[0][0].items() if b"localhost" in data or b"courier.example" in data]


def test_filled_in_each_place_says_the_address_and_the_name_and_breaks_out_of_nothing() -> None:
    made = everything(blog())
    head, layout = made["meta"] + made["jsonld"], made["layout:page"]
    document = HERE.filled(b"<html><head>" + head + b"</head>" + layout + b"</html>")
    tree = LexborHTMLParser(document.decode())
    data = json.loads(tree.css_first('script[type="application/ld+json"]').text())
    url = f"https://live.courier.example/live/{blog().slug}/"
    assert (data["url"], data["publisher"]["name"]) == (url, HERE.name)
    assert data["publisher"]["url"] == "https://live.courier.example/"
    assert data["liveBlogUpdate"][0]["url"].startswith(f"{url}#p-")
    assert tree.css_first("link[rel=canonical]").attributes["href"] == url
    assert tree.css_first('meta[property="og:url"]').attributes["content"] == url
    assert tree.css_first('meta[property="og:site_name"]').attributes["content"] == HERE.name
    assert tree.css_first("title").text().endswith(f"| {HERE.name}")
    assert tree.css_first("header.masthead a").text() == HERE.name
    assert tree.css_first("header.masthead b") is None
    assert b"<!--house" not in document


def legitimate(name: str) -> int:
    """Return how often the address stands in a piece whose text says nothing of slots."""
    return (
        everything(blog(contributors=(Contributor(name="Ines", on=True),))).get(name, b"").decode().count(ADDRESS_SLOT)
    )


@pytest.mark.parametrize("text", [*SLOTS, HOSTILE])
def test_a_text_that_looks_like_a_slot_stays_a_text(text: str) -> None:
    text = text[: limits.NAME_CHARS]
    shown = blog(title=text, standfirst=text, tags=(text,), contributors=(Contributor(name=text, on=True),))
    picture = body.Image(attrs=body.ImageAttrs(src="https://pictures.example/a.jpg", alt=text, caption=text))
    one = post(
        title=text, bylines=(text,), body=body.with_ids(body.Doc(content=(body.paragraph(text), picture)), seed="x")
    )
    parts = parts_of(shown, pinned=one, summary=None, key_events=[one], newest=[one])
    made = parts | {"card": card(edition_of(shown), one), "fragment": fragment(edition_of(shown), one)}
    made["what is left"] = withdrawn(edition_of(shown), post(reason=text, withdrawn=True))
    for name, data in made.items():
        filled = HERE.filled(data).decode()
        assert filled.count("live.courier.example") == legitimate(name), name
        assert not re.search(r"<!--house", filled), name
    data = json.loads(LexborHTMLParser(HERE.filled(made["jsonld"]).decode()).css_first("script").text())
    assert data["headline"] == text
    assert data["liveBlogUpdate"][0]["author"][0]["name"] == text


def test_an_event_of_the_log_goes_to_open_pages_without_any_address() -> None:
    assert not [slot for slot in SLOTS if slot.encode() in fragment(edition(), post(p("Words.")))]
    live = {name: data for name, data in parts_of(blog()).items() if name in LIVE}
    assert not [name for name, data in live.items() if b"<!--house" in data]
