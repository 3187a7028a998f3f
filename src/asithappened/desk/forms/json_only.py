"""Requests that only scripts send, as JSON in the shape of a msgspec struct; no page has a form for them.

Owns reading them by the protocol of `views.flow`. Look next: views/beat.py.
"""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

import msgspec

from asithappened.desk.forms.reading import Checked, Problem, Sent

S = TypeVar("S", bound=msgspec.Struct)


@dataclass(frozen=True, kw_only=True)
class JsonOnly(Generic[S]):
    """Reads JSON of one shape. It is never filled in on a page, so most of the protocol returns nothing."""

    shape: type[S]
    name: str = ""
    shown: bool = False

    def fresh(self) -> None:
        """Return None: nobody types one."""

    def as_json(self) -> dict[str, Any]:
        """Return nothing, as of any form that is not shown."""
        return {}

    def as_typed(self, sent: Sent) -> None:
        """Return None."""

    def check(self, sent: Sent) -> Checked[S]:
        try:
            said = msgspec.convert(sent.fields if sent.is_json else {}, self.shape)
        except msgspec.ValidationError as error:
            problem = Problem(code="type", message=str(error))
            return Checked(form=None, value=cast("S", None), problems=(problem,))
        return Checked(form=None, value=said)

    def with_problem(self, form: Any, problem: Problem) -> None:
        """Return None."""

    def has(self, name: str) -> bool:
        """Say no: a refusal stands by itself."""
        return False

    def rebased(self, form: Any) -> None:
        """Return None."""
