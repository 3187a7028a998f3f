"""Requests, and the protocol between a flow and a form: to begin, to read, to check, and to show a refusal in place.

Owns the protocol's implementation for Django's forms (`Fields`), for a page's inputs and a program's JSON alike. Look
next: `writing` for the post's form, `views.flow`, which calls them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Generic, Protocol, TypeVar

import msgspec
from django import forms
from django.utils.translation import gettext as _

V = TypeVar("V")


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A pressed button with its form. `fields`: strings by the names of inputs; from a program, JSON values.

    `based_on`: the seq that the sender had seen of what is changed, if they said so. `files`: by the names of their
    inputs; a program sends a file as a string of base64 among its values.
    """

    do: str
    fields: Mapping[str, Any]
    files: Mapping[str, Any] = field(default_factory=dict)
    based_on: int | None = None
    is_json: bool = False


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Why something was refused: a stable code, a sentence for a person, and the field that caused it, if one did."""

    code: str
    message: str
    field: str = ""

    @classmethod
    def unknown_field(cls, name: str) -> "Problem":
        message = _("There is no field {name} here. Nothing was changed.").format(name=name[:80])
        return cls(code="unknown_field", message=message, field=name[:80])


@dataclass(frozen=True, kw_only=True)
class Checked(Generic[V]):
    """A form as it was typed, and its value, which must not be used if there are problems."""

    form: Any
    value: V
    problems: tuple[Problem, ...] = ()


class Reading(Protocol[V]):
    """One form of a page. `name`: its name in the page's template. `shown`: whether it has fields to type into."""

    @property
    def name(self) -> str: ...

    @property
    def shown(self) -> bool: ...

    def fresh(self) -> Any:
        """Return the form with its initial values."""

    def as_json(self) -> dict[str, Any]:
        """Return the same for a program: the fields that it may send, with their values as they are now."""

    def as_typed(self, sent: Sent) -> Any:
        """Return the form as it was typed, where a button that there is not must lose nothing; None if it would not."""

    def check(self, sent: Sent) -> Checked[V]:
        """Read what was typed, and find what has to be mended."""

    def with_problem(self, form: Any, problem: Problem) -> Any:
        """Return a form that was checked with one more thing wrong, which only the verb could know."""

    def has(self, name: str) -> bool:
        """Say whether a refusal can stand at a field of this name."""

    def rebased(self, form: Any) -> Any:
        """Return a typed form on top of what there is now, for whoever has seen both and sends it again."""


@dataclass(frozen=True, kw_only=True)
class Fields:
    """A Django form. `made`: its class. `prefix`: what its inputs are called by in a page that has several.

    `based_on`: the seq of what the form shows, where somebody else's change meanwhile would matter.
    """

    made: Callable[..., forms.BaseForm]
    initial: Mapping[str, Any] = field(default_factory=dict)
    name: str = "form"
    prefix: str | None = None
    based_on: int | None = None
    shown: bool = True

    def fresh(self) -> forms.BaseForm:
        """Return the form as it is sent out."""
        return self.made(initial=dict(self.initial), prefix=self.prefix)

    def as_json(self) -> dict[str, Any]:
        """Return its fields with their values as they are now."""
        form = self.fresh()
        values = {name: form.get_initial_for_field(one, name) for name, one in form.fields.items()}
        none = {name for name, value in values.items() if value is None and _json_type(form.fields[name]) is str}
        values |= dict.fromkeys(none, "")
        return values if self.based_on is None else {**values, "based_on": self.based_on}

    def as_typed(self, sent: Sent) -> None:
        """Return None: it is short, and its page says that there is no such button."""

    def check(self, sent: Sent) -> Checked[dict[str, Any]]:
        """Read it by Django's rules; a program's values have to be of the right types too."""
        if sent.is_json:
            form = self.made({name: value for name, value in sent.fields.items() if value is not None})
        else:
            form = self.made(sent.fields, files=sent.files, prefix=self.prefix)
        problems = self._mistyped(form, sent) if sent.is_json else []
        if not problems and not form.is_valid():
            told = form.errors.get_json_data()
            problems = [
                Problem(code=one["code"] or "invalid", message=one["message"], field="" if name == "__all__" else name)
                for name, each in told.items()
                for one in each
            ]
        value = {} if problems else {**form.cleaned_data, "based_on": self._seen(sent)}
        return Checked(form=form, value=value, problems=tuple(problems))

    def with_problem(self, form: Any, problem: Problem) -> Any:
        """Return the form with one more thing wrong, at its field if it has it."""
        form.add_error(problem.field if problem.field in form.fields else None, problem.message)
        return form

    def has(self, name: str) -> bool:
        """Say whether it has the field."""
        return name in self.fresh().fields

    def rebased(self, form: Any) -> Any:
        """Return it as it is: the page that shows it says what it is based on."""
        return form

    def _seen(self, sent: Sent) -> int | None:
        return self.based_on if sent.based_on is None else sent.based_on

    def _mistyped(self, form: forms.BaseForm, sent: Sent) -> list[Problem]:
        problems = []
        for name, value in sent.fields.items():
            known = form.fields.get(name)
            if known is None and not (name == "based_on" and self.based_on is not None):
                problems.append(Problem.unknown_field(name))
            elif known is not None and (wrong := _mistyped(known, value)):
                problems.append(Problem(code="type", message=wrong, field=name))
        return problems


def _json_type(field: forms.Field) -> Any:
    return getattr(field, "json_type", str)


def _mistyped(known: forms.Field, value: object) -> str:
    try:
        msgspec.convert(value, _json_type(known) | None)
    except msgspec.ValidationError as error:
        return str(error)
    return ""


NO_FIELDS: Final = Fields(made=forms.Form, name="", shown=False)
"""Of a button that says all that there is to say."""
