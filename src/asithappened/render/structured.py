"""Renders a live blog as schema.org's LiveBlogPosting, in JSON-LD.

Contains only what is on the page, every date with its offset. A post's data are a separate piece, stored with the
post's other bytes; delivery inserts those of the newest posts. A post with an unknown time has none, because search
engines would take a guess for a fact. Never contains `<`, `>` or `&` unescaped, because it is inside a <script>.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec
from django.utils.safestring import SafeString, mark_safe

from asithappened.core import body, media
from asithappened.core.events import Signature
from asithappened.core.providers import frame_of
from asithappened.core.state import BlogState, Contributor, PostState, Status
from asithappened.published.layout import (
    ADDRESS_SLOT,
    JSON_ESCAPES,
    MEDIA_SLOT,
    NAME_IN_JSON_SLOT,
    STRUCTURED_SLOT,
    card_path,
)
from asithappened.render.card_image import of_blog
from asithappened.render.edition import Edition, edition_of
from asithappened.render.headline import headline
from asithappened.render.people import portrait
from asithappened.render.pictures import face_of
from asithappened.render.times import zoned_iso
from asithappened.render.words import authors, called, cut, lines, shorten

_BODY_CHARS: Final = 5_000
# `coverageEndTime` ends the "Live" badge in search results, which the engines' rules forbid for a blog without news.
# Each publication postpones it, and closing writes the true end.
_STILL_LIVE: Final = timedelta(hours=6)
# Random placeholders of the house's slots until everything is escaped; no text can contain them.
_ADDRESS: Final = secrets.token_hex(16)
_MEDIA: Final = secrets.token_hex(16)
_NAME: Final = secrets.token_hex(16)
_SLOTS: Final = ((_ADDRESS, ADDRESS_SLOT), (_MEDIA, MEDIA_SLOT), (_NAME, NAME_IN_JSON_SLOT))
_ESCAPES: Final = tuple((chr(code), escape) for code, escape in JSON_ESCAPES.items())
_JSON: Final = msgspec.json.Encoder(enc_hook=lambda text: text[:])  # a SafeString as the string that it is


def jsonld(blog: BlogState, newest: Sequence[PostState], pictured: PostState | None = None) -> bytes:
    """Return the main page's structured data as a <script type="application/ld+json">, with a slot for its updates.

    `newest`: the newest visible posts; `pictured`: the newest one with a picture.
    """
    if blog.replay:
        return b""  # a replay is no news, and search engines must not show it as such
    edition = edition_of(blog)
    with edition.speaking():
        data = written(_live_blog(blog, newest, pictured, edition))
    return f'<script type="application/ld+json">{data[:-1]}{STRUCTURED_SLOT}}}</script>'.encode()


def update(edition: Edition, post: PostState) -> bytes:
    """Return a visible post's structured data; b"" if its time is unknown, or in a replay."""
    if edition.replay or not post.published_at:
        return b""
    with edition.speaking():
        return written(_update(post, edition)).encode()


def written(data: dict[str, Any]) -> str:
    """Return structured data as JSON for a <script>, with the house's slots."""
    json_ = _escaped(data)
    for stand_in, slot in _SLOTS:
        json_ = json_.replace(stand_in, slot)
    return json_


def safe_json(data: object) -> SafeString:
    """Return JSON for a <script>: nothing in it can end the element or begin a comment."""
    return mark_safe(_escaped(data))  # noqa: S308 (holds no < > &)


def _escaped(data: object) -> str:
    json_ = _JSON.encode(data).decode()
    for character, escape in _ESCAPES:  # `translate` looks at every character, and takes three times as long
        json_ = json_.replace(character, escape)
    return json_


def _live_blog(
    blog: BlogState, newest: Sequence[PostState], pictured: PostState | None, edition: Edition
) -> dict[str, Any]:
    url = in_full(edition.path)
    with_pictures = [*(post for post in newest if post.published_at), *([pictured] if pictured else [])]
    pictures = list(dict.fromkeys(filter(None, (_image(post, edition) for post in with_pictures))))
    end = blog.closed_at or (blog.updated_at if blog.status is Status.CLOSED else None)
    if end is None and blog.status is Status.LIVE and blog.updated_at:
        end = blog.updated_at + _STILL_LIVE
    publisher = {"@type": "Organization", "name": _NAME, "url": in_full("/")}
    return without_nothing(
        {
            "@context": "https://schema.org",
            "@type": "LiveBlogPosting",
            "headline": headline(blog),
            "description": shorten(blog.standfirst, 500),
            "url": url,
            "mainEntityOfPage": {"@type": "WebPage", "@id": url},
            "inLanguage": blog.language,
            "datePublished": zoned_iso(blog.opened_at, edition) if blog.opened_at else None,
            "dateModified": zoned_iso(blog.updated_at, edition) if blog.updated_at else None,
            "coverageStartTime": zoned_iso(blog.opened_at, edition) if blog.opened_at else None,
            "coverageEndTime": zoned_iso(end, edition) if end else None,
            "author": [_author(name, blog, edition) for name in authors(blog, newest)] or publisher,
            "publisher": publisher,
            "image": [*pictures[:3], in_full(card_path(edition.slug, "", of_blog(edition, blog, pictured).version))],
            "keywords": list(blog.tags),
            "video": _live_video(blog, end, edition),
        }
    )


