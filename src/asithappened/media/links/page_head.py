"""Reads a page's title, description, publisher and canonical address from its head.

Open Graph comes first, then the head's other elements. Reads nothing of the page's body.
"""

import codecs
import re
from collections.abc import Iterator
from typing import Final

from msgspec import Struct
from selectolax.lexbor import LexborHTMLParser, LexborNode

from asithappened.core import limits, text, urls

HEAD_BYTES: Final = 512 * 1024  # of a page; later elements are not read


class PageHead(Struct, frozen=True, kw_only=True):
    """A page's own description, cleaned and cut to the limits of a card; "" for a missing field."""

    title: str = ""
    text: str = ""
    site: str = ""
    url: str = ""


def read(page: bytes, charset: str, at: str) -> PageHead:
    """Read the head of a page. `at`: its address."""
    said: dict[str, str] = {}
    title = canonical = ""
    for element in _elements(_decoded(page[:HEAD_BYTES], charset)):
        has = element.attributes
        if element.tag == "meta":
            name = (has.get("property") or has.get("name") or "").lower()
            said.setdefault(name, text.one_line(has.get("content") or ""))
        elif element.tag == "title":
            title = title or text.one_line(element.text())
        elif (has.get("rel") or "").lower() == "canonical":
            canonical = canonical or has.get("href") or ""
    title = said.get("og:title") or said.get("twitter:title") or title
    return PageHead(
        title=title[: limits.TITLE_CHARS],
        text=(said.get("og:description") or said.get("description") or "")[: limits.CAPTION_CHARS],
        site=(said.get("og:site_name") or "")[: limits.TITLE_CHARS],
        url=_own(said.get("og:url") or canonical, at),
    )


# Parsing a whole hostile page took 20 to 40 seconds of a processor, for half a megabyte of <div> or of one element's
# attributes. So each wanted element is parsed alone, and elements whose text may look like one are skipped.
_BEGINS: Final = re.compile(r"<(?:(!--)|(script|style|template|noscript|textarea|svg|meta|link|title)(?=[\s/>]))", re.I)
_ENDS: Final = {
    name: re.compile(rf"</{name}" if name != "!--" else "-->", re.I)
    for name in ("!--", "script", "style", "template", "noscript", "textarea", "svg", "title")
}
_ELEMENTS: Final = 200
_ELEMENT_CHARS: Final = 4_000


def _elements(page: str) -> Iterator[LexborNode]:
    """Yield the elements meta, link and title, in one pass over the page."""
    at = 0
    for _ in range(_ELEMENTS):
        name, start, at = _next(page, at)
        if not name:
            return
        if found := LexborHTMLParser(page[start : start + _ELEMENT_CHARS]).css_first(name):
            yield found


def _next(page: str, at: int) -> tuple[str, int, int]:
    """Return the next such element: its name, its beginning, and where to continue; "" if there is none."""
    while found := _BEGINS.search(page, at):
        name = (found[1] or found[2]).lower()
        end = None if name in {"meta", "link"} else _ENDS[name].search(page, found.end())
        if name in {"meta", "link", "title"}:
            return name, found.start(), end.end() if end else found.end()
        if end is None:
            break
        at = end.end()
    return "", len(page), len(page)


def _own(own: str, at: str) -> str:
    """Return a page's canonical address if it has the same host, because it could pass for another site's otherwise."""
    found = urls.resolved(own, at)
    return found if found and urls.host_of(found) == urls.host_of(at) else at


# The encodings of pages, by Python's names. Python has others, which are dangerous: half a megabyte of punycode takes
# 16 seconds.
_ENCODINGS: Final = re.compile(
    r"ascii|utf-8|utf-16(-[lb]e)?|iso8859-\d+|cp(125\d|866|874|932|949|950)|koi8-[ru]|mac-(roman|cyrillic)|tis-620"
    r"|gb2312|gbk|gb18030|big5(hkscs)?|euc_(jp|kr)|shift_jis|iso2022_jp"
)


def _decoded(page: bytes, charset: str) -> str:
    for name in (charset, _meta_charset(page), "utf-8"):
        try:
            if name and _ENCODINGS.fullmatch(codecs.lookup(name).name):
                return page.decode(name)
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return page.decode("utf-8", "replace")


def _meta_charset(page: bytes) -> str:
    """Return the encoding that a page's first kilobyte names, where browsers look for it too."""
    start = page[:1024].lower()
    _, found, after = start.partition(b"charset=")
    return (
        after.lstrip(b"\"' ").split(b'"')[0].split(b"'")[0].split(b">")[0].strip().decode("ascii", "ignore")
        if found
        else ""
    )
