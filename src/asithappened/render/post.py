"""Renders one post: its fragment, the <head> of its page, its history, and the note after a withdrawal.

Owns the fragment, which is the same bytes in page, stream, delta and preview. All of these depend only on the post and
its edition. A fragment starts at <h2> and contains absolute paths only.
Look next: `body` for the words, `history` for what changed, templates/asithappened/post.html for the markup.
"""

from datetime import datetime
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from asithappened.core.events import PostKind
from asithappened.core.state import PostState
from asithappened.render.body import body_html
from asithappened.render.edition import Edition
from asithappened.render.engine import fill
from asithappened.render.furniture import marked
from asithappened.render.head import card
from asithappened.render.history import history
from asithappened.render.people import byline
from asithappened.render.structured import update
from asithappened.render.times import Moment, moment
from asithappened.render.words import label_of

__all__ = ["card", "fragment", "history", "key_event", "listed", "order_mark", "update", "withdrawn"]

_CLASSES = {PostKind.UPDATE: "post", PostKind.KEY_EVENT: "post post-key", PostKind.SUMMARY: "post post-summary"}


def fragment(edition: Edition, post: PostState) -> bytes:
    """Return a post as `<article id="p-ID" data-o="POSITION-FIRSTSEQ">`, or the note that it was withdrawn.

    The note contains none of its words. Equal arguments give equal bytes.
    """
    with edition.speaking():
        if not post.visible:
            return fill("post_note.html", edition, _placed(edition, post) | _since(edition, post)).encode()
        html = fill("post.html", edition, _fragment_values(edition, post), body=_body(edition, post))
    return html.encode()


def _body(edition: Edition, post: PostState) -> SafeString:
    return body_html(post.body, edition, post.id, graphic=post.graphic)


def key_event(edition: Edition, post: PostState) -> bytes:
    """Return a visible key event's entry in their list; b"" for any other post."""
    if post.kind is not PostKind.KEY_EVENT or not post.visible:
        return b""
    with edition.speaking():
        return fill("key_event.html", edition, {"event": listed(post, edition)}).encode()


def listed(post: PostState, edition: Edition) -> dict[str, Any]:
    """Return a post's values for templates of lists."""
    return {
        "id": post.id,
        "path": edition.post_path(post.id),
        "label": label_of(post, edition.language),
        "when": moment(post.published_at, edition),
        "day": day_mark(post.published_at, edition),
    }


def day_mark(at: datetime | None, edition: Edition) -> str:
    """Return the day of an instant as two tokens, by which the style sheet recognises neighbours of the same day.

    A style sheet can compare attributes only with its own constants, so days are counted modulo 31 and 37: two that
    agree in both are the same, or 1,147 days apart.
    """
    if at is None:
        return "unknown"
    number = at.astimezone(edition.tz).toordinal()
    return f"a{number % 31} b{number % 37}"


def order_mark(post: PostState) -> str:
    """Return a post's order as in `data-o`: two numbers, of which larger is newer."""
    return f"{post.position}-{post.first_seq}"


def _placed(edition: Edition, post: PostState) -> dict[str, Any]:
    """Return a post's position and time for its template."""
    return {
        "post": post,
        "order": order_mark(post),
        "day": day_mark(post.published_at, edition),
        "path": edition.post_path(post.id),
        "published": moment(post.published_at, edition),
    }


def _since(edition: Edition, post: PostState) -> dict[str, Any]:
    """Return the time of a post's withdrawal, with its day if that is another than the publication's."""
    published, gone = moment(post.published_at, edition), moment(post.withdrawn_at, edition)
    words = marked(escape(_when_changed(gone, published)), edition.blog_attrs) if gone else ""
    same_day = gone is not None and published is not None and gone.day == published.day
    return {"withdrawn_at" if same_day else "withdrawn_on": words}


def _fragment_values(edition: Edition, post: PostState) -> dict[str, Any]:
    placed = _placed(edition, post)
    published: Moment | None = placed["published"]
    updated = moment(post.updated_at, edition)
    return placed | {
        "classes": _CLASSES[post.kind],
        "byline": byline(post, edition),
        "key_event": post.kind is PostKind.KEY_EVENT,
        # "Summary: Summary of the day so far" would be one too many.
        "summary": post.kind is PostKind.SUMMARY and not post.title.casefold().startswith(_("Summary").casefold()),
        # With one revision there is nothing to compare: the "Updated" mark of an imported post has no history.
        "has_history": post.revision > 1,
        "updated": marked(escape(_when_changed(updated, published)), edition.blog_attrs) if updated else "",
        "reasons": _reasons(post, edition, published),
    }


def _reasons(post: PostState, edition: Edition, published: Moment | None) -> list[dict[str, Any]]:
    """Return the reasons of a post's changes, with their times if there are several: the mark has a single one's."""
    several = len(post.reasons) > 1
    told = [(given.text, moment(given.at, edition)) for given in post.reasons]
    return [{"text": text, "at": at, "when": _when_changed(at, published) if several else ""} for text, at in told]


def _when_changed(updated: Moment | None, published: Moment | None) -> str:
    if updated is None:
        return ""
    same_day = published is not None and published.day == updated.day
    return updated.clock if same_day else updated.brief


def withdrawn(edition: Edition, post: PostState) -> bytes:
    """Return the note at a withdrawn or erased post's address, with the reason and none of its words."""
    with edition.speaking():
        return fill("withdrawn_post.html", edition, {"post": post} | _since(edition, post)).encode()
