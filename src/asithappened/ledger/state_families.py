"""Which values of states exclude one another: what is shut does not run, what is lifted is no longer in force.

Owns the families of the values that the lexicon `states` names, and which side of one a change leaves and which it
comes to. A thing may have two: a strike under way is ferries at a standstill. Look next: `sweep_families`.
"""

from collections.abc import Collection, Iterator
from typing import Final, NamedTuple

from asithappened.ledger import lexicon
from asithappened.ledger.changes import Switched
from asithappened.ledger.tokens import read
from asithappened.ledger.wordings import Wordings

Side = frozenset[tuple[str, str]]
"""Groups of the lexicon with a value each."""


class _Family(NamedTuple):
    """Groups, and the sets of values of theirs that exclude one another. `twin`: its first one holds with others'."""

    groups: frozenset[str]
    sides: tuple[frozenset[str], ...]
    twin: bool = False


_FAMILIES: Final = (
    _Family(
        frozenset({"way", "service", "session", "supply", "system", "polls"}),
        (
            frozenset({"closed", "suspended", "cancelled", "out", "down", "adjourned", "postponed", "called off",
                       "abandoned", "delayed", "broken off", "deadlocked", "over", "contaminated", "idle"}),
            frozenset({"open", "running", "restored", "resumed", "under way", "up", "safe", "on"}),
        ),
        twin=True,
    ),
    _Family(frozenset({"alert"}), (frozenset({"on"}), frozenset({"over", "cancelled"})), twin=True),
    _Family(
        frozenset({"strike"}),
        (
            frozenset({"under way", "on", "idle"}),
            frozenset({"over", "called off", "suspended", "cancelled", "postponed"}),
        ),
        twin=True,
    ),
    _Family(
        frozenset({"people"}), (frozenset({"evacuated", "on"}), frozenset({"allowed back", "over"})), twin=True
    ),
    _Family(
        frozenset({"truce"}),
        (
            frozenset({"on", "holding", "agreed"}),
            frozenset({"broken", "collapsed", "suspended", "called off", "over"}),
        ),
    ),
    _Family(
        frozenset({"person"}),
        tuple(map(frozenset, ({"at large"}, {"missing"}, {"in custody"}, {"found"}, {"freed"}, {"captive"}))),
    ),
    _Family(frozenset({"blaze"}), (frozenset({"out of control"}), frozenset({"under control"}))),
    _Family(frozenset({"patient"}), (frozenset({"critical"}), frozenset({"stable"}))),
    _Family(frozenset({"post"}), (frozenset({"in office"}), frozenset({"resigned"}))),
    _Family(frozenset({"session"}), (frozenset({"undecided"}), frozenset({"decided"}))),
    _Family(frozenset({"permit"}), (frozenset({"banned"}), frozenset({"allowed"}))),
)  # fmt: skip

_WAYS: Final = frozenset({"way", "service", "session", "polls"})  # things that go on or rest
_SUPPLIES: Final = frozenset({"supply", "system", "service"})  # things that are there or fail
_TWO: Final = 2


class Sides(NamedTuple):
    """What a change leaves, and what it comes to."""

    old: Side
    new: Side


def sides(switched: Switched, groups: Collection[str], language: str) -> Sides:
    """Return the sides of a change, empty ones where no list has its old value. `groups`: those of its thing."""
    before = [one for value in switched.old for one in _standing(value.words, language)]
    after = {*_standing(switched.new.words, language)}
    fitting = [one for one in before if one not in after]
    own = [one for one in fitting if _FAMILIES[one[0]].groups & set(groups)]
    known = any(_FAMILIES[number].groups & set(groups) for number, _ in before)
    if not fitting or (known and not own):  # a match that is suspended, then abandoned, rests all the while
        return Sides(frozenset(), frozenset())
    number, side = max(own or fitting, key=lambda one: one[0] > 0)  # of a bus strike, that it is under way
    pairs = {(number, side)}
    if _FAMILIES[number].twin:
        twins = (n for n, one in enumerate(_FAMILIES) if one.twin and one.groups & set(groups))
        pairs |= {(n, side) for n in twins}
    left = {one for n, at in pairs for one in _of(n, at, groups)}
    come = {
        one
        for n, at in pairs
        for other in range(len(_FAMILIES[n].sides))
        if other != at and ((n, other) in after or len(_FAMILIES[n].sides) == _TWO or not after)
        for one in _of(n, other, groups)
    }
    twin = {group for n, _ in pairs if n != number for group in _FAMILIES[n].groups} - set(groups)
    kept = {group for group, _ in _of(number, side, groups)}
    return Sides(
        frozenset(one for one in left if one[0] in kept or one[0] not in twin),
        frozenset(one for one in come if one[0] in kept or one[0] not in twin),
    )


def _of(number: int, side: int, groups: Collection[str]) -> Iterator[tuple[str, str]]:
    family, near = _FAMILIES[number], _SUPPLIES if {"supply", "system"} & set(groups) else _WAYS
    own = family.groups & near if family.groups > near else family.groups
    return ((group, value) for group in own for value in family.sides[side])


def _standing(words: str, language: str) -> Iterator[tuple[int, int]]:
    """Yield the families, with their sides, of the values that words say: "on strike", "strike suspended"."""
    lows = [token.low for token in read(words).tokens]
    said = [(one.values[1], groups_of(one.values[2:], language)) for one in _values(language).find(lows)]
    plain = " ".join(lows)
    for number, family in enumerate(_FAMILIES):
        for side, values in enumerate(family.sides):
            listed = any(value in values and family.groups & groups for value, groups in said)
            if listed or (plain in values and not said):
                yield number, side


@lexicon.kept
def _values(language: str) -> Wordings:
    listed = lexicon.load(language, "states")
    return Wordings({"\u2400": ("",)} | {p: v for p, v in listed.items() if v[0] in {"value", "said"}})


@lexicon.kept
def _groups(language: str) -> dict[str, frozenset[str]]:
    found = dict[str, set[str]]()
    for values in lexicon.load(language, "states").values():
        if values[0] == "thing":
            found.setdefault(values[1], set()).add(values[2])
    return {label: frozenset(groups) for label, groups in found.items()}


def groups_of(kinds: Collection[str], language: str) -> frozenset[str]:
    """Return the groups that some groups and labels of things are: "way" of "airport"."""
    by_label = _groups(language)
    return frozenset(group for kind in kinds for group in (*by_label.get(kind, ()), kind))
