"""The form of a profile: what readers are told of a person besides the name, with their picture.

Owns reading a picture that is sent with a form: a browser sends a file, a program base64. The sandbox decides whether
it is a picture: `media.portraits`.
"""

import base64
import binascii
from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.core.files import File
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext_lazy as _

from asithappened.core import limits, urls
from asithappened.desk.forms.blog import OneLine, Ticked

PHOTO_BYTES: Final = 900 * 1024  # with the rest of the form, this stays below the limit of the server in front


class PhotoInput(forms.FileInput):
    """An input for a picture. The page's script scales a large picture down before it is sent."""

    def __init__(self) -> None:
        """Accept pictures only, and tell the script the limit in bytes."""
        super().__init__(attrs={"accept": "image/*", "data-portrait": "", "data-most": str(PHOTO_BYTES)})

    def value_from_datadict(self, data: Mapping[str, Any], files: Mapping[str, Any], name: str) -> "File[bytes] | None":
        """Return the file, or the base64 string of a program."""
        sent = data.get(name)
        if name in files or not isinstance(sent, str) or not sent:
            found: File[bytes] | None = files.get(name)
            return found
        try:
            return SimpleUploadedFile("photo", base64.b64decode(sent, validate=True))
        except (binascii.Error, ValueError):
            return SimpleUploadedFile("photo", b"")  # an empty file is refused


class Photo(forms.FileField):
    """A picture of a person; for a program, a string of base64."""

    json_type = str
    widget = PhotoInput

    def clean(self, data: Any, initial: Any = None) -> bytes:
        """Return its bytes; None if no picture was sent."""
        file: File[bytes] | None = super().clean(data, initial)
        if file is None:
            return b""
        if (file.size or 0) > PHOTO_BYTES:
            most = PHOTO_BYTES // 1024
            raise forms.ValidationError(
                _("This picture is too large to come with a form: %(most)s KB at most. Save it smaller.")
                % {"most": most}
            )
        content: bytes = file.read()
        return content


class Told(forms.Form):
    """What readers are told of a person besides the name."""

    role = OneLine(
        label=_("What they are, as printed"),
        required=False,
        max_length=limits.ROLE_CHARS,
        help_text=_("Such as Harbour reporter. New posts say it behind the byline."),
    )
    url = OneLine(
        label=_("Link"),
        required=False,
        max_length=limits.PROFILE_URL_CHARS,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "none", "spellcheck": "false"}),
        help_text=_("Where readers find more about them. The name leads there."),
    )
    photo = Photo(
        label=_("Picture"),
        required=False,
        help_text=_("Stands small beside the name, below the news. It is cut to a square."),
    )
    no_photo = Ticked(label=_("Without a picture"), required=False)

    def __init__(self, *args: Any, pictured: bool = False, **kwargs: Any) -> None:
        """Offer to remove the picture if there is one."""
        super().__init__(*args, **kwargs)
        if not pictured:
            del self.fields["no_photo"]

    def clean_url(self) -> str:
        """Refuse a link that is no address of a page."""
        url: str = self.cleaned_data["url"]
        if url and not urls.is_url(url):
            raise forms.ValidationError(_("Write a whole address, such as https://www.paper.example/ada."))
        return url


class Byline(forms.Form):
    """A person's printed name."""

    byline = OneLine(
        label=_("Byline"),
        required=False,
        max_length=limits.NAME_CHARS,
        help_text=_("What new posts of yours say. Those already published keep theirs."),
    )


class Profile(Byline, Told):
    """What readers are told of oneself, with the name."""

    field_order = ("byline", "role", "url", "photo", "no_photo")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Change the labels so that they address the person."""
        super().__init__(*args, **kwargs)
        self.fields["role"].label = _("What you are, as printed")
        self.fields["url"].help_text = _("Where readers find more about you. Your name leads there.")
