"""The copies of a draft that a composer sends while somebody types, and the forms that name a draft.

Owns that a copy is accepted half-finished: nothing in it is judged before somebody publishes it.
"""

import re
from dataclasses import dataclass
from typing import Any, Final

import msgspec
from django import forms
from django.utils.translation import gettext as _
from msgspec import Struct

from asithappened.desk.drafts.keeping import Copy, Words
from asithappened.desk.forms.reading import Checked, Problem, Sent

KEY: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Sending(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A copy as it is sent. `author`: the writer of the words, who has to be the sender; the rest is a `Copy`."""

    author: int = 0
    once: str = ""
    of: str = ""
    based_on: int | None = None
    title: str = ""
    body: dict[str, Any] = msgspec.field(default_factory=lambda: {"type": "doc"})
    kind: str = "update"
    bylines: tuple[str, ...] = ()
    more: dict[str, Any] = msgspec.field(default_factory=dict)
    writer: str = ""
    turn: int = 1
    seen: int = 0


@dataclass(frozen=True, kw_only=True)
class Received:
    """A copy, and the author that its sender claims."""

    author: int
    copy: Copy


@dataclass(frozen=True, kw_only=True)
class DraftFields:
    """Reads a copy. `author`: the person who asks, told to a program so that it sends nobody else's words."""

    author: int
    name: str = "draft"
    shown: bool = False

    def fresh(self) -> None:
        """Return None: no page has such a form."""

    def as_json(self) -> dict[str, Any]:
        """Return what a program may send."""
        told: dict[str, Any] = msgspec.to_builtins(Sending(author=self.author))
        return told

    def as_typed(self, sent: Sent) -> None:
        """Return None: only composers send it, and they still have the words."""

    def check(self, sent: Sent) -> Checked[Received]:
        try:
            read = msgspec.convert(dict(sent.fields), Sending) if sent.is_json else Sending()
        except msgspec.ValidationError as error:
            return _wrong(Problem(code="type", message=str(error)))
        for name, value in (("once", read.once), ("writer", read.writer)):
            if not KEY.fullmatch(value):
                message = _("Send a key as “{name}”: 1 to 64 of A-Z, a-z, 0-9, _ and -.").format(name=name)
                return _wrong(Problem(code="once", message=message, field=name))
        words = Words(title=read.title, body=read.body, kind=read.kind, bylines=read.bylines, more=read.more)
        copy = Copy(
            key=read.once,
            of=read.of,
            based_on=sent.based_on,
            words=words,
            writer=read.writer,
            turn=read.turn,
            seen=read.seen,
        )
        return Checked(form=None, value=Received(author=read.author, copy=copy))

    def with_problem(self, form: Any, problem: Problem) -> None:
        """Return None: no page shows it."""

    def has(self, name: str) -> bool:
        """Say no: a refusal is about the copy as a whole."""
        return False

    def rebased(self, form: Any) -> None:
        """Return None: no page shows it."""


_NONE: Final = Received(author=0, copy=Copy(key="", words=Words(), writer="", turn=0, seen=0))


def _wrong(problem: Problem) -> Checked[Received]:
    return Checked(form=None, value=_NONE, problems=(problem,))


class _Number(forms.IntegerField):
    json_type = int


class Naming(forms.Form):
    """A draft by its number, or one's own draft by its once-key."""

    draft = _Number(required=False, min_value=1, max_value=2**63 - 1)
    once = forms.RegexField(KEY, required=False)
