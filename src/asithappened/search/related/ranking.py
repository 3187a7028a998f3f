"""Which live blogs are about the same story: by headlines, standfirsts and tags, weighted by BM25.

Owns the ranking, in plain Python over the results of the search index, so that both databases give the same. The
results contain every live blog that has one of the words, so the frequency of a word is counted in them.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from math import log
from typing import Final

from asithappened.core.searching import searchable, tokens
from asithappened.core.state import BlogState

HEADLINE: Final = 2.0
TAG: Final = 3.0  # the weight of a tag, because a person chose it to say what the story is about
STANDFIRST: Final = 1.0
WORDS: Final = 24  # words that are searched for: those of the headline and of tags first
SHARED: Final = 2  # common words that are required without a common tag: one word makes no common story
_SATURATION, _LENGTH = 1.2, 0.75  # k1 and b, as Okapi's authors recommend them
# Words that say nothing about a story, in the languages of the interface. In a house with few live blogs their
# frequency would not show that. Shorter words are left out anyway.
_SAY_NOTHING: Final = (
    "live blog after with from about this that what when where will have been more over into news latest updates as "
    "aber auch nach einer eine einem einen uber unter wird werden nicht alle sich noch heute "
    "para como esta este desde sobre entre hasta todo todos directo ultima hora "
    "після через щодо також буде новини наживо під час "
    "بعد على إلى التي الذي هذا هذه مباشر"
)
_SHORTEST: Final = 4  # letters of an alphabet; two neighbours of a script without spaces are a word


def telling(text: str) -> list[str]:
    """Return the words of a text that may say what a live blog is about."""
    return [token for token in tokens(text) if token not in _said_often() and not _short(token)]


def _short(token: str) -> bool:
    return len(token) < _SHORTEST and (token.isascii() or token[0] < "\u1100") and not token.isdigit()


@cache
def _said_often() -> frozenset[str]:
    return frozenset(tokens(_SAY_NOTHING))


def wanted(blog: BlogState, key_events: Sequence[str] = ()) -> list[str]:
    """Return the words by which others are searched for, at most WORDS, the weightiest first."""
    texts = (*blog.tags, blog.title, *key_events, blog.standfirst)
    return list(dict.fromkeys(token for text in texts for token in telling(text)))[:WORDS]


def ranked(blog: BlogState, words: Sequence[str], found: Mapping[int, BlogState], *, of: int, most: int) -> list[int]:
    """Return the found live blogs that are about the same story, the most similar first, at most `most`.

    `of`: how many live blogs were searched.
    """
    weights = {id_: _weights(other) for id_, other in found.items()}
    has = Counter(word for each in weights.values() for word in words if word in each)
    usual = sum(sum(each.values()) for each in weights.values()) / max(1, len(weights))
    mine = {searchable(tag) for tag in blog.tags}
    scores = dict[int, float]()
    for id_, each in weights.items():
        # A word that every third live blog has tells nothing.
        shared = [word for word in words if word in each and has[word] <= max(3, of / 3)]
        if len(shared) < SHARED and mine.isdisjoint(searchable(tag) for tag in found[id_].tags):
            continue
        long = 1 - _LENGTH + _LENGTH * sum(each.values()) / usual
        scores[id_] = sum(
            log(1 + (max(of, has[word]) - has[word] + 0.5) / (has[word] + 0.5))
            * each[word] * (_SATURATION + 1) / (each[word] + _SATURATION * long)
            for word in words if word in each
        )  # fmt: skip
    return sorted(scores, key=lambda id_: (-scores[id_], -id_))[:most]


def _weights(blog: BlogState) -> dict[str, float]:
    found = defaultdict[str, float](float)
    for text, weight in ((blog.title, HEADLINE), *((tag, TAG) for tag in blog.tags), (blog.standfirst, STANDFIRST)):
        for token in telling(text):
            found[token] += weight
    return dict(found)
