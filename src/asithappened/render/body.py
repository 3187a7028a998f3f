"""Renders a post's document to HTML.

Owns the blocks of text; `pictures` renders pictures, films and sounds, `results` results. Third-party embeds never run
here: a social post is a quoted card.
A text has the blog's direction, or the other if it is written in the other scripts (`direction`), so an Arabic post is
right on an English page. Headings start at h3, below the post's own h2. `clean` sanitises the result. Never raises for
a document that core.body accepts.
"""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import groupby
from typing import Final, TypeAlias, assert_never

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from asithappened.core import body as b
from asithappened.core import urls
from asithappened.published.layout import MEDIA_SLOT
from asithappened.render import pictures
from asithappened.render.addresses import linked, with_links
from asithappened.render.clean import clean, placed
from asithappened.render.direction import Direction, dir_of, other_direction
from asithappened.render.edition import Edition, spoken
from asithappened.render.framing import frame
from asithappened.render.furniture import ours
from asithappened.render.poll import poll
from asithappened.render.results import results
from asithappened.render.score import score
from asithappened.render.times import day_in_words, moment, utc_iso

_MARKS: Final[dict[type[b.Mark], str]] = {
    b.Bold: "strong",
    b.Italic: "em",
    b.Strike: "s",
    b.Subscript: "sub",
    b.Superscript: "sup",
}
# As the companies write their names; any other platform is shown as in the document.
_PLATFORMS: Final = {
    "bluesky": "Bluesky",
    "facebook": "Facebook",
    "instagram": "Instagram",
    "linkedin": "LinkedIn",
    "mastodon": "Mastodon",
    "reddit": "Reddit",
    "telegram": "Telegram",
    "threads": "Threads",
    "tiktok": "TikTok",
    "twitter": "Twitter",
    "vk": "VK",
    "x": "X",
    "youtube": "YouTube",
}


_Words: TypeAlias = (
    b.Paragraph
    | b.Heading
    | b.BulletList
    | b.OrderedList
    | b.ListItem
    | b.Quote
    | b.Table
    | b.Row
    | b.Cell
    | b.Social
    | b.Card
)
"""The blocks of text. The others are figures, and are never inside another block."""


def body_html(doc: b.Doc, edition: Edition, post: str = "", *, graphic: bool = False) -> SafeString:
    """Return a document as clean HTML. Call inside `edition.speaking()`.

    `post`: the id of the post, whose address its pictures are below. `graphic`: all of it is covered until opened.
    """
    html = clean(unclean(doc, edition, post, graphic=graphic))
    return mark_safe(placed(html, "" if edition.desk else MEDIA_SLOT))  # noqa: S308 (this is the sanitiser's own output)


def unclean(doc: b.Doc, edition: Edition, post: str = "", *, graphic: bool = False) -> str:
    """Return a document as HTML before the sanitiser, which changes nothing in it."""
    html = "".join(_block(block, edition, post, under_cover=graphic) for block in doc.content)
    return pictures.cover(_("This update is graphic."), html, edition) if graphic and html else html


def _block(block: b.Block, edition: Edition, post: str, *, under_cover: bool) -> str:
    match block:
        case b.Image(attrs=attrs):
            return pictures.picture(attrs, edition, post, under_cover=under_cover)
        case b.Gallery():
            return pictures.gallery(block, edition, post, under_cover=under_cover)
        case b.Video():
            return pictures.film(block.attrs, edition, post, under_cover=under_cover)
        case b.Audio():
            return pictures.sound(block.attrs, edition, post)
        case b.Results():
            return results(block, edition)
        case b.Score():
            return score(block.attrs, edition)
        case b.Poll():
            return poll(block, edition, post)
        case _:
            return _words(block, edition, edition.dir)


def _blocks(blocks: Iterable[_Words], edition: Edition, around: Direction) -> str:
    return "".join(_words(block, edition, around) for block in blocks)


