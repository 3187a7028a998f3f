"""A series, and a figure where it stands, as they are compared.

Owns reading what a series is told by, and who or what is counted alike. Look next: `same_figure`, `same_outcome`.
"""

from itertools import pairwise
from typing import Final, NamedTuple

from asithappened.ledger import gazetteer, lexicon, same_place
from asithappened.ledger.changes import Moved
from asithappened.ledger.clause import Sentence, outcome_of, outcomes_in, stem
from asithappened.ledger.figures import Found
from asithappened.ledger.phrases import phrases
from asithappened.ledger.tokens import read
from asithappened.ledger.views import PartView

_FORESEEN: Final = frozenset(
    {"projected", "projection", "forecast", "predicted", "expected", "planned", "prognose", "hochrechnung", "erwartet",
     "erwartete", "geplant", "geplante", "previsto", "previstos", "prevista", "previstas", "proyectados", "proyección"}
)  # fmt: skip


class Here(NamedTuple):
    """A figure where it stands.

    `previous`, `next`: the figures on either side in its sentence; `before`: the place spoken of before that;
    `context`: stems of the words of the sentence before.
    """

    found: Found
    part: PartView
    sentence: Sentence
    previous: Found | None
    next: Found | None
    before: same_place.Where | None
    context: frozenset[str]
    language: str


class Series(NamedTuple):
    """What a series is told by, read once.

    `words`: stems of its label's; `outcome`: its own or its label's; `names`: stems of the names in its label;
    `told`: the outcome that those counted have by their name ("cases").
    """

    moved: Moved
    words: frozenset[str]
    outcome: str
    group: tuple[str, ...]
    head: str
    adjectives: frozenset[str]
    names: frozenset[str]
    told: str


def series(moved: Moved, language: str) -> Series:
    """Read what a series is told by."""
    places = " ".join(moved.places).lower()
    lows = [token.low for token in read(moved.label).tokens if token.kind == "word"]
    outcome = _outcome(moved.outcome, language) or next(iter(outcomes_in(lows, language)), "")
    stops = phrases(language).classes
    words = {
        stem(low) for low in lows if "stop" not in stops.get(low, ()) and low not in places.split() and len(low) > 2
    }
    if moved.outcome and not outcome:  # one that no list has is a word like others
        words |= {stem(low) for low in moved.outcome.lower().split()}
    counted = moved.counted or ("" if outcome or moved.figure != "count" else moved.label)
    head = head_of(counted, language)
    named = [token for token in read(moved.label).tokens if token.kind == "word" and not token.text.islower()]
    if named and named[0].start == 0 and not (len(lows) > 1 and lows[1] == head):  # "Labour seats", but "People killed"
        named = named[1:]
    names = frozenset(stem(token.low) for token in named) & words
    told = "" if outcome else next(iter(lexicon.load(language, "tells").get(head, ())), "")
    if moved.figure != "count":
        words |= {stem(head)} if head else set[str]()
        listed = lexicon.load(language, "tells")
        words |= {stem(listed[low][0]) for low in lows if low in listed}  # "area scorched" is an area burned
    return Series(moved, frozenset(words), outcome, group_of(counted, language), head, names_in(counted), names, told)


def _outcome(said: str, language: str) -> str:
    """Return an outcome as texts are read for it: "damaged" for "flooded", empty for what no list has."""
    listed = lexicon.load(language, "outcomes")
    low = outcome_of(said.lower())
    if low in listed:
        return outcome_of(listed[low][0])
    known = (
        *listed.values(),
        *lexicon.load(language, "tells").values(),
        *lexicon.load(lexicon.WHOLE, "outcomes").values(),
    )
    return low if any(outcome_of(values[0]) == low for values in known) else ""


def is_foreseen(label: str) -> bool:
    """Say whether a series is of what is to come: "Seats projected", "Jobs to be cut"."""
    lows = label.lower().split()
    return not _FORESEEN.isdisjoint(lows) or ("to", "be") in pairwise(lows)


def group_of(counted: str, language: str) -> tuple[str, ...]:
    """Return the group of those counted and what it stands for; the noun alone where no list has it."""
    listed = lexicon.load(language, "counted_as")
    words = [token.low for token in read(counted).tokens if token.kind == "word"]
    for length in (2, 1):
        for at in range(len(words) - length, -1, -1):
            if values := listed.get(" ".join(words[at : at + length])):
                return values
    return (head_of(counted, language),)


def head_of(counted: str, language: str) -> str:
    """Return the noun in what is counted: "miners" of "trapped miners"."""
    words = [token.low for token in read(counted).tokens if token.kind == "word"]
    if not words:
        return ""
    return words[0] if language.startswith("es") else words[-1]


def names_in(counted: str) -> frozenset[str]:
    """Return the names in what is counted: "Russian" of "Russian soldiers"."""
    words = counted.split()[:-1]
    return frozenset(gazetteer.folded(word) for word in words if word[:1].isupper())
