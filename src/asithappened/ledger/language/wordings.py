"""A list's phrases, found among words: the longest at each place, from left to right, none inside another.

Owns what a phrase may hold beside words: `…` for up to six words between, `~` for any ending. Linear: what can follow
a first word is known, and gaps are bounded.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias

from asithappened.ledger.language.tokens import read

GAP: Final = "…"
GAP_WORDS: Final = 6
_STOPS: Final = frozenset(".!?;:…“”")


class Found(NamedTuple):
    """A phrase at words `first` to `last` (one past), and what the list says of it."""

    first: int
    last: int
    phrase: str
    values: tuple[str, ...]


_Listed: TypeAlias = tuple[tuple[str, ...], str, tuple[str, ...]]  # words, phrase, values
# By the second word; those of one word, and those that any word may follow in, are in each, and alone under None.
_BySecond: TypeAlias = dict[str | None, list[_Listed]]


class Wordings:
    """The phrases of a list."""

    def __init__(self, phrases: Mapping[str, tuple[str, ...]]) -> None:
        self._by_first: dict[str, _BySecond] = {}
        self._by_stem: dict[str, _BySecond] = {}
        for phrase, values in phrases.items():
            words = _words(phrase)
            if words[0].endswith("~"):
                begun = self._by_stem.setdefault(words[0][:3], {None: []})
            else:
                begun = self._by_first.setdefault(words[0], {None: []})
            if len(words) == 1 or words[1] == GAP or words[1].endswith("~"):
                for some in begun.values():
                    some.append((words, phrase, values))
            else:
                begun.setdefault(words[1], begun[None].copy()).append((words, phrase, values))

    def find(self, lows: Sequence[str]) -> Iterator[Found]:
        """Yield what stands among words in small letters."""
        if not self._by_stem and self._by_first.keys().isdisjoint(lows):
            return
        at = 0
        while at < len(lows):
            begins = lows[at] in self._by_first or (self._by_stem and lows[at][:3] in self._by_stem)
            best = self.at(lows, at) if begins else None
            if best is not None:
                yield best
                at = best.last
            else:
                at += 1

    def keys(self, values: Collection[str]) -> frozenset[str]:
        """Return a word of each phrase of some values: a text that has none of them has no such phrase."""
        listed = (one for begun in self._by_first.values() for some in begun.values() for one in some)
        return frozenset(
            max((w for w in words if w != GAP and not w.endswith("~")), key=len)
            for words, _, own in listed
            if own and own[0] in values
        )

    def at(self, lows: Sequence[str], at: int) -> Found | None:
        """Return the longest phrase that begins at a place."""
        best: Found | None = None
        behind = lows[at + 1] if at + 1 < len(lows) else ""
        for begun in (self._by_first.get(lows[at]), self._by_stem.get(lows[at][:3])):
            for words, phrase, values in begun.get(behind, begun[None]) if begun is not None else ():
                last = _match(words, lows, at)
                if last and (best is None or last > best.last):
                    best = Found(at, last, phrase, values)
        return best


@lru_cache(maxsize=8192)  # each state that switched has its own list of nearly the same phrases
def _words(phrase: str) -> tuple[str, ...]:
    """Return a phrase's words as a text's are told apart."""
    words: list[str] = []
    for word in phrase.split():
        if word == GAP or word.endswith("~"):
            words.append(word)
        else:
            words += [token.low for token in read(word).tokens]
    return tuple(words)


def _match(words: Sequence[str], lows: Sequence[str], at: int) -> int:
    """Return one past where a phrase that begins at a place ends; 0 if it does not stand there."""
    here = at
    for number, word in enumerate(words):
        if word == GAP:
            return _after_gap(words[number + 1 :], lows, here)
        if here >= len(lows) or not _same(word, lows[here]):
            return 0
        here += 1
    return here


def _after_gap(words: Sequence[str], lows: Sequence[str], here: int) -> int:
    for start in range(here, min(here + GAP_WORDS + 1, len(lows))):
        if last := _match(words, lows, start):
            return last
        if lows[start] in _STOPS:
            return 0
    return 0


def _same(word: str, low: str) -> bool:
    return low.startswith(word[:-1]) if word.endswith("~") else word == low
