"""The sentences about the rows of the ledger that were accepted with a post, once the post is published.

Owns two: how many rows were left out and why, and that other texts still say what the rows superseded.
"""

from collections import Counter
from typing import Any

from django.urls import reverse
from django.utils.translation import ngettext

from asithappened.accounts.gate import Grant
from asithappened.core import events as e
from asithappened.core.state import PostState
from asithappened.desk import sweeping
from asithappened.desk.actions import accepting
from asithappened.desk.actions.accepting import Why
from asithappened.desk.forms.writing import Written
from asithappened.ledger.accepted import AcceptedFigure, AcceptedState


def left_out(grant: Grant, written: Written, post: PostState) -> str:
    """Return how many of the accepted rows were not recorded and why; "" if all were."""
    missing = Counter(accepting.left_out(grant.id, written.rows, post))
    return "".join(f" {_words(why, n).format(n=n)}" for why, n in sorted(missing.items()))


def _words(why: Why, n: int) -> str:
    match why:
        case Why.GONE:
            return ngettext(
                "One row of the ledger was left out: its words are gone from the post.",
                "{n} rows of the ledger were left out: their words are gone from the post.",
                n,
            )
        case Why.UNPRINTABLE:
            return ngettext(
                "One row of the ledger was left out: it holds a character that cannot be printed.",
                "{n} rows of the ledger were left out: they hold characters that cannot be printed.",
                n,
            )
        case Why.ERASED:
            return ngettext(
                "One row of the ledger was left out: it says a name that was erased.",
                "{n} rows of the ledger were left out: they say a name that was erased.",
                n,
            )
        case Why.REFUSED:
            return ngettext(
                "One row of the ledger was left out: it stands there already, or goes on with one that does not.",
                "{n} rows of the ledger were left out: they stand there already, or go on with rows that do not.",
                n,
            )


def stale(grant: Grant, written: Written) -> dict[str, Any]:
    """Return a link to the texts that still say what the accepted rows superseded, if there are any."""
    moved = {row.series for row in written.rows if isinstance(row, AcceptedFigure | AcceptedState) and row.series}
    rows = [e.Subject(e.SERIES, series) for series in sorted(moved)]
    found = {row: len(sweeping.stale(grant.id, row)) for row in rows}
    count = sum(found.values())
    if not count:
        return {}
    said = ngettext("{n} text still says the old thing", "{n} texts still say the old thing", count).format(n=count)
    only = f"?row={rows[0]}" if len(rows) == 1 else ""
    return {"sweep": {"says": said, "href": reverse("desk:sweep", args=[grant.state.slug]) + only}}
