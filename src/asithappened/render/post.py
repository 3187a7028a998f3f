"""One post in HTML: its fragment, its card for other sites, its history, and what stands where it was withdrawn.

Owns the fragment, the same bytes in page, stream, delta and preview. A fragment depends on the post, on the blog's
slug, language and zone (edition.py), and on nothing else; it starts at <h2> and holds absolute paths only.
Look next: `body` for the words, `history` for what changed, templates/asithappened/post.html for the markup.
"""

from typing import Any

from django.utils.html import escape
from django.utils.translation import gettext as _

from asithappened.core.events import PostKind
from asithappened.core.state import BlogState, PostState
from asithappened.render.body import body_html
from asithappened.render.edition import Edition, edition_of
from asithappened.render.engine import fill
from asithappened.render.furniture import marked
from asithappened.render.head import card
from asithappened.render.history import history
from asithappened.render.times import Moment, moment

__all__ = ["card", "fragment", "history", "order_mark", "withdrawn"]

_CLASSES = {PostKind.UPDATE: "post", PostKind.KEY_EVENT: "post post-key", PostKind.SUMMARY: "post post-summary"}


def fragment(blog: BlogState, post: PostState) -> bytes:
    """Return a visible post as `<article id="p-ID" data-o="POSITION-FIRSTSEQ">`; the same arguments, the same bytes."""
    edition = edition_of(blog)
    with edition.speaking():
        html = fill("post.html", edition, _fragment_values(edition, post), body=body_html(post.body, edition))
    return html.encode()


def order_mark(post: PostState) -> str:
    """Return where a post stands, as `data-o` has it: later is newer, compared as two numbers."""
    return f"{post.position}-{post.first_seq}"


def _fragment_values(edition: Edition, post: PostState) -> dict[str, Any]:
    published = moment(post.published_at, edition)
    updated = moment(post.updated_at, edition)
    return {
        "post": post,
        "classes": _CLASSES[post.kind],
        "order": order_mark(post),
        "path": edition.post_path(post.id),
        "published": published,
        "key_event": post.kind is PostKind.KEY_EVENT,
        # "Summary: Summary of the day so far" would be one too many.
        "summary": post.kind is PostKind.SUMMARY and not post.title.casefold().startswith(_("Summary").casefold()),
        # Before the second revision there is nothing to compare: an archive's mark has no history behind it.
        "has_history": post.revision > 1,
        "updated": marked(escape(_when_changed(updated, published)), edition.blog_attrs) if updated else "",
        "reasons": _reasons(post, edition, published),
    }


def _reasons(post: PostState, edition: Edition, published: Moment | None) -> list[dict[str, Any]]:
    """Return why a post was changed, each with its time where there are several: one is the mark's own."""
    several = len(post.reasons) > 1
    told = [(given.text, moment(given.at, edition)) for given in post.reasons]
    return [{"text": text, "at": at, "when": _when_changed(at, published) if several else ""} for text, at in told]


def _when_changed(updated: Moment | None, published: Moment | None) -> str:
    if updated is None:
        return ""
    same_day = published is not None and published.day == updated.day
    return updated.clock if same_day else updated.brief


def withdrawn(blog: BlogState, post: PostState) -> bytes:
    """Return what stands at a withdrawn or erased post's address: that it was there, why it went, no word of it."""
    edition = edition_of(blog)
    with edition.speaking():
        return fill("withdrawn_post.html", edition, {"post": post}).encode()
