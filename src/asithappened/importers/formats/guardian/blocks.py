"""Reads posts from `blocks`: the JSON in which the Guardian stores a live blog.

Owns the mapping of a block to a post, merging the lists of one answer, and elements without HTML. A block's `bodyHtml`
is, byte for byte, the HTML of the page, so it is preferred wherever it is complete.
"""

import html
from datetime import datetime, timedelta
from typing import Final

from asithappened.core import body as b
from asithappened.core import text
from asithappened.importers.formats.guardian.fields import Fields, instant
from asithappened.importers.formats.guardian.page import ID, BlogContext, Posts, kind_of, made_of
from asithappened.importers.found import FoundPost, shortened
from asithappened.importers.html import media
from asithappened.importers.html.body import Made

# The page shows "Updated" for a block that was published again, in recordings after 13 s or more. The two times of one
# publication differ by up to 0.6 s, and thrift's times have no fractions.
_AGAIN: Final = timedelta(seconds=5)


def posts_of(blocks: Fields, context: BlogContext) -> Posts:
    """Return the posts of a blocks object: of `body`, and of every list in `requestedBodyBlocks`, each post once."""
    out = Posts()
    found: dict[str, FoundPost] = {}
    listed = blocks.list("body")
    for requested in blocks.inner("requestedBodyBlocks").raw:
        listed += blocks.inner("requestedBodyBlocks").list(requested)
    # A post written before the blog was public has in the older API, in both encodings, the time of the opening; in the
    # newer one, which has a count of blocks, the time of writing.
    opened_at = None if "totalBodyBlocks" in blocks.raw else context.opened_at
    unpublished = 0
    for number, block in enumerate(listed, start=1):
        if "published" in block.raw and not block.flag("published"):
            unpublished += 1
            continue
        id_ = block.words("id")
        if id_ not in found:
            found[id_] = _post(block, f"block {number}", context, opened_at, out)
    out.posts = list(found.values())
    if all(post.published_at for post in out.posts):
        # The lists of an answer overlap ("latest", "oldest", "key events"), so posts are sorted by time. The sort is
        # stable: blocks of the same second keep their order.
        out.posts.sort(key=_published, reverse=True)
    if unpublished:
        out.problems.append(f"{unpublished} × a block that was never published was left out.")
    total = blocks.words("totalBodyBlocks")
    if total.isdigit() and int(total) > len(found) + unpublished:
        out.partial = True
        out.problems.append(
            f"This is a page of a longer blog: {len(found)} of its {total} posts. Posts that are missing from it were "
            "left as they are."
        )
    return out


def _published(post: FoundPost) -> datetime:
    assert post.published_at is not None
    return post.published_at


def _post(block: Fields, place: str, context: BlogContext, opened_at: datetime | None, out: Posts) -> FoundPost:
    attributes = block.inner("attributes")
    summary = attributes.flag("summary")
    title = text.one_line(block.words("title") or attributes.words("title"))
    title = title or ("Summary" if summary else "")  # the page's heading of a summary without a headline
    first = instant(block.get("firstPublishedDate"))
    last = instant(block.get("publishedDate"))
    shown = first or last or instant(block.get("createdDate"))
    if shown and opened_at and shown < opened_at:
        shown = opened_at
    again = last if last and shown and last - shown >= _AGAIN else None
    id_ = block.words("id")
    where = f"{place} ({shortened(title or block.words('bodyTextSummary') or id_, 40)!r})"
    made = _made(block, context, where, out)
    profiles = block.get("contributors")
    names = [str(one) for one in profiles if isinstance(one, str)] if isinstance(profiles, list) else []
    return FoundPost(
        id=id_ if ID.match(id_) else "",
        place=place,
        title=title,
        body=made.doc,
        kind=kind_of(summary=summary, key=attributes.flag("keyEvent")),
        bylines=context.bylines(names),
        published_at=shown,
        updated=again is not None,
        updated_at=again,
        pinned=attributes.flag("pinned"),
        converted=made.converted,
    )


