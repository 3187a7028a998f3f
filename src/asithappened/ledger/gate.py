"""The one check of every suggester's answers, ours and a plug-in's alike.

Owns which suggestions a post may have: known kinds with their fields, spans that are exact in this revision,
finite numbers, names that the live blog printed, no duplicates. Other answers are dropped with a reason. Whatever a
suggester answers or raises, nothing is raised here. Look next: `reading`, which calls the suggesters.
"""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Final, Literal, assert_never

import msgspec
from msgspec import Struct

from asithappened.ledger.suggester import Suggester
from asithappened.ledger.suggestions import (
    AnySuggestion,
    Attribution,
    Figure,
    Hedge,
    Place,
    Repetition,
    Revision,
    State,
)
from asithappened.ledger.views import BlogView, PostView

MOST: Final = 500  # of one suggester for one post: a table of results has some 300 figures, a page of digits 30,000
FIELD: Final = 300  # characters of a name, a label or a rule

Reason = Literal["raised", "malformed", "other_kind", "other_post", "not_exact", "not_finite", "invented", "too_many",
                 "said_twice"]  # fmt: skip


class Dropped(Struct, frozen=True):
    """An answer that did not pass: its suggester, the reason, and the answer, for the suggester's author."""

    suggester: str
    post: int
    reason: Reason
    seen: str = ""


Tell = Callable[[Dropped], None]


def asked(suggester: Suggester, post: PostView, blog: BlogView, tell: Tell) -> list[AnySuggestion]:
    """Return those of a suggester's answers about a post that pass, in the order in which it gave them."""
    passed: list[AnySuggestion] = []

    def drop(reason: Reason, seen: object) -> None:
        tell(Dropped(suggester.name, post.number, reason, str(seen)[:FIELD]))

    try:
        for number, answer in enumerate(islice(suggester.suggest(post, blog), MOST + 1)):
            if number == MOST:
                drop("too_many", MOST)
                break
            try:
                # Constructors check nothing, and a plug-in may answer with dictionaries.
                one = msgspec.convert(msgspec.to_builtins(answer), AnySuggestion)
            except Exception as error:
                drop("malformed", error)
                continue
            if reason := _reason(one, suggester.kinds, post, blog):
                drop(reason, one)
            else:
                passed.append(one)
    except Exception as error:
        drop("raised", f"{type(error).__name__}: {error}".rstrip(": "))
    return passed


def surest(answers: Iterable[Sequence[AnySuggestion]], names: Sequence[str], tell: Tell) -> list[AnySuggestion]:
    """Return several suggesters' answers about one post in page order, of equal answers only the surest.

    `answers`: those that passed, a sequence for each suggester of `names`; of two equally sure ones the first is kept.
    """
    said = [(whose, one) for whose, passed in enumerate(answers) for one in passed]
    said.sort(key=lambda pair: -pair[1].confidence)  # stable: the order of suggesters otherwise
    heard: dict[str, dict[int, list[AnySuggestion]]] = {}  # by kind, by suggester
    exactly: set[AnySuggestion] = set()
    for whose, one in said:
        of_kind = heard.setdefault(type(one).__name__, {})
        # Two overlapping answers of one suggester may differ in meaning; those of two suggesters are the same.
        others = (other for who, theirs in of_kind.items() if who != whose for other in theirs)
        if one in exactly or any(_same(one, other) for other in others):
            tell(Dropped(names[whose], one.post, "said_twice", str(one)[:FIELD]))
        else:
            of_kind.setdefault(whose, []).append(one)
            exactly.add(one)
    return sorted(
        (one for of_kind in heard.values() for theirs in of_kind.values() for one in theirs), key=_in_page_order
    )


def _in_page_order(one: AnySuggestion) -> tuple[int, int, str, str]:
    return one.start, one.end, type(one).__name__, one.rule


def _reason(one: AnySuggestion, kinds: frozenset[str], post: PostView, blog: BlogView) -> Reason | None:
    """Return why a well-formed suggestion does not pass, None if it does."""
    if type(one).__name__.lower() not in kinds:
        return "other_kind"
    if one.post != post.number:
        return "other_post"
    if not one.rule or any(len(words) > FIELD for words in _named(one)):
        return "malformed"
    numbers = list(_numbers(one))
    if not all(map(math.isfinite, numbers)):
        return "not_finite"
    if isinstance(one, Figure) and not one.low <= one.value <= one.high:
        return "malformed"
    if not all(_exact(post.text, *span) for span in _spans(one)):
        return "not_exact"
    if isinstance(one, Repetition | Revision) and not _elsewhere(one, post, blog):
        return "not_exact"
    if isinstance(one, Attribution) and not _printed(one.source, post, blog):
        return "invented"
    return None


