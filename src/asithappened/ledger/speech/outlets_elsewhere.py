"""Outlets in German and Spanish: which ones a sentence names, and how each passed on what was said.

Owns what differs from English: a paper's name in quotation marks ("der „Kurier“"), names in one word ("Südwestfunk"),
names behind what they are ("la cadena Onda Mida"), and the prepositions that make one a relay. Look next: `outlets` and
`relays` for English, which ask here.
"""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from asithappened.ledger.language import lexicon
from asithappened.ledger.language.wordings import Wordings
from asithappened.ledger.speech.clauses import Item, Unit
from asithappened.ledger.speech.phrase import words
from asithappened.ledger.speech.said import Said
from asithappened.ledger.suggestions import RelayMode

_TITLE: Final = 6  # words of a name in quotation marks
_NEAR: Final = 5  # items before an outlet in which it stands how it passed something on
_SUFFIX: Final = 4  # letters
# With a capital these begin a name, and are part of it: "Radio Mida", "Cadena Mida".
_FIRST: Final = frozenset({"radio", "onda", "cadena", "canal", "televisión", "tele", "diario", "antena"})
_PARTS: Final = frozenset({"de", "del", "la", "el", "los", "las", "am", "y"})


# Papers' names that are nouns as well: they count in quotation marks, or behind what they are.
_NOUNS_TOO: Final = frozenset({"zeit", "welt", "bild", "stern", "blick", "presse", "standard", "kurier", "focus", "sky",
                               "phoenix", "times"})  # fmt: skip


class Named(NamedTuple):
    """An outlet's name in a sentence, items `first` to `last` (one past); its usual name; its kind."""

    first: int
    last: int
    name: str
    kind: str


class _Words(NamedTuple):
    citing: tuple[tuple[str, ...], ...]
    told: frozenset[str]
    quotes: frozenset[str]
    between: frozenset[str]  # between one of those and the outlet


_SAYING: Final[Mapping[str, _Words]] = {
    "de": _Words(
        (("unter", "berufung", "auf"), ("unter", "verweis", "auf"), ("beruft", "sich", "auf"),
         ("beriefen", "sich", "auf"), ("berief", "sich", "auf")),
        frozenset({"gegenüber", "im", "in", "dem", "der", "bei", "beim", "mit", "den", "zu", "vom", "von"}),
        frozenset({"zitiert", "zitierte", "zitieren"}),
        frozenset({"der", "dem", "den", "die", "das", "des", "heutigen"}),
    ),
    "es": _Words(
        (("citando", "a"), ("que", "cita", "a"), ("cita", "a"), ("citado", "por")),
        frozenset({"a", "al", "en", "con", "para", "por"}),
        frozenset({"cita", "citó", "recoge", "recogió"}),
        frozenset({"la", "el", "los", "las", "este", "propio", "propia"}),
    ),
}  # fmt: skip


@lexicon.kept
def _listed(language: str) -> Wordings:
    return Wordings(lexicon.load(language, "outlets"))


