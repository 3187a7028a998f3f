"""A sentence as a sweep reads it: its clauses, and the words in it that say that something no longer holds.

Owns cutting at commas, brackets and conjunctions, and finding the phrases of the lexicon `no_longer`, verbs of saying
and names of tolls. Judges nothing. Look next: `superseded`.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from asithappened.ledger.language import lexicon
from asithappened.ledger.language.phrases import phrases
from asithappened.ledger.language.roles import roles
from asithappened.ledger.language.tokens import Token, read
from asithappened.ledger.language.wordings import Wordings

LONGEST: Final = 200  # tokens: what goes on without a full stop is read in pieces
_STEM: Final = 5  # letters
_SHORT: Final = 3
_LABEL: Final = 5  # tokens
_CUTS: Final = frozenset(",;:()[]|•—–…")
RELATIVE: Final = frozenset({"which", "who", "whose", "whom", "where", "that", "die", "der", "das", "que", "quien"})


class Mark(NamedTuple):
    """A phrase of `no_longer` at tokens `first` to `last` (one past)."""

    first: int
    last: int
    kinds: frozenset[str]


class Clause(NamedTuple):
    """A piece of a sentence, in tokens."""

    first: int
    last: int


class Telling(NamedTuple):
    """What became of somebody, told by other words: one of `outcomes`.

    `clear`: of whatever is counted ("did not survive"); `sure`: whatever else is said of them; `before`: only of
    those behind it ("searching for 17"); `last`: its last token (one past).
    """

    outcomes: frozenset[str]
    clear: bool
    sure: bool
    before: bool
    last: int


class Sentence(NamedTuple):
    """A sentence read.

    `said`, `tolls`, `outcomes`, `moves`: tokens of verbs of saying, of names of a reported figure, of what became of
    somebody, and of moving; `tells`: of what tells it without saying so; `otherwise`: of what tells something else,
    with the outcomes that it is against (none: any);
    `stems`: of all its words.
    """

    tokens: Sequence[Token]
    first: int
    last: int
    clauses: tuple[Clause, ...]
    marks: tuple[Mark, ...]
    said: frozenset[int]
    tolls: frozenset[int]
    outcomes: dict[int, str]
    moves: frozenset[int]
    tells: dict[int, Telling]
    otherwise: dict[int, frozenset[str]]
    stems: frozenset[str]

    def clause_at(self, at: int) -> int:
        """Return the number of the clause that a token is in."""
        for number, clause in enumerate(self.clauses):
            if clause.first <= at < clause.last:
                return number
        return len(self.clauses) - 1

    def having(self, kind: str, first: int, last: int) -> list[Mark]:
        """Return the marks of a kind among some tokens."""
        return [mark for mark in self.marks if kind in mark.kinds and first <= mark.first and mark.last <= last]

    def heads(self, number: int) -> bool:
        """Say whether a clause is a short label before a colon or in a table: "Deaths: 63"."""
        clause = self.clauses[number]
        return (
            clause.last - clause.first <= _LABEL
            and clause.last < self.last
            and self.tokens[clause.last].text in {":", "|"}
        )

    def relative(self, clause: Clause) -> bool:
        """Say whether a clause says something more of what stands before it: "which …", "who …"."""
        return clause.first < clause.last and self.tokens[clause.first].low in RELATIVE


class _Lists(NamedTuple):
    marks: Wordings
    said: frozenset[str]
    tolls: Wordings
    moves: frozenset[str]
    outcomes: Wordings
    tells: Wordings
    otherwise: Wordings


@lexicon.kept
def _lists(language: str) -> _Lists:
    revisions = lexicon.load(language, "revisions")
    said = {phrase for phrase, values in revisions.items() if "said" in values}
    for values in lexicon.load(language, "cues").values():
        if values[1] in {"always", "clause", "measure"}:
            said |= {value for value in values[2:] if value not in {"person", "to", "-"} and " " not in value}
    tolls = {phrase: values for phrase, values in revisions.items() if "figure" in values and "said" not in values}
    return _Lists(
        Wordings(lexicon.load(language, "no_longer")),
        frozenset(said),
        Wordings(tolls),
        frozenset(phrase for phrase, values in revisions.items() if "revises" in values),
        Wordings({p: v for p, v in lexicon.load(language, "outcomes").items() if v[1:] != ("jobs",)}),
        Wordings(lexicon.load(language, "tells")),
        Wordings(lexicon.load(language, "otherwise")),
    )


@lru_cache(maxsize=512)
def sentences(text: str, language: str) -> tuple[Sentence, ...]:
    """Return a text's sentences in order; one that is longer than any sentence is, in pieces."""
    whole = read(text)
    return tuple(
        _sentence(whole.tokens, first, min(first + LONGEST, one.last), language)
        for one in whole.sentences
        for first in range(one.first, one.last, LONGEST)
    )