def _named(one: AnySuggestion) -> Iterator[str]:
    """Yield the texts of a suggestion that its suggester chose and that have to be short."""
    yield one.rule
    match one:
        case Attribution():
            yield from (one.source, *(relay.outlet for relay in one.relays))
        case Figure():
            yield from (one.unit, one.outcome)
        case Place():
            yield one.name
        case Repetition():
            yield from one.differs
        case Revision():
            yield from (one.counted, one.outcome, *one.places)
        case State():
            yield from (one.label, one.value, *one.places)
        case Hedge():
            return
        case _:
            assert_never(one)


def _numbers(one: AnySuggestion) -> Iterator[float]:
    match one:
        case Figure():
            yield from (one.value, one.low, one.high)
        case Revision():
            yield from (one.old, one.new)
        case Repetition():
            yield one.score
        case Attribution() | Hedge() | Place() | State():
            return
        case _:
            assert_never(one)


def _spans(one: AnySuggestion) -> Iterator[tuple[int, int, str | None, bool]]:
    """Yield its spans: start, end, the words if it gives them, and whether the span may be missing."""
    yield one.start, one.end, one.exact, False
    match one:
        case Attribution():
            yield one.source_start, one.source_end, one.source_exact, True
            yield one.cue_start, one.cue_end, one.cue, True
            yield from ((relay.start, relay.end, None, False) for relay in one.relays)
        case Figure():
            yield one.counted_start, one.counted_end, one.counted, True
        case Hedge() | Place() | Repetition() | Revision() | State():
            return
        case _:
            assert_never(one)


def _exact(text: str, start: int, end: int, words: str | None, may_be_none: bool) -> bool:
    if may_be_none and start == end == 0:
        return not words
    return 0 <= start < end <= len(text) and words in {None, text[start:end]} and not text[start:end].isspace()


def _elsewhere(one: Repetition | Revision, post: PostView, blog: BlogView) -> bool:
    """Say whether the other place exists: in an older post; for a revision, also in this post or nowhere."""
    if isinstance(one, Revision) and one.other_post == one.other_start == one.other_end == 0:
        return True
    if one.other_post < post.number or (one.other_post == post.number and isinstance(one, Repetition)):
        return False
    other = post if one.other_post == post.number else _numbered(blog, one.other_post)
    return other is not None and _exact(other.text, one.other_start, one.other_end, None, False)


def _numbered(blog: BlogView, number: int) -> PostView | None:
    """Return the post with a number, which nearly always tells its place."""
    if number <= len(blog.posts) and blog.posts[number - 1].number == number:
        return blog.posts[number - 1]
    return next((post for post in blog.posts if post.number == number), None)


_NAME: Final = re.compile(r"[^\W\d_]+")


def _printed(name: str, post: PostView, blog: BlogView) -> bool:
    """Say whether this post or the blog printed every capitalised word of a speaker's name."""
    missing = {word.lower() for word in _NAME.findall(name) if word[0].isupper()}
    for one in (post, *blog.posts):
        if not missing:
            return True
        missing = {word for word in missing if not _has_word(one.lowered, word)}
    return not missing


def _has_word(text: str, word: str) -> bool:
    """Say whether a text has a word, whole: "police" has no "Ice"."""
    return word in text and re.search(rf"(?<![^\W\d_]){re.escape(word)}(?![^\W\d_])", text) is not None


def _same(one: AnySuggestion, other: AnySuggestion) -> bool:
    """Say whether two suggestions of a kind, by two suggesters, are about the same words."""
    match one, other:
        case Attribution(), Attribution():
            if one.cue_end and other.cue_end:
                return one.cue_start < other.cue_end and other.cue_start < one.cue_end
        case Hedge(), Hedge():
            if one.hedge != other.hedge:
                return False
        case State(), State():
            if one.label != other.label:
                return False
        case Repetition() | Revision(), Repetition() | Revision():
            if one.other_post != other.other_post:
                return False
        case _:
            pass
    return one.start < other.end and other.start < one.end
