"""Fields for numbers as people write them: with spaces, points or commas between thousands."""

import re
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from asithappened.core import limits, text


class Number(forms.FloatField):
    """A number; as people write it, with spaces or commas between thousands."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    json_type: type = float

    def to_python(self, value: Any) -> float | None:  # type: ignore[override]
        if isinstance(value, str):
            value = text.one_line(value).translate(_SPACES)
            value = value.replace(",", "") if _thousands(value) else value.replace(",", ".")
        return super().to_python(value)


_SPACES: Final = dict.fromkeys(map(ord, " \u00a0\u202f\u2009'’"))


def _thousands(typed: str) -> bool:
    first, *groups = typed.split(",")
    return bool(groups) and all(len(one.partition(".")[0]) == 3 for one in groups) and 0 < len(first.lstrip("-")) < 4


class Count(Number):
    """A whole number, not below zero; an empty field means that it is not known."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 9})
    json_type = int

    def __init__(self, **more: Any) -> None:
        super().__init__(required=False, min_value=0, max_value=limits.COUNT, **more)

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str) and _GROUPED.fullmatch(value.strip()):
            value = re.sub("[.,]", "", value)
        found = super().to_python(value)
        if found is not None and not found.is_integer():
            raise ValidationError(_("Give a whole number."), code="invalid")
        return None if found is None else int(found)


_GROUPED: Final = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{3})+")