@lexicon.kept
def _lists(language: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the words for what an outlet is, and the last words of outlets' names."""
    return frozenset(lexicon.load(language, "outlet_kinds")), tuple(lexicon.load(language, "outlet_words"))


def named_in(unit: Unit, language: str) -> list[Named]:
    """Return the outlets that a sentence names, in order."""
    items, taken, found = unit.items, set[int](), list[Named]()
    listed = _listed(language)
    for one in listed.find(unit.lows):
        if unit.lows[one.last - 1] in _NOUNS_TOO:
            continue
        if _capitals(items, one.first, one.last, one.values[-1]) and not _longer(items, one.first, one.last):
            found.append(Named(one.first, one.last, one.values[-1], one.values[0]))
            taken.update(range(one.first, one.last))
    kinds, last_words = _lists(language)
    for at, item in enumerate(items):
        if at in taken:
            continue
        one_named = _title(items, at, listed, kinds, last_words) if item.kind == "quote" else None
        if one_named is None and item.low in kinds and at + 1 < len(items) and at + 1 not in taken:
            one_named = _behind_kind(items, at)
        if one_named is None and item.capital and not (at and _joined(items, at - 1)):
            one_named = _by_its_words(items, at, language, last_words)
        if one_named is not None and taken.isdisjoint(range(one_named.first, one_named.last)):
            found.append(one_named)
            taken.update(range(one_named.first, one_named.last))
    return sorted(found)


def passed_by(unit: Unit, said: Sequence[Said], one: Named, language: str) -> tuple[RelayMode, Said | None] | None:
    """Return how an outlet passed on what a sentence says, and the cue whose subject it is; None if it did not."""
    subject = next(
        (by for by in said if by.source and by.source.whole <= one.first and one.last - 1 <= by.source.last), None
    )
    if subject is not None:
        return "reports", subject
    lists, lows = _SAYING[language], unit.lows
    at = one.first
    kinds = _lists(language)[0]
    while at > 0 and (lows[at - 1] in kinds | lists.between - lists.told or unit.items[at - 1].text == ","):
        at -= 1
    before = lows[max(0, at - _NEAR) : at]
    article = before[-1:] and before[-1] in lists.between
    shorter = before[:-1] if article else before
    if any(tail[-len(form) :] == form for form in lists.citing for tail in (before, shorter)):
        return "citing", None
    if lists.quotes & {*lows[one.last : one.last + 2]}:
        return "quotes", None
    told = (before[-1:] and before[-1] in lists.told) or (shorter[-1:] and shorter[-1] in lists.told)
    spoke = any(cue.source is not None or cue.how == "active" for cue in said if cue.how != "noun")
    if told and said and (spoke or any(cue.how != "noun" for cue in said)):
        return "told", None
    return None


def _capitals(items: Sequence[Item], first: int, last: int, usual: str) -> bool:
    """Say whether a listed name stands there as names are printed: "Reuters", "EFE", no "el país"."""
    begins = next((at for at in range(first, last) if items[at].low not in _PARTS), first)
    if usual.isupper() and last - first == 1:
        return items[first].text.isupper() or (len(usual) > 2 and items[first].text.istitle())
    named = items[begins].capital and (begins == first or items[first].capital)  # no "el País Vasco"
    return named or not any(letter.isupper() for letter in usual)


def _longer(items: Sequence[Item], first: int, last: int) -> bool:
    """Say whether it is part of a longer name: "Reuters" of "Reuters Breakingviews"."""
    behind = items[last] if last < len(items) else None
    short = last - first == 1 or items[first].low in _PARTS
    return short and behind is not None and behind.capital and not behind.roles and not items[first].text.isupper()


def _title(
    items: Sequence[Item], at: int, listed: Wordings, kinds: frozenset[str], last_words: tuple[str, ...]
) -> Named | None:
    """Return an outlet whose name is in quotation marks: "der „Kurier“", "die „Bild“-Zeitung"."""
    inner = items[at].text.strip("„“”«»\"'‚‘’").strip()
    lows = inner.lower().split()
    if not lows or len(lows) > _TITLE or inner[-1] in ",.!?…":
        return None
    known = next(iter(listed.find(lows)), None)
    called = at > 0 and items[at - 1].low in kinds
    further = at + 2 < len(items) and items[at + 1].text == "-" and items[at + 2].low.endswith(last_words)
    ends = bool(last_words) and lows[-1].endswith(last_words)
    if (known is not None and known.last == len(lows)) or called or further or ends:
        name = known.values[-1] if known is not None and known.last == len(lows) else inner
        return Named(at, at + 1, name, "paper")
    return None


def _behind_kind(items: Sequence[Item], at: int) -> Named | None:
    """Return the capitals behind what an outlet is: "la cadena Onda Mida", "der Sender Mida Eins"."""
    last = _run(items, at + 1)
    begins = at if items[at].capital and items[at].low in _FIRST and at else at + 1
    return Named(begins, last, words(items, begins, last - 1), "called") if last > at + 1 else None


def _by_its_words(items: Sequence[Item], at: int, language: str, last_words: tuple[str, ...]) -> Named | None:
    """Return an outlet that its first or last word shows: "Radio Mida", "Südwestfunk", "Neuweiler Zeitung"."""
    last = _run(items, at)
    if last <= at:
        return None
    begins = at + (items[at].low in _PARTS and last > at + 2)
    if items[begins].low in _FIRST and last > begins + 1:
        return Named(at, last, words(items, at, last - 1), "called")
    low = items[last - 1].low
    alone = last - at == 1
    ends = any(low.endswith(word) and (not alone or len(low) >= len(word) + _SUFFIX) for word in last_words)
    if ends and (language == "de" or not alone):
        first = max(last - 2, at) if language == "de" and not items[last - 2].roles else at
        return Named(first, last, words(items, first, last - 1), "called")
    return None


def _run(items: Sequence[Item], at: int) -> int:
    """Return one past the capitals that begin at a place, with "de" and "la" between them."""
    last = at
    while at < len(items):
        item = items[at]
        if (
            item.capital
            and not item.may("time")
            and (not item.roles or (at + 1 < len(items) and items[at + 1].capital))
        ):
            last = at + 1
        elif not (last > 0 and item.low in _PARTS and last == at - (items[at - 1].low in _PARTS) and last > 0):
            break
        at += 1
    return last


def _joined(items: Sequence[Item], at: int) -> bool:
    return items[at].capital and not items[at].roles and items[at].kind == "word"
