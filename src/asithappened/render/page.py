"""The page around the posts: its live parts, its layouts with slots, its pager.

Owns what a page is made of. A part is the inside of one element, which an open page replaces whole; a layout is a
finished document with `<!--slot:NAME-->` where finished bytes go, which delivery fills without a template.
A layout depends on slug, language, zone and audience alone; whatever else moves is a part.
Look next: `post` for fragments, `fingerprint` for when everything is rendered again.
"""

from collections.abc import Sequence
from typing import Any, Final

from asithappened.core.body import Paragraph
from asithappened.core.events import Audience, PostKind
from asithappened.core.printed_days import printed_day
from asithappened.core.state import BlogState, PostState, Status
from asithappened.published.assets import PREFIX
from asithappened.published.assets import url as asset
from asithappened.published.layout import KEY_EVENTS
from asithappened.render.edition import SITE, Edition, absolute, edition_of
from asithappened.render.engine import fill
from asithappened.render.fingerprint import RENDER_VERSION, fingerprint
from asithappened.render.head import meta, robots
from asithappened.render.headline import headline
from asithappened.render.interface import interface
from asithappened.render.post import listed
from asithappened.render.structured import jsonld
from asithappened.render.times import day_in_words, moment
from asithappened.render.words import label_of, opening, plain, points

__all__ = ["KEY_EVENTS", "LIVE_PARTS", "RENDER_VERSION", "fingerprint", "layouts", "nowhere", "pager", "parts"]

LIVE_PARTS: Final = frozenset(
    {
        *("headline", "standfirst", "status", "pinned", "summary", "keyevents"),
        *("contributors", "tags", "related", "pager", "empty"),
    }
)
_SUMMARY_POINTS: Final = 3
_OPENING_CHARS: Final = 240
# Under the names that the style sheet asks for them by.
_FONTS: Final = (f"{PREFIX}reader-newsreader.woff2", f"{PREFIX}reader-source-sans.woff2")
_LAYOUTS: Final = {
    "page": "page.html",
    "older": "page_older.html",
    "post": "page_post.html",
    "withdrawn": "page_withdrawn.html",
    "key_events": "page_key_events.html",
    "missing": "page_missing.html",
    "gone": "page_gone.html",
}


def parts(
    blog: BlogState,
    *,
    pinned: PostState | None,
    summary: PostState | None,
    key_events: Sequence[PostState],
    newest: Sequence[PostState] = (),
    pictured: PostState | None = None,
) -> dict[str, bytes]:
    """Return every part of a blog's pages but the pager: live ones, and `meta` and `jsonld` for new pages only.

    An empty part is an empty element, which the page hides. `newest`: the newest visible posts, for structured data;
    `pictured`: the newest visible one that has a picture, for cards.
    """
    edition = edition_of(blog)
    with edition.speaking():
        filled: dict[str, dict[str, Any]] = {
            "headline": {"headline": headline(blog)},
            "standfirst": {"paragraphs": [line for line in blog.standfirst.split("\n") if line.strip()]},
            "status": _status(blog, edition),
            "pinned": _pinned(pinned, edition),
            "summary": _summary(None if summary in _beside_the_summary(pinned, newest) else summary, edition),
            "keyevents": {
                "events": [listed(post, edition) for post in key_events[:KEY_EVENTS]],
                "shown": KEY_EVENTS,
                "count": blog.key_events,
                "path": f"{edition.path}key-events/",
            },
            "contributors": {
                "now": [c.name for c in blog.contributors if c.on and blog.status is Status.LIVE],
                "earlier": [c.name for c in blog.contributors if not c.on and blog.status is Status.LIVE],
                "all": [c.name for c in blog.contributors] if blog.status is not Status.LIVE else [],
            },
            "tags": {"tags": blog.tags},
            "empty": {
                "empty": not blog.posts,
                "live": blog.status is Status.LIVE,
                "opened": moment(blog.opened_at, edition),
                "people": [c.name for c in blog.contributors if c.on or blog.status is not Status.LIVE],
            },
            "related": {"related": [_related(item, edition) for item in blog.related]},
        }
        made = {name: fill(f"parts/{name}.html", edition, values).encode() for name, values in filled.items()}
    return made | {"meta": meta(blog, newest, pictured), "jsonld": jsonld(blog, newest, pictured)}


