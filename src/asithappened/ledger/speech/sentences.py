"""A part's sentences with all that is said in them, read once for every suggester that asks.

Owns joining cues of verbs and of nouns, and reading on inside a quotation, where others may be quoted again. Look next:
`attribution`, `hedges`.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from asithappened.ledger.language import lexicon
from asithappened.ledger.speech import german, spanish
from asithappened.ledger.speech.clauses import Unit, inside_of, units
from asithappened.ledger.speech.cues import said_in
from asithappened.ledger.speech.grammar import Grammar, grammar
from asithappened.ledger.speech.nouns import nouns_in
from asithappened.ledger.speech.said import Said

_WORTH: Final = 20  # characters: a shorter quotation quotes nobody else
# Languages in which what is said is shown by other forms than in English.
_READERS: Final[Mapping[str, Callable[[Unit, Grammar], list[Said]]]] = {"de": german.said_in, "es": spanish.said_in}
_DEPTH: Final = 2  # quotations inside quotations are read, and none inside those


class Sentence(NamedTuple):
    """A sentence, and what is said in it by cue, in order. `quoted`: its quotations that are worth reading."""

    unit: Unit
    said: tuple[Said, ...]
    quoted: tuple["Quoted", ...] = ()


class Quoted(NamedTuple):
    """A quotation read: its words, where they begin in its part or the quotation around it, and their sentences."""

    start: int
    text: str
    sentences: tuple[Sentence, ...]


def sentences_of(text: str, language: str, *, continued: bool = False, inside: bool = False) -> tuple[Sentence, ...]:
    """Return a text's sentences. `continued`, `inside`: as for `clauses.units`."""
    return _kept(text, language, continued, inside)


def is_reported(unit: Unit, language: str) -> bool:
    """Say whether the form of its verb alone shows that a sentence goes on with what somebody said."""
    return language.startswith("de") and german.is_reported(unit)


@lru_cache(maxsize=256)
def _kept(text: str, language: str, continued: bool, inside: bool) -> tuple[Sentence, ...]:
    return _read(text, grammar(language), continued, inside, _DEPTH)


def _read(text: str, rules: Grammar, continued: bool, inside: bool, depth: int) -> tuple[Sentence, ...]:
    found = []
    for unit in units(text, rules, continued=continued, inside=inside, marked=depth < _DEPTH):
        said = _said_in(unit, rules)
        found.append(Sentence(unit, tuple(sorted(said, key=lambda one: one.first)), _quoted(unit, rules, depth)))
    return tuple(found)


def _said_in(unit: Unit, rules: Grammar) -> list[Said]:
    if (reader := _READERS.get(rules.language)) is not None:
        return reader(unit, rules)
    said = said_in(unit, rules)
    taken = {at for one in said for at in range(one.first, one.last + 1)}
    return said + [one for one in nouns_in(unit, rules) if one.first not in taken]


def _quoted(unit: Unit, rules: Grammar, depth: int) -> tuple[Quoted, ...]:
    found = []
    for item in unit.items if depth else ():
        if item.kind == "quote" and len(item.text) > _WORTH:
            words = inside_of(item)
            sentences = _read(words, rules, False, True, depth - 1)
            if any(one.said or one.quoted for one in sentences):
                found.append(Quoted(item.start + item.text.index(words), words, sentences))
    return tuple(found)


lexicon.on_other_lists(_kept.cache_clear)
