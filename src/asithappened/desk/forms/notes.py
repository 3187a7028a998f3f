"""The forms of the desk's internal notes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from asithappened.core import limits


class NoteForm(forms.Form):
    """A new note. `post`: the post that it is about; "" for the whole live blog."""

    text = forms.CharField(
        label=_("Note"),
        max_length=limits.NOTE_CHARS,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("For whoever works on this live blog. Readers never see it."),
    )
    post = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


class Rewording(forms.Form):
    """The new words of a note."""

    text = NoteForm.base_fields["text"]
