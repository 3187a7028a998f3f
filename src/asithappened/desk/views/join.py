"""Joining by a link that somebody handed over: becoming a member at once, with one's own account or a new one.

Owns the page. A GET does not use the link up, because chat programs open every link for a preview. A link that is not
valid says only that, and not what it was for. Look next: `accounts.invitation_links`.
"""

from typing import Any, Final

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from asithappened.accounts import attempts, invitation_links
from asithappened.accounts.members import MemberError
from asithappened.accounts.models import Invitation, User
from asithappened.core import limits
from asithappened.desk.actions import inviting as verbs
from asithappened.desk.forms.blog import OneLine
from asithappened.log import read

TRIES_OF_A_NETWORK: Final = 20  # accounts made, or addresses tried, in a window: a newsroom behind one address


class NewAccount(forms.Form):
    """A new person's name, and how they will sign in."""

    byline = OneLine(
        label=gettext_lazy("Your name, as readers will see it"), max_length=limits.NAME_CHARS,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"), max_length=254, help_text=gettext_lazy("You sign in with it."),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )  # fmt: skip
    way = forms.ChoiceField(
        label=gettext_lazy("How you will sign in"),
        choices=(
            ("passkey", gettext_lazy("With a passkey: your fingerprint, your face, or a security key")),
            ("password", gettext_lazy("With a password")),
        ),
        initial="passkey",
        widget=forms.RadioSelect,
    )
    password = forms.CharField(
        label=gettext_lazy("Password"), required=False, max_length=1_000, strip=False,
        help_text=gettext_lazy("If you chose one: at least twelve characters. Four words that do not belong together."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip

    def __init__(self, *args: Any, bound_to: str = "", **kwargs: Any) -> None:
        """Leave the e-mail address out if the link is for one address."""
        super().__init__(*args, **kwargs)
        self.bound_to = bound_to
        if bound_to:
            del self.fields["email"]

    def clean(self) -> dict[str, Any]:
        """Check the password by the same rules as everywhere here."""
        typed = super().clean() or {}
        if typed.get("way") == "password":
            email = self.bound_to or typed.get("email", "")
            try:
                validate_password(typed.get("password", ""), User(email=email, byline=typed.get("byline", "")))
            except ValidationError as error:
                self.add_error("password", error)
        return typed


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponseBase:
    """Show what the link is for, and do it."""
    try:
        invitation = invitation_links.found(token)
    except invitation_links.TakenBack:
        return _page(request, {"invitation": None}, status=410)
    to = (
        reverse("desk:desk", args=[read.blog(invitation.blog_id).slug]) if invitation.blog_id else reverse("desk:blogs")
    )
    if isinstance(request.user, User):
        return _as_oneself(request, request.user, invitation, to)
    form = NewAccount(request.POST or None, bound_to=invitation.email)
    if request.method != "POST" or not form.is_valid():
        return _page(request, {**_of(invitation), "form": form}, status=200 if request.method != "POST" else 422)
    if not attempts.count(f"joining {attempts.network_of(request)}", TRIES_OF_A_NETWORK):
        form.add_error(None, _("Too many tries from here: wait ten minutes. Nothing was changed."))
        return _page(request, {**_of(invitation), "form": form}, status=429)
    typed = form.cleaned_data
    by_password = typed["way"] == "password"
    try:
        user = verbs.join_as_new(
            invitation,
            email=typed.get("email", ""),
            byline=typed["byline"],
            password=typed["password"] if by_password else None,
        )
    except invitation_links.TakenBack:
        return _page(request, {"invitation": None}, status=410)
    except invitation_links.AddressTaken as taken:
        form.add_error("email" if "email" in form.fields else None, str(taken))
        return _page(request, {**_of(invitation), "form": form}, status=409)
    request.session.flush()  # nothing of a session that was open in this browser passes to the new person
    record_authentication(request, user, method="link")
    answer: HttpResponseBase = perform_login(
        request, user, redirect_url=to if by_password else reverse("mfa_add_webauthn")
    )
    return answer


def _as_oneself(request: HttpRequest, user: User, invitation: Invitation, to: str) -> HttpResponse:
    if request.method != "POST":
        return _page(request, {**_of(invitation), "for_another": invitation.email not in ("", user.email)})
    try:
        verbs.join(invitation, by=user)
    except invitation_links.TakenBack:
        return _page(request, {"invitation": None}, status=410)
    except MemberError as error:
        return _page(request, {**_of(invitation), "refused": str(error), "to": to}, status=409)
    return HttpResponseRedirect(to)


def _of(invitation: Invitation) -> dict[str, Any]:
    blog = read.blog(invitation.blog_id) if invitation.blog_id else None
    return {
        "invitation": invitation,
        "blog_title": blog.title if blog else "",
        "role": invitation.get_role_display(),
        "by": str(invitation.made_by),
    }


def _page(request: HttpRequest, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    answer = render(request, "desk/join.html", {**context, "here": request.path}, status=status)
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer
