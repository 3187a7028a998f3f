"""How rows of the ledger are written in the script, and their conversion to events.

Owns the short form (a table's first key is the kind of row) and finding the words that a row is anchored to. Rows of
the live part have no times, because the player gives them its own. Look next: `script` for their steps.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from asithappened.core import events as e
from asithappened.core import limits
from asithappened.desk.demo.manuscript import ScriptError
from asithappened.ledger import views

Row = dict[str, Any]
"""A row in the script."""


class Ledger:
    """Converts rows. `sources`: the script's sources by name, with kind and role."""

    def __init__(self, sources: Mapping[str, Mapping[str, Any]]) -> None:
        self.sources = sources

    def event(self, written: Row, *, post: str, text: views.PostView, at: datetime | None) -> e.LedgerChange:
        """Return a row's event. `text`: the post that it is published with; `at`: its time, None for now."""
        (kind, id_), *others = written.items()  # the first key is the kind
        rest: Row = dict(others)
        anchors = tuple(anchor(text, quoted) for quoted in rest.pop("quoting", ()))
        by = self.said_by(rest.pop("by", ""))
        match kind:
            case "statement":
                return e.StatementRecorded(
                    statement=id_,
                    by=by,
                    on=_said_on(rest.pop("on", None)),
                    relays=tuple(e.RelayedBy(**relay) for relay in rest.pop("relays", ())),
                    hedges=tuple(rest.pop("hedges", ())),
                    stated_at=at,
                    anchors=anchors,
                    **rest,
                )
            case "assess":
                return e.StatementAssessed(statement=id_, status=e.Verification(rest.pop("status")), **rest)
            case "series":
                return e.SeriesRecorded(series=id_, places=tuple(rest.pop("places", ())), **rest)
            case "move":
                value = rest.pop("to")
                to = {"words": value} if isinstance(value, str) else {"value": float(value)}
                return e.SeriesMoved(series=id_, by=by, as_of=at, anchors=anchors, **to, **rest)
            case "correct":
                return e.CorrectionRecorded(correction=id_, post=post, at=at, **rest)
            case _:
                raise ScriptError(f"Unknown kind of row: {written!r}.")

    def said_by(self, name: str) -> e.SaidBy | None:
        """Return a source by name, None for "". Raises ScriptError if the script does not list it."""
        if not name:
            return None
        if name not in self.sources:
            raise ScriptError(f"The script does not say what kind of source {name!r} is.")
        about = self.sources[name]
        return e.SaidBy(name=name, kind=e.SourceKind(about["kind"]), role=about.get("role", ""))


def _said_on(written: Row | None) -> e.SaidOn | None:
    return e.SaidOn(**written) if written else None


_AROUND: Final = limits.ANCHOR_CONTEXT // 2


def anchor(text: views.PostView, words: str) -> e.Anchor:
    """Return the anchor of words that must occur in a post exactly once."""
    if text.text.count(words) != 1:
        raise ScriptError(f"{words!r} occurs in {text.id} {text.text.count(words)} times, not once.")
    start = text.text.index(words)
    end = start + len(words)
    part = next(part for part in text.parts if part.start <= start < part.end)
    return e.Anchor(
        post=text.id,
        revision=text.revision,
        block=part.block,
        start=start,
        end=end,
        exact=words,
        prefix=text.text[max(0, start - _AROUND) : start],
        suffix=text.text[end : end + _AROUND],
    )
