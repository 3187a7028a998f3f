"""A person's own page: the byline their posts carry, and a new password for who came by a one-time link."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import SetPasswordForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from asithappened.accounts.views import came_by_link
from asithappened.core import limits
from asithappened.desk.forms.blog import OneLine
from asithappened.desk.views.asking import asker, signed_in


class Byline(forms.Form):
    """How somebody is named in print."""

    byline = OneLine(
        label=gettext_lazy("Byline"),
        required=False,
        max_length=limits.NAME_CHARS,
        help_text=gettext_lazy("What new posts of yours say. Those already published keep theirs."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def me(request: HttpRequest) -> HttpResponse:
    """Show and change it. A password is set here only within a quarter of an hour of a one-time link."""
    user = asker(request)
    byline: Any = Byline(initial={"byline": user.byline})
    may_set = came_by_link(request)
    password: Any = SetPasswordForm(user)
    do = request.POST.get("do", "")
    if request.method == "POST" and do == "byline":
        byline = Byline(request.POST)
        if byline.is_valid():
            user.byline = byline.cleaned_data["byline"]
            user.save(update_fields=["byline"])
            messages.success(request, _("Saved."))
            return redirect("desk:me")
    elif request.method == "POST" and do == "password" and may_set:
        password = SetPasswordForm(user, request.POST)
        if password.is_valid():
            password.save()
            update_session_auth_hash(request, user)
            messages.success(request, _("Your password is set. Wherever else you were signed in, you no longer are."))
            return redirect("desk:me")
    context = {"byline_form": byline, "password_form": password, "may_set": may_set}
    return render(request, "desk/me.html", context, status=422 if byline.errors or password.errors else 200)
