"""Pages that say no: what happened, what is safe, and what to do.

Owns the answers 400, 403, 404 and 500 of the Django half. A stranger's 404 and that of a blog that is not there are the
same bytes, so nothing here may depend on what was asked for.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.csrf import requires_csrf_token


@requires_csrf_token
def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Answer 404."""
    return render(request, "desk/refused/404.html", status=404)


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Answer 403: a member who may see the blog, but not do this."""
    return render(request, "desk/refused/403.html", status=403)


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Answer 400."""
    return render(request, "desk/refused/400.html", status=400)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer 500, with no database, no session and no context that could break again."""
    return HttpResponse(render_to_string("desk/refused/500.html"), status=500)


@requires_csrf_token
def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is missing or old: give back what was typed, to be sent again.

    Of a form sent here by somebody else's site it gives nothing back: the texts would be theirs.
    """
    same_site = request.headers.get("Sec-Fetch-Site", "same-origin") in {"same-origin", "none"}
    typed = [
        (name, value)
        for name, value in request.POST.items()
        if value and len(str(value)) > 3 and name not in {"csrfmiddlewaretoken", "password", "once"}
    ]
    context = {"typed": typed if same_site and not any("password" in name for name, _ in typed) else []}
    return render(request, "desk/refused/stale_form.html", context, status=403)
