"""Limits the tags, depth and attributes of a piece of HTML before it is parsed.

By HTML's rules a parser searches all open elements for each tag, rebuilds every open mark in each paragraph, and
compares each attribute with all others, so that 100 kB can cost as much as 100 MB.
Never drops a word that a browser would show.
"""

import re
from typing import Final

TAGS: Final = 200_000  # the largest recorded blog has 15,000
OPEN: Final = 500  # elements open at once; in 1,755 recorded posts 12
OPEN_ENDING: Final = 4_000  # li, p, td and the like, whose end tags are often left out; they close with their parent
OPEN_MARKS: Final = 24  # a, b, font, i and the like, which the parser reopens in each new paragraph
ATTRIBUTES: Final = 2_000  # of one tag, counted by its gaps, including those in attributes' values

NOTHING: Final = "<!---->"  # replaces a tag that is left out, so that a "<" before it does not begin another tag

# A tag by the standard; possessive, so that no character is read twice. Without a match the tag has no end.
_TAG: Final = re.compile(
    r"<(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*+)"
    r"(?:[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+|(?=>)))?+)*+[\s/]*+>"
)
_NO_TAG: Final = re.compile(r"<(?=[!?]|/[^a-zA-Z])")
_VOID: Final = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "frame",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "bgsound",
        "keygen",
    ]
)
# The next one usually ends them, so a thousand of them need not be nested.
_SELF_ENDING: Final = frozenset(["p", "li", "dd", "dt", "rp", "rt", "tr", "td", "th", "thead", "tbody", "tfoot"])
_HOLDERS: Final = frozenset(["ul", "ol", "menu", "dl", "table", "div", "ruby", "section", "article", "blockquote"])
_ONCE: Final = frozenset(["html", "head", "body"])  # a second one only adds its attributes to the first
_OTHERS, _MARK, _ENDING = range(3)
_MOST: Final = (OPEN, OPEN_MARKS, OPEN_ENDING)
_MARKS: Final = frozenset(
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"]
)
_RAW: Final = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes")
}


def limited(html: str) -> str:
    """Return the HTML without the tags beyond the limits: too many, nested too deep, too many open marks."""
    out: list[str] = []
    kept = at = tags = 0
    open_, left = [0, 0, 0], [0, 0, 0]  # by sort: open elements, and left-out start tags without their end tag yet
    holding: list[int] = []  # for each open holder the number of open OPEN_ENDING elements at its start
    while (at := html.find("<", at)) >= 0:
        tag = _TAG.match(html, at)
        if tag is None:
            at = _past(html, at)
            if at < 0:
                break
            continue
        name = tag["name"].lower()
        tags += 1
        drop = tags > TAGS or name in _ONCE
        if not drop and name not in _VOID and name not in _RAW:
            sort = _MARK if name in _MARKS else _ENDING if name in _SELF_ENDING else _OTHERS
            if tag["end"]:
                drop = left[sort] > 0
                left[sort] -= drop
                open_[sort] -= not drop and open_[sort] > 0
                if name in _HOLDERS and holding:
                    open_[_ENDING] = holding.pop()
            else:
                drop = open_[sort] >= _MOST[sort]
                left[sort] += drop
                open_[sort] += not drop
                if name in _HOLDERS and not drop:
                    holding.append(open_[_ENDING])
        gaps = tag.end() - at > ATTRIBUTES and len(re.findall(r"[\s/\"']+", tag.group())) > ATTRIBUTES
        if drop or gaps:
            out += [html[kept:at], NOTHING if drop else f"<{tag['end']}{tag['name']}>"]
            kept = tag.end()
        at = tag.end()
        if name in _RAW and not tag["end"] and not drop:
            end = _RAW[name].search(html, at)
            if end is None:
                break
            at = end.start()
    return "".join([*out, html[kept:]]) if out else html


def _past(html: str, at: int) -> int:
    """Return where to continue after a "<" that begins no complete tag; -1 if it has no end."""
    if html.startswith("<!--", at):
        end = html.find("-->", at + 2)
        return -1 if end < 0 else end + 3
    if _NO_TAG.match(html, at):
        end = html.find(">", at)
        return -1 if end < 0 else end + 1
    if re.match(r"</?[a-zA-Z]", html[at : at + 3]):
        return -1
    return at + 1
