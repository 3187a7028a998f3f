"""German noun phrases that begin at a place, as far as saying who speaks needs them.

Owns where one ends, whose case its article shows, and the name in one: every noun has a capital, so that names are told
by what stands before them ("Trainer Klaus Lohe", "die Agentur Reuters"). Look next: `german`.
"""

from collections.abc import Sequence
from typing import Final

from asithappened.ledger.speech.clauses import Item
from asithappened.ledger.speech.grammar import Grammar, Speaker
from asithappened.ledger.speech.phrase import Phrase

PRONOUNS: Final = frozenset({"er", "sie", "ich", "wir"})
_ARTICLES: Final = frozenset(
    {"der", "die", "das", "dem", "den", "des", "ein", "eine", "einem", "einen", "einer", "eines", "kein", "keine"}
)
_OWNING: Final = ("sein", "ihr", "unser")
_MANY: Final = frozenset({"mehrere", "viele", "einige", "alle", "beide", "manche", "zwei", "drei", "vier", "fünf"})
OBLIQUE: Final = frozenset({"dem", "den", "des", "einem", "einen", "eines"})
_OF: Final = frozenset({"der", "des", "einer", "eines", "deren", "dessen"})
_LINKS: Final = frozenset({"von", "vom", "für", "bei", "beim", "aus"})
_ENDINGS: Final = ("e", "en", "er", "es", "em")
_IN_NAMES: Final = frozenset({"von", "van", "der", "zu", "de", "al", "el", "bin"})
_LISTENERS: Final = frozenset({"reportern", "journalisten", "journalistinnen", "abgeordneten"})
_TITLE: Final = 6  # words of a title in quotation marks
_LONGEST: Final = 16  # items
_SUFFIX: Final = 5  # letters: a shorter noun may end another by chance


def speaker(low: str, grammar: Grammar) -> Speaker | None:
    """Return what a noun says of who speaks, also as the last part of another: "Regierungssprecher"."""
    for form in (low, low.removesuffix("s"), low.removesuffix("es"), low.removesuffix("n"), low.removesuffix("en")):
        if (found := grammar.speakers.get(form)) is not None:
            return found
    known = (grammar.speakers.get(low[at:]) for at in range(1, len(low) - _SUFFIX + 1))
    return next((one for one in known if one is not None), None)


def is_title(items: Sequence[Item], at: int) -> bool:
    """Say whether words in quotation marks are a name, as papers' are: "der „Kurier“", no quotation."""
    item = items[at]
    if item.kind != "quote" or not at or len(item.text.split()) > _TITLE or item.text[-2:-1] in ",.!?…":
        return False
    left = items[at - 1]
    return left.low in _ARTICLES | {"laut", "gegenüber", "im", "vom", "beim"} or (
        left.capital and not left.roles and left.kind == "word"
    )


def after(items: Sequence[Item], at: int, grammar: Grammar) -> Phrase | None:
    """Return the noun phrase that begins at a place."""
    if at >= len(items):
        return None
    if items[at].low in PRONOUNS and not (at + 1 < len(items) and items[at].low == "sie" and _noun(items[at + 1])):
        return Phrase(at, at, at, "pronoun")
    first, article = at, False
    while at < len(items) and at < first + _LONGEST and _before_noun(items, at):
        article = True
        at += 1
    nouns = at
    last = _run(items, at, article, grammar)
    if last < nouns:
        return None
    phrase = _named(items, first, nouns, last, article, grammar)
    if phrase.name_first < 0 and (named := _apposed(items, phrase, grammar)) is not None:
        return named
    return phrase


def nominative(items: Sequence[Item], phrase: Phrase) -> bool:
    """Say whether a phrase's article lets it be a subject."""
    return items[phrase.first].low not in OBLIQUE


def _noun(item: Item) -> bool:
    return item.kind in {"word", "name"} and item.capital and not item.roles


def _before_noun(items: Sequence[Item], at: int) -> bool:
    """Say whether an item is an article, a number or an adjective of a noun that follows."""
    item = items[at]
    if item.low in _ARTICLES | _MANY or item.kind == "number" or item.low.startswith(_OWNING):
        return item.low not in {"seit", "seitdem", "ihnen"}
    plain = item.kind == "word" and not item.capital and not item.roles and item.low.endswith(_ENDINGS)
    return plain and any(_noun(one) for one in items[at + 1 : at + 4])


