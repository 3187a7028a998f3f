"""What waits beside the timeline, a tab each: drafts, submissions, and more.

Owns what a tab is, and counting what waits in all of them: in SQL, a statement a database, because everybody asks every
two seconds. Each is told by the module that owns what is in it; `views.tabs` gathers them and answers for one.
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
    """Rows that wait for somebody: of a model's table, those for which `where`, in SQL with `values`, holds.

    `what`: the number that is asked for, in SQL; how many there are.
    """

    model: type[Model]
    where: str
    values: tuple[Any, ...]
    what: str = "COUNT(*)"


@dataclass(frozen=True, kw_only=True)
class Tab:
    """A tab of the right column.

    `name`: in its address. `label`: on it, put off until it is shown. `key`: after G, it opens the tab. `may`: who has
    it; `there`: which live blogs have it. `waiting`: what waits for this person, found by an index; None where nothing
    does. `mark`: a number that is another when what is listed changed without becoming more or less; the panel is
    fetched anew then. `template`, `context`: the panel, a fragment of a page, rendered with `asking.page` and what
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
    """Return the number that is asked for of each, under the same names."""
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
