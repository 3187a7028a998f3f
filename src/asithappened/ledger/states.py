"""Suggests states: an air alert that is on or over, a road that is closed or open again, a trial that is adjourned.

Owns finding a thing and its value in one sentence, as the lexicon `states` names them. What is denied, asked or only
possible is no state. Look next: `places` for where.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from asithappened.ledger.geography.places import in_part as places_in
from asithappened.ledger.language import lexicon, tokens
from asithappened.ledger.language.by_part import by_part
from asithappened.ledger.language.tokens import Sentence, Token, Tokens
from asithappened.ledger.suggestions import State
from asithappened.ledger.views import BlogView, Part, PartView, PostView

NEAR: Final = 8  # tokens between a thing and its value
_LONGEST: Final = 4
_UNSURE: Final = frozenset(
    {"not", "no", "never", "if", "unless", "until", "till", "may", "might", "could", "would", "should", "will",
     "can", "to", "before", "likely", "possible", "whether", "expected", "threatened", "threatens", "planned",
     "plans", "hopes", "nicht", "kein", "keine", "ob", "bis", "nunca", "si", "hasta"}
)  # fmt: skip
_ENDS: Final = frozenset(";:.!?•|")


class _Term(NamedTuple):
    first: int
    last: int
    values: tuple[str, ...]


class _Found(NamedTuple):
    start: int
    end: int
    label: str
    value: str
    places: tuple[str, ...]


class States:
    """Suggests states."""

    name = "states"
    version = "1"
    kinds = frozenset({"state"})

    def suggest(self, post: PostView, blog: BlogView) -> Iterator[State]:
        """Yield the states that a post says, each once."""
        seen: set[tuple[str, str, tuple[str, ...]]] = set()
        for part in post.parts:
            for one in _in_part(part, blog.language):
                if (one.label, one.value, one.places) in seen:
                    continue
                seen.add((one.label, one.value, one.places))
                start, end = part.start + one.start, part.start + one.end
                yield State(
                    post=post.number,
                    start=start,
                    end=end,
                    exact=post.text[start:end],
                    confidence=70,
                    rule=f"states.{one.value.replace(' ', '_')}",
                    label=one.label,
                    value=one.value,
                    places=one.places,
                )


class _Listed(NamedTuple):
    """The phrases of the list, their first words, and a pattern that every text with a thing of it has."""

    phrases: Mapping[str, tuple[str, ...]]
    first: frozenset[str]
    hint: re.Pattern[str]


@lexicon.kept
def _listed(language: str) -> _Listed:
    listed = lexicon.load(language, "states")
    things = sorted((re.escape(phrase) for phrase, values in listed.items() if values[0] == "thing"), key=len)
    hint = re.compile(rf"\b(?:{'|'.join(reversed(things)) or '(?!)'})\b", re.IGNORECASE)
    return _Listed(listed, frozenset(phrase.partition(" ")[0] for phrase in listed), hint)


def _read_part(part: PartView, language: str) -> tuple[_Found, ...]:
    listed = _listed(language)
    if part.kind == Part.SIGNATURE or not listed.hint.search(part.text):
        return ()
    read = tokens.read(part.text)
    return tuple(found for sentence in read.sentences for found in _in_sentence(read, sentence, listed, part, language))


_in_part = by_part(_read_part)


def _in_sentence(read: Tokens, sentence: Sentence, listed: _Listed, part: PartView, language: str) -> Iterator[_Found]:
    terms = list(_terms_in(read.tokens, sentence, listed))
    things = [term for term in terms if term.values[0] == "thing"]
    taken = set[int]()
    for thing in things:
        fitting = (
            value
            for value in terms
            if value.values[0] == "value" and value.first not in taken and _of_thing(read.tokens, thing, value)
        )
        best = min(fitting, key=lambda value: abs(value.first - thing.first), default=None)
        if best is None or read.tokens[sentence.last - 1].text == "?":
            continue
        taken.add(best.first)
        start = read.tokens[min(thing.first, best.first)].start
        end = read.tokens[max(thing.last, best.last) - 1].end
        where = [one.name for one in places_in(part, language) if sentence.start <= one.start < sentence.end]
        yield _Found(start, end, thing.values[1], best.values[1].partition(" or ")[0], tuple(dict.fromkeys(where))[:8])


def _terms_in(words: tuple[Token, ...], sentence: Sentence, listed: _Listed) -> Iterator[_Term]:
    at = sentence.first
    while at < sentence.last:
        longest = min(_LONGEST, sentence.last - at) if words[at].low in listed.first else 0
        for length in range(longest, 0, -1):
            values = listed.phrases.get(" ".join(word.low for word in words[at : at + length]))
            if values:
                yield _Term(at, at + length, values)
                at += length - 1
                break
        at += 1


def _of_thing(words: tuple[Token, ...], thing: _Term, value: _Term) -> bool:
    """Say whether a value is a thing's: of its group, near, and said as a fact."""
    group = thing.values[2]
    if group not in value.values[2:]:
        return False
    if value.first >= thing.last:
        between = words[thing.last : value.first]
        if len(between) > NEAR or "before" in value.values[2:]:
            return False
        if _with(value) and between:
            return False
    else:
        between = words[value.last : thing.first]
        if len(between) > (4 if "before" in value.values[2:] else 2) or _with(value):
            return False
    begins = min(thing.first, value.first)
    around = (
        *(word for word in (*between[:-3], *words[max(0, begins - 3) : begins]) if word.low != "to"),
        *between[-3:],
    )
    if any(word.text in _ENDS for word in between) or any(
        word.low in {"that", "which", "who", "and", "but"} for word in between
    ):
        return False
    unsure = any(
        word.low in _UNSURE or word.low.endswith("n't") for word in around if word in between or word.low != "to"
    )
    return not unsure


def _with(value: _Term) -> bool:
    """Say whether a value stands right behind its thing: "power outage"."""
    return "with" in value.values[2:]
