"""A noun phrase as items of a sentence, and the person's name in one.

Owns its words as printed, and where a name begins behind titles ("Libertarian candidate Gary Hart"). Look next:
`noun_phrases`, which finds phrases.
"""

from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

from asithappened.ledger.speech.clauses import Item
from asithappened.ledger.speech.grammar import Grammar

PhraseKind = Literal["name", "pronoun", "noun"]

INSIDE_NAMES: Final = frozenset(
    {
        *(
            "de",
            "von",
            "van",
            "der",
            "den",
            "al",
            "bin",
            "ibn",
            "la",
            "le",
            "da",
            "di",
            "del",
            "du",
            "dos",
            "el",
            "ter",
        ),
        *("of", "the", "&", "for", "y", "zu"),
    }
)
ASIDE: Final = 30  # items: nor what stands between commas in one
REACH: Final = 22  # items: no subject is longer
POSSESSIVE: Final = frozenset({"'s", "’", "'"})
JOINING: Final = frozenset({"and", "&", "und", "y"})


# Nouns and adjectives that end as adverbs do.
NO_ADVERBS: Final = frozenset({"family", "july", "italy", "ally", "assembly", "daily", "weekly", "anomaly", "reply",
                               "monthly", "quarterly", "elderly", "monopoly", "early"})  # fmt: skip
VERBAL: Final = ("be", "have", "do", "modal", "verb")
# Behind a noun these say more of it, and do not say what it did.
_MORE_OF_IT: Final = """
published released issued seen obtained posted shared cited quoted interviewed contacted polled surveyed questioned
commissioned compiled conducted carried produced prepared drafted leaked circulated broadcast aired based named called
known identified involved briefed familiar close attributed dated signed provided handed supplied submitted
"""
PARTICIPLES: Final = frozenset(_MORE_OF_IT.split())


_MARKS: Final = '„“”«»"‚‘’'  # around a paper's name: der „Kurier“


class Phrase(NamedTuple):
    """A noun phrase: its items (`last` included), the head's, and those of a name in it (both -1 if there is none).

    `begin`: where it begins with what is set off, "the mayor," of "the mayor, Ana Ruiz, said"; -1: where it begins.
    """

    first: int
    last: int
    head: int
    kind: PhraseKind
    name_first: int = -1
    name_last: int = -1
    plural: bool = False
    begin: int = -1

    def moved(self, by: int) -> "Phrase":
        """Return the phrase in a sentence that has more items before it."""
        begin, name = (self.begin + by if self.begin >= 0 else -1), self.name_first >= 0
        names = (self.name_first + by, self.name_last + by) if name else (-1, -1)
        return Phrase(self.first + by, self.last + by, self.head + by, self.kind, *names, self.plural, begin)

    @property
    def whole(self) -> int:
        """Return where it begins with what is set off before it."""
        return self.begin if self.begin >= 0 else self.first


def name_of(items: Sequence[Item], phrase: Phrase) -> str:
    """Return the words of a phrase's name; its own, where it has none."""
    first, last = (phrase.name_first, phrase.name_last) if phrase.name_first >= 0 else (phrase.first, phrase.last)
    return words(items, first, last).strip(_MARKS) if first == last else words(items, first, last)


def words(items: Sequence[Item], first: int, last: int) -> str:
    """Return items as they are printed, any space as one."""
    out, end = "", items[first].start
    for item in items[first : last + 1]:
        out += (" " if item.start > end and out else "") + item.text
        end = item.end
    return out


def opened(items: Sequence[Item], at: int) -> int:
    return next((n for n in range(at - 1, max(at - 7, -1), -1) if items[n].text == "("), -1)


def holds_office(items: Sequence[Item], base: int, last: int, grammar: Grammar) -> bool:
    """Say whether a name with "of" ends in what somebody is there: "the Bank of Mida governor"."""
    named = base + 2 < last and items[base].capital and items[base + 1].low == "of" and items[last - 1].capital
    known = grammar.speaker(items[last].low) if named and not items[last].capital else None
    return known is not None and known.what in {"person", "voice", "people"}


def ends_in_office(items: Sequence[Item], head: int, last: int, grammar: Grammar) -> bool:
    """Say whether a name behind a comma may be another's: "a spokesman for the mayor, Olga Lind, said"."""
    known = grammar.speaker(items[last].low) if last > head and not items[last].capital else None
    return known is not None and known.what == "person" and grammar.speaker(items[head].low) is not None


