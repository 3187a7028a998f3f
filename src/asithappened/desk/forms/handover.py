"""The form of a link to the handover sheet: how long it is valid, and from when on the sheet tells."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from asithappened.desk.actions.handover import HOURS

SINCE = (
    ("", _("the last sign-in")),
    ("4", _("4 hours ago")),
    ("8", _("8 hours ago")),
    ("12", _("12 hours ago")),
    ("24", _("24 hours ago")),
)
_NAMES = {8: _("8 hours"), 24: _("24 hours"), 72: _("3 days"), 168: _("7 days")}


class LinkForm(forms.Form):
    """From when on a link's sheet tells, and how long the link is valid."""

    hours = forms.TypedChoiceField(
        label=_("Good for"), choices=[(hours, _NAMES[hours]) for hours in HOURS], coerce=int, initial=24
    )
    since = forms.ChoiceField(label=_("What changed since"), choices=SINCE, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Let a program send numbers."""
        super().__init__(*args, **kwargs)
        self.fields["hours"].json_type = int  # type: ignore[attr-defined]
