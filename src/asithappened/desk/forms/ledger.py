"""The forms of the ledger's rows: a statement, a series, a value, how a statement was checked.

Owns their fields, for rows made by hand in any language; times are typed in the live blog's zone. A source is typed by
name, and `actions.sources` finds or adds it. Look next: `views.ledger_rows`.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final, TypeVar

import msgspec
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from asithappened.core import events as e
from asithappened.core import limits
from asithappened.desk.forms import ledger_words as words
from asithappened.desk.forms.blog import Lines, OneLine
from asithappened.desk.forms.numbers import Number
from asithappened.desk.sourcing import KINDS, Source

T = TypeVar("T")
EMPTY_RELAYS: Final = 2  # empty lines for more outlets: without script, enough for two that cite one another
_SOURCE_HELP: Final = _("By name or alias. Somebody new is added to the house’s sources.")


class RelaysInput(forms.Widget):
    """One line for each outlet, and some empty ones."""

    template_name = "desk/widgets/relays.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the value of each line."""
        context: dict[str, Any] = super().get_context(name, None, attrs)
        lines = [msgspec.to_builtins(one) for one in value or ()] + [{}] * EMPTY_RELAYS
        context["widget"] |= {"lines": lines[: limits.RELAYS], "modes": list(words.RELAYS.items())}
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """Read the lines of a page, or a program's list."""
        if name in data:
            return data[name]
        lines = [
            {part: str(data.get(f"{name}-{n}-{part}", "")).strip() for part in ("outlet", "mode", "url")}
            for n in range(limits.RELAYS)
        ]
        return [line for line in lines if line["outlet"] or line["url"]]


class Relays(forms.Field):
    """The outlets that relayed it, the nearest to us first."""

    widget = RelaysInput
    json_type = tuple[e.RelayedBy, ...]

    def to_python(self, value: Any) -> tuple[e.RelayedBy, ...]:
        lines = [{key: part for key, part in one.items() if part} for one in value or ()]
        return _converted(lines, tuple[e.RelayedBy, ...], _("Each line names the outlet that has it."))


class Anchors(forms.Field):
    """Anchors in posts. A page carries them unchanged."""

    widget = forms.HiddenInput
    json_type = tuple[e.Anchor, ...]

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else msgspec.json.encode(value or ()).decode()

    def to_python(self, value: Any) -> tuple[e.Anchor, ...]:
        try:
            carried = json.loads(value) if isinstance(value, str) and value else value
        except ValueError as error:
            raise ValidationError(_UNREADABLE, code="invalid") from error
        return _converted(carried or [], tuple[e.Anchor, ...], _UNREADABLE)


_UNREADABLE: Final = _("Where this rests could not be read. Nothing was changed.")


def _converted(value: Any, shape: type[T], why: Any) -> T:
    try:
        return msgspec.convert(value, shape)
    except msgspec.ValidationError as error:
        raise ValidationError(why, code="invalid") from error


class Many(forms.MultipleChoiceField):
    """A choice of several among a few."""

    widget = forms.CheckboxSelectMultiple
    json_type = tuple[str, ...]


class Sourced(forms.Form):
    """The source of a row."""

    source = OneLine(
        label=_("Who says so"),
        required=False,
        max_length=limits.NAME_CHARS,
        help_text=_SOURCE_HELP,
        widget=forms.TextInput(attrs={"list": "sources", "autocomplete": "off", "dir": "auto"}),
    )
    source_kind = forms.ChoiceField(
        label=_("What they are"),
        choices=list(KINDS.items()),
        initial="person",
        required=False,
        help_text=_("Of somebody new. Whoever is not to be named is in no list."),
    )
    role = OneLine(
        label=_("As what"),
        required=False,
        max_length=limits.ROLE_CHARS,
        help_text=_("As it is printed: “mayor”, “flood officer”."),
    )


class Resting(forms.Form):
    """The words that a row rests on. `words`: of the post `post`; `anchors`: those that the row has already."""

    words = OneLine(
        label=_("The words of the post"),
        required=False,
        max_length=limits.ANCHOR_CHARS,
        help_text=_("As they stand there. Left empty, it rests on the whole post."),
    )
    post = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    anchors = Anchors(required=False)


class StatementForm(Sourced, Resting):
    """A statement."""

    text = OneLine(
        label=_("What was said"),
        max_length=limits.STATEMENT_CHARS,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("One sentence, as readers are to have it."),
    )
    cue = forms.ChoiceField(label=_("They"), choices=list(words.CUES.items()), initial="assert", required=False)
    quote = forms.ChoiceField(label=_("How it is given"), choices=list(words.QUOTES.items()), required=False)
    stated_at = forms.CharField(
        label=_("When they said it"),
        required=False,
        max_length=40,
        help_text=_("2026-11-26 06:00, in this live blog’s zone."),
    )
    channel = forms.ChoiceField(label=_("Where they said it"), choices=list(words.CHANNELS.items()), required=False)
    channel_name = OneLine(
        label=_("Which one"), required=False, max_length=limits.TITLE_CHARS, help_text=_("“Radio Mida”, for example.")
    )
    channel_url = forms.URLField(
        label=_("Its address"), required=False, assume_scheme="https", max_length=limits.URL_CHARS
    )
    relays = Relays(label=_("On whose word we have it"), required=False)
    hedges = Many(label=_("How sure the text is"), choices=list(words.HEDGES.items()), required=False)
    once = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    field_order: Sequence[str] = ("text", "source", "source_kind", "words")
    MORE: ClassVar[tuple[str, ...]] = (
        "role",
        "cue",
        "quote",
        "stated_at",
        "channel",
        "channel_name",
        "channel_url",
        "relays",
        "hedges",
    )


