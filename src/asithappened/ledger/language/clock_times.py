"""Times of day as a text prints them: "2pm", "14 Uhr", "half past two", "las dos de la tarde", "midnight".

Owns reading one into the minutes of the day that it may be: two where nothing says which half of the day is meant.
Linear, raises on no text. Look next: `wrong_hours`, which compares; `said_when` for how old something is.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from asithappened.ledger.language import lexicon
from asithappened.ledger.language.phrases import phrases
from asithappened.ledger.language.roles import roles
from asithappened.ledger.language.tokens import Token

_DIGITS: Final = re.compile(r"([01]?\d|2[0-4])(?:[:.]([0-5]\d))?")
_NOON: Final = 12 * 60
_DAY: Final = 24 * 60
_BEHIND: Final = 4  # tokens behind an hour in which "in the morning" stands
_AT: Final = frozenset({"a", "desde", "hasta"})  # before "las" and an hour
_STEPS: Final = frozenset({"in", "the", "this", "de", "la", "on", "am"})  # between an hour and its half of the day


class ClockTime(NamedTuple):
    """A time of day at tokens `first` to `last` (one past). `minutes`: of the day, which it may be."""

    first: int
    last: int
    minutes: frozenset[int]


def clock_times(tokens: Sequence[Token], language: str) -> Iterator[ClockTime]:
    """Yield the times of day that words give, in order."""
    at, words = 0, roles(language)
    while at < len(tokens):
        found = _time(tokens, at, words, language)
        if found is not None:
            yield found
        at = at + 1 if found is None else found.last


def _time(tokens: Sequence[Token], at: int, words: Mapping[str, frozenset[str]], language: str) -> ClockTime | None:
    low = tokens[at].low
    if low in words["noon"] or low in words["midnight"]:
        return ClockTime(at, at + 1, frozenset({_NOON if low in words["noon"] else 0}))
    if (worded := _worded(tokens, at, words, language)) is not None:
        return worded
    before = tokens[at - 1].low if at else ""
    behind = tokens[at + 1].low if at + 1 < len(tokens) else ""
    led, marked = before in words["by_the_clock"], behind in words["clock"]
    match = _DIGITS.fullmatch(tokens[at].text)
    if match is None:
        hour = _hour(low, language)
        if not hour or not (marked or (led and _is_bare(tokens, at, words, language))):
            return None
        return _halved(tokens, at, at + 1 + marked, hour * 60, words, either=True)
    minute = match[2]
    bare = led and language.startswith("es") and _is_bare(tokens, at, words, language)
    if not (marked or bare or (minute and (":" in tokens[at].text or led))):
        return None
    past, minutes = at + 1 + marked, int(match[1]) * 60 + int(minute or 0)
    either = not marked and not (minute and len(match[1]) > 1)
    return _halved(tokens, at, past, minutes, words, either=either or behind == "o'clock")


def _is_bare(tokens: Sequence[Token], at: int, words: Mapping[str, frozenset[str]], language: str) -> bool:
    """Say whether a number counts nothing that stands behind it: "at nine in the morning", not "at nine hospitals"."""
    if at + 1 == len(tokens) or tokens[at + 1].kind == "mark":
        return True
    behind = tokens[at + 1].low
    if language.startswith("es") and at > 1 and tokens[at - 2].low in _AT and not _is_plural(behind):
        return True  # "a las seis empieza", not "a las seis familias"
    return behind in words["late"] | words["early"] or "stop" in phrases(language).classes.get(behind, ())


def _is_plural(low: str) -> bool:
    return low.endswith("s") and not low.endswith("mos")


def _worded(tokens: Sequence[Token], at: int, words: Mapping[str, frozenset[str]], language: str) -> ClockTime | None:
    """Return a time that is said by the hour before it or behind it: "half past two", "halb drei", "dos y media"."""
    lows = [token.low for token in tokens[at : at + 4]]
    half, quarter = lows[0] in words["half"], lows[0] in words["quarter"]
    if half and language.startswith("de") and len(lows) > 1 and (hour := _hour(lows[1], language)):
        return _halved(tokens, at, at + 2, hour * 60 - 30, words, either=True)
    steps = 1 if lows[0] == "half-past" else 2
    if (half or quarter) and len(lows) > steps and (hour := _hour(lows[steps], language)):
        shift = 30 if half else 15
        if steps == 1 or lows[1] in words["past"]:
            return _halved(tokens, at, at + steps + 1, hour * 60 + shift, words, either=True)
        if lows[1] in words["to_the_hour"]:
            return _halved(tokens, at, at + steps + 1, hour * 60 - shift, words, either=True)
    if language.startswith("es") and len(lows) > 2 and (hour := _hour(lows[0], language)):
        shift = 30 if lows[2] in words["half"] else 15 if lows[2] in words["quarter"] else 0
        sign = 1 if lows[1] in words["past"] else -1 if lows[1] in words["to_the_hour"] else 0
        if shift and sign:
            return _halved(tokens, at, at + 3, hour * 60 + sign * shift, words, either=True)
    return None


def _halved(
    tokens: Sequence[Token], first: int, past: int, minutes: int, words: Mapping[str, frozenset[str]], *, either: bool
) -> ClockTime:
    """Return a time with the half of the day that words at it say."""
    half = [tokens[past - 1].low]
    for token in tokens[past : past + _BEHIND]:
        half.append(token.low)
        if token.low not in _STEPS:
            break
    minutes %= _DAY
    late, early = (any(low in words[role] for low in half[0:1] + half[-1:]) for role in ("late", "early"))
    if late or early:
        minutes = minutes % _NOON + (_NOON if late and minutes < _DAY else 0)
        return ClockTime(first, past, frozenset({minutes}))
    if either and minutes <= _NOON + 59:
        return ClockTime(first, past, frozenset({minutes % _NOON, minutes % _NOON + _NOON}))
    return ClockTime(first, past, frozenset({minutes}))


def _hour(low: str, language: str) -> int:
    """Return the hour that a word or a number is, 0 for none."""
    if low.isdecimal() and low.isascii() and len(low) < 3:
        return int(low) if 1 <= int(low) <= 24 else 0
    values = lexicon.load(language, "numbers").get(low, ("",))
    if values[0] not in {"number", "article"} or len(values) < 2:
        return 1 if low in {"eins", "una"} else 0
    hour = float(values[1])
    return int(hour) if hour.is_integer() and 1 <= hour <= 24 else 0
