"""What differs from one page of the desk to the next: its template, its forms, its buttons and what each does.

Owns the words in which a view says that to `flow`, which owns the order of steps.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from asithappened.desk.forms.reading import NO_FIELDS, Problem, Reading

V = TypeVar("V")


@dataclass(frozen=True, kw_only=True)
class Done:
    """A verb did what it says. `said`: to its person. `to`: where they go on.

    A program is answered `told` besides, and the `receipt`, which is only then asked for.
    """

    said: str
    to: str
    told: Mapping[str, Any] = field(default_factory=dict)
    receipt: Callable[[], Mapping[str, Any]] = dict


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What a button shows on its own page: a preview of what was typed, or a link that is shown once.

    `context`: for the template. `told`: the same for a program. `keeps_form`: whether what was typed stays in the form.
    """

    context: Mapping[str, Any]
    told: Mapping[str, Any]
    keeps_form: bool = False


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """A verb's refusal where its own sentence would not do. `template`: another than the page's.

    `in_form`: whether the form says it; otherwise the page does, by `context`. `told`: to a program besides.
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
    """What pressing it reads, and the verb that is called with what was read.

    `explain`: what to say of a refusal of the verb's; None for its own sentence, at the form's top or at its field.
    """

    verb: Callable[[V], Done | Shown]
    reads: Reading[V]
    explain: Callable[[Exception, V], Explanation | None] = _as_it_says


def press(verb: Callable[[], Done | Shown]) -> Button[dict[str, Any]]:
    """Return a button that takes no words."""
    return Button(verb=lambda _: verb(), reads=NO_FIELDS)


@dataclass(frozen=True, kw_only=True)
class Screen:
    """A page that can be sent something. `buttons`: by the value of `do`; `default`: what a form without one means.

    `template`: "" for an address that has no page. `context`: what the page shows beside its forms, `initial_context`:
    besides, when nothing was sent or somebody else was first. `back`: where a refusal is told of a button that has no
    form to show it in. `moved`: what to say when somebody else was first. `part`: the template of the page's composer
    alone, for the screen that shows it in place (`?part=composer`).
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
