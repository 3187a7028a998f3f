"""Makes the headline and body of a post from its units.

Fields that the text does not have (an address, the photographer of an uncredited photo) stay empty. Nothing is cut: if
a line is too long for its field, the plan leaves the post out, and reports it.
"""

from collections.abc import Iterator
from typing import Final

from asithappened.core import body as b
from asithappened.core import limits, text, urls
from asithappened.importers.formats.page_text import prose
from asithappened.importers.formats.page_text.units import CITE, CREDIT, ITEM, SIGNATURE, Sort, Unit
from asithappened.media.links.embed_code import iso

_DEEPEST: Final = limits.BODY_DEPTH // 2 - 2  # from 0; each level is a list and an item


def headline_of(units: list[Unit]) -> tuple[str, list[Unit]]:
    """Return a post's headline, or "", and the units without it."""
    if units and prose.is_headline(units[0], units[1] if len(units) > 1 else None):
        return units[0].words, units[1:]
    return "", units


def body_of(units: list[Unit]) -> b.Doc:
    """Make a body of a post's units, which are without its headline and its "Updated"."""
    out: list[b.Block] = []
    for unit in units:
        if unit.sort is Sort.TEXT and unit.quoted:
            cite = CITE.match(unit.words)
            last = out[-1] if out else None
            if cite and isinstance(last, b.Quote):
                out[-1] = b.Quote(attrs=b.QuoteAttrs(cite=cite["cite"]), content=last.content)
            elif isinstance(last, b.Quote):
                out[-1] = b.Quote(attrs=last.attrs, content=(*last.content, _paragraph(unit.lines)))
            else:
                out.append(b.Quote(content=(_paragraph(unit.lines),)))
        else:
            out.append(_block(unit))
    return b.Doc(content=tuple(out))


def _block(unit: Unit) -> b.Block:
    match unit.sort:
        case Sort.LIST:
            return next(_lists(unit.lines))
        case Sort.PHOTO:
            return _photo(unit.lines)
        case Sort.SOCIAL:
            return _social(unit)
        case Sort.CARD:
            return _card(unit.lines)
        case _:
            return _paragraph(unit.lines)


def _paragraph(lines: list[str]) -> b.Paragraph:
    content: list[b.Inline] = []
    for line in lines:
        if content:
            content.append(b.HardBreak())
        content.append(b.Text(text=text.one_line(line)))
    return b.Paragraph(content=tuple(content))


def _lists(lines: list[str]) -> Iterator[b.BulletList | b.OrderedList]:
    """Yield the list that some lines make; a deeper indent begins a list inside the item above."""
    items: list[tuple[list[str], list[str]]] = []  # an item's own lines, and those of lists inside it
    first = ITEM.match(lines[0])
    assert first, "a list begins with an item"
    level = _level(lines[0])
    for line in lines:
        match = ITEM.match(line)
        if match and (not items or _level(line) <= level):
            items.append(([match["words"]], []))
        elif match or items[-1][1]:
            items[-1][1].append(line)
        else:
            items[-1][0].append(line.strip())
    made = tuple(b.ListItem(content=(_paragraph(own), *(_lists(inner) if inner else ()))) for own, inner in items)
    yield b.OrderedList(content=made) if first["mark"].strip()[0].isdigit() else b.BulletList(content=made)


def _level(line: str) -> int:
    """Return an item's depth, at most the depth that a body allows for lists."""
    return min((len(line) - len(line.lstrip())) // 2, _DEEPEST)


def _photo(lines: list[str]) -> b.Image:
    """Return a photo: its lines are the alt text, and the last one has the caption and the credit."""
    credited = text.one_line(lines[-1])
    match = CREDIT.search(credited)
    assert match, "a photo has a credit"
    return b.Image(
        attrs=b.ImageAttrs(
            alt=text.one_line(" ".join(lines[:-1])),
            caption=credited[: match.start("credit")].strip(),
            credit=match["credit"],
        )
    )


def _social(unit: Unit) -> b.Social:
    match = SIGNATURE.match(unit.signature)
    assert match, "a social post is signed"
    return b.Social(
        attrs=b.SocialAttrs(
            platform="twitter",
            author=match["author"] or "",
            handle=match["handle"],
            text="\n".join(unit.lines),
            date=iso(match["date"]),
        )
    )


def _card(lines: list[str]) -> b.Card:
    lines = [text.one_line(line) for line in lines]
    url = lines.pop() if urls.is_url(lines[-1]) else ""
    title = lines[0] if lines else ""
    label, found, rest = title.partition(": ")
    named = found and label == "Related"
    return b.Card(
        attrs=b.CardAttrs(
            url=url,
            label=label if named else "",
            title=rest if named else title,
            text=" ".join(lines[1:]),
        )
    )
