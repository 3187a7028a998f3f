"""Suggests repetitions: sentences that stand in an older post of the live blog too, nearly or word for word.

Owns the comparing: trigrams of words find candidates in an index of the live blog, then their words are laid beside one
another in order. What differs is listed; nothing is said to be revised here. Look next: `repetition_index`.
"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final, NamedTuple

from asithappened.ledger.language import lexicon
from asithappened.ledger.repetition_index import Sentence, indexed, quoted_in, sentences
from asithappened.ledger.suggestions import Relation, Repetition
from asithappened.ledger.views import BlogView, PostView

SAME: Final = 0.8  # of a sentence's words in the same order: four fifths
SAME_PLAIN: Final = 0.6  # where only figures and names are others
LIKE: Final = 0.25  # of its trigrams, to be compared at all: one word changed in six, two in ten leave so many
COLON: Final = 12  # words: a shorter sentence that ends so only leads to what somebody said
LONG: Final = 400  # words: beyond that trigrams alone decide, for laying beside one another is quadratic
_DENIED: Final = frozenset(
    {"not", "no", "never", "false", "untrue", "denied", "denies", "deny", "cannot", "nicht", "kein", "keine",
     "nie", "nunca"}
)  # fmt: skip
_SMALL: Final = frozenset(
    {"in", "of", "the", "to", "for", "on", "at", "is", "are", "was", "as", "by", "from", "with", "after", "over", "a",
     "im", "der", "die", "das", "für", "von", "en", "de", "la", "el", "por"}
)  # fmt: skip
_NEWER: Final = frozenset(
    {"now", "risen", "rises", "rose", "raised", "updated", "revised", "increased", "latest", "inzwischen",
     "jetzt", "ahora"}
)  # fmt: skip


class _Match(NamedTuple):
    one: Sentence
    other: Sentence
    post: int
    score: float


class Repetitions:
    """Suggests repetitions."""

    name = "repetition"
    version = "1"
    kinds = frozenset({"repetition"})

    def suggest(self, post: PostView, blog: BlogView) -> Iterator[Repetition]:
        """Yield what a post repeats of older ones, sentence by sentence."""
        mine = sentences(post)
        if not any(one.trigrams for one in mine):
            return
        older = indexed(blog)
        for one in mine:
            if not one.trigrams or is_routine(one, post, blog.language):
                continue
            match = _nearest(one, older.like(one, LIKE, post.number))
            if match is None and (words := quoted_in(one, post.text)):
                match = _nearest(words, older.like(words, LIKE, post.number))
            if match is not None:
                yield _said(match, post)


def is_routine(one: Sentence, post: PostView, language: str) -> bool:
    """Say whether a sentence is a standing phrase, an address or a credit, which many posts have."""
    exact = post.text[one.start : one.end]
    if exact.startswith(("http://", "https://", "www.", "pic.")) or (exact.endswith(":") and len(one.words) < COLON):
        return True
    if len(one.words) < COLON and all(one.large[1:]) and not _SMALL & set(one.words):
        return True  # names in a list, and no headline in capitals
    said = " ".join(one.words[:8]) + " "
    return said.startswith(_routine(language))


@lexicon.kept
def _routine(language: str) -> tuple[str, ...]:
    return tuple(phrase + " " for phrase in lexicon.load(language, "routine"))


def _nearest(one: Sentence, found: Sequence[tuple[int, Sentence]]) -> _Match | None:
    """Return the sentence of the nearest older post that says the same; of one post, the most alike."""
    if not found:
        return None
    best: _Match | None = None
    laid = _Laid(one)
    for number, other in found:  # nearest first
        if best is not None and number > best.post:
            break
        but_for_figures = len(one.plain) > 3 and one.plain == other.plain
        least = SAME_PLAIN if but_for_figures else SAME
        score = laid.beside(other, least)
        if score >= least and (best is None or score > best.score):
            best = _Match(one, other, number, score)
    return best


class _Laid:
    """A sentence that is laid beside many."""

    def __init__(self, one: Sentence) -> None:
        self._one, self._words = one, set(one.words)
        self._matcher = SequenceMatcher[str](None, (), one.words, False)

    def beside(self, other: Sentence, least: float) -> float:
        """Return how much of it stands in another in the same order; 0 where that is surely less than `least`."""
        one = self._one
        if one.words == other.words:
            return 1.0
        if len(one.words) > LONG or len(other.words) > LONG:
            return len(one.trigrams & other.trigrams) / len(one.trigrams)
        missing = len(self._words.difference(other.words))
        if (len(one.words) - missing) / len(one.words) < least:
            return 0.0
        self._matcher.set_seq1(other.words)
        return sum(block.size for block in self._matcher.get_matching_blocks()) / len(one.words)


def _said(match: _Match, post: PostView) -> Repetition:
    one, other = match.one, match.other
    beside = _beside(one, other)
    new, gone = _new_in(one, beside, _initials(other)), _new_in(beside, one, _initials(one))
    return Repetition(
        post=post.number,
        start=one.start,
        end=one.end,
        exact=post.text[one.start : one.end],
        confidence=95,
        rule="repetition.trigrams",
        other_post=match.post,
        other_start=other.start,
        other_end=other.end,
        relation=_relation(one, beside, new, gone),
        score=round(match.score, 3),
        differs=new[:20],
    )


def _beside(one: Sentence, other: Sentence) -> Sentence:
    """Return that part of an older sentence beside which a newer one lies: what stands before and behind says more."""
    if len(one.words) > LONG or len(other.words) > LONG:
        return other
    blocks = SequenceMatcher(None, other.words, one.words, False).get_matching_blocks()
    long = [block for block in blocks if block.size > 1]
    if not long:
        return other
    first = max(0, long[0].a - long[0].b)
    last = long[-1].a + len(one.words) - long[-1].b
    return other._replace(words=other.words[first:last], large=other.large[first:last])


def _initials(one: Sentence) -> str:
    return "".join(word[0] if large else " " for word, large in zip(one.words, one.large, strict=True))


def _new_in(one: Sentence, other: Sentence, initials: str) -> tuple[str, ...]:
    """Return the figures and names of a sentence that the other has not got, nor its initials ("UN")."""
    had = set(other.words)
    words = zip(one.words, one.large, strict=True)
    return tuple(
        dict.fromkeys(
            word[:60]
            for word, large in words
            if word not in had and (large or word[0].isdigit()) and not (1 < len(word) < 6 and word in initials)
        )
    )


def _relation(one: Sentence, other: Sentence, new: tuple[str, ...], gone: tuple[str, ...]) -> Relation:
    mine, theirs = set(one.words), set(other.words)
    if bool(mine & _DENIED) != bool(theirs & _DENIED):
        return "contradicts"
    if not new or not gone:
        return "restates"  # what was left out or added takes nothing back
    figures = any(word[0].isdigit() for word in new) and any(word[0].isdigit() for word in gone)
    return "updates" if figures and (mine - theirs) & _NEWER else "differs"