def _live_video(blog: BlogState, end: datetime | None, edition: Edition) -> dict[str, Any] | None:
    """Return the live video as search engines require it; None if its beginning is unknown."""
    video = blog.shown_video
    if video is None or video.since is None or end is None:
        return None
    since, framed = zoned_iso(video.since, edition), frame_of(video.url)
    return without_nothing(
        {
            "@type": "VideoObject",
            "name": headline(blog),
            "description": shorten(blog.standfirst, 500) or headline(blog),
            "thumbnailUrl": in_full(card_path(edition.slug, "", of_blog(edition, blog, None).version)),
            "uploadDate": since,
            "embedUrl": framed,
            "contentUrl": "" if framed else video.url,
            "publication": {
                "@type": "BroadcastEvent",
                "isLiveBroadcast": True,
                "startDate": since,
                "endDate": zoned_iso(max(end, video.since), edition),
            },
        }
    )


def _update(post: PostState, edition: Edition) -> dict[str, Any]:
    signed = {one.name: one for one in post.signed}
    return without_nothing(
        {
            "@type": "BlogPosting",
            "headline": called(post, edition),
            # A fragment, not a query, because all updates are on one page.
            "url": in_full(f"{edition.path}#p-{post.id}"),
            "datePublished": zoned_iso(post.published_at, edition) if post.published_at else None,
            "dateModified": zoned_iso(post.updated_at, edition) if post.updated_at else None,
            "author": [_person(signed.get(name, Signature(name=name))) for name in post.bylines],
            "articleBody": cut(lines(post.body), _BODY_CHARS),
            "image": _image(post, edition),
            "video": _film(post, edition),
        }
    )


def _film(post: PostState, edition: Edition) -> dict[str, Any] | None:
    """Return a post's first stored film with a poster, which search engines require; None if the post is graphic."""
    films = (block.attrs for block in body.blocks(post.body) if isinstance(block, body.Video) and not post.graphic)
    film = next((film for film in films if film.media and film.poster), None)
    if film is None or post.published_at is None:
        return None
    still = media.file_name(media.fallback_widths(film.poster_width)[-1], "jpg")
    return without_nothing(
        {
            "@type": "VideoObject",
            "name": film.title or called(post, edition),
            "description": film.caption,
            "thumbnailUrl": _MEDIA + edition.media_path(post.id, film.poster, film.poster_digest, still),
            "contentUrl": _MEDIA + edition.media_path(post.id, film.media, film.digest, media.FILES[film.kind]),
            "encodingFormat": film.kind,
            "uploadDate": zoned_iso(post.published_at, edition),
            "duration": f"PT{film.seconds}S" if film.seconds else "",
            "transcript": cut(film.transcript, _BODY_CHARS),
        }
    )


def _image(post: PostState, edition: Edition) -> str | None:
    found = face_of(edition, post)
    return None if found is None else _MEDIA + found.path if found.path else found.url


def in_full(path: str) -> str:
    """Return the full public address of a path, with a placeholder that `written` replaces."""
    return _ADDRESS + path


def _author(name: str, blog: BlogState, edition: Edition) -> dict[str, Any]:
    one = next((one for one in blog.contributors if one.name == name), Contributor(name=name, on=True))
    image = _MEDIA + portrait(one.picture, edition, "jpg") if one.picture else ""
    return _person(Signature(name=name, role=one.role, url=one.url), image)


def _person(one: Signature, image: str = "") -> dict[str, Any]:
    person = {"@type": "Person", "name": one.name, "jobTitle": one.role, "url": one.url, "image": image}
    return without_nothing(person)


def without_nothing(data: dict[str, Any]) -> dict[str, Any]:
    """Return data without empty values."""
    return {key: value for key, value in data.items() if value or value == 0}