def _run(items: Sequence[Item], at: int, article: bool, grammar: Grammar) -> int:
    """Return the last of the nouns and names that begin at a place, with what is theirs behind them."""
    last = at - 1
    while at < len(items):
        item = items[at]
        if _noun(item) and not (last >= 0 and item.low in _LISTENERS):
            last = at
        elif is_title(items, at) and (last == at - 1 or article):
            last = at
            if at + 2 < len(items) and items[at + 1].text == "-" and _noun(items[at + 2]):
                last = at = at + 2  # "der „Bild“-Zeitung"
        elif last == at - 1 >= 0 and (further := _in_name(items, at, grammar)):
            last = at = further
        elif not (item.text == "." and last == at - 1 and items[last].low in grammar.titles):
            break
        at += 1
    return last


def _in_name(items: Sequence[Item], at: int, grammar: Grammar) -> int:
    """Return the noun behind small words inside a name, "Olga von der Heide", no "Sprecher von Lohe"; 0 without."""
    if items[at].low not in _IN_NAMES or items[at - 1].low not in grammar.genders:
        return 0
    ahead = at + 1 + (at + 1 < len(items) and items[at + 1].low in _IN_NAMES)
    return ahead if ahead < len(items) and _noun(items[ahead]) else 0


def _named(items: Sequence[Item], first: int, nouns: int, last: int, article: bool, grammar: Grammar) -> Phrase:
    called = [at for at in range(nouns, last) if _called(items, at, grammar)]
    begins = called[-1] + 1 if called else nouns + 1 if article and last > nouns else nouns
    while begins < last and items[begins].text == ".":
        begins += 1
    title = next((at for at in range(nouns, last + 1) if items[at].kind == "quote"), -1)
    if title >= 0:
        return Phrase(first, last, title, "name", title, title)
    known = speaker(items[last].low, grammar)
    if last > nouns and known is None and begins <= last:
        return Phrase(first, last, last, "name", begins, last)
    if not article and known is None:
        return Phrase(first, last, last, "name", last, last)
    head, end = last, _with_genitive(items, last, grammar)
    plural = known is not None and known.what == "people"
    return Phrase(first, end, head, "noun", plural=plural)


def _called(items: Sequence[Item], at: int, grammar: Grammar) -> bool:
    low = items[at].low
    known = speaker(low, grammar)  # a body's name has what it is in it: "Polizei Neuweiler"
    return low in grammar.titles or low in grammar.kinds or (known is not None and known.what != "body")


def _with_genitive(items: Sequence[Item], last: int, grammar: Grammar) -> int:
    """Return the end of a noun with whose it is: "ein Sprecher der Feuerwehr", "ein Bericht des „Kuriers“"."""
    at = last + 1
    if at + 1 >= len(items):
        return last
    links = items[at].low in _LINKS and speaker(items[last].low, grammar) is not None
    if not links and items[at].low not in _OF:
        return last
    at += links
    nouns = at
    while nouns < len(items) and nouns < at + _LONGEST and _before_noun(items, nouns):
        nouns += 1
    end = _run(items, nouns, True, grammar)
    if end < nouns or items[nouns].may("time"):
        return last
    outlet = any(one.kind == "quote" or one.low in grammar.kinds for one in items[nouns : end + 1])
    known = speaker(items[last].low, grammar)
    if outlet and not links and known is not None and known.what != "document":
        return last  # "sagte ein Sprecher der Nachrichtenagentur dpa"
    return end


def _apposed(items: Sequence[Item], phrase: Phrase, grammar: Grammar) -> Phrase | None:
    """Return who is named behind an office: "der Bürgermeister, Klaus Lohe,"."""
    at = phrase.last + 1
    known = speaker(items[phrase.head].low, grammar)
    if known is None or known.what not in {"person", "voice"} or at + 2 >= len(items) or items[at].text != ",":
        return None
    last = _run(items, at + 1, False, grammar)
    closed = last + 1 >= len(items) or items[last + 1].text in {",", ".", ":", "!"}
    full = last > at + 1 and all(_noun(one) or one.low in _IN_NAMES for one in items[at + 1 : last + 1])
    return Phrase(at + 1, last, last, "name", at + 1, last, begin=phrase.first) if full and closed else None