def _words(block: _Words, edition: Edition, around: Direction) -> str:
    match block:
        case b.Paragraph():
            return f"<p{_dir(block, around)}>{_inline(block.content)}</p>" if block.content else ""
        case b.Heading():
            tag = f"h{block.attrs.level + 2}"
            return f"<{tag}{_dir(block, around)}>{_inline(block.content)}</{tag}>"
        case b.BulletList():
            return _box("ul", block, edition, around)
        case b.OrderedList():
            return _box("ol", block, edition, around)
        case b.ListItem():
            return _item(block, edition, around)
        case b.Quote():
            return _quote(block, edition, around)
        case b.Table():
            return _table(block, edition)
        case b.Row():
            return f"<tr>{_blocks(block.content, edition, around)}</tr>"
        case b.Cell():
            return _cell(block, edition, "row")
        case b.Social():
            return _social(block.attrs, edition)
        case b.Card():
            return _card(block.attrs, edition)
        case _:
            assert_never(block)


def _box(tag: str, box: b.BulletList | b.OrderedList, edition: Edition, around: Direction) -> str:
    # The list's direction decides the side of its marks and edge; each item has its own direction.
    own = other_direction(b.text_of(box), around)
    return f"<{tag}{_way(own)}>{_blocks(box.content, edition, own or around)}</{tag}>"


def _dir(of: str | b.AnyBlock, around: Direction) -> str:
    return dir_of(of if isinstance(of, str) else b.text_of(of), around)


def _way(own: Direction | None) -> str:
    return f' dir="{own}"' if own else ""


def _inline(nodes: Iterable[b.Inline]) -> str:
    # A link over text with several marks must be one link to a screen reader.
    return "".join(
        linked("".join(map(_run, run)), href) if href else "".join(map(_run, run))
        for href, run in groupby(nodes, key=_href)
    )


def _href(node: b.Inline) -> str:
    marks = node.marks if isinstance(node, b.Text) else ()
    return next((mark.attrs.href for mark in marks if isinstance(mark, b.Link)), "")


def _run(node: b.Inline) -> str:
    if isinstance(node, b.HardBreak):
        return "<br>"
    html = str(escape(node.text))
    for mark in node.marks:
        if not isinstance(mark, b.Link):
            tag = _MARKS[type(mark)]
            html = f"<{tag}>{html}</{tag}>"
    return html


def _item(item: b.ListItem, edition: Edition, around: Direction) -> str:
    first, *rest = item.content or (b.Paragraph(),)
    own = other_direction(b.text_of(first), around)
    # Most items are one paragraph, and a <p> in it would only add space.
    head = _inline(first.content) if isinstance(first, b.Paragraph) else _words(first, edition, own or around)
    return f"<li{_way(own)}>{head}{_blocks(rest, edition, own or around)}</li>"


def _quote(quote: b.Quote, edition: Edition, around: Direction) -> str:
    url = quote.attrs.url if urls.is_url(quote.attrs.url) else ""
    cite_attribute = f' cite="{escape(url)}"' if url else ""
    own = other_direction("\n".join(map(b.text_of, quote.content)), around)
    words = _blocks(quote.content, edition, own or around)
    html = f"<blockquote{cite_attribute}{_way(own)}>{words}</blockquote>"
    if not (quote.attrs.cite or url):
        return html
    cite = linked(str(escape(quote.attrs.cite) if quote.attrs.cite else ours(_("Source"), edition)), url)
    way = _dir(quote.attrs.cite, around)
    return f'<figure class="quote">{html}<figcaption{way}><cite>{cite}</cite></figcaption></figure>'


