"""What was wrong in a correction: its words as they are compared, and the run that was replaced.

Owns comparing word by word, capitals and quotation marks apart and numbers by what they are worth. What an error is, is
what differs between wrong and right. Look next: `sweep_words`, which looks for it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final, NamedTuple

from msgspec.structs import replace

from asithappened.ledger.amounts.numbers import scan
from asithappened.ledger.changes import Corrected
from asithappened.ledger.language import lexicon
from asithappened.ledger.language.phrases import phrases
from asithappened.ledger.language.roles import roles
from asithappened.ledger.language.tokens import Token, read
from asithappened.ledger.stale import wrong_names

_SAID_AROUND: Final = 4  # words: fewer say nothing of what an error was about
_DISTINCT: Final = 5  # digits
_DATE: Final = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2}")
_TITLE: Final = 6  # letters: a longer word is no "Dr."
_HEAD: Final = 4  # letters, more than which a German compound's last word has
LONGEST: Final = 300  # words of a correction that are compared


class Word(NamedTuple):
    """A word as it is compared. `first`, `last`: its tokens (one past)."""

    low: str
    first: int
    last: int


class Error(NamedTuple):
    """A run of wrong words, and the right ones as they are printed."""

    wrong: tuple[str, ...]
    right: str
    whole: bool  # all that was corrected
    name: bool  # one of a name's
    proper: str = ""  # a name without what it is of: "house", "person"; what is of a name: "title", "rank", "model"


@lru_cache(maxsize=512)
def words_in(text: str, language: str) -> tuple[Word, ...]:
    """Return a text's words as they are compared: no marks, no articles, small letters, numbers by their worth."""
    whole = read(text)
    articles = roles(language)["definite"] | roles(language)["indefinite"]  # "shot in leg", in a headline
    numbers = {number.first: number for number in scan(whole, language) if not number.open and not number.rest}
    found, at = list[Word](), 0
    while at < len(whole.tokens):
        token = whole.tokens[at]
        if (number := numbers.get(at)) is not None:
            found.append(Word(f"{number.value:g}", at, number.last))
            at = max(at + 1, number.last)
            continue
        if token.kind != "mark" and not (token.low in articles and token.text.islower()):
            found.append(Word(token.low.replace("’", "'"), at, at + 1))
        at += 1
    return tuple(found)


lexicon.on_other_lists(words_in.cache_clear)


def errors(corrected: Corrected, was: Sequence[Word], now: Sequence[Word], language: str) -> list[Error]:
    """Return what was wrong: all of it, and where more was said around it, the run that was replaced."""
    wrong, right = tuple(w.low for w in was), tuple(w.low for w in now)
    whole = Error(wrong, corrected.now.strip(), True, False)
    if len(wrong) < 2 or not right:
        return [whole]
    tokens, before = read(corrected.now).tokens, read(corrected.was).tokens
    own = wrong_names.proper(before, tokens, language)
    proper = [Error(own.wrong, corrected.now[own.start : own.end], False, False, own.of)] if own else []
    person = own is None or own.of == "person"
    surnames = wrong_names.surnames(before, tokens, language) if person else []
    if surnames:  # who is called otherwise is by the surname too
        return [
            whole,
            *(Error((one,), other, False, True) for one, other in surnames),
            *_title(before, tokens, language),
            *proper,
        ]
    replaced = [one for one in SequenceMatcher(None, wrong, right, False).get_opcodes() if one[0] == "replace"]
    if len(replaced) != 1:
        return [whole, *proper]  # what was written anew is no one error
    _, a, b, c, d = replaced[0]
    if b - a == 1 and a == 0 and len(wrong) > 1 and is_rank(wrong[0], language):
        return [whole, Error(wrong[:1], tokens[0].text, False, False, "rank"), *proper]
    if len(wrong) == b - a == 2 and before[0].text[0].isupper() and wrong[1].isdecimal():
        return [whole, *(Error((one,), corrected.now.strip(), False, False, "model") for one in wrong), *proper]
    name = len(wrong_names.names(before, language)) == len(wrong) and b - a == 1  # a surname, a first name
    name = name and not (language.startswith("de") and has_article(corrected, language))
    said = [low for low in wrong[a:b] if not _is_stop(low, language)]
    little = len(wrong) < _SAID_AROUND and (bool(proper) or any(low.isdecimal() for low in said))
    if not name and (not said or little):
        return [whole, *proper]
    words = corrected.now[tokens[now[c].first].start : tokens[now[d - 1].last - 1].end]
    return [whole, Error(wrong[a:b], words, False, name), *proper]


def has_article(corrected: Corrected, language: str) -> bool:
    """Say whether an article stands before wrong words, that are hardly a name then: "das Landgericht", "a Boeing"."""
    words, at = roles(language), corrected.sentence.find(corrected.was)
    before = corrected.sentence[: max(at, 0)].lower().split()[-1:]
    return not (words["definite"] | words["indefinite"] | words["genitive"]).isdisjoint(before)


def is_rank(low: str, language: str) -> bool:
    """Say whether a word in small letters is a rank or an office: "prince", "general"."""
    return low in lexicon.load(language, "titles") or lexicon.load(language, "speakers").get(low, ("",))[0] == "person"


