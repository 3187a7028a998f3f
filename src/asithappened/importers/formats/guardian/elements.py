"""Maps the Guardian's own elements in a post's HTML (figures and asides with the class "element-…") to blocks.

Both encodings of a blog have the same elements, so this is the only mapping.
"""

from collections.abc import Callable
from typing import Final

from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser, LexborNode

from asithappened.core import body as b
from asithappened.core import limits, text
from asithappened.core.urls import host_of
from asithappened.importers.found import Converted
from asithappened.importers.html import media
from asithappened.importers.html.body import Walk


def element(node: LexborNode, walk: Walk) -> list[b.Block] | None:
    """Return the blocks of one of the Guardian's elements; None for anything else."""
    classes = media.classes_of(node)
    if node.tag not in {"figure", "aside", "div"} or "element" not in classes:
        return None
    for name in classes:
        if make := _ELEMENTS.get(name.removeprefix("element-")):
            return make(node, walk)
    return _card(node, walk) if node.tag == "figure" else None


def _line(node: LexborNode | None) -> str:
    return text.one_line(node.text(deep=True, separator=" ")) if node else ""


def _first(node: LexborNode, *selectors: str) -> LexborNode | None:
    return next((found for selector in selectors if (found := node.css_first(selector))), None)


def _image(node: LexborNode, walk: Walk) -> list[b.Block]:
    img = node.css_first("img")
    credit = _line(_first(node, ".element-image__credit"))
    caption = _line(_first(node, ".element-image__caption"))
    whole = _line(node.css_first("figcaption"))
    if not caption and whole:
        caption = whole.removesuffix(credit).strip() if credit else whole
    if img is None:
        img = LexborHTMLParser("<img>").css_first("img")
    found = media.picture(img, walk, caption=caption, credit=credit) if img else None
    walk.lost_media += found is None
    return [found] if found else []


def _tweet(node: LexborNode, walk: Walk) -> list[b.Block]:
    quoted = node.css_first("blockquote") or node
    return [media.tweet(quoted, walk, link=node.attributes.get("data-canonical-url"))]


def _reference(node: LexborNode, walk: Walk) -> b.MediaAttrs | None:
    """Return the address of a film or sound (its page, else its frame or file) with its title, caption and credit."""
    inner = _first(node, "iframe[src]", "video[src]", "audio[src]", "source[src]", "embed[src]", "a[href]")
    place = ""
    if inner:
        place = walk.url(inner.attributes.get("src") or inner.attributes.get("href"))
    url = walk.url(node.attributes.get("data-canonical-url")) or place
    title = text.one_line(node.attributes.get("data-video-name") or node.attributes.get("data-alt") or "")
    caption = _line(node.css_first("figcaption"))
    if not (url or title or caption):
        return None
    return b.MediaAttrs(
        url=url,
        title=walk.fit(title, limits.TITLE_CHARS),
        caption=walk.fit(caption, limits.CAPTION_CHARS),
        credit=walk.fit(text.one_line(node.attributes.get("data-video-provider") or ""), limits.TITLE_CHARS),
        provider=host_of(url),
    )


def _video(node: LexborNode, walk: Walk) -> list[b.Block]:
    attrs = _reference(node, walk)
    walk.lost_media += attrs is None
    return [b.Video(attrs=attrs)] if attrs else []


def _audio(node: LexborNode, walk: Walk) -> list[b.Block]:
    attrs = _reference(node, walk)
    walk.lost_media += attrs is None
    return [b.Audio(attrs=attrs)] if attrs else []


def _card(node: LexborNode, walk: Walk) -> list[b.Block]:
    """Return a card for an embed, map, interactive or anything newer: its address, and all text that it shows."""
    framed = node.css_first("iframe[srcdoc]")
    inner = LexborHTMLParser(framed.attributes.get("srcdoc") or "").body if framed else None
    holder = inner or node
    for hidden in holder.css("script, style, noscript"):
        hidden.decompose()
    target = _first(holder, "iframe[src]", "a[href]", "img[src]", "embed[src]", "source[src]")
    if inner and (links := inner.css("blockquote a[href]")):
        target = links[-1]
    place = ""
    if target:
        place = walk.url(target.attributes.get("src") or target.attributes.get("href"))
    url = walk.url(node.attributes.get("data-canonical-url")) or place
    caption = _line(node.css_first("figcaption"))
    shown = _line(holder) if inner else _line(node).removesuffix(caption).strip()
    words = " ".join(dict.fromkeys(filter(None, (shown, caption))))
    title = text.one_line(node.attributes.get("data-alt") or "")
    if not (url or words or title):
        walk.lost_media += 1
        return []
    return [
        b.Card(
            attrs=b.CardAttrs(
                url=url,
                title=walk.fit(title or host_of(url), limits.TITLE_CHARS),
                text=walk.fit(words, limits.CAPTION_CHARS),
                site=host_of(url),
            )
        )
    ]


