"""The tabs beside the timeline: drafts, submissions, and more.

Owns what a tab is, and counting what waits in all of them with one SQL statement a database, because every open desk
asks every two seconds. The module that owns a tab's content defines the tab; `views.tabs` lists and serves them.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.db.models import Model

from asithappened.accounts.gate import Grant, Verb
from asithappened.accounts.models import User
from asithappened.desk.drafts.router import database_of


@dataclass(frozen=True)
class Waiting:
    """Rows that wait for somebody: those of a model's table that match `where`, SQL with the parameters `values`.

    `what`: the aggregate in SQL; by default, the number of rows.
    """

    model: type[Model]
    where: str
    values: tuple[Any, ...]
    what: str = "COUNT(*)"


@dataclass(frozen=True, kw_only=True)
class Tab:
    """A tab of the right column.

    `name`: in its address. `label`: a lazy translation. `key`: opens the tab after G. `may`: the right that it needs;
    `there`: which live blogs have it. `waiting`: the rows that wait for this person, found by an index; None for a tab
    in which nothing waits. `mark`: a number that changes when the list changes without growing or shrinking; the panel
    is then fetched again. `template`, `context`: of the panel, a fragment, rendered with `asking.page` and what
    `context` returns.
    """

    name: str
    label: Any
    key: str
    may: Verb
    waiting: Callable[[Grant, User], Waiting | None]
    template: str
    context: Callable[[Grant, User], Mapping[str, Any]]
    mark: Callable[[Grant, User], Waiting | None] = lambda grant, user: None
    there: Callable[[Grant], bool] = lambda grant: True


def count(waiting: Mapping[str, Waiting | None]) -> dict[str, int]:
    """Return the aggregate of each, under the same names."""
    found = dict.fromkeys(waiting, 0)
    asked: defaultdict[str, list[tuple[str, Waiting]]] = defaultdict(list)
    for name, what in waiting.items():
        if what is not None:
            asked[database_of(what.model)].append((name, what))
    for alias, parts in asked.items():
        counts = (
            f"(SELECT {what.what} FROM {what.model._meta.db_table} WHERE {what.where})"  # noqa: S608 -- our own words
            for _, what in parts
        )
        values = [connections[alias].ops.adapt_unknown_value(value) for _, what in parts for value in what.values]
        with connections[alias].cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(counts)}", values)
            found.update(zip((name for name, _ in parts), cursor.fetchone(), strict=True))
    return found
