"""Times that a sentence names, against the time of its text: before it, far from it, or neither.

Owns days of the week and of the month, years, times of day and phrases ("last night", "years ago"). A time is `passed`
only where it is surely before the text's own; what nobody can tell is left out. Look next: `superseded`.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from asithappened.ledger.language.clause import Sentence
from asithappened.ledger.language.tokens import Token

FAR: Final = 45  # days: what happened longer ago is another thing
_DAY: Final = 24 * 60
LATER: Final = 90  # minutes between a time of day and the text that names it, for it to be an earlier one
_WEEKDAYS: Final = {
    "en": ("mon", "tue", "wed", "thu", "fri", "sat", "sun"),
    "de": ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag"),
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
}
_ENGLISH_DAYS: Final = re.compile(r"(?:mon|tues?|wed(?:nes)?|thu(?:r|rs)?|fri|satur|sat|sun)(?:day)?s?")
_MONTHS: Final = {
    "en": ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
    "de": ("jan", "feb", "mär", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez"),
    "es": ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"),
}
_MONTH_WORDS: Final = re.compile(
    r"jan(?:uar(?:y)?)?|feb(?:ruar(?:y)?)?|mar(?:ch)?|märz|apr(?:il)?|may|mai|june?|juni|july?|juli|aug(?:ust)?"
    r"|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?|enero|febrero|marzo|abril|mayo|junio|julio|agosto"
    r"|septiembre|setiembre|octubre|noviembre|diciembre"
)
_LAST: Final = frozenset({"last", "letzten", "letztem", "vergangenen", "pasado"})
_CALENDAR: Final = frozenset({"january", "februar", "february", "october", "november", "december", "september"})
_CLOCK: Final = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")
_HOUR_WORDS: Final = frozenset({"am", "pm", "a.m.", "p.m.", "a.m", "p.m", "uhr", "gmt", "bst", "utc", "cet", "cest",
                                "h", "hrs", "o'clock"})  # fmt: skip
_ENDS: Final = {"morning": 13 * 60, "noon": 14 * 60, "afternoon": 18 * 60 + 30}  # minutes of the day
_BEFORE_YEAR: Final = frozenset({"in", "of", "since", "from", "the", "late", "early", "mid", "before", "after", "im",
                                 "von", "seit", "en", "de", "desde"})  # fmt: skip


class When(NamedTuple):
    """A time at tokens `first` to `last` (one past). `kind`: "passed", "far", or "near": it may be the text's own.

    `by`: what is counted, is counted then.
    """

    first: int
    last: int
    kind: str
    by: bool


def times_in(sentence: Sentence, at: datetime | None, language: str) -> list[When]:
    """Return a sentence's times, in order. `at`: when its text was published, in the zone that it tells."""
    found = sorted({*_phrases(sentence, at), *_named(sentence, at, language.partition("-")[0].lower())})
    return [_with_by(sentence, one) for one in found]


def _with_by(sentence: Sentence, one: When) -> When:
    by = any(mark.last <= one.first <= mark.last + 2 for mark in sentence.having("by", sentence.first, one.first))
    return one._replace(by=one.by or by)


def _phrases(sentence: Sentence, at: datetime | None) -> Iterator[When]:
    for mark in sentence.marks:
        if "passed" in mark.kinds:
            yield When(mark.first, mark.last, "passed", False)
        elif "far" in mark.kinds:
            yield When(mark.first, mark.last, "far", False)
        else:
            for part, ends in _ENDS.items():
                if part in mark.kinds:
                    by = sentence.tokens[mark.first].low == "by"
                    passed = at is not None and _minutes(at) >= ends
                    yield When(mark.first, mark.last, "passed" if passed else "near", by)


def _minutes(at: datetime) -> int:
    return at.hour * 60 + at.minute


def _named(sentence: Sentence, at: datetime | None, language: str) -> Iterator[When]:
    tokens = sentence.tokens
    for here in range(sentence.first, sentence.last):
        token = tokens[here]
        if token.kind == "word":
            if (day := _weekday(token, language)) >= 0:
                yield When(here, here + 1, "passed" if at is not None and day != at.weekday() else "near", False)
            elif at is not None and (month := month_of(token, language)) and (kind := _dated(tokens, here, month, at)):
                yield When(here, here + 1, kind, False)
        elif token.kind == "number":
            if kind := _year(tokens, here, at, language):
                yield When(here, here + 1, kind, False)
            elif (minutes := _clock(tokens, here, sentence.last)) < _DAY:
                passed = at is not None and _minutes(at) - minutes >= LATER
                yield When(here, here + 1, "passed" if passed else "near", False)


