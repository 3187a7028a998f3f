"""Matches found posts without ids to known posts, by their words.

The ids of a plain-text page contain a post's number from the oldest, so one post more or less changes the ids of all
newer ones; by matching they keep their ids.
"""

from collections.abc import Iterator
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import islice
from typing import Final

from asithappened.core.alignment import aligned
from asithappened.core.state import PostState
from asithappened.importers.found import FoundBlog, FoundPost

# Two posts with half their words in common are versions of one post; unrelated ones seldom share a third.
_ALIKE: Final = 0.5
# Limits of the search: the known posts that one is compared with, and the compared words of each.
_NEAR: Final = 12
_WORDS: Final = 200


def with_known_ids(found: FoundBlog, known: dict[str, PostState]) -> FoundBlog:
    """Give every post without an id the id of the known post that it matches, or a new id."""
    if not found.made_ids or not known:
        return found
    old = sorted((one for one in known.values() if not one.erased), key=lambda one: one.order, reverse=True)
    ids = dict(_pairs([_words(one) for one in old], [post.words for post in found.posts]))
    taken = {one.id for one in known.values()}
    posts = []
    for number, post in enumerate(found.posts):
        id_, attempt = (old[ids[number]].id if number in ids else post.id), 1
        while number not in ids and id_ in taken:
            attempt += 1
            id_ = f"{post.id}-n{attempt}" if attempt > 2 else f"{post.id}-n"
        taken.add(id_)
        posts.append(replace(post, id=id_))
    return replace(found, posts=tuple(posts))


def _words(post: PostState) -> str:
    return FoundPost(id=post.id, place="", title=post.title, body=post.body).words


def _pairs(old: list[str], new: list[str]) -> Iterator[tuple[int, int]]:
    """Yield (index in new, index in old) of matching posts: by equal words, then by order and similarity."""
    found = aligned(old, new)
    yield from found.pairs.items()
    for olds, news in found.gaps:
        first = 0
        for now in news:
            near = islice(range(first, len(olds)), _NEAR)
            was = next((n for n in near if _alike(old[olds[n]], new[now])), None)
            if was is not None:
                yield now, olds[was]
                first = was + 1


def _alike(old: str, new: str) -> bool:
    words = SequenceMatcher(None, _first(old), _first(new), autojunk=False)
    return words.real_quick_ratio() >= _ALIKE and words.quick_ratio() >= _ALIKE and words.ratio() >= _ALIKE


def _first(words: str) -> list[str]:
    return words.split(maxsplit=_WORDS)[:_WORDS]
