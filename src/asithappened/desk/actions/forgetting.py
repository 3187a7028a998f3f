"""Erasing a source's name from every live blog's log: its rows become an unnamed source's, and no payload has the name.

Owns what happens to each row, and that the source is deleted once its name is gone from the last log. Started again, it
does what is left. Posts that print the name have to be erased by themselves. Look next: `sources`.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any, Final

import msgspec
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from msgspec.structs import replace

from asithappened.core import events as e
from asithappened.core.ledger_state import Row, Series, Statement
from asithappened.core.searching import searchable
from asithappened.core.state import Status
from asithappened.desk import erased_names
from asithappened.desk.actions import resting, sources
from asithappened.desk.actions.actor import Actor
from asithappened.desk.models import Check, LearnedOutlet, Source
from asithappened.log import read

Named = Callable[[str], bool]
_OF_A_SOURCE: Final = (e.STATEMENT, e.SERIES)


def forget(key: str, *, by: Actor) -> None:
    """Erase a source's name from one log after the other, and then delete the source."""
    source = Source.objects.filter(key=key, leaving=True).first()
    if source is None:
        return
    keys = set(sources.keys_of(source))
    names = tuple(source.names.values_list("folded", flat=True))
    for blog in read.every_blog():
        resting.carry_out_all(blog, _cleared(blog, keys, names), by=by, to=None, name="forget_source", about=key)
    with transaction.atomic():
        learned = [one.pk for one in LearnedOutlet.objects.all() if searchable(one.name) in names]
        LearnedOutlet.objects.filter(pk__in=learned).delete()
        erased_names.remember(names)
        Source.objects.filter(merged_into=source).delete()
        source.delete()


def _cleared(blog: int, keys: set[str], names: Sequence[str]) -> list[resting.Group]:
    pattern = _pattern(names)

    def named(words: str) -> bool:
        return pattern.search(searchable(words)) is not None

    def theirs(by: e.SaidBy | None) -> bool:
        return by is not None and (by.source in keys or searchable(by.name) in names)

    def relayed(event: e.StatementRecorded) -> bool:
        return any(_relays(relay, named) for relay in event.relays)

    state = read.blog(blog)
    with override(state.language):
        nobody = e.SaidBy(name=_("A source that is not named"), kind=e.SourceKind.ANONYMOUS)
    groups = []
    for about in _OF_A_SOURCE:
        facts: dict[str, list[e.Fact]] = {}
        for fact in read.facts(blog, about=about):
            if fact.event is not None:
                facts.setdefault(fact.subject.id, []).append(fact)
        of_source = {
            id_
            for id_, held in facts.items()
            for fact in held
            if isinstance(fact.event, e.StatementRecorded | e.SeriesMoved)
            if theirs(fact.event.by) or (isinstance(fact.event, e.StatementRecorded) and relayed(fact.event))
        }
        for row in read.rows(blog, about):
            if row.id in of_source and not row.erased:
                _forget_checks(blog, about, row.id, named)
                doomed = {fact.seq for fact in facts[row.id] if _names(fact.event, theirs, named)}
                gone = state.status is Status.GONE
                groups.append(_without(row, facts[row.id], doomed, theirs, named, nobody, gone=gone))
    return groups


def _pattern(names: Sequence[str]) -> re.Pattern[str]:
    """Return a pattern of names in folded words: anywhere, but short ones as whole words ("un" is in "hundred")."""
    whole = (rf"\b{re.escape(name)}\b" if len(name) <= _LETTERS else re.escape(name) for name in names)
    return re.compile("|".join(whole) or "(?!)")


_LETTERS: Final = 3


def _names(event: e.Event | None, theirs: Callable[[e.SaidBy | None], bool], named: Named) -> bool:
    if not isinstance(event, e.StatementRecorded | e.SeriesRecorded | e.SeriesMoved):
        return False
    by = event.by if not isinstance(event, e.SeriesRecorded) else None
    return theirs(by) or any(map(named, _strings(msgspec.to_builtins(event))))


def _strings(value: Any) -> list[str]:
    match value:
        case str():
            return [value]
        case dict():
            return [words for one in value.values() for words in _strings(one)]
        case list() | tuple():
            return [words for one in value for words in _strings(one)]
        case _:
            return []


def _without(
    row: Row,
    held: Sequence[e.Fact],
    doomed: set[int],
    theirs: Callable[[e.SaidBy | None], bool],
    named: Named,
    nobody: e.SaidBy,
    *,
    gone: bool,
) -> resting.Group:
    """Return the events that make a row an unnamed source's; if its own words name the source, those that erase it."""

    def anew(by: e.SaidBy | None, anchors: Sequence[e.Anchor]) -> dict[str, Any]:
        return {"by": nobody if theirs(by) else by, "anchors": tuple(_unquoted(one, named) for one in anchors)}

    group: resting.Group
    match row:
        case Statement(visible=True) if not gone and not _says(row, named):
            relays = tuple(relay for relay in row.relays if not _relays(relay, named))
            again = resting.recorded(row, relays=relays, **anew(row.by, row.anchors))
            group = [again] if row.content_seq in doomed else []
        case Series(visible=True) if not gone and row.content_seq not in doomed:
            kept = [value for value in row.values if value.seq in doomed and not named(value.words)]
            group = [resting.moved(row.id, value, **anew(value.by, value.anchors)) for value in kept]
        case _:
            return resting.whole(row, held, "")
    return [*group, *resting.erasures(resting.subject(row), sorted(doomed), "")]


def _says(row: Statement, named: Named) -> bool:
    """Say whether a statement's text names the source."""
    words = _strings(msgspec.to_builtins(replace(row, by=None, relays=(), anchors=())))
    return any(map(named, words))


def _relays(relay: e.RelayedBy, named: Named) -> bool:
    return any(map(named, (relay.outlet, relay.url)))


def _unquoted(anchor: e.Anchor, named: Named) -> e.Anchor:
    """Return an anchor without its quoted words, if they name the source. It keeps the position."""
    quoted = f"{anchor.prefix}{anchor.exact}{anchor.suffix}"
    return replace(anchor, exact="", prefix="", suffix="") if named(quoted) else anchor


def _forget_checks(blog: int, about: str, row: str, named: Named) -> None:
    for check in Check.objects.filter(blog_id=blog, about=about, row=row):
        if named(f"{check.method} {check.note}"):
            check.delete()
