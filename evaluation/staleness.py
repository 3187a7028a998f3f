"""What counts as right of a sweep: the places that our own days mark as stale, and no others.

Owns comparing and counting. A find is right if it touches marked words of the same text that no other find has
touched; for a state, if its sentence contains them, because it is a matter of taste which words of a sentence say that
a road is closed. Whether it is exactly those words is counted separately. Look next: `days`; GUIDELINE.md, "Stale
texts".
"""

from collections.abc import Iterable
from typing import Final

from asithappened.ledger.changes import Stale, Switched
from asithappened.ledger.stale.sweep import sweep
from evaluation.days import Day, Span
from evaluation.scoring import Error, Scores

STALE: Final = "stale text"
EXACT: Final = "its exact words, of those found"


def measured(days: Iterable[Day]) -> Scores:
    """Return how well a sweep after each day's change finds the stale texts, for all days together."""
    scores = Scores()
    for day in days:
        count(scores, day, sweep(day.changes, day.texts, day.language))
    return scores


def count(scores: Scores, day: Day, found: Iterable[Stale]) -> None:
    """Count what a sweep of a day found."""
    texts = {text.key: text.view.text for text in day.texts}
    switched = {change.key for change in day.changes if isinstance(change, Switched)}
    left = set(day.stale)
    task, exact = scores[STALE], scores[EXACT]
    for one in found:
        span = (one.text, one.start, one.end)
        sentence = (one.text, one.sentence_start, one.sentence_start + len(one.sentence))
        near = sentence if one.change in switched else span
        marked = next((other for other in sorted(left) if _touch(near, other)), None)
        if marked is None:
            task.extra += 1
            task.errors.append(_error(one.confidence, f"not stale [{one.rule}]", day, span, texts[one.text]))
            continue
        left.remove(marked)
        task.right += 1
        if span == marked:
            exact.right += 1
        else:
            exact.extra += 1
            exact.missed += 1
            words = texts[one.text][marked[1] : marked[2]]
            exact.errors.append(_error(one.confidence, f"not exactly {words!r}", day, span, texts[one.text]))
    task.missed += len(left)
    task.errors += [_error(-1, "missed", day, span, texts[span[0]]) for span in sorted(left)]


def _touch(one: Span, other: Span) -> bool:
    return one[0] == other[0] and one[1] < other[2] and other[1] < one[2]


def _error(confidence: int, what: str, day: Day, span: Span, text: str) -> Error:
    name, start, end = span
    near = f"{text[max(0, start - 70) : start]}[{text[start:end]}]{text[end : end + 70]}"
    return Error(confidence, what, f"{day.name} {name}", " ".join(near.split()))