def _title(before: Sequence[Token], now: Sequence[Token], language: str) -> list[Error]:
    """Return a title before a name, where another's is another one: "the mayor", "die Innenministerin"."""
    if language.startswith("de"):
        long = before[0].low != now[0].low and len(before) > 2 < len(now)
        given = lexicon.load("en", "given_names")
        if not long or any(token.low in given or len(token.low) < _TITLE for token in (before[0], now[0])):
            return []
        return [Error((before[0].low,), now[0].text, False, False, "title")]
    mine, theirs = (_led(tokens, language) for tokens in (before, now))
    if not mine or not theirs or [token.low for token in mine] == [token.low for token in theirs]:
        return []
    right = " ".join(token.text for token in theirs)
    found = [tuple(token.low for token in mine)]
    if len(mine) > 1:  # "minister", of "interior minister"
        found.append((mine[-1].low,))
    return [Error(one, right, False, False, "title") for one in found]


def _led(tokens: Sequence[Token], language: str) -> Sequence[Token]:
    """Return the words in small letters that a name begins with: "mayor" of "the mayor, Anders Ruud"."""
    small, first = roles(language)["definite"], 0
    while first < len(tokens) and tokens[first].low in small:
        first += 1
    last = first
    while last < len(tokens) and tokens[last].kind == "word" and tokens[last].text.islower():
        last += 1
    return tokens[first : first + 1] if language.startswith("es") else tokens[first:last]


def is_distinct(words: str, language: str) -> bool:
    """Say whether words hold a number that is hardly printed of two things: "2:03:14", not "12,500" nor a date."""
    streets = tuple(roles(language)["street"]) if language.startswith("de") else ()
    if " " not in words.strip() and words[:1].isupper() and words.lower().endswith(streets):
        return True
    digits = "".join(filter(str.isdecimal, words))
    return len(digits) >= _DISTINCT and not digits.endswith("00") and not _DATE.search(words)


def _is_stop(low: str, language: str) -> bool:
    return "stop" in phrases(language).classes.get(low, ())


def is_placed(corrected: Corrected, language: str) -> bool:
    """Say whether the wrong words were a place's name: where their sentence has a preposition before them."""
    at = corrected.sentence.find(corrected.was)
    before = corrected.sentence[:at].split()[-1:] if at > 0 else []
    return bool(before) and before[0].lower() in roles(language)["placing"]


def is_town(corrected: Corrected, language: str) -> bool:
    """Say whether wrong words that are placed are one name of a town: a German noun has a preposition's article."""
    words = (corrected.was.strip(), corrected.now.strip())
    before = corrected.sentence[: corrected.sentence.find(corrected.was)].split()[-1:]
    bare = not language.startswith("de") or [low.lower() for low in before] == ["in"]
    return bare and all(one.isalpha() and one[0].isupper() and one.lower() not in _calendar(language) for one in words)


def _calendar(language: str) -> Mapping[str, tuple[str, ...]]:
    return lexicon.load(language, "calendar")


def standing(lows: Sequence[str], wanted: Sequence[str], *, genitive: bool) -> Iterator[int]:
    """Yield where words stand, or begin a longer one: "Norwegian-registered"; or in the genitive, "Hallbauers"."""
    yield from runs(lows, wanted)
    if len(wanted) == 1 and wanted[0].isalpha():
        begins = f"{wanted[0]}-"
        yield from (at for at, low in enumerate(lows) if low.startswith(begins))
    if genitive and len(wanted) > 1 and len(wanted[0]) > _HEAD:  # "im Landkreis Celle", of "Kreis Celle"
        rest = tuple(wanted[1:])
        for at, low in enumerate(lows):
            if low != wanted[0] and low.endswith(wanted[0]) and tuple(lows[at + 1 : at + len(wanted)]) == rest:
                yield at
    if genitive:
        yield from runs(lows, (*wanted[:-1], f"{wanted[-1]}s"))
        yield from runs(lows, (*wanted[:-1], f"{wanted[-1]}es"))


def without_article(corrected: Corrected, language: str) -> Corrected:
    """Return a correction without the articles that its words begin with, and without a preposition before those."""
    was, now = (list(read(words).tokens) for words in (corrected.was, corrected.now))
    words = roles(language)
    articles = words["definite"] | words["indefinite"]
    gone = 0
    while len(was) > gone + 1 and len(now) > gone + 1:
        one, other = was[gone].low, now[gone].low
        led = one == other and was[gone + 1].low in articles and now[gone + 1].low in articles
        if not (one in articles and other in articles) and not led:
            break
        gone += 1
    if not gone:
        return corrected
    return replace(
        corrected, was=corrected.was[was[gone].start :].strip(), now=corrected.now[now[gone].start :].strip()
    )


def is_agent(corrected: Corrected, language: str) -> bool:
    """Say whether the wrong words were the name of who did or said something: "a survey by the Renters' Union"."""
    at, words = corrected.sentence.find(corrected.was), roles(language)
    if at < 0:
        return False
    before = [token.low for token in read(corrected.sentence[:at]).tokens[-2:] if token.low not in words["definite"]]
    return before[-1:] != [] and before[-1] in words["agent"]


def runs(lows: Sequence[str], wanted: Sequence[str]) -> Iterator[int]:
    """Yield where words stand one after the other. Linear: what is wanted is short, and its first word rare."""
    size = len(wanted)
    if not size:
        return
    head, rest = wanted[0], tuple(wanted)
    at = 0
    while at + size <= len(lows):
        if lows[at] == head and tuple(lows[at : at + size]) == rest:
            yield at
            at += size
        else:
            at += 1
