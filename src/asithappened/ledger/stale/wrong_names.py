"""Names among wrong words, and what a longer one is without what it is of: "San Jorge" of "hospital San Jorge".

Owns telling a name by its capitals. Look next: `sweep_words`.
"""

from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

from asithappened.ledger.changes import Corrected
from asithappened.ledger.geography import same_place
from asithappened.ledger.language import clause, lexicon
from asithappened.ledger.language.phrases import phrases
from asithappened.ledger.language.roles import roles
from asithappened.ledger.language.tokens import Token, read

_SPANISH: Final = 3  # a first name and two surnames
_LONG: Final = 4  # letters of a name that says enough alone


class Proper(NamedTuple):
    """A wrong name without its noun: its words, the right one's characters, and what has it."""

    wrong: tuple[str, ...]
    start: int
    end: int
    of: Literal["house", "person"]


def proper(wrong: Sequence[Token], right: Sequence[Token], language: str) -> Proper | None:
    """Return a name without what it is of, where both have that; None where a name has no such thing."""
    if min(len(wrong), len(right)) < 2:
        return None
    for at in (0, -1):  # "hospital San Jorge", "St George's hospital"
        if wrong[at].low != right[at].low:
            continue
        kept, now = (wrong[1:], right[1:]) if at == 0 else (wrong[:-1], right[:-1])
        listed = lexicon.load(language, "states").get(wrong[at].low, ("",))[0] == "thing"
        noun = wrong[at].text.islower() and wrong[at].kind == "word"  # "church", "hospital"
        house = listed or noun or same_place.is_event(wrong[at].low)
        capitals = all(token.text[0].isupper() for token in kept if token.text[0].isalpha() and token.low != "s")
        street = kept[-1].low in roles(language)["street"]  # of "Chapel Lane school"
        person = at == 0 and lexicon.load(language, "speakers").get(wrong[0].low, ("",))[0] == "person"
        lows = tuple(token.low.replace("’", "'") for token in kept)
        if (house or person) and capitals and not street and len("".join(lows)) > _LONG and names(kept, language):
            return Proper(lows, now[0].start, now[-1].end, "house" if house else "person")
    return None


def given_before(corrected: Corrected) -> str:
    """Return the first name right before a wrong surname, where the error was that alone: "Voss" of "Helen Voss"."""
    at = corrected.sentence.find(corrected.was)
    before = read(corrected.sentence[: max(at, 0)]).tokens[-1:]
    words = read(corrected.was).tokens
    if len(words) != 1 or not words[0].text[0].isupper() or not before or not corrected.now[:1].isupper():
        return ""
    known = before[0].low in lexicon.load("en", "given_names")
    adjoins = corrected.sentence[:at].endswith(f"{before[0].text} ")
    return before[0].low if known and adjoins and before[0].text[0].isupper() else ""


def is_name(tokens: Sequence[Token], language: str) -> bool:
    """Say whether words are a name of two words or more: "Ana Ruiz", "Marlow East"."""
    if len(names(tokens, language)) > 1:
        return True
    words = [token for token in tokens if token.kind == "word"]
    return len(words) > 1 and all(token.text[0].isupper() for token in words) and bool(names(tokens, language))


def names(tokens: Sequence[Token], language: str) -> frozenset[str]:
    """Return the stems of words with a capital that are no days and no small words."""
    calendar, classes = lexicon.load(language, "calendar"), phrases(language).classes
    return frozenset(
        clause.stem(token.low)
        for token in tokens
        if token.kind == "word" and token.text[0].isupper() and token.low not in calendar and token.low not in classes
    )


def surnames(was: Sequence[Token], now: Sequence[Token], language: str) -> list[tuple[str, str]]:
    """Return the surnames of a wrong whole name, with the right ones: "voss", "Foss" of "the mayor, Helen Voss".

    A Spanish name has two, of which the first is used alone.
    """
    mine, theirs = _whole(was), _whole(now)
    if min(len(mine), len(theirs)) < 2 or not is_name(mine, language) or mine[-1].low == theirs[-1].low:
        return []
    if len(mine) != sum(token.kind == "word" for token in was) and len(mine) != len(theirs):
        return []
    found = [(mine[-1].low, theirs[-1].text)]
    if language.startswith("es") and len(mine) == len(theirs) == _SPANISH and mine[1].low != theirs[1].low:
        found.append((mine[1].low, theirs[1].text))
    return found


def _whole(tokens: Sequence[Token]) -> Sequence[Token]:
    """Return the words with a capital that a name ends with."""
    words = [token for token in tokens if token.kind == "word"]
    first = len(words)
    while first and words[first - 1].text[0].isupper():
        first -= 1
    return words[first:]