def in_name(items: Sequence[Item], at: int) -> bool:
    """Say whether a small word is inside a name: of "Ministry of Defence" the head is "Ministry"."""
    return items[at].low in {"de", "von", "van", "bin", "al"}


_LETTERS: Final = frozenset({"mp", "mep", "msp", "ms", "am", "td", "qc", "kc", "obe", "mbe", "cbe", "phd", "md"})


_TODAY: Final = frozenset({"today", "tonight", "tomorrow", "now"})
_NO_PERSON: Final = frozenset({"tv"})  # "Midonian state TV"


def name_in(items: Sequence[Item], first: int, last: int, grammar: Grammar) -> tuple[int, int] | None:
    """Return a person's name at the end of some items: capitals without the titles before them."""
    end = last
    while end > first and items[end].text in {")", "’"}:
        bracket = opened(items, end)
        if bracket <= first:
            break
        end = bracket - 1
    if end > first + 1 and items[end].low in _LETTERS and items[end].text.isupper():
        end -= 1  # "Ana Ruiz MP"
    if end < first or not items[end].capital or (items[end].may("time") and not named_by_time(items, end)):
        return None
    at = end
    while at > first and (
        items[at - 1].capital
        or _links(items, at - 1, first)
        or (items[at - 1].text == "." and at - 2 >= first and items[at - 2].capital and len(items[at - 2].text) <= 4)
    ):
        at -= 1
    for inner in range(end, at - 1, -1):
        if items[inner].text == "." and items[inner - 1].low not in grammar.titles:
            continue
        if _of_the_name(items, inner, end, grammar):
            continue
        if inner == end and inner > at and items[inner].capital and items[inner - 1].low in grammar.genders:
            continue  # "Julie Bishop", whose surname is an office
        if items[inner].text == "." or items[inner].low in grammar.titles or items[inner].low in grammar.speakers:
            at = inner + 1
            break
        if items[inner].may("determiner", "possessive"):
            at = inner + 1
            break
    while at < end and items[at].text in {".", "'s", "’s"}:
        at += 1
    if at > end or (at == end > first and items[at].low in _NO_PERSON):
        return None
    known = next((n for n in range(at, end) if items[n].low in grammar.genders), None)
    if known is not None:
        at = known  # "Libertarian candidate Gary Johnson"
    return at, end


def _links(items: Sequence[Item], at: int, first: int) -> bool:
    """Say whether a small word is inside a name: both of "Olga von der Heide"."""
    back = at
    while back > first and items[back].low in INSIDE_NAMES - {"of", "the", "for"}:
        back -= 1
    return back < at and items[back].capital


def named_by_time(items: Sequence[Item], at: int) -> bool:
    """Say whether a word for a time ends a name: "Mida Today", no "Mida Monday"."""
    return at > 0 and items[at].capital and items[at].low in _TODAY and items[at - 1].capital


def _of_the_name(items: Sequence[Item], at: int, end: int, grammar: Grammar) -> bool:
    """Say whether a word for a body is part of its name: "Network Rail", "Police Scotland", but "Minister Lind"."""
    known = grammar.speakers.get(items[at].low)
    if at == end or not items[at].capital or known is None or items[at + 1].low in grammar.genders:
        return False
    return known.what == "body" or items[at].low == "police"


def phrase_of(
    items: Sequence[Item], first: int, last: int, head: int, named: tuple[int, int] | None, grammar: Grammar
) -> Phrase:
    """Return a phrase of items, by the name in it or by its head."""
    if named:
        return Phrase(first, last, named[1], "name", *named)
    capital = items[head].capital and not items[head].roles
    kind: PhraseKind = "name" if capital and not grammar.speaker(items[head].low) else "noun"
    return Phrase(first, last, head, kind, plural=_plural(items[head], grammar))


_ONE_DOCUMENT: Final = frozenset({"news", "series", "analysis", "prognosis"})


def _plural(item: Item, grammar: Grammar) -> bool:
    known = grammar.speaker(item.low)
    if known and known.what == "document":
        return item.low.endswith("s") and item.low not in _ONE_DOCUMENT and not item.low.endswith("ss")
    if known:
        return known.what == "people" or (known.what == "body" and item.low not in grammar.speakers)  # "the unions"
    return item.low.endswith("s") and not item.low.endswith(("ss", "us", "is")) and not item.capital
