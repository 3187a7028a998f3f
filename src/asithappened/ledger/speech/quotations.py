"""Words that nobody's verb claims: a quotation behind a colon or in a headline, the turns of a transcript.

Owns where such words stand, and whose a headline's are: of who says them in the post. Look next: `attribution`, which
asks, `introducing` for a name and a colon.
"""

import re
from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from asithappened.ledger.speech.clauses import Item, Unit
from asithappened.ledger.suggestions import Attribution
from asithappened.ledger.views import Part, PartView

_FEW: Final = 3  # words: fewer in quotation marks are a name for something
_SHORT: Final = 12  # items: a question that is only asked so that an answer follows
_LABEL: Final = re.compile(r"\s*([A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3}):\s+\S")
_NO_LETTERS: Final = re.compile(r"[\W_]+")
_ASKERS: Final = frozenset({"Q", "QUESTION", "Question"})


def behind_colon(unit: Unit) -> Item | None:
    """Return the whole sentences in quotation marks that a sentence ends with: "Lind had no doubt: “It will hold.”"."""
    items = unit.items
    last = len(items) - 1 if items[-1].kind == "quote" else len(items) - 2
    if last < 2 or items[last].kind != "quote" or items[last - 1].text != ":" or _is_short(items[last]):
        return None
    if not {"i", "we"}.isdisjoint(unit.lows[:3]):
        return None  # "We know how it begins: “It was late.”"
    words = items[last].text
    whole = not words[1:2].islower() and (words[-2:-1] in {".", "!", "?", "…"} or words[-1] in ".!?…")
    return items[last] if whole and not any(item.kind == "quote" for item in items[:last]) else None


def before_colon(unit: Unit) -> Unit:
    """Return what stands before a colon and the quotation that ends a sentence."""
    colon = next(at for at in range(len(unit.items) - 1, -1, -1) if unit.items[at].text == ":")
    return unit._replace(items=unit.items[: colon + 1], lows=unit.lows[: colon + 1])


def in_headline(unit: Unit) -> Item | None:
    """Return the quotation beside a headline's colon: "‘We ran’: Mida after the fire", "Mida 3-1 Kern: ‘We ran’"."""
    items = unit.items
    quotes = [at for at, item in enumerate(items) if item.kind == "quote"]
    if len(quotes) != 1 or _is_short(items[quotes[0]]):
        return None
    at = quotes[0]
    begins = at == 0 and len(items) > 2 and items[1].text in {":", "–", "—"}
    ends = at == len(items) - 1 and at > 1 and items[at - 1].text == ":"
    return items[at] if begins or ends else None


def only_asks(unit: Unit) -> bool:
    """Say whether a sentence is a question that names nobody, which an answer follows: "Who says so? “Everybody.”"."""
    return unit.ends_with("?") and len(unit.items) <= _SHORT and not any(item.capital for item in unit.items[1:])


def turns(parts: Sequence[PartView]) -> frozenset[int]:
    """Return which parts are turns of a transcript: paragraphs that begin with who speaks, where one does so twice.

    A turn's words are the whole paragraph.
    """
    labels = dict[int, str]()
    for at, part in enumerate(parts):
        if part.kind is Part.PARAGRAPH and (label := _LABEL.match(part.text)):
            labels[at] = label[1]
    seen = list(labels.values())
    of_two = any(seen.count(label) > 1 for label in seen) and len(set(seen)) > 1
    asked = not _ASKERS.isdisjoint(seen)
    return frozenset(at for at, label in labels.items() if (of_two or asked) and label not in _ASKERS)


def is_turn(part: PartView, label: Sequence[Item]) -> bool:
    """Say whether a label in capitals begins a turn, which is the whole paragraph: "ANA RUIZ: No. Never."."""
    words = [item.text for item in label if item.text != ":"]
    begins = part.kind is Part.PARAGRAPH and label[0].start == 0
    return begins and len(words) > 1 and all(word.isupper() for word in words)


def told_by_the_post(found: list[Attribution], headline: PartView) -> None:
    """Give the words that a headline quotes to who says the same words in the post, where that is one."""
    for at, one in enumerate(found):
        words = _letters(one.exact) if one.quote == "direct" and headline.start <= one.start < headline.end else ""
        if len(words) < _SHORT or one.cue_end:
            continue
        others = {
            other.source
            for other in found
            if not headline.start <= other.start < headline.end and words in _letters(other.exact) and other.source
        }
        if len(others) == 1:
            found[at] = replace(one, source=others.pop())


def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", text).lower()


def _is_short(quote: Item) -> bool:
    return len(quote.text.split()) < _FEW
