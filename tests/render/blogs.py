"""Live blogs and posts for the tests of rendering, by hand: no log, no press."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser

from asithappened.core import body
from asithappened.core import events as e
from asithappened.core.ledger_state import Row
from asithappened.core.standing import section_of
from asithappened.core.state import BlogState, Contributor, PostState
from asithappened.published.layout import STRUCTURED_POSTS, House, with_updates
from asithappened.render import post as render
from asithappened.render.body import body_html
from asithappened.render.edition import Edition, edition_of
from asithappened.render.ledger import parts as ledger
from asithappened.render.page_parts import PARTS
from asithappened.render.part import Part

LIVE = {part.name for part in (*PARTS, *ledger.PARTS) if isinstance(part, Part) and part.live}
NOON = datetime(2026, 11, 22, 12, 0, 8, tzinfo=UTC)


def blog(**more: Any) -> BlogState:
    """Return a live blog that everyone may read."""
    usual: dict[str, Any] = {"slug": "storm", "title": "A storm", "seq": 9, "zone": "Europe/London"}
    return BlogState(**usual | {"audience": e.Audience.EVERYONE, "opened_at": NOON, "updated_at": NOON} | more)


def edition(**more: Any) -> Edition:
    """Return the edition of such a blog."""
    return edition_of(blog(**more))


@dataclass
class Shown:
    """A view of a blog whose newest posts are told by hand, a list for each who asks."""

    blog: BlogState
    pinned: PostState | None = None
    summary: PostState | None = None
    key_events: Sequence[PostState] = ()
    newest_posts: Sequence[PostState] = ()
    pictured: PostState | None = None
    newest_page: int = 0
    relinked: Collection[int] = ()
    facts: Sequence[e.Fact] = field(default_factory=tuple)
    id: int | None = None
    whole: bool = False
    ledger: Mapping[str, Sequence[Row]] = field(default_factory=dict)

    @property
    def edition(self) -> Edition:
        """The blog's."""
        return edition_of(self.blog)

    def post(self, post: str) -> PostState | None:
        """Return the pinned one."""
        return self.pinned

    def rows(self, about: str) -> Sequence[Row]:
        """Return those of its ledger that were told."""
        return self.ledger.get(about, ())

    def newest_rows(self, *wanted: tuple[Collection[str], int]) -> Sequence[Sequence[Row]]:
        """Return those that were told, the newest first: of each of these sets of sections at most so many."""
        newest = sorted((row for rows in self.ledger.values() for row in rows), key=lambda row: -row.last_seq)
        return [[row for row in newest if section_of(row) in sections][:most] for sections, most in wanted]

    def newest(self, most: int, *, kind: e.PostKind | None = None, pictured: bool = False) -> Sequence[PostState]:
        """Return those that were told, as far as they are visible."""
        asked: Sequence[PostState | None] = self.newest_posts
        if pictured:
            asked = [self.pictured]
        elif kind is not None:
            asked = [self.summary] if kind is e.PostKind.SUMMARY else self.key_events
        return [post for post in asked if post is not None and post.visible][:most]


def parts_of(shown: BlogState, *, newest: Sequence[PostState] = (), **more: Any) -> dict[str, bytes]:
    """Return the parts of a page but its pagers, the structured data with what it says of the newest posts."""
    pinned = more.get("pinned")
    as_shown = replace(shown, pins=(pinned.id,)) if pinned else shown
    view = Shown(blog=as_shown, newest_posts=newest, **more)
    with view.edition.speaking():
        every = [*PARTS, *(part for part in ledger.PARTS if isinstance(part, Part) and part.live)]
        made = {name: data for part in every for name, data in part.render(view).items() if name != "pager"}
    pieces = [render.update(view.edition, post) for post in newest[:STRUCTURED_POSTS] if post.visible]
    return made | {"jsonld": with_updates(made["jsonld"], pieces)}


def post(*blocks: dict[str, Any], **more: Any) -> PostState:
    """Return a visible post with these blocks."""
    usual: dict[str, Any] = {"id": "x1", "position": 7, "first_seq": 3, "content_seq": 3, "last_seq": 3}
    return PostState(**usual | {"body": doc(*blocks), "published_at": NOON} | more)


def doc(*blocks: dict[str, Any]) -> body.Doc:
    """Return a checked document with ids."""
    return body.with_ids(body.parse({"type": "doc", "content": list(blocks)}), seed="t")


def text(words: str, *marks: dict[str, Any]) -> dict[str, Any]:
    """Return a run of text."""
    return {"type": "text", "text": words} | ({"marks": list(marks)} if marks else {})


def p(*content: str | dict[str, Any]) -> dict[str, Any]:
    """Return a paragraph."""
    return {"type": "paragraph", "content": [text(run) if isinstance(run, str) else run for run in content]}


def link(href: str) -> dict[str, Any]:
    """Return the mark of a link."""
    return {"type": "link", "attrs": {"href": href}}


def html_of(document: body.Doc, **more: Any) -> str:
    """Return a document as HTML in a blog's edition."""
    printed_as = edition(**more)
    with printed_as.speaking():
        return str(body_html(document, printed_as))


def parts(shown: BlogState, **more: Any) -> dict[str, str]:
    """Return the parts of a blog as text, as a reader gets them."""
    return {name: House().filled(html).decode() for name, html in parts_of(shown, **more).items()}


def words(html: str) -> str:
    """Return the text of some HTML, on one line."""
    return " ".join(LexborHTMLParser(html).body.text().split())


FACE = e.Portrait(media="abcd1234", digest="0f" * 32, width=700, height=900)


INES = Contributor(name="Ines", on=True, role="Editor", url="https://paper.example/ines", picture=FACE)
