"""Suggests stated revisions: a text itself says that a reported figure was replaced by another.

Owns the few forms in which that is said, within a sentence ("89, up from a previous toll of 63") and from one to the
next ("89 … Moscow previously said 63"). Two posts that differ are none, nor is one quantity at two times. A revision is
said once in a live blog: where an older post states the same, that is where it stands.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final, NamedTuple

from asithappened.ledger.amounts import figures
from asithappened.ledger.amounts.figures import Found
from asithappened.ledger.geography.places import in_part as places_in
from asithappened.ledger.language import lexicon, tokens
from asithappened.ledger.language.phrases import is_plural
from asithappened.ledger.language.tokens import Token, Tokens
from asithappened.ledger.suggestions import Revision
from asithappened.ledger.views import BlogView, Part, PartView, PostView

RATIO: Final = 4  # more between two figures, and they are hardly of one quantity
BACK: Final = 4  # sentences to look back for the figure that replaced
_JOINS: Final = frozenset(["and", "vs", "while", "but", "versus"])
_NO_PERSON: Final = re.compile(r"(?:ship|strike|attack|missile|drone|home|house|hous|percent|day|week|month|year)")


_LAST: Final = 4  # words
_FROM_TO: Final = (("from", "to"), ("von", "auf"), ("de", "a"), ("de", "hasta"))
_INSTEAD: Final = (("rather", "than"), ("instead", "of"), ("statt",), ("en", "lugar", "de"), ("en", "vez", "de"))
_STARTED: Final = frozenset({"initial", "earlier", "original"})
_OF_PEOPLE: Final = frozenset(
    {"killed", "injured", "missing", "trapped", "displaced"}
)  # of one event, which are counted
_MORE: Final = {"more": 1, "fewer": -1}
_PLANS: Final = frozenset({"planned", "scheduled", "expected", "announced", "agreed"})


class _Placed(NamedTuple):
    """A figure of a post. `sentence`: which one of the post; `tokens`: those of its part."""

    found: Found
    part: PartView
    read: Tokens
    sentence: int

    @property
    def value(self) -> float:
        return self.found.quantity.low

    @property
    def start(self) -> int:
        return self.part.start + self.found.start

    @property
    def end(self) -> int:
        return self.part.start + self.found.end


class _Pair(NamedTuple):
    new: _Placed
    old: _Placed
    rule: str


class Revisions:
    """Suggests stated revisions."""

    name = "revisions"
    version = "1"
    kinds = frozenset({"revision"})

    def suggest(self, post: PostView, blog: BlogView) -> Iterator[Revision]:
        """Yield the revisions that a post states and no older one of its live blog does."""
        mine = list(_once(_pairs(post.parts, blog.language)))
        if not mine:
            return
        older = [one.parts for one in blog.posts if one.number > post.number]
        stated = {key for parts in older for key in _keys(parts, blog.language)}
        for pair in mine:
            if _key(pair) not in stated:
                yield _revision(pair, post, blog.language)


def _once(pairs: Sequence[_Pair]) -> Iterator[_Pair]:
    seen = set()
    for pair in pairs:
        if _key(pair) not in seen:
            seen.add(_key(pair))
            yield pair


def _key(pair: _Pair) -> tuple[float, float, str, str]:
    return pair.old.value, pair.new.value, pair.new.found.kind, pair.new.found.unit


@lru_cache(maxsize=2048)
def _keys(parts: tuple[PartView, ...], language: str) -> frozenset[tuple[float, float, str, str]]:
    return frozenset(map(_key, _pairs(parts, language)))


class _Words(NamedTuple):
    before: frozenset[str]
    said: frozenset[str]
    revises: frozenset[str]
    revised: frozenset[str]
    figure: re.Pattern[str]
    time: re.Pattern[str]
    hint: re.Pattern[str]


@lexicon.kept
def _words(language: str) -> _Words:
    listed = lexicon.load(language, "revisions")

    def having(kind: str) -> list[str]:
        return [phrase for phrase, values in listed.items() if kind in values]

    return _Words(
        frozenset(having("before")),
        frozenset(having("said")),
        frozenset(having("revises")),
        frozenset(having("revised")),
        _any(having("figure")),
        _any(having("time")),
        _any(having("before") + having("revises")),
    )


def _any(phrases: Sequence[str]) -> re.Pattern[str]:
    longest = sorted(map(re.escape, phrases), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(longest) or '(?!)'})\b", re.IGNORECASE)


def _pairs(parts: Sequence[PartView], language: str) -> list[_Pair]:
    words = _words(language)
    if not any(words.hint.search(part.text) for part in parts):
        return []
    placed = list(_placed(parts, language))
    found: list[_Pair] = []
    for at, _one in enumerate(placed):
        pair = _within(placed, at, words) or _across(placed, at, words)
        if pair is not None and _alike(pair, words):
            found.append(pair)
    return found


def _placed(parts: Sequence[PartView], language: str) -> Iterator[_Placed]:
    sentences = 0
    for part in parts:
        if part.kind in {Part.SIGNATURE, Part.CARD, Part.TABLE}:
            continue
        read = tokens.read(part.text)
        for found in figures.in_part(part, language):
            yield _Placed(found, part, read, sentences + found.sentence)
        sentences += len(read.sentences)


def _alike(pair: _Pair, words: _Words) -> bool:
    """Say whether two figures can be of one quantity: same kind and unit, nothing else counted, no great distance."""
    new, old = pair.new.found, pair.old.found
    if new.kind != old.kind or new.unit != old.unit or pair.new.value == pair.old.value:
        return False
    if new.kind == "duration" or new.quantity.hyphened or old.quantity.hyphened:
        return False
    less, more = sorted((abs(pair.new.value), abs(pair.old.value)))
    if less == 0 or more / less > RATIO:
        return False
    if new.outcome and old.outcome and new.outcome != old.outcome:
        return False
    named = words.figure.search(new.counted) or words.figure.search(old.counted)  # "its April forecast of 4%"
    return not new.counted or not old.counted or named is not None or _same_counted(pair)


def _same_counted(pair: _Pair) -> bool:
    """Say whether two nouns may be the same counted: the same word, or both persons with the same outcome."""
    one, other = _head(pair.new.found.counted), _head(pair.old.found.counted)
    if one == other:
        return True
    both = pair.new.found.outcome == pair.old.found.outcome != ""
    return both and not _NO_PERSON.search(one) and not _NO_PERSON.search(other)


def _head(counted: str) -> str:
    word = counted.rpartition(" ")[2].lower()
    return word[:-1] if is_plural(word, "en") and word.endswith("s") else word


def _within(placed: Sequence[_Placed], at: int, words: _Words) -> _Pair | None:
    """Return the pair of two neighbours in a sentence that says that the one replaced the other."""
    if at == 0 or placed[at - 1].sentence != placed[at].sentence:
        return None
    first, second = placed[at - 1], placed[at]
    read, sentence = second.read, second.read.sentences[second.found.sentence]
    between = _low(read.tokens, first.found.quantity.past, second.found.quantity.first)
    ahead = _low(read.tokens, sentence.first, first.found.quantity.first)
    behind = _low(read.tokens, second.found.quantity.past, min(sentence.last, second.found.quantity.past + 8))
    text = read.text[sentence.start : sentence.end]
    numbers = read.tokens[first.found.quantity.past : second.found.quantity.first]
    if any(one.kind == "number" for one in numbers):
        return None  # "38 seats rather than 39, the Greens 30, up from an initial 28"
    if len(between) > 14 or words.time.search(" ".join((*between, *behind))):
        return None
    reported = words.figure.search(text) is not None
    if "not" in between and (words.before & set(behind) or words.said & set(behind[:4])):
        return _Pair(first, second, "revisions.not")  # "89, not 63 as earlier reported"
    older = words.before & set(between[-4:]) or (words.before & set(behind[:2]) and not _JOINS & set(between))
    if older and (reported or words.said & {*between, *behind}):
        return _Pair(first, second, "revisions.previously")  # "89, previously put at 63"
    if (less := _difference(first, second, behind, words)) is not None:
        return _Pair(first, less, "revisions.more_than")  # "89 dead, two more than previously known"
    if _in_place_of(between) and words.revised & {*ahead, *between, *behind, *_sentence_before(second)}:
        return _Pair(first, second, "revisions.instead")  # "It has revised its poll: 38 seats rather than 39"
    since = " ".join(between[between.index("from") :]) if "from" in between else ""
    if since and _STARTED & set(between[-3:]):
        return _Pair(first, second, "revisions.from")  # "30, up from an initial 28"
    up = between[-2:] in (["up", "from"], ["down", "from"]) and not _period(behind)
    if up and (first.found.outcome in _OF_PEOPLE or (first.found.kind == "count" and "now" in ahead[-3:])):
        return _Pair(
            first, second, "revisions.from"
        )  # "64 people were killed, up from 58", "it is now 10, up from six"
    moved = words.revises & {*ahead[-6:], *between}
    if since and moved and (words.figure.search(since) or (reported and since == "from" and len(between) <= 6)):
        return _Pair(first, second, "revisions.from")  # "toll raised to 89 from 63", "3%, down from its forecast of 4%"
    near = {*ahead[-8:], *behind[:_LAST]}  # a German verb may stand behind: "von 63 auf 89 gestiegen"
    raised = words.revised & near or (reported and words.revises & near)
    if (
        any(ahead[-1:] == [one] and between[-1:] == [other] for one, other in _FROM_TO)
        and len(between) < _LAST
        and raised
    ):
        return _Pair(second, first, "revisions.to")  # "raised its estimate from 63 to 89"
    return None


def _difference(first: _Placed, second: _Placed, behind: Sequence[str], words: _Words) -> _Placed | None:
    """Return what was said before, from how many more it is now: "two more than previously known"."""
    more = _MORE.get(behind[0], 0) if behind[1:2] == ["than"] else 0
    if not more or not words.before & set(behind[2:4]) or not _PLANS.isdisjoint(behind[2:6]):
        return None
    quantity = first.found.quantity
    low, high = quantity.low - more * second.value, quantity.high - more * second.value
    if first.found.kind != "count" or second.found.kind != "count" or low < 0:
        return None
    was = replace(quantity, low=low, high=high)
    return second._replace(found=first.found._replace(quantity=was, start=second.found.start, end=second.found.end))


def _in_place_of(between: Sequence[str]) -> bool:
    return any(tuple(between[-len(words) :]) == words for words in _INSTEAD)


def _sentence_before(one: _Placed) -> list[str]:
    at = one.found.sentence - 1
    if at < 0:
        return []
    return _low(one.read.tokens, one.read.sentences[at].first, one.read.sentences[at].last)


def _period(behind: Sequence[str]) -> bool:
    """Say whether a figure is another time's: "up from 58 in May", "from 12 on Monday"."""
    if not behind or behind[0] not in {"in", "on", "at", "last", "during"}:
        return False
    return behind[0] == "last" or (len(behind) > 1 and behind[1] != "noon" and not behind[1].isdigit())


