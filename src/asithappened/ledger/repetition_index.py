"""The sentences of a live blog by the trigrams of their words, so that what a post repeats is found at once.

Owns cutting posts into sentences, quickly and alike for all of them, and an index for each live blog that follows it: a
post that is new or was changed is added, the rest stays. What is kept changes no answer, only its time.
"""

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from itertools import chain
from threading import Lock
from typing import Final, NamedTuple

from asithappened.ledger.views import BlogView, Part, PostView

FEWEST: Final = 6  # words of a sentence, an item or a headline that may be said to repeat
KEPT: Final = 16  # live blogs
_COMMON: Final = 64  # sentences: a trigram in more of them says nothing, a standing phrase does not slow a post down
_CUT: Final = re.compile(r"(?:[.!?…][\"”’»)\]]{0,3})(?:\s+(?=[\"“‘«„(\[]?[^\W_a-z])|(?=[“«„][^\W_a-z]))|\n")
_LEADS: Final = re.compile(r":\s+(?=[\"“‘«„])")
_SHORT: Final = frozenset(
    {"mr", "mrs", "ms", "dr", "st", "sen", "gov", "rep", "gen", "col", "lt", "sgt", "prof", "rev", "jr", "no",
     "vs", "hr", "fr", "nr", "sr", "sra"}
)  # fmt: skip
_DOTTED: Final = re.compile(r"(?:[a-z]\.){1,3}[a-z]")  # "U.S."
_WORD: Final = re.compile(r"\w+(?:[.,:'’-]\w+)*")
_MARKS: Final = ' \t\r\n•-–—"“”‘’'


class Sentence(NamedTuple):
    """A sentence of a post. `place`: which one of its post it is. `large`: which words have a capital.

    `plain`: its words without figures and those that have a capital.
    """

    start: int
    end: int
    place: int
    words: tuple[str, ...]
    large: tuple[bool, ...]
    plain: tuple[str, ...]
    trigrams: frozenset[int]


def sentences(post: PostView) -> tuple[Sentence, ...]:
    """Return a post's sentences. Those of a signature are none."""
    found: list[Sentence] = []
    for part in post.parts:
        if part.kind in {Part.SIGNATURE, Part.CARD}:
            continue
        for one in _cut(part.text):
            found.append(Sentence(part.start + one[0], part.start + one[1], len(found), *one[2:]))
    return tuple(found)


def quoted_in(one: Sentence, text: str) -> Sentence | None:
    """Return somebody's words behind a colon as a sentence of their own ("The mayor said: “…”"), None for none."""
    leads = _LEADS.search(text, one.start, one.end)
    cut = _read(text[leads.end() : one.end]) if leads else None
    if leads is None or cut is None or not cut[-1]:
        return None
    return Sentence(leads.end(), one.end, one.place, *cut[2:])


_Cut = tuple[int, int, tuple[str, ...], tuple[bool, ...], tuple[str, ...], frozenset[int]]


@lru_cache(maxsize=16_384)
def _cut(text: str) -> tuple[_Cut, ...]:
    found, start = list[_Cut](), 0
    for end in (*(match.end() for match in _CUT.finditer(text) if not _abbreviated(text, match.start())), len(text)):
        if one := _read(text[start:end]):
            found.append((start + one[0], start + one[1], *one[2:]))
        start = end
    return tuple(found)


def _read(exact: str) -> _Cut | None:
    """Return where in some characters a sentence stands, its words, which are large, the plain ones, its trigrams."""
    first, last = len(exact) - len(exact.lstrip(" \t\r\n•")), len(exact.rstrip())
    printed = _WORD.findall(exact)
    if not printed or first >= last:
        return None
    words = tuple(map(_folded, printed))
    grams = zip(words, words[1:], words[2:], strict=False) if len(words) >= FEWEST else ()
    large = (False, *(word[0].isupper() for word in printed[1:]))
    plain = tuple(word for word, capital in zip(words, large, strict=True) if not capital and not word[0].isdigit())
    return first, last, words, large, plain, frozenset(map(hash, grams))


def _folded(word: str) -> str:
    """Return a word as it is compared: small, with plain apostrophes, without accents ("Patiño" is spelt both ways)."""
    low = word.lower().replace("’", "'").replace("‘", "'")
    if low.isascii():
        return low
    plain = "".join(one for one in unicodedata.normalize("NFKD", low) if not unicodedata.combining(one))
    return plain or low


def _abbreviated(text: str, at: int) -> bool:
    """Say whether a full stop ends an abbreviation or an initial, and no sentence."""
    if text[at] != ".":
        return False
    before = text[max(0, at - 6) : at].rpartition(" ")[2].lower().lstrip("“\"'(")
    return before in _SHORT or (len(before) == 1 and before.isalpha()) or _DOTTED.fullmatch(before) is not None


class Index:
    """The sentences of a live blog's posts."""

    def __init__(self) -> None:
        self._posts: set[str] = set()
        self._sentences: list[tuple[str, Sentence]] = []  # with their posts' texts
        self._by_trigram: dict[int, list[int]] = {}  # places in that list
        self.numbers: dict[str, list[int]] = {}
        self._followed: tuple[PostView, ...] = ()

    def knows(self, blog: BlogView) -> bool:
        """Say whether it was this live blog's: its oldest post is there, or the one in its middle."""
        return any(post.text in self.numbers for post in (blog.posts[-1], blog.posts[len(blog.posts) // 2]))

    def follow(self, blog: BlogView) -> None:
        """Become what a live blog is now."""
        if self._followed is blog.posts:
            return
        self._followed = blog.posts
        numbers: dict[str, list[int]] = {}
        for post in blog.posts:
            numbers.setdefault(post.text, []).append(post.number)
        gone = len(self._posts - numbers.keys())
        if gone > max(50, len(numbers) // 2):
            self._posts, self._sentences, self._by_trigram = set(), [], {}
        for post in blog.posts:
            if post.text not in self._posts:
                self._add(post)
        self.numbers = numbers

    def _add(self, post: PostView) -> None:
        self._posts.add(post.text)
        for one in sentences(post):
            for trigram in one.trigrams:
                where = self._by_trigram.setdefault(trigram, [])
                if len(where) < _COMMON:
                    where.append(len(self._sentences))
            self._sentences.append((post.text, one))

    def like(self, one: Sentence, share: float, newer: int) -> list[tuple[int, Sentence]]:
        """Return sentences of posts older than one that share so much of its trigrams, the nearest post first."""
        hits = Counter(chain.from_iterable(self._by_trigram.get(trigram, ()) for trigram in one.trigrams))
        least = share * len(one.trigrams)
        found = [
            (number, other)
            for text, other in (self._sentences[at] for at, many in hits.items() if many >= least)
            for number in self.numbers.get(text, ())
            if number > newer
        ]
        return sorted(found, key=lambda pair: (pair[0], pair[1].start))


_kept: list[Index] = []  # the one that was asked for last comes last
_lock = Lock()


def indexed(blog: BlogView) -> Index:
    """Return the index of a live blog."""
    if not blog.posts:
        return Index()
    with _lock:
        index = next((one for one in reversed(_kept) if one.knows(blog)), None)
        if index is None:
            index = Index()
        else:
            _kept.remove(index)
        index.follow(blog)
        _kept.append(index)
        del _kept[:-KEPT]
    return index
