"""What is said, of a sentence's cues: where it begins and ends, how it is quoted, and what is inside what.

Owns those questions about one sentence. Look next: `attribution`, which asks them.
"""

from collections.abc import Sequence

from asithappened.ledger.speech.clauses import Item, Unit
from asithappened.ledger.speech.relays import Passed
from asithappened.ledger.speech.said import Said
from asithappened.ledger.speech.sentences import Sentence


def content_of(sentences: Sequence[Sentence], number: int, one: Said) -> tuple[int, int]:
    """Return where what is said begins and ends, in characters of its part."""
    unit = sentences[number].unit
    items = unit.items
    end = items[-1].end if items[-1].text not in {".", "!", "?", "…", ":"} or len(items) == 1 else items[-2].end
    if one.sign == "before":
        if one.content < 0:
            before = sentences[number - 1].unit.items[-1] if number else items[0]
            return before.start, before.end
        if one.content > one.last:
            return _behind_source(items, one.content, end)
        content = items[max(min(one.content, len(items) - 1), 0)]
        begin = items[0].start if content.kind != "quote" else content.start
        quote = next((item for item in items[one.last + 1 :] if item.kind == "quote"), None)
        return begin, quote.end if quote is not None and content.kind == "quote" else content.end
    if 0 <= one.content < len(items):
        start = items[one.content].start
        return (start, max(end, start + 1)) if start < end else (items[one.content].start, items[one.content].end)
    start = items[one.last].start if one.last + 1 >= len(items) else items[one.last + 1].start
    return (start, end) if start < end else (items[one.first].start, items[one.last].end)


def _behind_source(items: Sequence[Item], at: int, end: int) -> tuple[int, int]:
    """Return what stands behind "according to Lind,"; the whole sentence, where no mark says where it begins."""
    begins = at if items[at].kind == "quote" else at + 1 if items[at].text in {",", ":"} else 0
    start = items[begins].start if begins < len(items) else end
    return (start, end) if start < end else (items[0].start, max(end, items[0].end))


def carried_by(said: Sequence[Said], one: Passed, passed: Sequence[Passed]) -> int | None:
    """Return which of a sentence's statements came by an outlet: the innermost; None if none did."""
    carriers = {other.by for other in passed if other.by is not None}
    inner = [n for n, other in enumerate(said) if other not in carriers]
    if inner:
        if one.mode == "told":
            near = [n for n in inner if said[n].first < one.outlet.first]
            return near[-1] if near else inner[0]
        behind = [n for n in inner if one.by is None or said[n].first > one.by.first]
        return behind[-1] if behind else inner[-1]
    return said.index(one.by) if one.by is not None else (0 if said else None)


def quoted_by(unit: Unit, one: Said, said: Sequence[Said]) -> bool:
    """Say whether something is said inside what another says: "Lind says Osei said …"."""
    before = next((other for other in reversed(said) if other.first < one.first), None)
    if before is None or one.source is None or before.sign not in {"that", "clause"} or one.source.kind == "pronoun":
        return False
    begins = one.source.whole
    between = unit.lows[before.last + 1 : begins]
    return before.content <= begins and not {"and", "but", "while", ";", "who"}.intersection(between)


def alone(unit: Unit) -> Item | None:
    """Return the quotation that is all of a sentence."""
    quotes = [item for item in unit.items if item.kind == "quote"]
    others = [item for item in unit.items if item.kind not in {"quote", "mark"}]
    return quotes[0] if len(quotes) == 1 and not others else None


def kind_of_quote(items: tuple[Item, ...], start: int, end: int) -> str:
    """Say how words are given by how many of them are in quotation marks."""
    inside = [item for item in items if item.start >= start and item.end <= end]
    quotes = [item for item in inside if item.kind == "quote"]
    words = [item for item in inside if item.kind in {"word", "number"}]
    if not quotes:
        return "indirect"
    return "mixed" if words and quotes[0].start != start else "direct"
