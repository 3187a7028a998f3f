"""A flow's answers to a browser: the page again, or a message and a redirect.

Owns where a refusal is shown. Every word that was typed comes back in its field. Look next: `in_json`, its twin.
"""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from asithappened.desk.forms.reading import Problem, Reading, Sent
from asithappened.desk.views.screen import Done, Explanation, Screen, Shown


class InHtml:
    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def page(self, screen: Screen) -> HttpResponse:
        part = screen.part if self.request.GET.get("part") == "composer" else ""
        return self._page(screen, 200, screen.initial_context(), template=part)

    def sent(self) -> Sent:
        data = self.request.POST
        based_on = data.get("based_on", "")
        seen = int(based_on) if based_on.isascii() and based_on.isdecimal() and len(based_on) < 19 else None
        return Sent(do=data.get("do", ""), fields=data, files=self.request.FILES, based_on=seen)

    def unknown_button(self, screen: Screen, sent: Sent, problem: Problem) -> HttpResponse:
        """Show the form again as it was typed, or say that there is no such button."""
        for reading in screen.readings():
            if (form := reading.as_typed(sent)) is not None:
                return self._page(screen, 200, {reading.name: form})
        return self._message(screen, problem)

    def invalid(self, screen: Screen, reading: Reading[Any], form: Any, problems: tuple[Problem, ...]) -> HttpResponse:
        """Show the form with its errors."""
        if not reading.shown:
            return self._message(screen, problems[0])
        return self._page(screen, 422, {reading.name: form})

    def refused(
        self, screen: Screen, reading: Reading[Any], form: Any, why: Explanation, *, moved: bool
    ) -> HttpResponse:
        """Show the form with the reason of the refusal."""
        if not reading.shown:
            return self._message(screen, why.problem)
        if moved:
            form = reading.rebased(form)
        if why.in_form:
            form = reading.with_problem(form, why.problem)
        context = {**(screen.initial_context() if moved else {}), reading.name: form, **why.context}
        return self._page(screen, 422 if why.problem.field else 409, context, template=why.template)

    def shown(self, screen: Screen, reading: Reading[Any], form: Any, what: Shown) -> HttpResponse:
        return self._page(screen, 200, {**({reading.name: form} if what.keeps_form else {}), **what.context})

    def done(self, done: Done) -> HttpResponse:
        """Redirect to the next page, which shows a message about what was done."""
        messages.success(self.request, done.said)
        return redirect(done.to)

    def _message(self, screen: Screen, problem: Problem) -> HttpResponse:
        messages.error(self.request, problem.message)
        return redirect(screen.back)

    def _page(self, screen: Screen, status: int, more: Mapping[str, Any], *, template: str = "") -> HttpResponse:
        forms = {reading.name: reading.fresh() for reading in screen.readings()}
        context = {**screen.context(), **forms, **more}
        return render(self.request, template or screen.template, context, status=status)
