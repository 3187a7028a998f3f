"""The form of related coverage: lines that a person types, or values that a program sends.

Owns reading and writing a line, so that an untouched line keeps its whole piece.
"""

from typing import Any

import msgspec
from django import forms
from django.utils.translation import gettext_lazy as _

from asithappened.core import limits, text, urls
from asithappened.core.events import Related


class Pieces(forms.CharField):
    """Related coverage: lines from a page, `core.events.Related` from a program."""

    widget = forms.Textarea
    json_type = tuple[Related, ...]

    def to_python(self, value: Any) -> Any:
        """Convert a program's list to its type; a page's lines are read in `RelatedForm`."""
        return msgspec.convert(value, self.json_type) if isinstance(value, list) else super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(_related_line, value)) if isinstance(value, tuple) else value

    def run_validators(self, value: Any) -> None:
        """Run none for a program's list: Django's validators expect a string."""
        if isinstance(value, str):
            super().run_validators(value)


class RelatedForm(forms.Form):
    """Related coverage, one piece a line."""

    items = Pieces(
        label=_("Related coverage"),
        required=False,
        max_length=limits.RELATED * 3_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line: headline | address. More, if you like: headline | address | standfirst | byline."),
    )

    def __init__(self, *args: Any, old: tuple[Related, ...] = (), **kwargs: Any) -> None:
        """`old`: the present pieces. An untouched line keeps its piece, with the date that a line cannot show."""
        super().__init__(*args, **kwargs)
        self.known = {_related_line(item): item for item in old}

    def clean_items(self) -> tuple[Related, ...]:
        typed = self.cleaned_data["items"]
        lines = typed.splitlines() if isinstance(typed, str) else typed
        found = tuple(item for n, line in enumerate(lines, start=1) if (item := self._read(n, line)))
        if len(found) > limits.RELATED:
            raise forms.ValidationError(_("%(most)s at most.") % {"most": limits.RELATED})
        return found

    def _read(self, number: int, line: str | Related) -> Related | None:
        item = self.known.get(line.strip()) if isinstance(line, str) else line
        if item is not None and item in self.known.values():
            return item
        if item is None and isinstance(line, str):
            parts = [text.one_line(part) for part in line.split("|")]
            if not any(parts):
                return None
            title, url, standfirst, byline, *more = [*parts, "", "", ""][: max(4, len(parts))]
            if more:
                raise forms.ValidationError(_FOUR_PARTS % {"n": number})
            item = Related(title=title, url=url, standfirst=standfirst, byline=byline)
        assert item is not None
        if not item.title:
            raise forms.ValidationError(_FOUR_PARTS % {"n": number})
        if item.url and not urls.is_url(item.url):
            raise forms.ValidationError(
                _("Line %(n)s: the address does not start with http:// or https://.") % {"n": number}
            )
        if (
            max(len(item.title), len(item.byline)) > limits.TITLE_CHARS
            or len(item.standfirst) > limits.STANDFIRST_CHARS
        ):
            raise forms.ValidationError(_("Line %(n)s is too long.") % {"n": number})
        return item


_FOUR_PARTS = _("Line %(n)s: headline | address | standfirst | byline.")


def _related_line(item: Related) -> str:
    parts = [part.replace("|", "/") for part in (item.title, item.url, item.standfirst, item.byline)]
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    return " | ".join(" ".join(part.split()) for part in parts)