def _weekday(token: Token, language: str) -> int:
    low = token.low.rstrip(".")
    if language == "es":
        names = _WEEKDAYS["es"]
        return names.index(low) if low in names else -1
    if not token.text[0].isupper():
        return -1
    if language == "de":
        low = {"sonnabend": "samstag"}.get(low, low)
        for number, name in enumerate(_WEEKDAYS["de"]):
            if low.startswith(name):  # "Montagabend"
                return number
        return -1
    if language == "en" and _ENGLISH_DAYS.fullmatch(low) and low not in {"sun", "sat", "wed"}:
        return _WEEKDAYS["en"].index(low[:3])
    return -1


def month_of(token: Token, language: str) -> int:
    names = _MONTHS.get(language, ())
    if (language != "es" and not token.text[0].isupper()) or not _MONTH_WORDS.fullmatch(token.low.rstrip(".")):
        return 0
    return names.index(token.low[:3]) + 1 if token.low[:3] in names else 0


def _dated(tokens: Sequence[Token], here: int, month: int, at: datetime) -> str:
    """Return what a month's name is, with the day beside it: "26 December", "December 26", "26. Dezember"."""
    day = 0
    for beside in (here - 1, here - 2, here + 1):
        if 0 <= beside < len(tokens) and tokens[beside].kind == "number" and tokens[beside].text.isdecimal():
            between = tokens[beside + 1 : here] if beside < here else ()
            if len(tokens[beside].text) <= 2 and all(one.low in {".", "de", "of", "st", "th", "nd"} for one in between):
                day = int(tokens[beside].text)
                break
    if not 1 <= day <= 31:
        if here and tokens[here - 1].low in _LAST:
            return "far"
        after = tokens[here + 1] if here + 1 < len(tokens) else None
        if after is not None and after.kind == "word" and after.text[0].isupper() and tokens[here].low not in _CALENDAR:
            return ""  # "Jan Potts", "April Meyer"
        return "far" if 1 < (at.month - month) % 12 < 11 else ""
    apart = (at.month - month) * 30.4 + at.day - day
    apart = min((apart, apart + 365, apart - 365), key=abs)
    if abs(apart) > FAR:
        return "far"
    return "passed" if apart > 0.5 else ""


def _year(tokens: Sequence[Token], here: int, at: datetime | None, language: str) -> str:
    text = tokens[here].text
    if len(text) != 4 or not text.isdecimal() or not text.isascii() or not 1500 <= int(text) <= 2199:
        return ""
    before = tokens[here - 1].low if here else ""
    german = language == "de" and here + 1 < len(tokens) and tokens[here + 1].text.islower()  # "1988 starben"
    after = tokens[here + 1].text if here + 1 < len(tokens) else ""
    told = before in {",", "("} and after in {":", ")", ","}  # "Cape Tully, 2018: 54 dead"
    if before not in _BEFORE_YEAR and not told and not (before and _MONTH_WORDS.fullmatch(before)) and not german:
        return ""
    if at is None:
        return "far" if before in {"in", "since", "im", "seit", "en", "desde"} and int(text) < 2000 else ""
    return "far" if int(text) != at.year and not (at.month == 1 and int(text) == at.year - 1) else ""


def _clock(tokens: Sequence[Token], here: int, last: int) -> int:
    """Return the minutes of the day that a time of day is, a whole day where a number is none."""
    text, after = tokens[here].text, tokens[here + 1].low if here + 1 < last else ""
    match = _CLOCK.fullmatch(text)
    if match is None:
        if not (text.isdecimal() and len(text) <= 2 and int(text) <= 24 and after in _HOUR_WORDS):
            return _DAY
        hour, minute = int(text), 0
    else:
        beside = after in _HOUR_WORDS or (here > 0 and tokens[here - 1].low in {"at", "by", "um", "bis", "las"})
        if "." in text and not beside:
            return _DAY
        hour, minute = int(match[1]), int(match[2])
    if after.startswith("p") and hour < 12:
        hour += 12
    if after.startswith("a") and hour == 12:
        hour = 0
    return hour * 60 + minute
