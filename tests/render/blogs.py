"""Live blogs and posts for the tests of rendering, by hand: no log, no press."""

from datetime import UTC, datetime
from typing import Any

from asithappened.core import body
from asithappened.core import events as e
from asithappened.core.state import BlogState, PostState
from asithappened.render.body import body_html
from asithappened.render.edition import edition_of

NOON = datetime(2026, 11, 22, 12, 0, 8, tzinfo=UTC)


def blog(**more: Any) -> BlogState:
    """Return a live blog that everyone may read."""
    usual: dict[str, Any] = {"slug": "storm", "title": "A storm", "seq": 9, "zone": "Europe/London"}
    return BlogState(**usual | {"audience": e.Audience.EVERYONE, "opened_at": NOON, "updated_at": NOON} | more)


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
    edition = edition_of(blog(**more))
    with edition.speaking():
        return str(body_html(document, edition))
