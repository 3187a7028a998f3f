"""Suggests places: cities, countries, regions, waters, with the role that each plays in its sentence.

Owns asking the live blog about a name that its sentence leaves open: whether it is surely a place's elsewhere, or
somebody's. Look next: `place_names` for what a sentence says, `place_roles` for the role.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from asithappened.ledger.geography.place_names import Known, Name, names
from asithappened.ledger.language import tokens
from asithappened.ledger.language.by_part import by_part
from asithappened.ledger.suggestions import Place
from asithappened.ledger.views import BlogView, Part, PartView, PostView

NEAR: Final = 12  # posts on either side that are asked about a name
_CONFIDENCE: Final = {Known.PLACE: 95, Known.RATHER: 85, Known.PERHAPS: 75, Known.UNKNOWN: 60}


class _Read(NamedTuple):
    """What a part says: its names, those that are surely a place's there, and those that are another's."""

    names: tuple[Name, ...]
    sure: frozenset[str]
    against: frozenset[str]


class Places:
    """Suggests places."""

    name = "places"
    version = "1"
    kinds = frozenset({"place"})

    def suggest(self, post: PostView, blog: BlogView) -> Iterator[Place]:
        """Yield a post's places."""
        around: tuple[frozenset[str], frozenset[str]] | None = None
        for part in post.parts:
            for one in _in_part(part, blog.language).names:
                if one.against:
                    continue
                if one.known != Known.PLACE and not (one.cue and one.known == Known.UNKNOWN):
                    around = _around(post, blog) if around is None else around
                    sure, against = around
                    if one.name in against and not (one.cue and one.name in sure):
                        continue
                    if one.known >= Known.PERHAPS and not one.cue and one.name not in sure:
                        continue
                yield _place(one, part, post)


def in_part(part: PartView, language: str) -> tuple[Name, ...]:
    """Return the names in a part that are a place's by themselves, or by what stands beside them."""
    return tuple(
        one for one in _in_part(part, language).names if not one.against and (one.known <= Known.RATHER or one.cue)
    )


def _around(post: PostView, blog: BlogView) -> tuple[frozenset[str], frozenset[str]]:
    at = post.number - 1
    near = blog.posts[max(0, at - NEAR) : at + NEAR + 1]
    read = [_in_part(part, blog.language) for one in (post, *near) for part in one.parts]
    return frozenset().union(*(one.sure for one in read)), frozenset().union(*(one.against for one in read))


def _read_part(part: PartView, language: str) -> _Read:
    if part.kind == Part.SIGNATURE:
        return _Read((), frozenset(), frozenset())
    found = tuple(names(tokens.read(part.text), language))
    sure = frozenset(one.name for one in found if one.cue)
    return _Read(found, sure, frozenset(one.name for one in found if one.against) - sure)


_in_part = by_part(_read_part)


def _place(one: Name, part: PartView, post: PostView) -> Place:
    return Place(
        post=post.number,
        start=part.start + one.start,
        end=part.start + one.end,
        exact=part.text[one.start : one.end],
        confidence=_CONFIDENCE[one.known],
        rule="places.beside" if one.cue else f"places.{one.known.name.lower()}",
        name=one.name,
        role=one.role,
    )
