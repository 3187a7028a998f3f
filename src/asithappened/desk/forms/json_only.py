"""What scripts tell the desk in JSON, and no form has: its shape is a msgspec struct.

Owns reading it as `views.flow` has everything read. Look next: views/beat.py.
"""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

import msgspec

from asithappened.desk.forms.reading import Checked, Problem, Sent

S = TypeVar("S", bound=msgspec.Struct)


@dataclass(frozen=True, kw_only=True)
class JsonOnly(Generic[S]):
    """Reads one shape. A browser's form has none of it."""

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
