"""The forms that correct an error, and that mend or leave a text which still says the old thing."""

import secrets
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from asithappened.core import limits


class _Once(forms.CharField):
    """The form's once-key, a new one for each page."""

    widget = forms.HiddenInput

    def __init__(self, **more: Any) -> None:
        super().__init__(required=False, max_length=64, initial=lambda: secrets.token_hex(12), **more)


class _Choice(forms.BooleanField):
    json_type = bool


class Correcting(forms.Form):
    """The wrong words of a post, the right ones, and the reason."""

    was = forms.CharField(
        label=_("The wrong words, as they stand there"),
        max_length=limits.STATEMENT_CHARS,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    now = forms.CharField(
        label=_("The right words"),
        required=False,
        max_length=limits.STATEMENT_CHARS,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    reason = forms.CharField(
        label=_("Why it was wrong"),
        required=False,
        max_length=limits.REASON_CHARS,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("For readers, one sentence."),
    )
    mend = _Choice(label=_("Put the right words in the wrong ones’ place"), required=False, initial=True)
    once = _Once()


class CorrectingBlog(Correcting):
    """The same for the headline or the standfirst."""

    of = forms.ChoiceField(
        label=_("What was wrong"),
        choices=[("headline", _("The headline")), ("standfirst", _("The standfirst"))],
        initial="headline",
        widget=forms.RadioSelect,
    )
    field_order = ("of", "was", "now", "reason", "mend", "once")


class _Number(forms.IntegerField):
    json_type = int


class Forgetting(forms.Form):
    """A learned outlet, by its number."""

    number = _Number(min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)


class Naming(forms.Form):
    """A place that still says the old thing, by its key."""

    key = forms.RegexField(r"^[0-9a-f]{24}\Z", widget=forms.HiddenInput)
