"""What still says the old thing: the texts of a live blog that assert a figure, a state or words that no longer stand.

Owns the one function that both the sweep after a change and the warning while typing ask. Pure, linear, raises on no
text. What is marked as past ("previously 63"), another's or another thing's is not listed. Look next: `changes`.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import assert_never

from asithappened.ledger.changes import Change, Corrected, Moved, Stale, Switched, Text
from asithappened.ledger.language import lexicon
from asithappened.ledger.stale import figure_series
from asithappened.ledger.stale.sweep_figures import FigureSweep
from asithappened.ledger.stale.sweep_states import StateSweep
from asithappened.ledger.stale.sweep_words import WordSweep

_Sweep = FigureSweep | StateSweep | WordSweep


def sweep(changes: Sequence[Change], texts: Iterable[Text], language: str = "en") -> Iterator[Stale]:
    """Yield where texts still assert what the changes superseded, text by text and in order of their words.

    `changes`: give every open series that there is, also one that did not move: a figure that stands in one of them is
    not another's old value.
    """
    yield from _found(changes, texts, language, differing=False)


def contradictions(text: Text, ledger: Sequence[Change], language: str = "en") -> Iterator[Stale]:
    """Yield where a text that is being written contradicts the ledger: as `sweep`, and values that no series had."""
    yield from _found(ledger, [text], language, differing=True)


def _found(changes: Sequence[Change], texts: Iterable[Text], language: str, *, differing: bool) -> Iterator[Stale]:
    sweeps = list(_sweeps(changes, language, differing=differing))
    for text in texts:
        found = [stale for one in sweeps for stale in one.find(text)]
        yield from sorted(found, key=lambda stale: (stale.start, stale.end, stale.change))


def _sweeps(changes: Sequence[Change], language: str, *, differing: bool) -> Iterator[_Sweep]:
    moved = [figure_series.series(change, language) for change in changes if isinstance(change, Moved)]
    for change in changes:
        match change:
            case Moved():
                if change.old or differing:
                    yield FigureSweep(change, moved, language, differing=differing)
            case Switched():
                if change.old:
                    yield _state_sweep(change, language)
            case Corrected():
                yield _word_sweep(change, language)
            case _:
                assert_never(change)


@lexicon.kept
def _state_sweep(switched: Switched, language: str) -> StateSweep:
    """Return a switched series, ready to be looked for: made once, while somebody types."""
    return StateSweep(switched, language)


@lexicon.kept
def _word_sweep(corrected: Corrected, language: str) -> WordSweep:
    return WordSweep(corrected, language)
