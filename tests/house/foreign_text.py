"""Every public function that reads text from a person or a file, and the nastiest text for it.

Owns the table: a function of core, the importers or the desk's forms that takes a string first is in READERS, or in
OF_OURS with nobody else's text. Run as a program it reads 32 kB of every nasty text with what is mostly regular
expressions, whose steps nothing counts; its processor time is limited by whoever runs it.
"""

import inspect
import json
import pkgutil
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC
from importlib import import_module
from typing import Any, Final

import django

UNITS: Final = """
[a|[a](|[a](b|](|**a|~~|_{|^{|*_ab|a*|`|\\|¯\\_(|(@|— (@|-|(|(a|Ab-|Aa-Aa |Ann said: a |#a |a. |a:  b  |• a |Updated  |
<b>|</b>|<b><p>|<b id=|<div>|<table><tr><td>|<table>|<ul><li>|<li><dd>|<blockquote>|<cite>a|<blockquote><cite>x</cite>|
<figure class='element element-table'>|<aside class='element element-comment'>x|<figure><figcaption>a|x<br>|<!--|<a "|
<p style='mso-list:l0 level1 lfo1'>x|<div class='block'>|<p style='font-weight:700;'>|{"a":|[|Ann and |(now)|
https://a.b |more soon! |— Ann (@ann) January 4, 2023  |Photograph: A/B |as it happened.|Related: a  |1.
"""
NASTY: Final = [
    *(unit.replace("  ", "\n\n") for unit in UNITS.replace("\n", "").split("|")),
    *("|", "a|b\t", "\x0b", "\n ", "e\u0315\u0300", "\u200b", "\u2067", "\u2069", "\u00a0"),
]

# Of a name or tag that our own code chose, of an address that was checked, or of a character.
OF_OURS: Final = frozenset(
    [
        "core.body.nodes.paragraph",
        "core.body.score.set_to",
        "core.chain.commitment",
        "core.chain.link",
        "core.codec.decode",
        "core.event_shape.post",
        "core.media.path",
        "core.text.without_spaces",
        "media.links.lookup.ask_provider",
        "media.links.lookup.oembed_host",
        "importers.found.refused",
        "importers.html.styles.marks_of",
        "desk.forms.inline.in_word",
        "desk.forms.inline.may_open",
        "desk.forms.inline.escapable",
        "desk.forms.post.blank",
        "desk.forms.blog.next_slug",
        "desk.forms.blocks.is_sign",
        "desk.forms.post.too_long",
    ]
)


