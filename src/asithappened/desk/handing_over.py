"""The handover sheet: what the next shift has to know of a live blog, in sections.

Owns what a section is. The module that owns a section's content defines it, as a value; `views.sheet` lists them in the
order of the page. A section is shown to everybody who may publish on the blog, and to everybody with a link that one of
them made, so it contains nothing that only one person may see.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from asithappened.accounts.gate import Grant
from asithappened.accounts.models import User

ROWS: Final = "desk/parts/sheet_rows.html"


@dataclass(frozen=True, kw_only=True)
class Shift:
    """The live blog and the person of a handover. `since`: when the shift that ends began."""

    grant: Grant
    by: User
    since: datetime


@dataclass(frozen=True, kw_only=True)
class Row:
    """A line of the sheet. `who`, `at`: its person and time, if they matter; `at` is shown in the blog's zone.

    `more`: details in small print. `href`: its address at the desk; a sheet without sign-in does not show it.
    """

    text: str
    who: str = ""
    at: datetime | None = None
    more: str = ""
    href: str = ""


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of the sheet. `name`: in its address. `label`, `none`: lazy translations.

    `told`: returns what `template` shows under that name; a list of `Row` where a section has no template of its own.
    `none`: the sentence if that is empty; "" leaves the section out.
    """

    name: str
    label: Any
    told: Callable[[Shift], Any]
    none: Any = ""
    template: str = ROWS