def _rich_link(node: LexborNode, walk: Walk) -> list[b.Block]:
    link = node.css_first("a")
    title = _line(link) or _line(node)
    url = walk.url(link.attributes.get("href") if link else None)
    label = _line(node.css_first("span")).rstrip(": ") or "Related"
    if not (title or url):
        return []
    return [
        b.Card(
            attrs=b.CardAttrs(
                url=url,
                title=walk.fit(title, limits.TITLE_CHARS),
                label=walk.fit(label, limits.TITLE_CHARS),
                site=host_of(url),
            )
        )
    ]


def _comment(node: LexborNode, walk: Walk) -> list[b.Block]:
    """Return a reader's comment as a quotation with the reader's name."""
    words = node.css_first(".d2-body") or node
    link = _first(node, "a.d2-datetime")
    url = walk.url(link.attributes.get("href") if link else None)
    quote = walk.quote(
        words,
        cite=_line(_first(node, "[itemprop=givenName]", ".d2-username")),
        url=url or walk.url(node.attributes.get("data-canonical-url")),
    )
    walk.converted += Converted(quotes=sum(isinstance(block, b.Quote) for block in quote))
    return quote


def _pullquote(node: LexborNode, walk: Walk) -> list[b.Block]:
    inner = node.css_first("blockquote") or node
    return walk.quote(inner)


def _witness(node: LexborNode, walk: Walk) -> list[b.Block]:
    """Return a reader's contribution (a picture, a film or a text), credited to the reader."""
    author = _line(_first(node, ".element-witness--author-name"))
    credit = f"{author}/GuardianWitness" if author else "GuardianWitness"
    title = _line(_first(node, ".element-witness--title"))
    words = _first(node, "[itemprop=description]", "[itemprop=text]")
    link = _first(node, ".element-witness--title a")
    url = walk.url(node.attributes.get("data-canonical-url"))
    url = url or walk.url(link.attributes.get("href") if link else None)
    caption = "\n".join(filter(None, (title, _line(words))))
    main = node.css_first(".element-witness--main") or node
    frame, img = main.css_first("iframe[src]"), main.css_first("img")
    if frame:
        attrs = _reference(node, walk) or b.MediaAttrs()
        attrs = replace(
            attrs,
            title=walk.fit(title, limits.TITLE_CHARS),
            caption=walk.fit(_line(words), limits.CAPTION_CHARS),
            credit=walk.fit(credit, limits.TITLE_CHARS),
        )
        walk.converted += Converted(videos=1)
        return [b.Video(attrs=attrs)]
    if img and (found := media.picture(img, walk, caption=caption, credit=credit)):
        walk.converted += Converted(images=1)
        return [found]
    quote = walk.quote(words or main, cite=author, url=url)
    walk.converted += Converted(quotes=sum(isinstance(block, b.Quote) for block in quote))
    heading = b.Heading(content=(b.Text(text=title),)) if title and words else None
    return [heading, *quote] if heading else quote


def _table(node: LexborNode, walk: Walk) -> list[b.Block]:
    return walk.blocks(node)


_ELEMENTS: Final[dict[str, Callable[[LexborNode, Walk], list[b.Block]]]] = {
    "image": _image,
    "cartoon": _image,
    "tweet": _tweet,
    "video": _video,
    "youtube": _video,
    "audio": _audio,
    "rich-link": _rich_link,
    "comment": _comment,
    "pullquote": _pullquote,
    "witness": _witness,
    "table": _table,
    "code": _table,
    "content-atom": _card,
    "atom": _card,
}
