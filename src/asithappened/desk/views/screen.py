"""The description of one page of the desk: its template, its forms, its buttons and what each does.

Owns the types in which a view describes itself to `flow`, which owns the order of steps.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from asithappened.desk.forms.reading import NO_FIELDS, Problem, Reading

V = TypeVar("V")


@dataclass(frozen=True, kw_only=True)
class Done:
    """The result of a verb. `said`: the sentence for the person. `to`: the address of the next page.

    A program gets `told` as well, and the `receipt`, which is only computed for a program.
    """

    said: str
    to: str
    told: Mapping[str, Any] = field(default_factory=dict)
    receipt: Callable[[], Mapping[str, Any]] = dict


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What a button shows on its own page: a preview, or a link that is shown once.

    `context`: for the template. `told`: the same for a program. `keeps_form`: whether the form keeps what was typed.
    """

    context: Mapping[str, Any]
    told: Mapping[str, Any]
    keeps_form: bool = False


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """How a verb's refusal is shown, if its own sentence is not enough. `template`: another one than the page's.

    `in_form`: whether the form shows it; otherwise the page does, by `context`. `told`: more for a program.
    """

    problem: Problem
    context: Mapping[str, Any] = field(default_factory=dict)
    told: Mapping[str, Any] = field(default_factory=dict)
    template: str = ""
    in_form: bool = True


def _as_it_says(error: Exception, value: Any) -> Explanation | None:
    return None


@dataclass(frozen=True, kw_only=True)
class Button(Generic[V]):
    """A button: the form that pressing it reads, and the verb that is called with the form's value.

    `explain`: how to show a refusal of the verb; None for its own sentence, at the form's top or at its field.
    """

    verb: Callable[[V], Done | Shown]
    reads: Reading[V]
    explain: Callable[[Exception, V], Explanation | None] = _as_it_says


def press(verb: Callable[[], Done | Shown]) -> Button[dict[str, Any]]:
    """Return a button that reads no form."""
    return Button(verb=lambda _: verb(), reads=NO_FIELDS)


@dataclass(frozen=True, kw_only=True)
class Screen:
    """A page that accepts a POST. `buttons`: by the value of `do`; `default`: the button of a form without `do`.

    `template`: "" for an address without a page. `context`: what the page shows besides its forms; `initial_context`:
    more of it, if nothing was sent or somebody else was first. `back`: the page that shows the refusal of a button
    without a form. `moved`: the sentence if somebody else was first. `part`: the template of the page's composer
    alone, which the screen shows in place (`?part=composer`).
    """

    buttons: Mapping[str, Button[Any]]
    back: str
    template: str = ""
    part: str = ""
    context: Callable[[], Mapping[str, Any]] = dict
    initial_context: Callable[[], Mapping[str, Any]] = dict
    default: str = ""
    moved: str = ""

    def readings(self) -> Iterator[Reading[Any]]:
        """Yield each form of the page once."""
        seen = set()
        for button in self.buttons.values():
            if button.reads.shown and button.reads.name not in seen:
                seen.add(button.reads.name)
                yield button.reads