def _status(blog: BlogState, edition: Edition) -> dict[str, Any]:
    return {
        "status": blog.status.value,
        "live": blog.status is Status.LIVE,
        "replay": blog.replay,
        "replayed": moment(blog.replay_of.opened_at, edition) if blog.replay_of else None,
        "rehearsal": blog.audience is not Audience.EVERYONE,
        "updated": moment(blog.updated_at, edition),
        "updated_text": blog.updated_text,
        "successor": blog.successor,
        "predecessor": blog.predecessor,
    }


def _pinned(post: PostState | None, edition: Edition) -> dict[str, Any]:
    if post is None or not post.visible:
        return {"post": None}
    titled, label = bool(post.title.strip()), label_of(post, edition.language)
    words = opening(post, _OPENING_CHARS) if titled else ""
    # All that it says is here, or there is more of it: further words, a picture, an embed, a link on a word.
    said = words if titled else label
    more = plain(post.body) != said or any(not isinstance(block, Paragraph) for block in post.body.content)
    return {"post": listed(post, edition) | {"words": words, "more": more}}


def _beside_the_summary(pinned: PostState | None, newest: Sequence[PostState]) -> tuple[PostState | None, ...]:
    """Return what stands directly above and below the summary, and would say the same words twice."""
    return (pinned, *newest[:1])


def _summary(post: PostState | None, edition: Edition) -> dict[str, Any]:
    if post is None or not post.visible or post.kind is not PostKind.SUMMARY:
        return {"post": None}
    shown = {"title": post.title, "points": points(post.body, edition.language, _SUMMARY_POINTS, 220)}
    return {"post": listed(post, edition) | shown}


def _related(item: Any, edition: Edition) -> dict[str, Any]:
    when = moment(item.published_at, edition)
    day = printed_day(item.dated)  # as its source printed it, which is nobody's language here
    return {"item": item, "when": when, "day": day, "day_words": day_in_words(day, edition) if day else ""}


def pager(blog: BlogState, *, number: int | None, newest_page: int) -> bytes:
    """Return the way to older and newer posts, of older page `number` or of the main page (None).

    Pages are numbered from 1, the oldest; `newest_page` is the number of the newest older page, 0 if there is none.
    """
    edition = edition_of(blog)
    older = newest_page if number is None else number - 1
    newer = "" if number is None else _page_path(edition, number + 1, newest_page)
    with edition.speaking():
        values = {
            "older": f"{edition.path}page/{older}/" if older > 0 else "",
            "newer": newer,
            "newest": edition.path if number is not None and number < newest_page else "",
            "oldest": f"{edition.path}page/1/" if older > 1 else "",
        }
        return fill("parts/pager.html", edition, values).encode()


def _page_path(edition: Edition, number: int, newest_page: int) -> str:
    return edition.path if number > newest_page else f"{edition.path}page/{number}/"


def layouts(blog: BlogState) -> dict[str, bytes]:
    """Return the documents with slots, by name.

    `page`, `older`, `post`, `withdrawn`, `key_events`; `missing` for an address below a live blog where nothing is,
    `gone` for one that was taken down.
    """
    edition = edition_of(blog)
    with edition.speaking():
        values = _around(edition, replay=blog.replay) | {"robots": robots(blog)}
        return {name: fill(template, edition, values | {"kind": name}).encode() for name, template in _LAYOUTS.items()}


def nowhere(language: str) -> bytes:
    """Return what stands where there is no live blog, or none that the asker may know of, in the house's language."""
    edition = Edition(slug="", language=language, zone="UTC")
    with edition.speaking():
        return fill("page_nowhere.html", edition, _around(edition) | {"kind": "nowhere"}).encode()


def _around(edition: Edition, *, replay: bool = False) -> dict[str, Any]:
    """Return what every document needs around its contents."""
    return {
        "lang": edition.language,
        "site": SITE,
        "home": absolute("/"),
        "canonical": absolute(edition.path),
        "style": asset("reader.css"),
        "script": asset("reader.js"),
        "fonts": _FONTS,
        "icon": asset("reader-icon.svg"),
        "interface": interface(edition, replay=replay),
    }