lexicon.on_other_lists(sentences.cache_clear)


def outcome_of(word: str) -> str:
    """Return an outcome as it is compared: "cut_off" of an older list is "cut off"."""
    return word.replace("_", " ")


def told(values: Sequence[str]) -> frozenset[str]:
    """Return the outcomes that an entry of `tells` has: "injured or infected"."""
    return frozenset(outcome_of(one) for one in values[0].split(" or ")) if values else frozenset()


def outcomes_in(lows: Sequence[str], language: str) -> list[str]:
    """Return what some words, in small letters, say became of those counted."""
    return [outcome_of(found.values[0]) for found in _lists(language).outcomes.find(lows)]


def stem(low: str) -> str:
    """Return what words of one stem share, roughly: "deaths" and "death", "evacuated" and "evacuees".

    Too much is cut from some plurals: "homes" has another stem than "home".
    """
    word = low.strip("-'’")
    for ending in ("ies", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= _SHORT:
            word = word[: -len(ending)]
            break
    return word[:_STEM]


def stems(lows: Iterable[str], language: str) -> frozenset[str]:
    """Return the stems of words that say what something is about."""
    classes, said = phrases(language).classes, roles(language)["said"]
    kept = (low for low in lows if "stop" not in classes.get(low, ()) and len(low) > 1 and low not in said)
    return frozenset(map(stem, kept))


def number_at(found: Sequence[Sentence], at: int) -> int:
    """Return which sentence a token is in."""
    return max(0, bisect_right(found, at, key=lambda one: one.first) - 1)


def _sentence(tokens: Sequence[Token], first: int, last: int, language: str) -> Sentence:
    lists, lows = _lists(language), [token.low for token in tokens[first:last]]
    standing = (lists.marks.at(lows, at) for at in range(len(lows)))  # phrases may lie in one another
    marks = _outermost(
        [Mark(first + one.first, first + one.last, frozenset(one.values)) for one in standing if one is not None]
    )
    return Sentence(
        tokens,
        first,
        last,
        tuple(_clauses(tokens, first, last, marks)),
        tuple(marks),
        frozenset(first + at for at, low in enumerate(lows) if low in lists.said),
        frozenset(first + at for found in lists.tolls.find(lows) for at in range(found.first, found.last)),
        {first + found.first: outcome_of(found.values[0]) for found in lists.outcomes.find(lows)},
        frozenset(first + at for at, low in enumerate(lows) if low in lists.moves),
        {
            first + found.first: Telling(
                told(found.values),
                "clear" in found.values or found.last - found.first > 1,
                "clear" in found.values,
                "before" in found.values,
                first + found.last,
            )
            for found in lists.tells.find(lows)
        },
        {first + found.first: frozenset(map(outcome_of, found.values)) for found in lists.otherwise.find(lows)},
        frozenset(map(stem, lows)),
    )


def _outermost(marks: Sequence[Mark]) -> list[Mark]:
    kept: list[Mark] = []
    for mark in marks:  # in order of where they begin
        if not kept or mark.last > kept[-1].last:
            kept.append(mark)
    return kept


def _clauses(tokens: Sequence[Token], first: int, last: int, marks: Sequence[Mark]) -> list[Clause]:
    joins = {mark.first for mark in marks if "joins" in mark.kinds}
    found, begins = [], first
    for at in range(first, last):
        if at in joins and at > begins:
            found.append(Clause(begins, at))
            begins = at
        elif tokens[at].text[0] in _CUTS and not _inside_number(tokens, at):
            if at > begins:
                found.append(Clause(begins, at))
            begins = at + 1
    if last > begins or not found:
        found.append(Clause(begins, last))
    return found


def _inside_number(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a dash stands between two numbers: "60–65"."""
    return (
        0 < at < len(tokens) - 1
        and tokens[at].text in "–—"
        and tokens[at - 1].end == tokens[at].start
        and tokens[at].end == tokens[at + 1].start
    )
