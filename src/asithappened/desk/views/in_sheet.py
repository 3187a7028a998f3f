"""A flow's answers to the desk's one screen, which shows pages in a sheet: the page without its frame, and the results
of buttons as JSON, as a program gets them.

Owns how such a request is recognised. Look next: `frontend/desk/sheet.ts`, `in_html` for the page, `in_json` for JSON.
"""

from typing import Final

from django.http import HttpRequest, HttpResponse

from asithappened.desk.forms.reading import Problem
from asithappened.desk.views import in_json
from asithappened.desk.views.in_html import InHtml
from asithappened.desk.views.screen import Done, Screen

HEADER: Final = "X-Desk-Sheet"
LAYOUT: Final = "desk/sheet.html"


def wanted(request: HttpRequest) -> bool:
    return HEADER in request.headers


def by_script(request: HttpRequest) -> bool:
    """Say whether a script asks, a program's or the screen's: it has what was typed, and needs only the errors."""
    return wanted(request) or in_json.wanted(request)


class InSheet(InHtml):
    def done(self, done: Done) -> HttpResponse:
        """Return what was done, and the address to which a browser would be redirected."""
        return in_json.told_of(done)

    def _message(self, screen: Screen, problem: Problem) -> HttpResponse:
        return in_json.refusal(409, problem)