def _made(block: Fields, context: BlogContext, where: str, out: Posts) -> Made:
    """Make a body of the block's HTML, or of its elements if they contain more than the HTML."""
    notes: list[str] = []
    whole = made_of(block.words("bodyHtml"), context, where, notes)
    elements = block.list("elements")
    if (elements and _weight(whole.doc) < sum(_kind(one) != "text" for one in elements)) or not whole.doc.content:
        other: list[str] = []
        built = made_of("\n".join(map(_html, elements)), context, where, other)
        if _weight(built.doc) > _weight(whole.doc) or not whole.doc.content:
            whole, notes = built, other
    out.problems += notes
    return whole


def _weight(doc: b.Doc) -> int:
    """Return the number of blocks that are no running text."""
    return sum(not isinstance(block, b.Paragraph | b.Heading | b.BulletList | b.OrderedList) for block in doc.content)


def _kind(element: Fields) -> str:
    return element.words("type").lower().replace("_", "-")


def _html(element: Fields) -> str:
    """Return an element as the page's HTML, so that one walker reads both."""
    kind = _kind(element)
    first, *rest = kind.split("-")
    data = element.inner(first + "".join(map(str.title, rest)) + "TypeData")
    inner = data.words("html")
    url = data.words("originalUrl") or data.words("url")
    match kind:
        case "text":
            return inner
        case "image" | "cartoon":
            return _figure(kind, "", _img(element, data) + _caption(data))
        case "pullquote":
            cite = data.words("attribution")
            footer = f"<footer>{html.escape(cite)}</footer>" if cite else ""
            return _figure(kind, "", f"<blockquote>{inner}{footer}</blockquote>")
        case "rich-link":
            prefix = f"<span>{html.escape(data.words('linkPrefix') or 'Related: ')}</span>"
            link = f'<a href="{html.escape(data.words("url") or url)}">{html.escape(data.words("linkText"))}</a>'
            return f'<aside class="element element-rich-link">{prefix}{link}</aside>'
        case "video" | "audio":
            return _figure(kind, url, inner + _caption(data), name=data.words("title"), credit=data.words("credit"))
        case "table" | "code":
            return inner
        case "tweet":
            return _figure(kind, data.words("url") or url, inner)
        case _:
            alt = data.words("alt") or data.words("title") or data.words("linkText")
            return _figure(kind, url or data.words("iframeUrl"), inner + _caption(data), alt=alt)


def _figure(kind: str, url: str, inner: str, *, name: str = "", credit: str = "", alt: str = "") -> str:
    pairs = {"data-canonical-url": url, "data-video-name": name, "data-video-provider": credit, "data-alt": alt}
    written = "".join(f' {key}="{html.escape(value)}"' for key, value in pairs.items() if value)
    return f'<figure class="element element-{html.escape(kind)}"{written}>{inner}</figure>'


def _caption(data: Fields) -> str:
    caption, credit = data.words("caption"), data.words("credit")
    if "displayCredit" in data.raw and not data.flag("displayCredit"):
        credit = ""
    if not (caption or credit):
        return ""
    return (
        f'<figcaption><span class="element-image__caption">{caption}</span> '
        f'<span class="element-image__credit">{html.escape(credit)}</span></figcaption>'
    )


def _img(element: Fields, data: Fields) -> str:
    """Return the widest asset up to 1,000 pixels, which the page uses too; originals are far larger."""
    files = []
    for one in _assets(element, data):
        size = one.inner("typeData").raw or one.raw
        width, height = (media.size_of(str(size.get(name))) for name in ("width", "height"))
        files.append((width, height, one.words("file")))
    fit = [one for one in files if one[0] <= 1000] or [min(files, default=(0, 0, ""))]
    width, height, src = max(fit)
    sizes = f'width="{width or ""}" height="{height or ""}"'
    return f'<img src="{html.escape(src)}" alt="{html.escape(data.words("alt"))}" {sizes}>'


def _assets(element: Fields, data: Fields) -> list[Fields]:
    drawn = [image for variant in data.list("variants") for image in variant.list("images")]
    return [one for one in element.list("assets") if one.words("file")] or [one for one in drawn if one.words("file")]
