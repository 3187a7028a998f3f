"""Which values of states exclude one another: what is shut does not run, what is lifted is no longer in force.

Owns reading the families of the values that the lexicon `states` names from the list `opposites`, and which side of one
a change leaves and which it comes to. A thing may have two: a strike under way is ferries at a standstill. A group that
no family has needs none: each of its values excludes every other. Look next: `sweep_families`.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

from asithappened.ledger.changes import Switched
from asithappened.ledger.language import lexicon
from asithappened.ledger.language.tokens import read
from asithappened.ledger.language.wordings import Wordings
from asithappened.ledger.stale.state_words import OR

Side = frozenset[tuple[str, str]]
"""Groups of the lexicon with a value each."""


_At = tuple[int, int]  # a family, and a side of it


class _Family(NamedTuple):
    """Groups, and the sets of values of theirs that exclude one another. `twin`: it holds together with others'.

    `undoes`: what each value ends, where there are more than two.
    """

    groups: frozenset[str]
    sides: tuple[frozenset[str], ...]
    twin: bool = False
    undoes: Mapping[str, frozenset[str]] = MappingProxyType({})


_WAYS: Final = frozenset({"way", "service", "session", "polls"})  # things that go on or rest
_SUPPLIES: Final = frozenset({"supply", "system", "service"})  # things that are there or fail
_TWO: Final = 2
_PLACED: Final = frozenset({"before", "with"})  # where a value stands, and no group


class Sides(NamedTuple):
    """What a change leaves, and what it comes to."""

    old: Side
    new: Side


@lexicon.kept
def _families(language: str) -> tuple[_Family, ...]:
    """Return the families of `opposites`, in order, and one for each group that none of them has."""
    listed = {**lexicon.load(lexicon.WHOLE, "opposites"), **lexicon.load(language, "opposites")}
    undoes = {values[2]: frozenset(values[3].split(OR)) for values in listed.values() if values[0] == "undoes"}
    found = [
        _Family(
            frozenset(groups.split(OR)),
            tuple(frozenset(side.split(OR)) for side in sides_),
            kind == "twin",
            undoes if len(sides_) > _TWO else MappingProxyType({}),
        )
        for kind, groups, *sides_ in listed.values()
        if kind != "undoes"
    ]
    known = frozenset().union(*(one.groups for one in found))
    others = dict[str, dict[str, None]]()
    for values in lexicon.load(language, "states").values():
        if values[0] == "value":
            for group in frozenset(values[2:]) - known - _PLACED:
                others.setdefault(group, {}).update(dict.fromkeys(values[1].split(OR)))
    found += [_Family(frozenset({group}), tuple(frozenset({one}) for one in some)) for group, some in others.items()]
    return tuple(found)


def sides(switched: Switched, groups: Collection[str], language: str) -> Sides:
    """Return the sides of a change, empty ones where no list has its old value. `groups`: those of its thing."""
    families = _families(language)
    known_thing, groups = bool(groups), groups or _groups_of_values(switched, language)
    before = [one for value in switched.old for one in _standing(value.words, language)]
    after = {*_standing(switched.new.words, language)}
    fitting = [one for one in before if one not in after]
    own = [one for one in fitting if families[one[0]].groups & set(groups)]
    known = any(families[number].groups & set(groups) for number, _ in before)
    both = {number for number, _ in after}
    if not own and not known:  # the two values together say of what kind they are: passengers stuck, then brought down
        own = [one for one in fitting if one[0] in both]
    grouped = any(one.groups & set(groups) for one in families)
    if known and not own:  # a match that is suspended, then abandoned, rests all the while
        return Sides(frozenset(), frozenset())
    if not own and (grouped or not before):
        fitting = own = _opposed(families, after, groups)
    if not fitting:
        return Sides(frozenset(), frozenset())
    own = [one for one in own or fitting if one[0] in both] or own
    number, side = max(own or fitting, key=lambda one: one[0] > 0)  # of a bus strike, that it is under way
    pairs = {(number, side)} if known_thing else {*(own or fitting)}  # what no list has may be of any kind
    if families[number].twin:
        twins = (n for n, one in enumerate(families) if one.twin and one.groups & set(groups))
        pairs |= {(n, side) for n in twins}
    left = {one for n, at in pairs for one in _of(families[n], at, groups)}
    come = {
        one
        for n, at in pairs
        for other in range(len(families[n].sides))
        if other != at and ((n, other) in after or len(families[n].sides) == _TWO or not after)
        for one in _of(families[n], other, groups)
    }
    twin = {group for n, _ in pairs if n != number for group in families[n].groups} - set(groups)
    kept = {group for group, _ in _of(families[number], side, groups)}
    return Sides(
        frozenset(one for one in left if one[0] in kept or one[0] not in twin),
        frozenset(one for one in come if one[0] in kept or one[0] not in twin),
    )


def _groups_of_values(switched: Switched, language: str) -> Collection[str]:
    """Return the groups of a thing that no list has, by what is said of it: those that both values have, or the old."""
    old = frozenset().union(*(_listed_groups(value.words, language) for value in switched.old))
    return old & _listed_groups(switched.new.words, language) or old


def _listed_groups(words: str, language: str) -> frozenset[str]:
    lows = [token.low for token in read(words).tokens]
    return frozenset(group for one in _values(language).find(lows) for group in one.values[2:] if group not in _PLACED)


def _opposed(families: Sequence[_Family], after: Collection[_At], groups: Collection[str]) -> list[_At]:
    """Return what a change left whose old value no list has: somebody who resigned was in office, called "minister"."""
    two = [(n, side) for n, side in sorted(after) if len(families[n].sides) == _TWO]
    own = [one for one in two if families[one[0]].groups & set(groups)]
    undone = [] if own else _undone(families, after)
    return undone or [(n, 1 - side) for n, side in own or ([] if groups else two[:1])]


def _undone(families: Sequence[_Family], after: Collection[_At]) -> list[_At]:
    """Return what a change ended where a family has many sides: whoever is caught was at large."""
    found = []
    for n, side in sorted(after):
        ended = frozenset().union(*(families[n].undoes.get(value, frozenset()) for value in families[n].sides[side]))
        found += [(n, other) for other, values in enumerate(families[n].sides) if ended & values]
    return found


def _of(family: _Family, side: int, groups: Collection[str]) -> Iterator[tuple[str, str]]:
    near = _SUPPLIES if {"supply", "system"} & set(groups) else _WAYS
    if "service" in groups and {"session", "polls"}.isdisjoint(groups):
        near |= _SUPPLIES  # a train is out of order, too
    own = family.groups & near if family.groups > near else family.groups
    return ((group, value) for group in own for value in family.sides[side])


def _standing(words: str, language: str) -> Iterator[_At]:
    """Yield the families, with their sides, of the values that words say: "on strike", "strike suspended"."""
    lows = [token.low for token in read(words).tokens]
    said = [
        (value, groups_of(one.values[2:], language))
        for one in _values(language).find(lows)
        for value in one.values[1].split(OR)
    ]
    plain = " ".join(lows)
    for number, family in enumerate(_families(language)):
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