class StateForm(Sourced, Resting):
    """The present value of a state."""

    state = OneLine(
        label=_("How it is now"), max_length=limits.LABEL_CHARS, help_text=_("A word or two: “on”, “over”, “closed”.")
    )
    as_of = forms.CharField(
        label=_("Since when"),
        required=False,
        max_length=40,
        help_text=_("2026-11-26 06:00, in this live blog’s zone. Left empty, since now."),
    )
    field_order: Sequence[str] = ("state", "as_of", "source", "source_kind", "words")
    MORE: ClassVar[tuple[str, ...]] = ("role",)


class FigureForm(StateForm):
    """The present value of a figure."""

    state = None  # type: ignore[assignment]
    value = Number(label=_("The figure now"))
    modifier = forms.ChoiceField(label=_("How exact it is"), choices=list(words.MODIFIERS.items()), required=False)
    low = Number(label=_("At the lowest"), required=False)
    high = Number(label=_("At the highest"), required=False)
    field_order: Sequence[str] = (
        "value",
        "modifier",
        "as_of",
        "source",
        "source_kind",
        "words",
    )
    MORE: ClassVar[tuple[str, ...]] = (*StateForm.MORE, "low", "high")


class StatesForm(forms.Form):
    """The description of a series of states."""

    label = OneLine(
        label=_("Its name"),
        max_length=limits.LABEL_CHARS,
        help_text=_("“Homes without power”, “Lenn Bridge”."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    places = Lines(label=_("Where"), required=False, help_text=_("Places, with commas between."))
    policy = forms.ChoiceField(label=_("What stands"), choices=list(words.POLICIES.items()), required=False)
    MORE: ClassVar[tuple[str, ...]] = ("policy",)


class FiguresForm(StatesForm):
    """The description of a series of figures."""

    figure = forms.ChoiceField(label=_("The figure is"), choices=list(words.FIGURES.items()), required=False)
    unit = OneLine(label=_("Its unit"), required=False, max_length=limits.LABEL_CHARS)
    counted = OneLine(label=_("What is counted"), required=False, max_length=limits.LABEL_CHARS)
    outcome = OneLine(label=_("What became of it"), required=False, max_length=limits.LABEL_CHARS)
    MORE: ClassVar[tuple[str, ...]] = ("figure", "unit", "counted", "outcome", "policy")


class NewStates(StatesForm, StateForm):
    """A new series of states, with its first value."""

    once = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    field_order: Sequence[str] = ("label", *StateForm.field_order, "places")
    MORE: ClassVar[tuple[str, ...]] = ("places", *StateForm.MORE, *StatesForm.MORE)


class NewFigures(FiguresForm, FigureForm):
    """A new series of figures, with its first value."""

    once = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    field_order: Sequence[str] = ("label", *FigureForm.field_order, "places")
    MORE: ClassVar[tuple[str, ...]] = ("places", *FigureForm.MORE, *FiguresForm.MORE)


class TakenBack(forms.Form):
    """A value of a series that was a mistake, by the seq of its fact."""

    value = forms.IntegerField(min_value=1, max_value=2**53, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Have a program send a number."""
        super().__init__(*args, **kwargs)
        self.fields["value"].json_type = int  # type: ignore[attr-defined]


class AssessForm(forms.Form):
    """The assessment of a statement: its status, for readers, and how it was checked, for the desk alone."""

    status = forms.ChoiceField(label=_("What we know"), choices=list(words.STATUSES.items()))
    note = OneLine(
        label=_("How we know, for readers"),
        required=False,
        max_length=limits.REASON_CHARS,
        help_text=_("“Seen by our reporter at the harbour.”"),
    )
    method = OneLine(label=_("How it was checked, for the desk alone"), required=False, max_length=limits.REASON_CHARS)
    internal = forms.CharField(
        label=_("A note for the desk alone"),
        required=False,
        max_length=limits.NOTE_CHARS,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    credibility = forms.TypedChoiceField(
        label=_("Credibility, for the desk alone"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[
            ("", _("not graded")),
            (1, _("1: confirmed by others")),
            (2, _("2: probably true")),
            (3, _("3: possibly true")),
            (4, _("4: doubtful")),
            (5, _("5: improbable")),
            (6, _("6: cannot be judged")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Have a program send a number."""
        super().__init__(*args, **kwargs)
        self.fields["credibility"].json_type = int  # type: ignore[attr-defined]


class SourceForm(forms.Form):
    """A source of the house."""

    name = OneLine(label=_("Name"), max_length=limits.NAME_CHARS, widget=forms.TextInput(attrs={"dir": "auto"}))
    aliases = Lines(
        label=_("Also called"),
        required=False,
        help_text=_("With commas between: names by which it is found too."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    kind = forms.ChoiceField(label=_("What they are"), choices=list(KINDS.items()), initial="person")
    role = OneLine(
        label=_("As what"),
        required=False,
        max_length=limits.ROLE_CHARS,
        help_text=_("As it is printed: “mayor”, “flood officer”."),
    )
    affiliation = OneLine(label=_("Of which house"), required=False, max_length=limits.NAME_CHARS)
    reliability = forms.ChoiceField(
        label=_("Reliability, for the desk alone"),
        required=False,
        choices=[("", _("not graded")), *Source.Reliability.choices],
    )


class MergeForm(forms.Form):
    """The source into which this one is merged."""

    into = OneLine(
        label=_("It is the same as"),
        max_length=limits.NAME_CHARS,
        help_text=_("By name or alias. What was said by either is that one’s from then on."),
        widget=forms.TextInput(attrs={"list": "sources", "autocomplete": "off"}),
    )