def readers() -> dict[str, Callable[[str], Any]]:
    """Return every reader of foreign text by its name, as a function of a string that takes or refuses it."""
    from asithappened.core import body, printed_days, providers, searching, slugs, text, urls
    from asithappened.core import media as names
    from asithappened.desk.forms import blocks, carried, dates, inline, inline_writing, moments, picture_address, post
    from asithappened.importers import bylines, found, reading
    from asithappened.importers import slugs as imported_slugs
    from asithappened.importers.formats.guardian import page as guardian_page
    from asithappened.importers.formats.page_text import dates as page_dates
    from asithappened.importers.formats.page_text import prose, units
    from asithappened.importers.html import body as html_body
    from asithappened.importers.html import limits as html_limits
    from asithappened.importers.html import media, running_text
    from asithappened.importers.registry import FORMATS, found_in
    from asithappened.media.links import embed_code, page_head
    from asithappened.media.links.lookup import look_up
    from asithappened.outbound import Forbidden, Guard

    def taken(read: Callable[[str], Any]) -> Callable[[str], Any]:
        def reader(words: str) -> None:
            ours = (found.ImportRefused, body.BodyError, inline_writing.CannotWrite, Forbidden)
            with suppress(*ours, dates.CannotRead, moments.CannotRead):
                read(words)

        return reader

    def answer(words: str) -> bytes:
        fields = {"headline": words, "standfirst": words, "byline": words, "body": words}
        return json.dumps({"webTitle": "T", "id": words, "fields": fields}).encode()

    def blocks_answer(words: str) -> bytes:
        one = {"id": "a", "title": words, "bodyHtml": words, "published": True}
        return json.dumps({"webTitle": "T", "fields": {"headline": "T"}, "blocks": {"body": [one]}}).encode()

    def page(words: str) -> bytes:
        parts = ["T", "Last modified: x", "Stand.", words, "Updated", "Contributors", words, "Related Content", words]
        return "\n\n".join(parts).encode()

    def form(words: str) -> dict[str, str]:
        return dict.fromkeys(("title", "bylines", "reason", "text", "carried", "take-x"), words)

    assert set(FORMATS) == {"guardian", "page-text"}, "a new format needs its line here"
    nobody: Any = type("Nobody", (), {"opened_at": None, "base": "", "bylines": lambda *_: ()})()
    table: dict[str, Callable[[str], Any]] = {
        "core.body.checks.parse": body.parse,
        "core.body.replacing.places": lambda words: list(body.places(words, words[:1], alone=True)),
        "core.printed_days.printed_day": printed_days.printed_day,
        "core.slugs.slug_of": slugs.slug_of,
        "core.slugs.address_of": slugs.address_of,
        "core.slugs.is_slug": slugs.is_slug,
        "core.urls.is_url": urls.is_url,
        "core.urls.resolved": lambda words: urls.resolved(words, "https://a.example/"),
        "core.urls.with_tls": urls.with_tls,
        "core.urls.host_of": urls.host_of,
        "core.urls.origin_and_path": lambda url: urls.is_url(url) and urls.origin_and_path(url),
        "core.urls.origin_of": urls.origin_of,
        "core.urls.found_in": lambda words: list(urls.found_in(words)),
        "core.searching.searchable": searching.searchable,
        "core.searching.forms": searching.forms,
        "core.searching.typed_words": searching.typed_words,
        "core.searching.tokens": searching.tokens,
        "core.searching.asked": searching.asked,
        "core.searching.spans": lambda words: searching.spans(words, searching.asked(words)),
        "core.searching.first_found": lambda words: searching.first_found(words, searching.asked(words)),
        "core.media.media_type": names.media_type,
        "core.media.is_preview": lambda words: names.is_preview(words.encode("utf-8", "replace")),
        "core.providers.provider_of": providers.provider_of,
        "core.providers.frame_of": providers.frame_of,
        "core.providers.plays": lambda words: providers.plays(words, ("https://live.paper.example",)),
        "core.text.forbidden": text.forbidden,
        "core.text.cleaned": text.cleaned,
        "core.text.one_line": text.one_line,
        "core.text.blank": text.blank,
        "core.text.soft_lines": text.soft_lines,
        "importers.slugs.address_of": imported_slugs.address_of,
        "importers.slugs.former": imported_slugs.former,
        "importers.bylines.contributors_of": bylines.contributors_of,
        "importers.registry.found_in": lambda words: found_in(blocks_answer(words), "guardian"),
        "importers.found.shortened": found.shortened,
        "importers.formats.guardian.answer.read": lambda words: FORMATS["guardian"](answer(words)),
        "importers.formats.guardian.page.posts_of": lambda words: guardian_page.posts_of(words, nobody),
        "importers.formats.guardian.page.made_of": lambda words: guardian_page.made_of(words, nobody, "x", []),
        "importers.html.body.body_of": html_body.body_of,
        "importers.html.body.root_of": html_body.root_of,
        "importers.html.body.plain_of": html_body.plain_of,
        "importers.html.limits.limited": html_limits.limited,
        "importers.html.media.size_of": media.size_of,
        "importers.html.running_text.words": lambda words: list(running_text.words(words, ())),
        "importers.html.running_text.lines": lambda words: list(running_text.lines(words, ())),
        "importers.formats.page_text.dates.modified": lambda words: page_dates.modified(words, ()),
        "importers.formats.page_text.prose.ended": prose.ended,
        "importers.formats.page_text.page.read": lambda words: FORMATS["page-text"](page(words)),
        "importers.formats.page_text.units.chunks_of": units.chunks_of,
        "importers.reading.text_from": lambda words: reading.text_from(words.encode()),
        "importers.reading.json_from": lambda words: reading.json_from(words.encode()),
        "importers.run.run": lambda words: found_in(page(words.replace(" ", "\n\n")), "page-text"),
        "media.links.embed_code.signature": embed_code.signature,
        "media.links.embed_code.iso": embed_code.iso,
        "media.links.page_head.read": lambda words: page_head.read(words.encode(), "", "https://a.example/"),
        "media.links.lookup.look_up": lambda words: look_up(words, guard=Guard(resolve=lambda *_: [])),
        "desk.forms.carried.read": carried.read,
        "desk.forms.dates.read": lambda words: dates.read(words, UTC),
        "desk.forms.moments.instant": lambda words: moments.instant(words, "Europe/London"),
        "desk.forms.picture_address.unseen": picture_address.unseen,
        "desk.forms.inline.read": inline.read,
        "desk.forms.blocks.read": blocks.read,
        "desk.forms.post.sent": lambda words: post.sent(form(words)).draft(seed="x", zone="UTC"),
        "desk.forms.inline_writing.write": lambda words: inline_writing.write(inline.read(words)),
    }
    return {name: taken(read) for name, read in table.items()}


def existing() -> Iterator[str]:
    """Yield the name of every public function that takes a string, bytes or what a browser sent first."""
    for room in ("core", "importers", "media.links", "desk.forms"):
        package = import_module(f"asithappened.{room}")
        for module in pkgutil.walk_packages(package.__path__, f"asithappened.{room}."):
            found = vars(import_module(module.name))
            for name, one in found.items():
                if inspect.isfunction(one) and one.__module__ == found["__name__"] and not name.startswith("_"):
                    first = next(iter(inspect.signature(one).parameters.values()), None)
                    taken = str(first.annotation) if first else ""
                    if first and (first.annotation in {str, bytes} or taken.startswith(_FOREIGN) or "| bytes" in taken):
                        yield f"{module.name.removeprefix('asithappened.')}.{name}"


_FOREIGN: Final = ("str |", "bytes |", "collections.abc.Mapping[str, str]")
MOSTLY_PATTERNS: Final = (
    "core.",
    "importers.slugs",
    "importers.bylines",
    "importers.html.limits",
    "importers.html.m",
)


if __name__ == "__main__":
    django.setup()
    for name, read in readers().items():
        if name.startswith(MOSTLY_PATTERNS):
            for unit in NASTY:
                print(name, repr(unit), flush=True)
                read(unit * (32_768 // len(unit)))
    print("all were read", file=sys.stderr)
