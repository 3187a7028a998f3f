"""The list of somebody's live blogs, and opening a new one."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from asithappened.accounts import gate


@login_required
def blogs(request: HttpRequest) -> HttpResponse:
    """Show every live blog that this person works on."""
    return render(
        request, "desk/blogs.html", {"grants": gate.blogs_for(request.user), "may_open": gate.may_open(request.user)}
    )
