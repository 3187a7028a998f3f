"""Pictures, galleries, films and sounds: the figures of a post.

Owns their markup. A stored picture offers every size (`core.media`), in a box of its final size with a blurred
placeholder, and links to the largest. A graphic picture is covered, and its addresses are in attributes that browsers
do not load, until the script (frontend/reader/pictures.ts) or the link uncovers it.
A third party's file is a link with its host's name: no page loads anything from a third party by itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.html import escape
from django.utils.translation import gettext as _

from asithappened.core import body as b
from asithappened.core import media, urls
from asithappened.core.state import PostState
from asithappened.published.layout import MEDIA_SLOT
from asithappened.render.addresses import linked, with_links
from asithappened.render.clean import HALF, OURS, PREVIEW, WIDE
from asithappened.render.direction import dir_of
from asithappened.render.edition import Edition
from asithappened.render.framing import frame
from asithappened.render.furniture import ours
from asithappened.render.words import says_the_same

# Ratios of width to height. Below the first two, a picture as wide as the feed would be taller than a screen; above the
# last, it would be a strip on a phone.
_TALL, _TALLER, _PANORAMA = 4 / 5, 5 / 8, 2.4
_SMALL: Final = 640  # pixels; a narrower picture would be blurred at a phone's full width
_MIDDLE: Final = 2  # of the five columns and rows that a focal point is rounded to


def picture(image: b.ImageAttrs, edition: Edition, post: str, *, under_cover: bool, sizes: str = WIDE) -> str:
    """Return a picture with its caption and credit, covered if it is graphic. `under_cover`: the whole post is."""
    late = under_cover or image.graphic
    html = _ours(image, edition, post, sizes, late=late) if image.media else _third_party(image, edition)
    if image.graphic and not under_cover and (image.media or image.src):
        html = cover(_("Graphic picture"), html, edition)
    return f'<figure class="picture">{html}{caption_of(image.caption, image.credit, edition)}</figure>'


def gallery(block: b.Gallery, edition: Edition, post: str, *, under_cover: bool) -> str:
    """Return pictures that belong together, the first as wide as the post."""
    first, *others = (one.attrs for one in block.content)
    html = picture(first, edition, post, under_cover=under_cover)
    html += "".join(picture(one, edition, post, under_cover=under_cover, sizes=HALF) for one in others)
    return f'<div class="gallery">{html}</div>'


def cover(words: str, html: str, edition: Edition) -> str:
    """Return HTML under a cover that a reader opens. Works without script."""
    label, verb = ours(words, edition), ours(_("Show it"), edition)
    summary = f'<summary><span class="label">{label}</span> <span class="verb">{verb}</span></summary>'
    return f'<details class="cover">{summary}{html}</details>'


@dataclass(frozen=True, kw_only=True)
class Face:
    """A post's picture for other sites. `path`: of a stored file; `url`: of a third party's."""

    path: str = ""
    url: str = ""
    alt: str
    width: int
    height: int


def face_of(edition: Edition, post: PostState) -> Face | None:
    """Return a post's picture for other sites, as its widest JPEG; None if it has none."""
    image = post.picture
    if image is None:
        return None
    if not image.media:
        return Face(url=image.src, alt=image.alt, width=image.width, height=image.height)
    width = media.fallback_widths(image.width)[-1]
    path = edition.media_path(post.id, image.media, image.digest, media.file_name(width, "jpg"))
    return Face(path=path, alt=image.alt, width=width, height=max(1, round(image.height * width / image.width)))


def alt_of(image: b.ImageAttrs) -> str:
    """Return a picture's alternative text; "" if a screen reader would read the same words in its caption."""
    return "" if image.decorative or says_the_same(image.alt, image.caption) else image.alt


# --- stored files


def shown(image: b.ImageAttrs, edition: Edition, post: str, sizes: str) -> str:
    """Return a stored picture for a list, where the style sheet crops it to its box."""
    every, fallbacks = media.widths(image.width), media.fallback_widths(image.width)

    def address(width: int, extension: media.Extension) -> str:
        return MEDIA_SLOT + edition.media_path(post, image.media, image.digest, media.file_name(width, extension))

    source = ", ".join(f"{address(width, 'webp')} {width}w" for width in every)
    focus = " ".join(f"{axis}{at}" for axis, at in (("x", _fifth(image.focus_x)), ("y", _fifth(image.focus_y))))
    return (
        f'<picture><source type="image/webp" srcset="{source}" sizes="{sizes}"><img class="{focus}"'
        f' src="{address(fallbacks[-1], "jpg")}" alt="{escape(alt_of(image))}" width="{image.width}"'
        f' height="{image.height}" loading="lazy" decoding="async"></picture>'
    )


def _ours(image: b.ImageAttrs, edition: Edition, post: str, sizes: str, *, late: bool) -> str:
    def source(widths: Iterable[int], extension: media.Extension) -> str:
        files = [(width, media.file_name(width, extension)) for width in widths]
        return ", ".join(
            f"{_address(edition, post, image.media, image.digest, name)} {width}w" for width, name in files
        )

    fallbacks, every = media.fallback_widths(image.width), media.widths(image.width)
    src = _address(edition, post, image.media, image.digest, media.file_name(fallbacks[-1], "jpg"))
    whole = _address(edition, post, image.media, image.digest, media.file_name(every[-1], "webp"))
    blur = f'<img class="blur" src="{PREVIEW}{image.preview}" alt="">' if image.preview else ""
    focus = "".join(
        f" {axis}{at}" for axis, at in (("x", _fifth(image.focus_x)), ("y", _fifth(image.focus_y))) if at != _MIDDLE
    )
    # Without script a browser ignores loading="lazy" and loads the file at once, even if it is hidden.
    data, kept = ("data-", " late") if late else ("", "")
    opens = ours(_("Open the picture"), edition)
    return (
        f'<div class="frame{_shape(image)}{focus}{kept}">{blur}<a class="whole" href="{whole}"><picture>'
        f'<source type="image/webp" {data}srcset="{source(every, "webp")}" sizes="{sizes}">'
        f'<img {data}src="{src}" {data}srcset="{source(fallbacks, "jpg")}" sizes="{sizes}"'
        f' alt="{escape(alt_of(image))}" width="{image.width}" height="{image.height}" loading="lazy" decoding="async">'
        f'</picture><span class="opens">{opens}</span></a></div>'
    )


