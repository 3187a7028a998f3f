"""Who goes on speaking where a post begins with "he says": who alone spoke in the posts just before.

Owns how far back a first pronoun looks, and when nobody is named: where two people spoke, or another is named since.
Look next: `speakers`, which asks where a post itself names nobody.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

from asithappened.ledger.speech.entities import Entity, can_mean, in_full

LATELY: Final = 6  # posts: a debate's speaker is named again after a few


class Cast(NamedTuple):
    """Whom a post is about: who speaks or is a sentence's subject, and whom else it names."""

    subjects: tuple[Entity, ...]
    others: tuple[Entity, ...]


class Casts:
    """Those of the posts before, newest first, each read when it is asked for."""

    def __init__(self, casts: Iterable[Cast]) -> None:
        self._coming, self._read = iter(islice(casts, LATELY)), list[Cast]()

    def __iter__(self) -> Iterator[Cast]:
        """Yield them from the newest."""
        yield from self._read
        for cast in self._coming:
            self._read.append(cast)
            yield cast


def goes_on(casts: Iterable[Cast], pronoun: str) -> Entity | None:
    """Return whom a post's first pronoun can only mean.

    Where others are named who may be meant, the post before must have had the same speaker.
    """
    who: Entity | None = None
    near = dict[str, Entity]()
    for at, cast in enumerate(casts):
        subjects = _fitting(cast.subjects, pronoun)
        names = in_full(set(subjects))
        if len(names) > 1:
            return None
        if who is not None:
            if names:
                return who if names == {who.name} else None
            continue
        near |= subjects | _fitting(cast.others, pronoun)
        if not names and not at:
            names = in_full(set(near))  # "Lowe asks her whether it is so", who answers
            names = names if len(names) == 1 else set()
        if names:
            who = near[names.pop()]
            if who.what != "person" or not who.name[:1].isupper():
                return None
            if in_full(set(near)) == {who.name}:
                return who
    return None


def _fitting(some: Sequence[Entity], pronoun: str) -> dict[str, Entity]:
    return {one.name: one for one in some if can_mean(one, pronoun)}
