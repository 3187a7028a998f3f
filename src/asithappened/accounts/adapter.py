"""How allauth behaves here.

Owns its departures: nobody signs up (accounts come from an invitation or the command line), guesses are counted by
`attempts`, a browser that signed in is remembered, and signing in leads to one's live blog and nowhere outside.
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
    """allauth's adapter, with what is done otherwise here."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": _(
            "Too many wrong guesses from here, or at this address: wait ten minutes. A passkey, a one-time link, or a "
            "browser that you signed in with before still lets you in."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: nobody joins a newsroom uninvited."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count a guess. allauth counts in a cache that 131 made-up names empty, and locks out known browsers."""
        self._login_failed_rl_usage = attempts.guess(request, str(credentials.get("email", "")))
        if self._login_failed_rl_usage is None:
            raise self.validation_error("too_many_login_attempts")

    def post_login(self, request: HttpRequest, user: User, **how: Any) -> HttpResponse:
        """Remember the browser; if it is new, write to the person."""
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
        """Write to somebody that their way of signing in was changed: by the worker, to their account's own address."""
        del context, email
        if letters.is_change(template_prefix):
            mail.write_to(user, "changed", what=template_prefix, **mail.asking(self.request))

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Go straight to the one live blog that somebody works on, unless there is a choice, or they are new to it."""
        user = request.user
        new = isinstance(user, User) and user.is_superuser and user.welcomed_at is None
        only = None if new or not isinstance(user, User) else gate.only_running(user)
        to: str = reverse("desk:desk", args=[only.state.slug]) if only else super().get_login_redirect_url(request)
        return to

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the client's address as the server in front found it, which decides which headers to believe."""
        return request.META.get("REMOTE_ADDR") or "0.0.0.0"  # noqa: S104 -- a Unix socket has no address

    def is_safe_url(self, url: str) -> bool:
        """Say whether a redirect to this is allowed: only within this site, by a path.

        allauth would take any of ALLOWED_HOSTS, and so sent people to whatever listens on their own machine.
        """
        return url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)
