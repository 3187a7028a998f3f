"""Giving back what somebody typed into a form that was refused.

Owns which fields are words, their labels, and who gets them: a form that another site sent gives nothing back, and a
password is never given back. Nothing is stored on the server, so nobody can fill its memory.
Look next: `views.refused` for the pages that give back, `views.asking.sign_in_first` for who is signed out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext_lazy as _

from asithappened.accounts import from_us

Words = object  # a str, or a lazy translation of one
# Fields for the machine. They are sent again unchanged, and not shown.
_SILENT: Final = re.compile(
    r"(.+-)?(do|once|again|based_on|began|user|kind|carried|minor|graphic|pin|role|audience|language|zone|to|link|uses|days|newsroom|admin)|take-.*"
)
_NAMES: Final[dict[str, Words]] = {
    "title": _("Headline"),
    "text": _("Text"),
    "standfirst": _("Standfirst"),
    "bylines": _("Bylines"),
    "byline": _("Byline"),
    "reason": _("Reason"),
    "note": _("Note"),
    "tags": _("Tags"),
    "slug": _("Address"),
    "items": _("Related coverage"),
    "name": _("Name"),
    "email": _("E-mail address"),
    "url": _("Link"),
}


@dataclass(frozen=True, kw_only=True)
class Field:
    """A field as it was sent. `label`: its name on the page; "" for a field that is only sent again."""

    name: str
    value: str
    label: Words = ""

    @property
    def rows(self) -> int:
        """The height of its text area, in lines."""
        return max(1, min(16, self.value.count("\n") + len(self.value) // 80 + 1))


def given_back(request: HttpRequest) -> list[Field]:
    """Return every field of a desk's form as it was sent, for the same person; none if the form cannot be read."""
    if request.method != "POST" or not request.path.startswith("/desk/") or not _own(request):
        return []
    try:
        sent = [(name, str(value)) for name, values in request.POST.lists() for value in values]
    except (SuspiciousOperation, BadRequest, MultiPartParserError, UnreadablePostError, AttributeError):
        return []  # the request did not arrive whole
    fields = [(name, value) for name, value in sent if name != "csrfmiddlewaretoken"]
    if any("password" in name for name, _ in fields):
        return []
    return [Field(name=name, value=value, label=label) for name, value, label in _labelled(fields)]


def _labelled(fields: list[tuple[str, str]]) -> Iterator[tuple[str, str, Words]]:
    for name, value in fields:
        last = name.rpartition("-")[2]
        silent = not value.strip() or _SILENT.fullmatch(name)
        yield name, value, "" if silent else _NAMES.get(last, last)


def _own(request: HttpRequest) -> bool:
    """Say whether our own page sent it, by the best evidence that the browser gives. A client that gives none is no
    browser, and no other site can use such a client."""
    if fetched_by := request.headers.get("Sec-Fetch-Site"):
        return fetched_by in {"same-origin", "none"}
    for witness in ("Origin", "Referer"):
        if said := request.headers.get(witness):
            try:
                parts = urlsplit(said)
                ours = f"{parts.scheme}://{parts.netloc}"
            except ValueError:
                return False
            return ours in from_us.origins(request)
    return True
