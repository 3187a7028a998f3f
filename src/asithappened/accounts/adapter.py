"""Adapts allauth.

Nobody signs up, because accounts come from an invitation or the command line; `attempts` counts guesses; a browser that
signed in is remembered; and signing in leads to a person's live blog, never to another site.
"""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from asithappened.accounts import attempts, gate, letters, mail, tickets
from asithappened.accounts.models import User


class HouseAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": _(
            "Too many wrong guesses from here, or at this address: wait ten minutes. A passkey, a one-time link, or a "
            "browser that you signed in with before still lets you in."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count a guess.

        allauth's own counters are in a cache, from which 131 made-up names evict them, and lock out known browsers.
        """
        self._login_failed_rl_usage = attempts.guess(request, str(credentials.get("email", "")))
        if self._login_failed_rl_usage is None:
            raise self.validation_error("too_many_login_attempts")

    def post_login(self, request: HttpRequest, user: User, **how: Any) -> HttpResponse:
        """Remember the browser; if it is new, send a letter to the person."""
        answer: HttpResponse = super().post_login(request, user, **how)
        if not attempts.knows(request, user):
            mail.write_to(user, "new_sign_in", **mail.asking(request))
        attempts.remember(request, answer, user)
        return answer

    def logout(self, request: HttpRequest) -> None:
        """Sign out, and close the members' live blogs that the browser has open."""
        signed_in = request.user.pk if isinstance(request.user, User) else None
        super().logout(request)
        if signed_in is not None:
            tickets.revoke_all(signed_in)

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Send a letter about a changed way of signing in, by the worker and to the account's own address."""
        del context, email
        if letters.is_change(template_prefix):
            mail.write_to(user, "changed", what=template_prefix, **mail.asking(self.request))

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Go to the person's only running live blog, unless there are several, or a site admin is new."""
        user = request.user
        new = isinstance(user, User) and user.is_superuser and user.welcomed_at is None
        only = None if new or not isinstance(user, User) else gate.only_running(user)
        to: str = reverse("desk:desk", args=[only.state.slug]) if only else super().get_login_redirect_url(request)
        return to

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the client's address from the server in front, which decides which headers to trust."""
        return request.META.get("REMOTE_ADDR") or "0.0.0.0"  # noqa: S104 -- a Unix socket has no address

    def is_safe_url(self, url: str) -> bool:
        """Return whether a redirect to this is allowed: only to a path of this site.

        allauth allows any of ALLOWED_HOSTS, and so could redirect to a program on the person's own machine (localhost).
        """
        return url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)
