"""Converts HTML to a body: untrusted HTML becomes nodes of core.body only, so it is harmless by construction.

Owns the walk over Lexbor's tree, paragraphs, lists, quotations, tables, pictures and the allowed links. A function,
`special`, converts a source's own elements (its figures). Never keeps markup, a style, a script or an unknown
attribute. Look next: running_text.py for running text, styles.py for marks, lists.py for lists of word processors,
media.py for films, embeds and tweets, limits.py for limits before parsing.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser, LexborNode

from asithappened.core import body as b
from asithappened.core import limits, text, urls
from asithappened.importers.found import Converted
from asithappened.importers.html import lists, media, running_text, styles
from asithappened.importers.html.limits import limited
from asithappened.importers.html.running_text import BREAK, Item

Marks = styles.Marks
Special = Callable[[LexborNode, "Walk"], "list[b.Block] | None"]

# Deeper than any article (6 in 1,755 recorded posts). Deeper elements are read as plain text, so that a page nested ten
# thousand deep does not overflow the stack.
DEEPEST: Final = 40

_NEVER_SHOWN: Final = """
script style noscript template head title meta link base svg math canvas map area input select textarea button
datalist dialog frame frameset noframes portal xml -comment -doctype
"""
DROPPED: Final = frozenset(_NEVER_SHOWN.split())
_IN_A_LINE: Final = """
a abbr acronym bdi bdo big code data font ins kbd label mark nobr output q rp rt ruby samp small span time tt u wbr
"""
_INLINE: Final = frozenset(_IN_A_LINE.split()) | set(styles.BY_TAG)
_LEVELS: Final = {"h1": 1, "h2": 1, "h3": 2, "h4": 3, "h5": 3, "h6": 3}
_LISTS: Final = (b.BulletList, b.OrderedList)
_IN_QUOTE: Final = (b.Paragraph, b.Heading, b.BulletList, b.OrderedList)


@dataclass
class Walk:
    """One walk over a document, and counts of what it lost. `base`: the address that relative links are resolved from.

    `depth`: of the walk; `special` continues from it, so that a source's own elements count towards DEEPEST too.
    """

    special: Special | None = None
    base: str = ""
    depth: int = 0
    converted: Converted = field(default_factory=Converted)
    lost_links: int = 0
    lost_media: int = 0
    cut: int = 0

    def blocks(self, node: LexborNode, marks: Marks = ()) -> list[b.Block]:
        """Return a node's contents as blocks."""
        return self.gathered(self.flow(node, marks))

    def gathered(self, items: Iterable[Item]) -> list[b.Block]:
        """Make blocks of a flow: paragraphs of running text, lists of paragraphs that are typed as one."""
        flow = list(items)
        blocks = running_text.paragraphs(flow)
        loose = sum(isinstance(block, _LISTS) for block in blocks) - sum(isinstance(item, _LISTS) for item in flow)
        out, typed = running_text.lists_typed(blocks)
        self.converted += Converted(lists=loose + typed)
        return out

    def flow(self, node: LexborNode, marks: Marks) -> Iterator[Item]:
        """Yield a node's contents in reading order: text, line ends, blocks, and BREAK where a paragraph ends."""
        if self.depth > DEEPEST:
            yield from running_text.words(node.text(deep=True, separator=" "), marks)
            return
        self.depth += 1
        for child in node.iter(include_text=True):
            yield from self._one(child, marks)
        self.depth -= 1

    def _one(self, node: LexborNode, marks: Marks) -> Iterator[Item]:
        tag = node.tag or ""
        if tag == "-text":
            yield from running_text.words(node.text_content or "", marks)
            return
        if tag in DROPPED or "hidden" in node.attributes:
            return
        style = styles.style_of(node)
        if not styles.is_of_the_text(node, tag, style):
            return
        if self.special and (own := self.special(node, self)) is not None:
            yield from own
            return
        marks = styles.marks_of(tag, style, marks)
        if tag == "br":
            yield b.HardBreak()
        elif tag == "a":
            yield from self.flow(node, self._linked(node, marks))
        elif tag == "q":
            yield from running_text.words("“", marks)
            yield from self.flow(node, marks)
            yield from running_text.words("”", marks)
        elif style.get("mso-list", "").startswith("ignore"):
            return
        elif "Apple-converted-space" in media.classes_of(node):
            yield from running_text.words(" ", marks)
        elif tag in _INLINE or ":" in tag:  # o:p, st1:place: a word processor's own, inside a line
            yield from self.flow(node, marks)
        else:
            yield BREAK
            yield from self._block(node, tag, style, marks)
            yield BREAK

    def _block(self, node: LexborNode, tag: str, style: dict[str, str], marks: Marks) -> Iterator[Item]:
        if line := lists.list_line_of(node, style):
            yield lists.with_content(line, running_text.in_list(self.blocks(node, marks)))
        elif tag in _LEVELS:
            yield from self._heading(node, tag)
        elif tag in {"ul", "ol", "menu"}:
            yield from self._list(node, tag)
        elif tag == "li":  # outside any list: a list whose tags were lost
            yield from self._list(node, "li")
        elif tag == "blockquote":
            yield from self.quote(node)
        elif tag == "table":
            yield from self._table(node)
        elif tag == "figure":
            yield from self._figure(node)
        elif tag in media.TAGS:
            yield from self.media(node)
        elif tag == "pre":
            yield from running_text.lines(node.text(deep=True), marks)
        elif tag == "hr":
            return
        else:
            yield from self.flow(node, marks)

    # --- links and media

    def url(self, value: str | None, schemes: tuple[str, ...] = urls.WEB) -> str:
        """Return an address that a page may contain, or "" for any other; a relative one is resolved from the base."""
        return urls.resolved(value, self.base, schemes)

    def fit(self, words: str, most: int) -> str:
        """Return a line (a caption, a name), cut to the length of its field; `cut` counts the cuts."""
        self.cut += len(words) > most
        return words[:most]

    def _linked(self, node: LexborNode, marks: Marks) -> Marks:
        href = node.attributes.get("href")
        url = self.url(href, urls.LINKED)
        others = tuple(mark for mark in marks if not isinstance(mark, b.Link))
        if not url:
            # The words stay. A link inside the page, or an empty one, is not worth reporting.
            self.lost_links += bool(href and href.strip() and not href.strip().startswith("#"))
            return marks
        return (*others, b.Link(attrs=b.LinkAttrs(href=url)))

    def media(self, node: LexborNode) -> list[b.Block]:
        """Return a picture, film, sound or frame as a block; none if it has no usable address, which is counted."""
        found = media.block_of(node, self)
        self.lost_media += found is None and not media.is_pixel(node)
        return [found] if found else []

    # --- blocks

    def _heading(self, node: LexborNode, tag: str) -> Iterator[Item]:
        for block in self.gathered(self.flow(node, ())):
            if isinstance(block, b.Paragraph):
                level = _LEVELS[tag]
                yield b.Heading(attrs=b.HeadingAttrs(level=level), content=running_text.not_all_bold(block.content))  # type: ignore[arg-type]
            else:
                yield block

    def _list(self, node: LexborNode, tag: str) -> Iterator[Item]:
        items: list[b.ListItem] = []
        hoisted: list[b.Block] = []
        if tag == "li":
            children = [node]
        else:
            children = [child for child in node.iter(include_text=False) if child.tag not in DROPPED]
        for child in children:
            own = child.tag in {"ul", "ol"}  # a list between the items belongs to the item before it
            inner = self.gathered(self._list_inside(child, child.tag or "ul")) if own else self._item(child)
            kept = tuple(running_text.in_list(inner))
            hoisted += [block for block in inner if not isinstance(block, b.Heading | running_text.IN_LIST)]
            if kept and own and items:
                items[-1] = b.ListItem(content=(*items[-1].content, *kept))
            elif kept:
                items.append(b.ListItem(content=kept))
        if items and tag == "li":
            yield running_text.Loose(items[0])
        elif items:
            yield b.OrderedList(content=tuple(items)) if tag == "ol" else b.BulletList(content=tuple(items))
        yield from hoisted

    def _item(self, node: LexborNode) -> list[b.Block]:
        return self.blocks(node, styles.marks_of("", styles.style_of(node), ()))

    def _list_inside(self, node: LexborNode, tag: str) -> Iterator[Item]:
        if self.depth > DEEPEST:
            yield from self.flow(node, ())
            return
        self.depth += 1
        yield from self._list(node, tag)
        self.depth -= 1

    def quote(self, node: LexborNode, *, cite: str = "", url: str = "") -> list[b.Block]:
        """Return a quotation; blocks that it may not contain (a picture, another quotation) come after it."""
        classes = media.classes_of(node)
        if "twitter-tweet" in classes or "twitter-video" in classes:
            return [media.tweet(node, self)]
        if not cite and (tail := _tail(node)):
            cite = text.one_line(tail.text(deep=True)).lstrip("—–- ")
            tail.decompose()
        url = url or self.url(node.attributes.get("cite"))
        attrs = b.QuoteAttrs(cite=self.fit(cite, limits.TITLE_CHARS), url=url)
        out: list[b.Block] = []
        run: list[b.Paragraph | b.Heading | b.BulletList | b.OrderedList] = []
        for block in [*self.blocks(node), None]:
            if isinstance(block, _IN_QUOTE):
                run.append(block)
                continue
            if run:
                out.append(b.Quote(attrs=attrs, content=tuple(run)))
                run = []
            if block is not None:
                out.append(block)
        return out

    def _table(self, node: LexborNode) -> Iterator[Item]:
        rows: list[b.Row] = []
        hoisted: list[b.Block] = []
        caption = next((child for child in node.iter(include_text=False) if child.tag == "caption"), None)
        for row in _rows(node):
            cells: list[b.Cell] = []
            for cell in row.iter(include_text=False):
                if cell.tag not in {"td", "th"}:
                    continue
                inner = self._item(cell)
                hoisted += [block for block in inner if isinstance(block, running_text.MEDIA)]
                cells.append(
                    b.Cell(
                        attrs=b.CellAttrs(header=cell.tag == "th"), content=tuple(running_text.only_paragraphs(inner))
                    )
                )
            if cells:
                rows.append(b.Row(content=tuple(cells)))
        if rows:
            words = self.fit(text.one_line(caption.text(deep=True)), limits.CAPTION_CHARS) if caption else ""
            yield b.Table(attrs=b.TableAttrs(caption=words), content=tuple(rows))
        yield from hoisted

    def _figure(self, node: LexborNode) -> Iterator[Item]:
        caption = node.css_first("figcaption")
        words = text.one_line(caption.text(deep=True, separator=" ")) if caption else ""
        if caption:
            caption.decompose()
        inner = self.blocks(node)
        if words and len(inner) == 1 and isinstance(inner[0], b.Image | b.Video | b.Audio):
            inner = [replace(inner[0], attrs=replace(inner[0].attrs, caption=self.fit(words, limits.CAPTION_CHARS)))]
        elif words:
            inner.append(b.paragraph(words))
        yield from inner


