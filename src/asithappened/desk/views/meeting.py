"""Two people's edits of one post, for the person who was not first: before, theirs, mine, and a choice between them.

Owns the rows of the three-way view, on the page and in the composer. Look next: `desk.merging`, which merges them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from asithappened.accounts.gate import Grant
from asithappened.core import body
from asithappened.core.state import PostState
from asithappened.desk import merging
from asithappened.desk.draft import Draft
from asithappened.desk.forms.post import KIND_NAMES, TAKE
from asithappened.desk.merging import Met
from asithappened.render.body import body_html
from asithappened.render.edition import Edition, edition_of

T = TypeVar("T")
_FIELDS: Final = {merging.TITLE: _("Headline"), merging.KIND: _("This is"), merging.BYLINES: _("Bylines")}
_CHOICES: Final = {merging.MINE: _("Mine"), merging.THEIRS: _("Theirs"), merging.BOTH: _("Both")}


@dataclass(frozen=True, kw_only=True)
class Row:
    """A field or block in its three versions as HTML, "" where a version lacks it. `choices`: value, label, and whether
    it is chosen; empty where both people agree."""

    name: str
    label: Any
    began: SafeString | str
    theirs: SafeString | str
    mine: SafeString | str
    choices: tuple[tuple[str, Any, bool], ...]

    @property
    def versions(self) -> tuple[SafeString | str, ...]:
        """The three versions, the oldest first."""
        return self.began, self.theirs, self.mine


def view(grant: Grant, *, post: PostState, began: Draft, theirs: Draft, mine: Draft) -> SafeString:
    """Return the three-way view: a table of rows with a choice where two versions differ."""
    edition = edition_of(grant.state, desk=True)
    with edition.speaking():
        found = merging.blocks(began=began.body, theirs=theirs.body, mine=mine.body)
        shown = [_row(one, "", lambda block: _block(block, edition)) for one in found]
    title, kind, bylines = merging.fields(began=began, theirs=theirs, mine=mine)
    fields = [
        _row(title, _FIELDS[title.name], escape),
        _row(kind, _FIELDS[kind.name], lambda value: escape(dict(KIND_NAMES)[value])),
        _row(bylines, _FIELDS[bylines.name], lambda names: escape(", ".join(names))),
    ]
    rows = [row for row in fields if row.choices] + shown
    return SafeString(
        render_to_string("desk/parts/meeting.html", {"rows": rows, "take": TAKE, "edition": edition, "post": post})
    )


def _row(met: Met[T], label: Any, html: Callable[[T], SafeString]) -> Row:
    def cell(value: T | None) -> SafeString | str:
        return "" if value is None else html(value)

    usual = met.usual
    choices = () if met.agreed else tuple((value, word, value == usual) for value, word in _CHOICES.items())
    if met.name == merging.KIND:
        choices = tuple(choice for choice in choices if choice[0] != merging.BOTH)
    return Row(
        name=met.name,
        label=label,
        began=cell(met.began),
        theirs=cell(met.theirs),
        mine=cell(met.mine),
        choices=choices,
    )


def _block(block: body.Block, edition: Edition) -> SafeString:
    return body_html(body.Doc(content=(block,)), edition)
