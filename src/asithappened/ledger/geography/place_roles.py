"""Which role a place plays in its sentence: where something happens, whence, who acts there, or a mere reference.

Owns reading it from the words on either side, as the lexicon `surroundings` classes them. Look next: `places`.
"""

from collections.abc import Mapping
from typing import Final

from asithappened.ledger.language import lexicon
from asithappened.ledger.language.phrases import phrases
from asithappened.ledger.language.tokens import Token
from asithappened.ledger.suggestions import PlaceRole

_BACK: Final = 8  # tokens to look back over "the southern city of"


def role(words: tuple[Token, ...], first: int, last: int, language: str) -> PlaceRole:
    """Return the role of the place at some tokens."""
    beside = lexicon.load(language, "surroundings")
    after = words[last].low if last < len(words) else ""
    governed = _governed(words, first, beside)
    if governed == "origin":
        return "origin"
    if governed == "agent":
        return "metonym"
    if after == "'s":
        return "reference"
    if _acts(words, last, beside):
        return "metonym"
    if governed == "event" and _qualifies(words, last, beside, language):
        return "reference"  # "in the US debt bill", "the damage to the UK economy"
    if governed == "event":
        return "event"
    return "metonym" if _speaks(words, last, beside) else "reference"


def _kinds(beside: Mapping[str, tuple[str, ...]], word: str) -> set[str]:
    return set(beside.get(word, ()))


def _acts(words: tuple[Token, ...], last: int, beside: Mapping[str, tuple[str, ...]]) -> bool:
    """Say whether a noun behind a place acts for it: "UK government", "the US federal government"."""
    low = [word.low for word in words[last : last + 2]]
    return any("acts" in beside.get(word, ()) for word in (low if low[:1] == ["federal"] else low[:1]))


def _qualifies(words: tuple[Token, ...], last: int, beside: Mapping[str, tuple[str, ...]], language: str) -> bool:
    """Say whether a place only says which of the noun behind it, and that noun is no part of the earth."""
    if last >= len(words) or words[last].kind != "word" or words[last].start - words[last - 1].end != 1:
        return False
    low = words[last].low
    if not words[last].text.islower() or _kinds(beside, low) & {"region", "town", "verb", "direction"}:
        return False
    return low not in phrases(language).classes and low not in _SITES and not low.endswith(("ed", "ly", "ing"))


_SITES: Final = frozenset(
    {"airport", "embassy", "station", "port", "prison", "border", "airspace", "hospital", "university", "stadium"}
)


def _governed(words: tuple[Token, ...], first: int, beside: Mapping[str, tuple[str, ...]]) -> str:
    """Return what the preposition before a place, across "the southern city of", makes of it."""
    at = first - 1
    for _ in range(_BACK):
        if at < 0:
            return ""
        low = words[at].low
        kinds = _kinds(beside, low)
        if "origin" in kinds:
            return "origin"
        if "agent" in kinds:
            return "agent"
        if "event" in kinds or "at" in kinds:
            return "event"
        if (
            low in {"the", "of", "and", ",", "a"}
            or kinds & {"direction", "town", "before"}
            or words[at].text[0].isupper()
        ):
            at -= 1
            continue
        return ""
    return ""


def _speaks(words: tuple[Token, ...], last: int, beside: Mapping[str, tuple[str, ...]]) -> bool:
    """Say whether a verb of acting, deciding or speaking stands right behind."""
    for at in range(last, min(last + 3, len(words))):
        word = words[at]
        if word.kind != "word":
            return False
        kinds = _kinds(beside, word.low)
        if "verb" in kinds:
            return True
        if word.text[0].isupper():
            return False
        if word.low.endswith("ed") and len(word.low) > 4:
            return True
        if not word.low.endswith("ly") and word.low not in {"also", "has", "have", "had"}:
            return False
    return False
