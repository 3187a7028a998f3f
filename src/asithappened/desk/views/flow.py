"""The one path by which every page of the desk takes what is sent, from a browser or from a program.

form → pressed (which button) → checked → preview or verb → done, or refused with every word kept. Owns the order of
these steps; no view can skip one. Each address that accepts a POST is a `Flow`, and describes what is particular to it
in a `Screen`. Look next: `in_html` and `in_json` for the answers, `forms.reading` for what a flow asks of a form.
"""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, Concatenate, Final, Generic, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.translation import gettext as _

from asithappened.desk import actions, refusals
from asithappened.desk.actions.members import MemberError
from asithappened.desk.forms.reading import Problem
from asithappened.desk.views import in_json, in_sheet
from asithappened.desk.views.asking import in_whose_name, moved, sign_in_first
from asithappened.desk.views.in_html import InHtml
from asithappened.desk.views.in_json import InJson
from asithappened.desk.views.in_sheet import InSheet
from asithappened.desk.views.screen import Button, Explanation, Screen, Shown

P = ParamSpec("P")
_REFUSALS: Final = (actions.Refused, actions.Busy, actions.Moved, actions.SaidBefore, MemberError)
# Codes of refusals that are shown at one field, if the form has it. All others are shown at the form's top.
_AT: Final = {
    "slug_taken": "slug",
    "no_video": "url",
    "no_successor": "slug",
    "successor_hidden": "slug",
    "same": "slug",
    "member": "email",
    "name_taken": "name",
    "no_source": "into",
}


class Flow(Generic[P]):
    """A view that accepts a POST. `build` asks the gate, which may raise, and returns the view's `Screen`.

    `has_page`: whether it has a page of its own, or only buttons on other pages.
    """

    def __init__(self, build: Callable[Concatenate[HttpRequest, P], Screen], *, has_page: bool = True) -> None:
        self.build = build
        self.has_page = has_page
        update_wrapper(self, build)  # Django reads the name and module of each view

    def __call__(self, request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        allowed = ["GET", "HEAD", "POST"] if self.has_page else ["POST"]
        if request.method not in allowed:
            return HttpResponseNotAllowed(allowed)
        if (asked := sign_in_first(request) or in_whose_name(request)) is not None:
            return asked
        answers = _answers(request)
        screen = self.build(request, *args, **kwargs)
        if request.method != "POST":
            return answers.page(screen)
        try:
            return _pressed(answers, screen, again=lambda: self.build(request, *args, **kwargs))
        except in_json.Unreadable as unreadable:
            return in_json.refusal(400, unreadable.problem)


def flow(build: Callable[Concatenate[HttpRequest, P], Screen]) -> Flow[P]:
    """Make a view of a function that returns a `Screen`."""
    return Flow(build)


def post_only(build: Callable[Concatenate[HttpRequest, P], Screen]) -> Flow[P]:
    """Make a view without a page of its own: its buttons are on other pages."""
    return Flow(build, has_page=False)


def _answers(request: HttpRequest) -> InHtml | InJson:
    if in_json.wanted(request):
        return InJson(request)
    return InSheet(request) if in_sheet.wanted(request) else InHtml(request)


def _pressed(answers: InHtml | InJson, screen: Screen, *, again: Callable[[], Screen]) -> HttpResponse:
    sent = answers.sent()
    name = sent.do or screen.default
    button = screen.buttons.get(name)
    if button is None:
        message = _("That button is not known here. Nothing was changed.")
        return answers.unknown_button(screen, sent, Problem(code="unknown_button", message=message, field="do"))
    checked = button.reads.check(sent)
    if checked.problems:
        return answers.invalid(screen, button.reads, checked.form, checked.problems)
    try:
        outcome = button.verb(checked.value)
    except _REFUSALS as error:
        first = isinstance(error, actions.Moved)
        screen = again() if first else screen
        now = screen.buttons.get(name, button)
        why = now.explain(error, checked.value) or Explanation(problem=_problem(error, screen, now), told=_told(error))
        return answers.refused(screen, now.reads, checked.form, why, moved=first)
    if isinstance(outcome, Shown):
        return answers.shown(screen, button.reads, checked.form, outcome)
    return answers.done(outcome)


def _told(error: Exception) -> dict[str, Any]:
    return {"until": error.until} if isinstance(error, actions.Embargoed) else {}


def _problem(error: Exception, screen: Screen, button: Button[Any]) -> Problem:
    match error:
        case actions.Embargoed():
            code = "embargoed"
        case actions.Refused():
            code = error.refusal.code
        case actions.Busy():
            code = "busy"
        case actions.Moved():
            return Problem(code="moved", message=screen.moved or moved())
        case _:
            code = "member"
    at = _AT.get(code, "")
    return Problem(code=code, message=refusals.said(error), field=at if button.reads.has(at) else "")