def _address(edition: Edition, post: str, id_: str, digest: str, name: str) -> str:
    return OURS + edition.media_path(post, id_, digest, name)


def _fifth(percent: int) -> int:
    return min(4, percent // 20)


def _shape(image: b.ImageAttrs) -> str:
    small = " small" if image.width < _SMALL else ""
    shape = image.width / image.height
    if shape > _PANORAMA:
        return f"{small} panorama"
    return small + (" taller" if shape < _TALLER else " tall" if shape < _TALL else "")


def film(attrs: b.MediaAttrs, edition: Edition, post: str, *, under_cover: bool) -> str:
    """Return a film: a player for a stored file, otherwise a link. `under_cover`: the whole post is covered."""
    if not attrs.media:
        return _link(attrs, "film", _("Watch on %(provider)s"), edition)
    size = f' width="{attrs.width}" height="{attrs.height}"' if attrs.width and attrs.height else ""
    shown = ""
    if attrs.poster:
        name = media.file_name(media.fallback_widths(attrs.poster_width)[-1], "jpg")
        late = "data-" if under_cover else ""  # browsers load a poster at once, even if it is hidden
        shown = f' {late}poster="{_address(edition, post, attrs.poster, attrs.poster_digest, name)}"'
    return _played(attrs, "film", f'video{size}{shown} playsinline=""', edition, post)


def sound(attrs: b.MediaAttrs, edition: Edition, post: str) -> str:
    """Return a sound: a player for a stored file, otherwise a link."""
    if not attrs.media:
        return _link(attrs, "sound", _("Listen on %(provider)s"), edition)
    return _played(attrs, "sound", "audio", edition, post)


def _played(attrs: b.MediaAttrs, kind: str, opening: str, edition: Edition, post: str) -> str:
    tag = opening.partition(" ")[0]
    src = _address(edition, post, attrs.media, attrs.digest, media.FILES[attrs.kind])
    track = more = ""
    if attrs.captions:
        captions = _address(edition, post, attrs.captions, attrs.captions_digest, media.CAPTIONS)
        track = f'<track kind="captions" srclang="{escape(edition.language)}" src="{captions}">'
        # Browsers load captions from another origin only if the film itself has crossorigin.
        more = ' crossorigin="anonymous"'
    html = f'<{opening}{more} controls="" preload="none"><source src="{src}" type="{attrs.kind}">{track}</{tag}>'
    words = ""
    if attrs.transcript:
        lines = "<br>".join(map(with_links, attrs.transcript.split("\n")))
        label, way = ours(_("Transcript"), edition), dir_of(attrs.transcript, edition.dir)
        words = f'<details class="transcript"><summary>{label}</summary><p{way}>{lines}</p></details>'
    return f'<figure class="{kind}">{_title(attrs, edition)}{html}{_captioned(attrs, edition)}{words}</figure>'


# --- third parties' files


def _third_party(image: b.ImageAttrs, edition: Edition) -> str:
    alt = alt_of(image)
    words = f'<p class="alt"{dir_of(alt, edition.dir)}>{escape(alt)}</p>' if alt else ""
    if not (image.src and urls.is_url(image.src)):
        missing = ours(_("Picture not available"), edition)
        return f'<div class="no-picture"><p class="label">{missing}</p>{words}</div>'
    # Pages block pictures without TLS, and the hosts in old archives have it now.
    src = urls.with_tls(image.src)
    label = ours(_("Show the picture from %(host)s") % {"host": urls.host_of(src)}, edition)
    size = f' data-size="{image.width}x{image.height}"' if image.width and image.height else ""
    link = f'<a class="load"{size} href="{escape(src)}" rel="noopener noreferrer">{label}</a>'
    return f'<div class="no-picture">{words}<p class="label">{link}</p></div>'


def _link(attrs: b.MediaAttrs, kind: str, verb: str, edition: Edition) -> str:
    provider = attrs.provider or urls.host_of(attrs.url)
    words = ours(verb % {"provider": provider}, edition) if provider else ""
    verb_html = f'<span class="verb">{words}</span>' if words else ""
    link = linked(f"{_title(attrs, edition)} {verb_html}".strip(), attrs.url, ' class="media"')
    return f'<figure class="{kind}">{link}{frame(attrs.url, edition)}{_captioned(attrs, edition)}</figure>'


def _title(attrs: b.MediaAttrs, edition: Edition) -> str:
    title = attrs.title
    return f'<span class="media-title"{dir_of(title, edition.dir)}>{escape(title)}</span>' if title else ""


def _captioned(attrs: b.MediaAttrs, edition: Edition) -> str:
    return caption_of(attrs.caption, attrs.credit, edition)


def caption_of(caption: str, credit: str, edition: Edition) -> str:
    """Return a figure's caption, with the credit on a separate line."""
    parts = [f'<span class="caption">{with_links(caption)}</span>'] if caption else []
    parts += [f'<span class="credit">{escape(credit)}</span>'] if credit else []
    return f"<figcaption{dir_of(caption or credit, edition.dir)}>{' '.join(parts)}</figcaption>" if parts else ""