def _rows(table: LexborNode) -> Iterator[LexborNode]:
    """Yield a table's own rows, not those of a table inside a cell."""
    for child in table.iter(include_text=False):
        if child.tag == "tr":
            yield child
        elif child.tag in {"thead", "tbody", "tfoot"}:
            yield from (row for row in child.iter(include_text=False) if row.tag == "tr")


def _tail(node: LexborNode) -> LexborNode | None:
    """Return the <footer> or <cite> that a quotation ends with, which names its author."""
    last: LexborNode | None = node
    for _ in range(DEEPEST):
        last = next((one for one in _backwards(last) if not text.blank(one.text(deep=True))), None) if last else None
        if last is None or last.tag == "-text":
            return None
        if last.tag in {"footer", "cite"}:
            return last
    return None


def _backwards(node: LexborNode) -> Iterator[LexborNode]:
    return reversed([one for one in node.iter(include_text=True) if one.tag not in DROPPED])


@dataclass(frozen=True, kw_only=True)
class Made:
    """A body made of HTML. `notes`: what was left out; each ends the sentence "In this post …"."""

    doc: b.Doc
    converted: Converted
    notes: tuple[str, ...]


def body_of(html: str, *, special: Special | None = None, base: str = "") -> Made:
    """Make a body of a piece of HTML. Never fails: `notes` lists what could not be kept.

    `special`: returns the blocks of a source's own element, or None for any other. `base`: the address that relative
    links are resolved from.
    """
    walk = Walk(special=special, base=base)
    blocks = [lists.shallow(block) for block in walk.blocks(root_of(html))]
    notes = []
    if walk.lost_links:
        notes.append(f"{_many(walk.lost_links, 'link')} with an address that no page may carry: the words were kept")
    if walk.lost_media:
        notes.append(f"{_many(walk.lost_media, 'picture or embed')} without a usable address left out")
    if walk.cut:
        notes.append(f"{_many(walk.cut, 'caption, name or embed')} too long for its field was cut")
    return Made(doc=b.Doc(content=tuple(blocks)), converted=walk.converted, notes=tuple(notes))


def _many(number: int, what: str) -> str:
    return f"1 {what}" if number == 1 else f"{number} × {what}"


def root_of(html: str) -> LexborNode:
    """Parse a piece of HTML as a browser would, and return its body element."""
    body = LexborHTMLParser(limited(html)).body
    assert body is not None, "Lexbor gives every document a body"
    return body


def plain_of(html: str) -> str:
    """Return the text of a piece of HTML (a standfirst), with a line for each paragraph or item."""
    lines: list[str] = []
    for block in Walk().blocks(root_of(html)):
        if isinstance(block, b.BulletList | b.OrderedList):
            lines += [f"• {text.one_line(b.text_of(item))}" for item in block.content]
        else:
            lines += [line for line in map(text.one_line, b.text_of(block).split("\n")) if line]
    return "\n".join(lines)
