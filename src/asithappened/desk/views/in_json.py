"""A flow's answers to a program: JSON at the same addresses, for requests that send or prefer JSON.

Owns the shape of requests and answers, and their version: docs/desk.md is the contract. A version may gain fields; to
remove a field or change its meaning raises the version.
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
RESUMABLE: Final = "Tus-Resumable"  # the header of a client that uploads a file in pieces
_WHOLE: Final = 2**63  # beyond this a database accepts no whole number


class Unreadable(Exception):
    """The request cannot be parsed. Nothing was done."""

    def __init__(self, code: str, message: str, field: str = "") -> None:
        super().__init__(message)
        self.problem = Problem(code=code, message=message, field=field)


def wanted(request: HttpRequest) -> bool:
    """Say whether a program asks: a POST by its content type, a GET by what its Accept header prefers."""
    if RESUMABLE in request.headers:
        return True
    if request.method == "POST":
        return request.content_type == TYPE
    return request.get_preferred_type(["text/html", TYPE]) == TYPE


def answer(status: int, **members: Any) -> HttpResponse:
    content = msgspec.json.encode({"version": VERSION, **members}, enc_hook=_plain)
    return HttpResponse(content, content_type=TYPE, status=status)


def _plain(words: object) -> str:
    """Return a lazy translation, or a SafeString (whose str() is itself), as a plain str."""
    return str.__str__(str(words))


def refusal(status: int, *problems: Problem, **members: Any) -> HttpResponse:
    """Return a refusal, with the request's id, by which it is found in the log."""
    told = [{"code": one.code, "message": str(one.message), "field": one.field} for one in problems]
    return answer(status, refused=told, id=request_id.current(), **members)


def told_of(done: Done) -> HttpResponse:
    return answer(200, done=done.said, to=done.to, **done.told, **done.receipt())


class InJson:
    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def page(self, screen: Screen) -> HttpResponse:
        """Return the buttons, the form that each reads, and the present values of the forms."""
        return answer(200, csrf=get_token(self.request), **_forms(screen))

    def sent(self) -> Sent:
        """Parse the request. Raises Unreadable."""
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
        """Refuse: there is no such button. Name those that there are."""
        return refusal(422, problem, buttons=list(screen.buttons))

    def invalid(self, screen: Screen, reading: Reading[Any], form: Any, problems: tuple[Problem, ...]) -> HttpResponse:
        return refusal(422, *problems)

    def refused(
        self, screen: Screen, reading: Reading[Any], form: Any, why: Explanation, *, moved: bool
    ) -> HttpResponse:
        """Return why the verb refused; if somebody else was first, with the present state."""
        now = {"now": reading.as_json()} if moved else {}
        return refusal(422 if why.problem.field else 409, why.problem, **now, **why.told)

    def shown(self, screen: Screen, reading: Reading[Any], form: Any, what: Shown) -> HttpResponse:
        return answer(200, **what.told)

    def done(self, done: Done) -> HttpResponse:
        return told_of(done)


def _forms(screen: Screen) -> dict[str, Any]:
    read = {name: button.reads for name, button in screen.buttons.items()}
    return {
        "buttons": {name: reading.name for name, reading in read.items()},
        "forms": {reading.name: reading.as_json() for reading in read.values() if reading.name},
    }
