"""Every word of a page is in a declared language, and words of two directions never stand loose side by side."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser, LexborNode

from asithappened.core import events as e
from asithappened.core import fold
from asithappened.core.state import BlogState, Contributor, GivenReason, Status, Successor
from asithappened.render import page
from asithappened.render import post as render
from asithappened.render.direction import direction
from asithappened.render.edition import edition_of
from asithappened.render.page_parts import pager
from tests.render.blogs import NOON, blog, doc, edition, p, parts_of, post

# Languages that the interface does not speak, in scripts that are not ours: Latin letters are then words of ours.
FOREIGN = {
    "he": ("Asia/Jerusalem", "סערה בנמל: עדכונים שוטפים", "המים עולים."),
    "fa": ("Asia/Tehran", "زلزله در ساحل: زنده", "آب بالا می‌رود."),
    "ur": ("Asia/Karachi", "ساحل پر طوفان: براہ راست", "پانی بڑھ رہا ہے۔"),
    "ckb": ("Asia/Baghdad", "زریان لە بەندەر", "ئاو بەرز دەبێتەوە."),
    "el": ("Europe/Athens", "Καταιγίδα στο λιμάνι", "Το νερό ανεβαίνει."),
    "ne": ("Asia/Kathmandu", "बन्दरगाहमा आँधी", "पानी बढ्दैछ।"),
}
# Parts of dates that a language writes in Latin letters.
_OF_DATES = re.compile(r"\b(?:GMT|EET|AM|PM)\b")
_READ = ("aria-label", "alt", "title", "placeholder", "content")


def documents(shown: BlogState, words: str) -> Iterator[str]:
    """Yield all that is rendered of a blog in which everything has happened that can."""
    later = NOON + timedelta(days=1)
    blocks: tuple[dict[str, Any], ...] = (
        p(words),
        {"type": "table", "content": [{"type": "tableRow", "content": [{"type": "tableCell", "content": [p(words)]}]}]},
        {"type": "image", "attrs": {"alt": words, "caption": words}},
        {"type": "socialEmbed", "attrs": {"text": words, "url": "https://t.example/1", "platform": "x"}},
        {"type": "video", "attrs": {"url": "https://v.example/1", "title": words}},
        {"type": "blockquote", "attrs": {"url": "https://q.example/1"}, "content": [p(words)]},
    )
    reasons = (GivenReason(seq=2, text=words, at=later), GivenReason(seq=3, text=words, at=later))
    every = post(*blocks, kind=e.PostKind.KEY_EVENT, revision=2, updated=True, updated_at=later, reasons=reasons,
                 bylines=(words,))  # fmt: skip
    bare = post(
        {"type": "image", "attrs": {"alt": ""}}, id="b1", kind=e.PostKind.SUMMARY, published_at=None, updated=True
    )
    summary = post(p(words), id="s1", kind=e.PostKind.SUMMARY)
    people = (Contributor(name=words, on=True), Contributor(name=words, on=False))
    full: dict[str, Any] = {"contributors": people, "tags": (words,), "standfirst": words,
                            "related": (e.Related(title=words, dated=words),),
                            "successor": Successor(slug="s2", title=words)}  # fmt: skip
    for more in (
        {},
        {"status": Status.CLOSED, "audience": e.Audience.MEMBERS},
        {"updated_at": None, "updated_text": words},
        {"replay": True, "posts": 1},
        {"posts": 0, "status": Status.CLOSED},
    ):
        now = blog(language=shown.language, zone=shown.zone, title=shown.title, **full, **more)
        for pinned, events in ((every, [every, bare]), (bare, [bare])):
            yield from (
                part.decode()
                for name, part in parts_of(
                    now, pinned=pinned, summary=summary, key_events=events, newest=[every]
                ).items()
                if name != "card_mark"
            )
    for one in (every, bare, summary):
        yield render.fragment(edition_of(shown), one).decode()
        yield render.card(edition_of(shown), one).decode()
        yield render.withdrawn(edition_of(shown), one).decode()
        yield render.key_event(edition_of(shown), one).decode()
        facts = [revision(1, words), revision(2, words * 2, minor=True), withdrawal(3, words), revision(4, words)]
        facts += [
            revision(5, words * 2),
            revision(6, words, minor=True),
            erased(7),
            revision(8, words),
            revision(9, words),
        ]
        yield render.history(edition_of(shown), one, facts).decode()
    for number in (None, 1, 2, 3):
        yield pager(edition_of(shown), number=number, newest_page=3).decode()
    yield from (layout.decode() for layout in page.layouts(page.shell_of(shown)).values())
    yield page.nowhere(shown.language).decode()


def revision(seq: int, words: str, *, minor: bool = False) -> e.Fact:
    """Return a fact of a post's words: the first publishes it."""
    body, at = doc(p(words)), NOON + timedelta(minutes=seq)
    event = e.PostRevised(post="x1", body=body, published_at=NOON, minor=minor) if seq > 1 else e.PostPublished(
        post="x1", body=body, published_at=NOON)  # fmt: skip
    return fold.in_envelope(event, epoch="e", seq=seq, at=at, origin=e.Origin.LIVE)