def _across(placed: Sequence[_Placed], at: int, words: _Words) -> _Pair | None:
    """Return the pair of a figure that was "previously" said and the last one before it that it can be of."""
    one = placed[at]
    sentence = one.read.sentences[one.found.sentence]
    quantity = one.found.quantity
    ahead = _low(one.read.tokens, sentence.first, quantity.first)
    if not words.before & set(ahead[-6:]) or not words.said & set(ahead[-6:]) or words.time.search(" ".join(ahead)):
        return None
    if any(word in words.before and ahead[n + 1 : n + 2] in (["this"], ["today"]) for n, word in enumerate(ahead)):
        return None
    for other in reversed(placed[:at]):
        if other.sentence < one.sentence - BACK:
            return None
        pair = _Pair(other, one, "revisions.said_before")
        if other.sentence < one.sentence and _alike(pair, words) and _stands_for(pair):
            return pair
    return None


def _stands_for(pair: _Pair) -> bool:
    """Say whether a figure of another sentence is surely the same quantity, by its noun or what became of it."""
    new, old = pair.new.found, pair.old.found
    if new.outcome and new.outcome == old.outcome:
        return True
    return bool(new.counted) and bool(old.counted) and _head(new.counted) == _head(old.counted)


def _low(words: Sequence[Token], first: int, last: int) -> list[str]:
    return [word.low for word in words[max(0, first) : max(0, last)]]


def _revision(pair: _Pair, post: PostView, language: str) -> Revision:
    new, old = pair.new, pair.old
    near = [one for part in (new.part, old.part) for one in places_in(part, language)]
    return Revision(
        post=post.number,
        start=new.start,
        end=new.end,
        exact=post.text[new.start : new.end],
        confidence=85,
        rule=pair.rule,
        old=old.value,
        new=new.value,
        basis="stated",
        counted=(new.found.counted or old.found.counted)[:200],
        outcome=new.found.outcome or old.found.outcome,
        places=tuple(dict.fromkeys(one.name for one in near if one.role == "event"))[:5],
        other_post=post.number,
        other_start=old.start,
        other_end=old.end,
    )
