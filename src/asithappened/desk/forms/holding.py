"""How long a publication is held, so that it can be undone: the form for a person and for a live blog."""

from django import forms
from django.utils.translation import gettext_lazy as _

from asithappened.desk.actions.holds import CHOICES


class Seconds(forms.TypedChoiceField):
    """A choice among a few numbers of seconds."""

    json_type = int


class Holding(forms.Form):
    seconds = Seconds(
        label=_("Hold what is published"),
        choices=[(n, _("not at all") if not n else _("%(n)s seconds") % {"n": n}) for n in CHOICES],
        coerce=int,
        help_text=_("For so long it waits before readers have it, and can be undone."),
    )
