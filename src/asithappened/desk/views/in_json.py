"""A flow's answers to a program: JSON at the same addresses, for whoever sends or prefers it.

Owns the shape of what a program sends and is answered, and its version: docs/desk.md is the contract. Fields may be
added within a version; one that goes, or comes to mean something else, raises it.
"""

from typing import Any, Final

import msgspec
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils.translation import gettext as _

from asithappened.desk import request_id
from asithappened.desk.forms.reading import Problem, Reading, Sent
from asithappened.desk.views.screen import Done, Explanation, Screen, Shown

VERSION: Final = 1
TYPE: Final = "application/json"
RESUMABLE: Final = "Tus-Resumable"  # the header by which whoever sends a file in pieces says so
_WHOLE: Final = 2**63  # what a database takes for a number


class Unreadable(Exception):
    """What a program sent cannot be understood. Nothing was done."""

    def __init__(self, code: str, message: str, field: str = "") -> None:
        super().__init__(message)
        self.problem = Problem(code=code, message=message, field=field)


def wanted(request: HttpRequest) -> bool:
    """Say whether a program asks: by what it sends, or, where it only looks, by what it prefers to be sent."""
    if RESUMABLE in request.headers:
        return True
    if request.method == "POST":
        return request.content_type == TYPE
    return request.get_preferred_type(["text/html", TYPE]) == TYPE


def answer(status: int, **members: Any) -> HttpResponse:
    """Return an answer."""
    content = msgspec.json.encode({"version": VERSION, **members}, enc_hook=_plain)
    return HttpResponse(content, content_type=TYPE, status=status)


def _plain(words: object) -> str:
    """Return a translation that was put off, or HTML that is known to be safe (whose str() is itself), as a str."""
    return str.__str__(str(words))


def refusal(status: int, *problems: Problem, **members: Any) -> HttpResponse:
    """Return an answer that says no, with the id by which the log knows it."""
    told = [{"code": one.code, "message": str(one.message), "field": one.field} for one in problems]
    return answer(status, refused=told, id=request_id.current(), **members)


def told_of(done: Done) -> HttpResponse:
    """Return the answer that something was done."""
    return answer(200, done=done.said, to=done.to, **done.told, **done.receipt())


class InJson:
    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def page(self, screen: Screen) -> HttpResponse:
        """Tell which buttons there are, what each reads, and what stands in the forms now."""
        return answer(200, csrf=get_token(self.request), **_forms(screen))

    def sent(self) -> Sent:
        """Return what was sent. Raises Unreadable."""
        try:
            sent = msgspec.json.decode(self.request.body)
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
            raise Unreadable("malformed", _("This is not JSON: {why} Nothing was done.").format(why=error)) from error
        if not isinstance(sent, dict):
            raise Unreadable("malformed", _("Send one JSON object. Nothing was done."))
        version, do, based_on = sent.pop("version", None), sent.pop("do", ""), sent.get("based_on")
        if version != VERSION or isinstance(version, bool):
            words = _("Send “version”: {version}, which is the one that is spoken here. Nothing was done.")
            raise Unreadable("version", words.format(version=VERSION), "version")
        if not isinstance(do, str):
            raise Unreadable("type", _("“do” is the name of a button. Nothing was done."), "do")
        whole = isinstance(based_on, int) and not isinstance(based_on, bool) and 0 <= based_on < _WHOLE
        if based_on is not None and not whole:
            raise Unreadable(
                "type", _("“based_on” is the number that the form came with. Nothing was done."), "based_on"
            )
        return Sent(do=do, fields=sent, based_on=based_on, is_json=True)

    def unknown_button(self, screen: Screen, sent: Sent, problem: Problem) -> HttpResponse:
        """Say that there is no such button, and which there are."""
        return refusal(422, problem, buttons=list(screen.buttons))

    def invalid(self, screen: Screen, reading: Reading[Any], form: Any, problems: tuple[Problem, ...]) -> HttpResponse:
        """Say what has to be mended."""
        return refusal(422, *problems)

    def refused(
        self, screen: Screen, reading: Reading[Any], form: Any, why: Explanation, *, moved: bool
    ) -> HttpResponse:
        """Say why it was not taken; if somebody else was first, with how it stands now."""
        now = {"now": reading.as_json()} if moved else {}
        return refusal(422 if why.problem.field else 409, why.problem, **now, **why.told)

    def shown(self, screen: Screen, reading: Reading[Any], form: Any, what: Shown) -> HttpResponse:
        """Tell what a page would show."""
        return answer(200, **what.told)

    def done(self, done: Done) -> HttpResponse:
        """Say what was done."""
        return told_of(done)


def _forms(screen: Screen) -> dict[str, Any]:
    read = {name: button.reads for name, button in screen.buttons.items()}
    return {
        "buttons": {name: reading.name for name, reading in read.items()},
        "forms": {reading.name: reading.as_json() for reading in read.values() if reading.name},
    }
