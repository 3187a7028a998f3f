"""Converts pictures, films, sounds, frames and tweets in HTML to blocks.

Owns which of their attributes are kept. Never fetches anything.
"""

import re
from typing import Final, Protocol

from selectolax.lexbor import LexborNode

from asithappened.core import body as b
from asithappened.core import limits, text
from asithappened.core.urls import host_of
from asithappened.media.links.embed_code import embedded


class Keeper(Protocol):
    """The methods of `body.Walk` that are used here."""

    def url(self, value: str | None) -> str: ...

    def fit(self, words: str, most: int) -> str: ...


TAGS: Final = frozenset(
    [
        "img",
        "picture",
        "iframe",
        "video",
        "audio",
        "object",
        "embed",
        "amp-img",
        "amp-iframe",
        "amp-video",
        "amp-youtube",
    ]
)
_FILMS: Final = re.compile(r"(^|\.)(youtube(-nocookie)?\.com|youtu\.be|vimeo\.com|dailymotion\.com|ustream\.tv)$")
_SOUNDS: Final = re.compile(r"(^|\.)(soundcloud\.com|audioboom?\.(com|fm)|spotify\.com)$")


def classes_of(node: LexborNode) -> list[str]:
    return (node.attributes.get("class") or "").split()


def size_of(value: str | None) -> int:
    """Return a width or height in pixels; 0 for "100%" and anything else."""
    raw = (value or "").strip().removesuffix("px")
    number = int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 6 else 0
    return number if number <= 20_000 else 0


def is_pixel(node: LexborNode) -> bool:
    """Return whether a picture is a tracking pixel."""
    sizes = {node.attributes.get("width"), node.attributes.get("height")}
    return node.tag in {"img", "amp-img"} and bool(sizes & {"0", "1"})


def block_of(node: LexborNode, keep: Keeper) -> b.Block | None:
    """Return the block of a picture, film, sound or frame; None if it has nothing to show."""
    if is_pixel(node):
        return None
    match node.tag:
        case "img" | "amp-img":
            return picture(node, keep)
        case "picture":
            inner = node.css_first("img")
            return picture(inner, keep) if inner else None
        case "audio":
            source = keep.url(_source(node))
            return b.Audio(attrs=b.MediaAttrs(url=source, provider=host_of(source))) if source else None
        case "video" | "amp-video":
            source = keep.url(_source(node))
            return b.Video(attrs=b.MediaAttrs(url=source, provider=host_of(source))) if source else None
        case "amp-youtube":
            video = node.attributes.get("data-videoid") or ""
            return framed(keep, keep.url(f"https://www.youtube.com/watch?v={video}"), "")
        case "object" | "embed":
            return framed(keep, keep.url(node.attributes.get("data") or node.attributes.get("src")), "")
        case _:
            return framed(keep, keep.url(node.attributes.get("src")), node.attributes.get("title") or "")


def _source(node: LexborNode) -> str | None:
    inner = node.css_first("source[src]")
    return node.attributes.get("src") or (inner.attributes.get("src") if inner else None)


def framed(keep: Keeper, url: str, title: str) -> b.Block | None:
    """Return a frame of another site's page: a film or sound if the host is known for them, else a card."""
    if not url:
        return None
    host, title = host_of(url), keep.fit(text.one_line(title), limits.TITLE_CHARS)
    if _FILMS.search(host):
        return b.Video(attrs=b.MediaAttrs(url=url, title=title, provider=host))
    if _SOUNDS.search(host):
        return b.Audio(attrs=b.MediaAttrs(url=url, title=title, provider=host))
    return b.Card(attrs=b.CardAttrs(url=url, title=title, site=host))


def picture(node: LexborNode, keep: Keeper, *, caption: str = "", credit: str = "") -> b.Image | None:
    """Return a picture, or None if it has no usable address, no alt text and no caption."""
    attrs = node.attributes
    src = keep.url(attrs.get("src")) or keep.url(attrs.get("data-src"))
    alt = keep.fit(text.one_line(attrs.get("alt") or ""), limits.ALT_CHARS)
    if not (src or alt or caption):
        return None
    return b.Image(
        attrs=b.ImageAttrs(
            src=src,
            alt=alt,
            caption=keep.fit(caption, limits.CAPTION_CHARS),
            credit=keep.fit(credit, limits.TITLE_CHARS),
            width=size_of(attrs.get("width")),
            height=size_of(attrs.get("height")),
        )
    )


def tweet(node: LexborNode, keep: Keeper, *, link: str | None = None) -> b.Social:
    found = embedded(node)
    return b.Social(
        attrs=b.SocialAttrs(
            platform="twitter",
            author=keep.fit(found.author, limits.TITLE_CHARS),
            handle=found.handle,
            text=keep.fit(found.text, limits.EMBED_TEXT_CHARS),
            date=found.date,
            url=keep.url(link) or keep.url(found.url),
        )
    )
