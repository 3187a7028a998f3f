"""The letters about accounts, in the reader's language.

Owns their words. A link is made when the letter is written, has the installation's address and never a request's, and
proves the mailbox's owner (`links`). Text that others typed is cut to one short line, so that nobody can use a letter
for their own message. Look next: `mail`, which sends them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from asithappened.accounts import devices
from asithappened.accounts.links import sign_in_link
from asithappened.accounts.models import User
from asithappened.core import text

Letter = Literal["invitation", "link", "new_sign_in", "changed"]

TYPED_CHARS: Final = 80  # of text that somebody else typed: a name, a headline


@dataclass(frozen=True, kw_only=True)
class Words:
    """A letter's subject and body, as plain text."""

    subject: str
    body: str


def written(letter: str, user: User, facts: Mapping[str, str]) -> Words | None:
    """Return a letter's words; None if it is no longer needed."""
    with translation.override(user.language or settings.LANGUAGE_CODE):
        found = _LETTERS[letter](user, facts)
        return found and Words(subject=found.subject, body=f"{found.body}\n\n-- \n{settings.SITE_NAME}\n{_desk()}\n")


def trial() -> Words:
    """Return a letter that tests the mail server."""
    return Words(
        subject=_("Mail from {site} arrives").format(site=settings.SITE_NAME),
        body=_("This was sent by “asithappened mail test”. There is nothing to do.") + f"\n\n-- \n{_desk()}\n",
    )


def _invitation(user: User, facts: Mapping[str, str]) -> Words | None:
    if user.last_login is not None:
        return None  # they have signed in since
    who, title = _short(facts.get("who", "")), _short(facts.get("title", ""))
    site = settings.SITE_NAME
    if who and title:
        first = _("{who} asks you to work on the live blog “{title}” at {site}.").format(
            who=who, title=title, site=site
        )
    else:
        first = _("There is an account for you at {site}.").format(site=site)
    return Words(
        subject=_("You are invited to {site}").format(site=site),
        body=_paragraphs(
            first,
            _("This link signs you in, once, within a day:"),
            sign_in_link(user, mailed=True),
            _("Pass it on to nobody: whoever has it is you. If you do not know what this is about, do nothing."),
        ),
    )


def _link(user: User, facts: Mapping[str, str]) -> Words:
    return Words(
        subject=_("Your link to sign in to {site}").format(site=settings.SITE_NAME),
        body=_paragraphs(
            _("Somebody, you we hope, asked for a link to sign in with this address. It works once, within a day:"),
            sign_in_link(user, mailed=True),
            _("The page after it lets you set a new password. If it was not you, do nothing, and nothing changes."),
        ),
    )


def _new_sign_in(user: User, facts: Mapping[str, str]) -> Words:
    return Words(
        subject=_("A new sign-in at {site}").format(site=settings.SITE_NAME),
        body=_paragraphs(
            _("Somebody signed in as you with a browser that had not been used for it before:"),
            _where(facts),
            _if_not_you(),
        ),
    )


def _changed(user: User, facts: Mapping[str, str]) -> Words | None:
    said = _CHANGES.get(facts.get("what", ""))
    if said is None:
        return None
    return Words(
        subject=_("A change of how you sign in to {site}").format(site=settings.SITE_NAME),
        body=_paragraphs(said(), _where(facts), _if_not_you()),
    )


_LETTERS: Final[dict[str, Callable[[User, Mapping[str, str]], Words | None]]] = {
    "invitation": _invitation,
    "link": _link,
    "new_sign_in": _new_sign_in,
    "changed": _changed,
}

# By the names of allauth's own letters, which are not sent.
_CHANGES: Final[dict[str, Callable[[], str]]] = {
    "account/email/password_changed": lambda: _("Your password was changed."),
    "account/email/password_set": lambda: _("A password was set for your account."),
    "mfa/email/totp_activated": lambda: _("An authenticator app was connected with your account."),
    "mfa/email/totp_deactivated": lambda: _("The authenticator app was taken off your account."),
    "mfa/email/recovery_codes_generated": lambda: _("New recovery codes were made; the ones before are worthless."),
    "mfa/email/webauthn_added": lambda: _("A passkey or security key was added to your account."),
    "mfa/email/webauthn_removed": lambda: _("A passkey or security key was taken off your account."),
    "identity_joined": lambda: _("Your account can be entered by way of {label} now.").format(label=_label()),
    "identity_removed": lambda: _("Your account can no longer be entered by way of {label}.").format(label=_label()),
}


def is_change(what: str) -> bool:
    """Return whether there is a letter about this change."""
    return what in _CHANGES


def _where(facts: Mapping[str, str]) -> str:
    at = date_format(datetime.fromisoformat(facts["at"]), "DATETIME_FORMAT")
    return _("{device}, from {address}, {at} UTC").format(
        device=devices.plain(facts.get("agent", "")), address=facts.get("address", ""), at=at
    )


def _if_not_you() -> str:
    return _(
        "If it was not you, end that session and change your password now, and tell whoever runs the newsroom:"
    ) + (f"\n{settings.PUBLIC_URL}/accounts/sessions/")


def _paragraphs(*these: str) -> str:
    return "\n\n".join(these)


def _short(typed: str) -> str:
    line = text.one_line(typed)
    return line if len(line) <= TYPED_CHARS else f"{line[: TYPED_CHARS - 1]}…"


def _label() -> str:
    return settings.OIDC.label if settings.OIDC else "OpenID Connect"


def _desk() -> str:
    return f"{settings.PUBLIC_URL}/desk/"
