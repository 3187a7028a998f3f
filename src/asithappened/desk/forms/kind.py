"""What a kind of block is to a form: its fields, how it shows a block in them, and how it reads them.

Owns `Kind` and `Field`, and what is wrong with a field whatever its kind. Look next: `kinds` for all of them.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from asithappened.core import body, limits, text, urls
from asithappened.desk.forms.picture_address import unseen

Block = body.Block
Values = Mapping[str, str]
Words = object  # a str, or a lazy translation of one


class CannotShow(ValueError):
    """A block that these fields could not give back."""


class CannotTake(ValueError):
    """Fields that make no block: which field, and why."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field
        self.reason = reason


@dataclass(frozen=True, kw_only=True)
class Field:
    """An input. `shape`: line, area, url, check, choice, hidden."""

    name: str
    label: Words
    shape: str = "line"
    most: int = limits.TITLE_CHARS
    help: Words = ""
    rows: int = 3
    choices: tuple[tuple[str, Words], ...] = ()
    suggestions: tuple[str, ...] = ()
    required: bool = False

    @property
    def one_line(self) -> bool:
        """Whether a browser takes line ends out of it."""
        return self.shape in {"line", "url", "hidden"}


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A fieldset: which blocks it makes, how it shows them (`show`) and how it reads itself (`take`).

    `where`: the field with the address of what it shows, where it is nothing without one.
    """

    name: str
    label: Words
    makes: tuple[type[Block], ...]
    fields: tuple[Field, ...]
    show: Callable[[Sequence[Block]], Values]
    take: Callable[[Values], tuple[Block, ...]]
    where: str = ""

    def wrong(self, values: Values, was: Sequence[Block] = ()) -> dict[str, str]:
        """Say what a person should mend, by field. `was`: the blocks that these fields showed when they were sent out.

        What no reader can see is refused; but an archive's address stays as it came, whatever else is mended.
        """
        wrong = {f.name: reason for f in self.fields if (reason := _wrong(f, values.get(f.name, "").strip()))}
        if self.where:
            address = values.get(self.where, "").strip()
            if any(address == getattr(block.attrs, self.where, None) for block in was):
                wrong.pop(self.where, None)
            elif not address:
                wrong[self.where] = str(
                    _("Without an address there is nothing to see. Give it, or take this part out.")
                )
            elif self.name == "picture" and (reason := unseen(address)):
                wrong[self.where] = reason
        if self.name == "picture":
            described = values.get("alt", "").strip() or values.get("decorative")
            if values.get("src", "").strip() and not described:
                wrong.setdefault("alt", str(_("Say what the picture shows, for whoever cannot see it.")))
        return wrong


def _wrong(field: Field, value: str) -> str:
    if field.required and not value:
        return str(_("This is missing."))
    if field.shape not in {"check", "choice"} and len(value) > field.most and field.shape != "area":
        return str(_("This has {n} characters; {most} is the most.")).format(n=len(value), most=field.most)
    if field.shape == "url" and value and not urls.is_url(value):
        return str(_("This is not an address that starts with http:// or https://."))
    if field.name == "platform" and not re.fullmatch(r"[a-z0-9.-]*", network(value)):
        return str(_("Write the network’s name in Latin letters and without spaces: Bluesky, X, Telegram."))
    return ""


def network(typed: str) -> str:
    """Return a network's name as posts keep it: "Bluesky" and "bluesky" are one."""
    return typed.strip().lower()


_AREAS: Final = frozenset(["alt", "caption", "text"])  # fields in which a line end is one


def lined(values: Values, name: str) -> str:
    if name not in _AREAS:
        return text.one_line(values.get(name, ""))
    words = text.cleaned(values.get(name, "")).strip()
    return "" if text.blank(words) else words


URL: Final = {"shape": "url", "most": limits.URL_CHARS}
