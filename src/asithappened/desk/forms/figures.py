"""The figures of a post as a form of their own, for a person who follows a count.

Owns which attributes of which blocks are figures, and writing typed values back into the body. A field's name is the id
of its block or line and the attribute, "d41e07a9c3-seats". Look next: `views.figures`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from msgspec.structs import replace

from asithappened.core import body, limits, text
from asithappened.core.body.poll import counted, uncounted
from asithappened.core.body.results import MEASURES, measures
from asithappened.core.body.score import reading, set_to
from asithappened.desk.forms.blog import OneLine
from asithappened.desk.forms.numbers import Count, Number

_MEASURES = {"seats": gettext_lazy("Seats"), "share": gettext_lazy("Share, in percent"), "votes": gettext_lazy("Votes")}


class _Share(Number):
    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": 6})

    def __init__(self, **more: Any) -> None:
        super().__init__(required=False, min_value=0, max_value=100, **more)


class _Tick(forms.BooleanField):
    json_type = bool

    def __init__(self, **more: Any) -> None:
        super().__init__(required=False, **more)


@dataclass(frozen=True, kw_only=True)
class Group:
    """A block as the page shows it: its own fields, and its lines by columns. `told`: the total so far."""

    title: str
    told: list[str] = field(default_factory=list)
    fields: list[Any] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    lines: list[tuple[str, list[Any]]] = field(default_factory=list)


class Figures(forms.Form):
    """The figures of a body. `doc`: the present body; `votes`: readers' votes so far."""

    def __init__(self, *args: Any, doc: body.Doc, votes: "Votes | None" = None, **more: Any) -> None:
        super().__init__(*args, **more)
        self.doc, self._votes = doc, votes
        for block, name, made in _fields(doc):
            made.initial = _initial(block.attrs, name)
            self.fields[f"{block.attrs.id}-{name}"] = made
        for first in list(self.fields.values())[:1]:
            first.widget.attrs["autofocus"] = True

    def groups(self) -> list[Group]:
        """Return the fields of the page, block by block."""
        return [self._group(block) for block in self.doc.content if isinstance(block, body.Moving)]

    def _group(self, block: body.Moving) -> Group:
        own = [self[name] for name in self.fields if name.startswith(f"{block.attrs.id}-")]
        if isinstance(block, body.Score):
            return Group(title=block.attrs.title or f"{block.attrs.home} – {block.attrs.away}", fields=own)
        if isinstance(block, body.Poll):
            return Group(title=block.attrs.title, fields=own, told=self._told(block))
        shown = columns(block)
        return Group(
            title=block.attrs.title,
            fields=own,
            columns=[str(_MEASURES[one]) for one in shown] + [_("Has won")],
            lines=[
                (line.attrs.name, [self[f"{line.attrs.id}-{name}"] for name in (*shown, "won")])
                for line in block.content
            ],
        )

    def _told(self, poll: body.Poll) -> list[str]:
        if not poll.attrs.closed:
            poll = counted(poll, self._votes(poll.attrs.id) if self._votes else {})
        return [
            ngettext("{option}: {n} vote", "{option}: {n} votes", one.attrs.votes or 0).format(
                option=one.attrs.name, n=one.attrs.votes or 0
            )
            for one in poll.content
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse the impossible: more districts declared than there are."""
        typed = super().clean() or self.cleaned_data
        for block in self.doc.content:
            declared = typed.get(f"{block.attrs.id}-declared")
            total = block.attrs.total if isinstance(block, body.Results) else None
            if declared is not None and total is not None and declared > total:
                self.add_error(f"{block.attrs.id}-declared", _("There are {n} in all.").format(n=total))
        return typed


def columns(block: body.Results) -> tuple[str, ...]:
    """Return the figures that every line has a field for: those that any line has, or all if no line has any yet."""
    return measures(block) or MEASURES


def _fields(doc: body.Doc) -> Iterator[tuple[Any, str, forms.Field]]:
    for block in doc.content:
        if isinstance(block, body.Score):
            yield from ((block, name, made) for name, made in _of_score(block.attrs))
        if isinstance(block, body.Poll):
            over = _Tick(label=gettext_lazy("Voting is over"))
            over.help_text = gettext_lazy("The votes become part of the post. Without the tick readers vote on.")
            yield block, "closed", over
        if isinstance(block, body.Results):
            yield block, "declared", Count(label=gettext_lazy("Declared so far"))
            for line in block.content:
                for name in columns(block):
                    label = f"{line.attrs.name}: {_MEASURES[name]}"
                    yield line, name, _Share(label=label) if name == "share" else Count(label=label)
                yield line, "won", _Tick(label=f"{line.attrs.name}: {gettext_lazy('Has won')}")
            by = OneLine(label=gettext_lazy("Called by"), required=False, max_length=limits.TITLE_CHARS)
            yield block, "called_by", by


def _of_score(attrs: body.ScoreAttrs) -> Iterator[tuple[str, forms.Field]]:
    yield "home_score", Count(label=attrs.home)
    yield "away_score", Count(label=attrs.away)
    yield "period", OneLine(label=gettext_lazy("Period, as Second half"), required=False, max_length=limits.TITLE_CHARS)
    yield "running", _Tick(label=gettext_lazy("The clock runs"))
    clock = forms.RegexField(r"^[0-9]{1,3}:[0-5][0-9]\Z", required=False, empty_value="")
    clock.label, clock.help_text = gettext_lazy("Set the clock, as 67:30"), gettext_lazy("Left empty it stays.")
    yield "clock", clock
    for name, who in (("home_scorers", attrs.home), ("away_scorers", attrs.away)):
        label = gettext_lazy("Scorers of {who}, one a line")
        widget = forms.Textarea(attrs={"rows": 2, "dir": "auto"})
        words = forms.CharField(required=False, max_length=limits.CAPTION_CHARS, widget=widget)
        words.label = str(label).format(who=who)
        yield name, words


def figures_of(doc: body.Doc) -> dict[str, Any]:
    """Return the figures of a body, by the names of their fields."""
    return {f"{block.attrs.id}-{name}": getattr(block.attrs, name) for block, name, _made in _fields(doc)}


def _initial(attrs: Any, name: str) -> Any:
    """Return a field's initial value: "" for a clock, because sending its time back would set it to an old time."""
    return "" if name == "clock" else getattr(attrs, name)


Votes = Callable[[str], Mapping[str, int]]
"""A function from a poll's id to its votes, by the ids of its options."""


def with_figures(doc: body.Doc, typed: Mapping[str, Any], votes: Votes) -> body.Doc:
    """Return a body with new figures; others stay. `votes`: the counts that a poll keeps when it is closed."""
    return body.Doc(content=tuple(_put(block, typed, votes) for block in doc.content))


def _put(block: body.Block, typed: Mapping[str, Any], votes: Votes) -> body.Block:
    if isinstance(block, body.Poll):
        return _polled(block, votes, closed=typed.get(f"{block.attrs.id}-closed", block.attrs.closed))
    if isinstance(block, body.Score):
        return replace(block, attrs=_scored(block.attrs, typed))
    if not isinstance(block, body.Results):
        return block
    lines = tuple(replace(line, attrs=_changed(line.attrs, typed)) for line in block.content)
    attrs = _changed(block.attrs, typed)
    won = any(line.attrs.won for line in lines)
    called_at = (attrs.called_at or f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}") if won else ""
    return replace(block, content=lines, attrs=replace(attrs, called_at=called_at))


def _polled(poll: body.Poll, votes: Votes, *, closed: bool) -> body.Poll:
    if closed == poll.attrs.closed:
        return poll
    if not closed:
        return uncounted(poll)
    attrs = replace(poll.attrs, closed=True, closed_at=f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}")
    return replace(counted(poll, votes(poll.attrs.id)), attrs=attrs)


def _scored(was: body.ScoreAttrs, typed: Mapping[str, Any]) -> body.ScoreAttrs:
    """Return a score with its clock set, if a time was typed. A clock that stops or starts keeps the time it shows."""
    attrs: body.ScoreAttrs = _changed(was, typed)
    now = datetime.now(UTC)
    clock = attrs.clock or (reading(was, now) if attrs.running != was.running else "")
    scorers = {name: text.cleaned(getattr(attrs, name)).strip() for name in ("home_scorers", "away_scorers")}
    stands = set_to(clock, now) if clock else {"clock": was.clock, "clock_at": was.clock_at}
    return replace(attrs, **(stands | scorers))


def _changed(attrs: Any, typed: Mapping[str, Any]) -> Any:
    ours = {name: typed[f"{attrs.id}-{name}"] for name in attrs.__struct_fields__ if f"{attrs.id}-{name}" in typed}
    return replace(attrs, **ours)
