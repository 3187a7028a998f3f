"""The handover sheet: what the next shift has to know of a live blog, in sections.

Owns what a section is. Each is told by the module that owns what is in it, as a value; `views.sheet` gathers them, in
the order of the page. A section is shown to whoever may publish on the blog, and to whoever has a link that one of
them made: it holds nothing that only one person may see.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asithappened.accounts.gate import Grant
from asithappened.accounts.models import User


@dataclass(frozen=True, kw_only=True)
class Shift:
    """Whose handover, of which live blog. `since`: when the shift began that is handed over."""

    grant: Grant
    by: User
    since: datetime


@dataclass(frozen=True, kw_only=True)
class Row:
    """A line of the sheet. `who`, `at`: whose and when, where that says something; `at` is shown in the blog's zone.

    `more`: besides, quietly. `href`: where on the desk it is; a link that needs no sign-in shows none.
    """

    text: str
    who: str = ""
    at: datetime | None = None
    more: str = ""
    href: str = ""


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of the sheet. `name`: in its address. `label`, `none`: put off until they are shown.

    `none`: what to say where there are no rows; "" leaves the section out.
    """

    name: str
    label: Any
    rows: Callable[[Shift], Sequence[Row]]
    none: Any = ""