def _table(table: b.Table, edition: Edition) -> str:
    first, *rest = table.content
    caption = table.attrs.caption
    head, rows = "", table.content
    if all(cell.attrs.header for cell in first.content):
        head, rows = f"<thead><tr>{''.join(_cell(c, edition, 'col') for c in first.content)}</tr></thead>", tuple(rest)
    body = f"<tbody>{_blocks(rows, edition, edition.dir)}</tbody>" if rows else ""
    title = f"<caption{_dir(caption, edition.dir)}>{escape(caption)}</caption>" if caption else ""
    # A wide table scrolls in a box, which therefore must be reachable from the keyboard and have a name. If that is our
    # word, the box has the interface's language, and the table in it the blog's.
    ours = bool(edition.foreign and not caption)
    language, own = (f' lang="{spoken(edition.language)}"', edition.blog_attrs) if ours else ("", "")
    name = escape(caption or _("Table"))
    region = f'<div class="table"{language} role="region" tabindex="0" aria-label="{name}">'
    return f"{region}<table{own}>{title}{head}{body}</table></div>"


def _cell(cell: b.Cell, edition: Edition, scope: str) -> str:
    own = other_direction(b.text_of(cell), edition.dir)
    alone = len(cell.content) == 1
    inner = _inline(cell.content[0].content) if alone else _blocks(cell.content, edition, own or edition.dir)
    return f'<th scope="{scope}"{_way(own)}>{inner}</th>' if cell.attrs.header else f"<td{_way(own)}>{inner}</td>"


def _social(post: b.SocialAttrs, edition: Edition) -> str:
    platform = platform_name(post.platform)
    where = ours(_("Post on %(platform)s") % {"platform": platform}, edition)
    label = f'<span class="platform">{where}</span>' if platform else ""
    lines = "<br>".join(map(with_links, post.text.split("\n")))
    text = f"<p{_dir(post.text, edition.dir)}>{lines}</p>" if post.text else ""
    words = f"<blockquote>{text}</blockquote>" if text else ""
    who = [f'<bdi class="author">{escape(post.author)}</bdi>'] if post.author else []
    who += [f'<bdi class="handle">{escape(post.handle)}</bdi>'] if post.handle else []
    when = _social_date(post.date, edition)
    if post.url:
        source = _("See it on %(platform)s") % {"platform": platform} if platform else _("See the original")
        who.append(linked(when or str(ours(source, edition)), post.url))
    elif when:
        who.append(when)
    shown = frame(post.url, edition)
    return f'<figure class="social">{label}{words}<figcaption>{" ".join(who)}</figcaption>{shown}</figure>'


def platform_name(platform: str) -> str:
    """Return a social network's name as it writes it."""
    return _PLATFORMS.get(platform.lower(), platform)


def _social_date(written: str, edition: Edition) -> str:
    """Print the date of a social post, a day or an instant; any other text is printed as it is."""
    if not written:
        return ""
    try:
        if len(written) == len("2023-01-04"):
            return f'<time datetime="{written}">{escape(day_in_words(date.fromisoformat(written), edition))}</time>'
        at = datetime.fromisoformat(written)
    except ValueError:
        return f"<span>{escape(written)}</span>"
    if at.tzinfo is None:  # without a zone only the day is known
        return f'<time datetime="{at:%Y-%m-%d}">{escape(day_in_words(at.date(), edition))}</time>'
    printed = moment(at, edition)
    return f'<time datetime="{utc_iso(at)}">{escape(printed.full)}</time>' if printed else ""


def _card(card: b.CardAttrs, edition: Edition) -> str:
    label = f'<p class="label"{_dir(card.label, edition.dir)}>{escape(card.label)}</p>' if card.label else ""
    title = linked(str(escape(card.title or urls.host_of(card.url))), card.url)
    text = f'<p class="card-text"{_dir(card.text, edition.dir)}>{with_links(card.text)}</p>' if card.text else ""
    site = f'<p class="card-site"><bdi>{escape(card.site)}</bdi></p>' if card.site else ""
    head = f'<p class="card-title"{_dir(card.title, edition.dir)}>{title}</p>'
    return f'<div class="card">{label}{head}{text}{site}</div>'
