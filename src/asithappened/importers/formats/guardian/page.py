"""Reads posts from `fields.body`: the HTML of a Guardian live blog.

Owns the mapping of `div.block` to a post, and for both encodings the making of a body, and of an id where there is
none: blogs from before mid-2012 have no ids, and get a running number and a hash.
"""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Final, Protocol

from selectolax.lexbor import LexborNode

from asithappened.core import text
from asithappened.core.events import PostKind
from asithappened.importers.formats.guardian.elements import element
from asithappened.importers.formats.guardian.fields import instant
from asithappened.importers.found import FoundPost, shortened
from asithappened.importers.html import media
from asithappened.importers.html.body import Made, body_of, root_of

ID: Final = re.compile(r"^[A-Za-z0-9_-]{1,64}$")
_CLOCK: Final = re.compile(r"^\s*(\d{1,2})[.:](\d{2})\s*([ap])\.?m\b", re.IGNORECASE)


class BlogContext(Protocol):
    """The blog's data that its posts need."""

    opened_at: datetime | None
    base: str

    def bylines(self, profiles: list[str]) -> tuple[str, ...]: ...


@dataclass
class Posts:
    """The posts of one encoding, newest first, and problems for the report. `zone`: as printed with the times."""

    posts: list[FoundPost] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    partial: bool = False
    zone: str = ""
    made_ids: bool = False


def posts_of(html: str, context: BlogContext) -> Posts:
    """Return the posts of a page's HTML; one post with the whole page if it has none (an article is no live blog)."""
    root = root_of(html)
    nodes = _outermost(root)
    zone = root.css_first("span.timezone")
    out = Posts(zone=text.one_line(zone.text(deep=True)) if zone else "")
    if not nodes:
        return _by_clock(root, context, out) or _article(html, context, out)
    for number, node in enumerate(nodes, start=1):
        out.posts.append(_post(node, f"post {number} from the top", context, out))
    _number(out)
    _note_outside(root, nodes, out)
    return out


def _outermost(root: LexborNode) -> list[LexborNode]:
    """Return the posts' elements in reading order, without those inside another."""
    out: list[LexborNode] = []
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.tag == "div" and "block" in media.classes_of(node):
            out.append(node)
        else:
            waiting += reversed(list(node.iter(include_text=False)))
    return out


def _post(node: LexborNode, place: str, context: BlogContext, out: Posts) -> FoundPost:
    id_ = (node.attributes.get("id") or "").removeprefix("block-")
    classes = media.classes_of(node)
    heading = next(
        (child for child in node.css("h2.block-title") if child.parent and child.parent.mem_id == node.mem_id), None
    )
    title = text.one_line(heading.text(deep=True)) if heading else ""
    published_at, updated_at = _time(node, "published-time"), _time(node, "updated-time")
    updated = node.css_first("p.updated-time, .updated-time") is not None
    holder = node.css_first(".block-elements")
    if holder is None:  # very old: title and text are siblings
        for furniture in node.css("p.block-time, h2.block-title"):
            furniture.decompose()
        holder = node
    where = f"{place} ({shortened(title or holder.text(deep=True), 40)!r})"
    made = made_of(inner_html(holder), context, where, out.problems)
    return FoundPost(
        id=id_ if ID.match(id_) else "",
        place=place,
        title=title,
        body=made.doc,
        kind=kind_of(summary="is-summary" in classes, key="is-key-event" in classes),
        bylines=context.bylines((node.attributes.get("data-block-contributor") or "").split(",")),
        published_at=published_at,
        updated=updated,
        updated_at=updated_at,
        converted=made.converted,
    )


def kind_of(*, summary: bool, key: bool) -> PostKind:
    """Return a post's kind; a post that is flagged as both a summary and a key event is a summary."""
    return PostKind.SUMMARY if summary else PostKind.KEY_EVENT if key else PostKind.UPDATE


def inner_html(node: LexborNode) -> str:
    return "".join(child.html or "" for child in node.iter(include_text=True))


def made_of(html: str, context: BlogContext, where: str, problems: list[str]) -> Made:
    """Make a post's body, and add a problem for each thing that was left out."""
    made = body_of(html, special=element, base=context.base)
    problems += [f"In {where}: {note}." for note in made.notes]
    return made


def _time(node: LexborNode, name: str) -> datetime | None:
    found = node.css_first(f".{name} time[datetime]")
    return instant(found.attributes.get("datetime")) if found else None


def _by_clock(root: LexborNode, context: BlogContext, out: Posts) -> Posts | None:
    """Divide a page without blocks, which is older than them, at its clock times ("9.15am:"); None if it has under two.

    Such pages have the oldest post first, so the order is reversed unless the clock times contradict it. They do not
    print the day: the clock times stay in the text, and the posts' times are unknown.
    """
    groups: list[list[LexborNode]] = [[]]
    clocks: list[int] = []
    for child in root.iter(include_text=True):
        match = _CLOCK.match(child.text(deep=True)) if child.tag in {"p", "h2", "h3", "h4"} else None
        if match:
            clocks.append(int(match[1]) % 12 * 60 + int(match[2]) + 720 * (match[3].lower() == "p"))
            groups.append([])
        groups[-1].append(child)
    if len(clocks) < 2:
        return None
    oldest_first = sum(a <= z for a, z in pairwise(clocks)) * 2 >= len(clocks) - 1
    for number, group in enumerate(groups, start=1):
        made = made_of("".join(node.html or "" for node in group), context, f"entry {number}", out.problems)
        if made.doc.content:
            out.posts.append(FoundPost(id="", place=f"entry {number}", body=made.doc, converted=made.converted))
    if oldest_first:
        out.posts.reverse()
    out.problems.append("The page is older than ids of posts: it was divided at its clock times; their day is unknown.")
    _number(out)
    return out


def _article(html: str, context: BlogContext, out: Posts) -> Posts:
    made = made_of(html, context, "the text", out.problems)
    if made.doc.content:
        out.problems.append("The file is an article and not a live blog: its text became one post.")
        out.posts = [FoundPost(id="", place="the text", body=made.doc, converted=made.converted)]
        _number(out)
    return out


def _number(out: Posts) -> None:
    """Give an id to every post that has none, or another's: its number from the oldest, and a hash of its text."""
    taken: set[str] = set()
    for number, post in enumerate(reversed(out.posts), start=1):
        id_ = post.id
        if not id_ or id_ in taken:
            if id_:
                out.problems.append(f"{post.place} has the id {id_!r} of an older post; it was given a new one.")
            out.made_ids = out.made_ids or not id_
            digest = hashlib.blake2s(post.words.encode(), digest_size=5).hexdigest()
            id_ = f"{number}-{digest}"
        taken.add(id_)
        out.posts[-number] = _with_id(post, id_)


def _with_id(post: FoundPost, id_: str) -> FoundPost:
    return FoundPost(**{**post.__dict__, "id": id_})


def _note_outside(root: LexborNode, nodes: list[LexborNode], out: Posts) -> None:
    for node in nodes:
        node.decompose()
    outside = text.one_line(" ".join(words for words in [root.text(deep=True, separator=" ")] if words))
    if outside:
        out.problems.append(f"Text outside of every post was left out: {shortened(outside)!r}.")