def withdrawal(seq: int, words: str) -> e.Fact:
    """Return the fact that the post was taken back."""
    event = e.PostWithdrawn(post="x1", reason=words)
    return replace(revision(seq, words), event=event, kind=event.KIND)


def erased(seq: int) -> e.Fact:
    """Return a fact of words that are gone."""
    return replace(revision(seq, "x"), event=None)


def declared(node: LexborNode | None, name: str, otherwise: str) -> str:
    """Return the attribute that holds for a node: its own, or of what it stands in."""
    while node is not None:
        if value := node.attributes.get(name):
            return value
        node = node.parent
    return otherwise


def words_of(html: str) -> Iterator[tuple[LexborNode, str]]:
    """Yield every text that a reader is told, attributes too, with the element whose language it is in."""
    for node in LexborHTMLParser(html).root.traverse(include_text=True):
        if node.tag == "-text" and node.parent is not None and node.parent.tag not in ("script", "style"):
            yield node.parent, node.text(deep=False)
        for name in _READ:
            told = name != "content" or node.attributes.get("property") in ("og:title", "og:description")
            if not node.tag.startswith("-") and told and (value := node.attributes.get(name)):
                yield node, value


@pytest.mark.parametrize("language", FOREIGN)
def test_every_word_is_in_the_language_that_its_element_declares(language: str) -> None:
    zone, title, words = FOREIGN[language]
    shown = blog(language=language, zone=zone, title=title)
    said = set()
    for html in documents(shown, words):
        for element, text in words_of(html):
            ours = re.search("[A-Za-z]", _OF_DATES.sub("", re.sub("<!--.*?-->", "", text)))
            lang = declared(element, "lang", language)
            assert lang == ("en" if ours else lang), f"undeclared: {text!r} in {html}"
            if ours:
                said.add(text.strip())
                if not element.attributes.get("aria-label"):  # of an attribute the direction orders nothing
                    assert declared(element, "dir", direction(language)) == "ltr", f"not isolated: {text!r} in {html}"
            elif re.search(r"[^\W\d_A-Za-z]", text):
                assert lang == language, f"ours it is not: {text!r} in {html}"
    assert {"Last updated", "Updated", "Share", "Key events", "Skip to the updates", "Table", "Withdrawn"} <= {
        text.partition(" |")[0] for text in said
    }


@pytest.mark.parametrize("language", FOREIGN)
def test_a_date_within_or_beside_our_words_is_whole(language: str) -> None:
    zone, title, words = FOREIGN[language]
    shown = blog(language=language, zone=zone, title=title)
    way, dates = direction(language), 0
    for html in documents(shown, words):
        for element, text in words_of(html):
            if re.search(r"\d", text) and declared(element, "lang", language) == "en":
                assert re.search(r"[0-9]", text), f"our words hold a date: {text!r}"
        for time in LexborHTMLParser(html).css(".last time, .updated [lang] [lang], h3 time"):
            assert (time.attributes["lang"], time.attributes["dir"]) == (language, way)
            dates += 1
    assert dates > 6


@pytest.mark.parametrize("language", ["en", "en-US", "de", "de-AT", "ar", "ar-EG"])
def test_where_the_interface_speaks_the_blogs_language_nothing_is_marked(language: str) -> None:
    shown = blog(language=language)
    for html in documents(shown, "12"):
        assert " lang=" not in re.sub("<html[^>]*>", "", html)


def test_counts_are_in_the_digits_of_the_phrase_they_stand_in() -> None:
    facts = [revision(seq, f"w{seq}") for seq in range(1, 12)]
    egyptian, persian = (render.history(edition(language=language), post(p("x"), revision=11), facts).decode()
                         for language in ("ar-EG", "fa"))  # fmt: skip
    assert "١١ نسخة" in egyptian
    assert "11 versions" in persian


def test_a_closed_blogs_headline_stays_in_its_own_language() -> None:
    zone, title, _ = FOREIGN["he"]
    parts = parts_of(blog(language="he", zone=zone, title=title, status=Status.CLOSED), pinned=None, summary=None,
                       key_events=[])  # fmt: skip
    assert parts["headline"].decode() == title
    assert f"<title>{title} |" in parts["meta"].decode()
    assert f'"headline":"{title}"' in parts["jsonld"].decode()
