"""Finds the account of a person whom the provider has authenticated.

Owns the rules. The provider's subject identifies a person who signed in before, because a provider never reuses it. The
address is used the first time only, only if the provider has verified it, and only for an account that is not yet
connected with this provider: an address may be reused for another person. Look next: `credentials`.
"""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from asithappened.accounts import credentials
from asithappened.accounts.models import Identity, User
from asithappened.accounts.oidc.claims import Verified, is_allowed
from asithappened.accounts.oidc.provider import Provider
from asithappened.core import limits, text


class NotAllowed(Exception):
    """Somebody may not sign in. The message tells them why, and what to do."""


@dataclass(frozen=True, kw_only=True)
class Match:
    """An account. `connected`: just now; `shut_out`: that revoked earlier credentials (`credentials.prove`)."""

    user: User
    connected: bool = False
    shut_out: bool = False


def match(provider: Provider, who: Verified) -> Match:
    """Return a person's account, and connect or make it if that is allowed. Raises NotAllowed."""
    if not is_allowed(provider, who):
        raise NotAllowed(
            _("{label} knows you, but those who run this newsroom do not let you in by it. Ask them.").format(
                label=provider.label
            )
        )
    try:
        with transaction.atomic():
            return _match(provider, who)
    except IntegrityError:  # another tab of theirs has connected it concurrently
        with transaction.atomic():
            return _match(provider, who)


def link(provider: Provider, who: Verified, user: User) -> None:
    """Connect a signed-in person's account with the provider. Raises NotAllowed."""
    if not is_allowed(provider, who):
        raise NotAllowed(
            _("Those who run this newsroom do not let this account of {label} in.").format(label=provider.label)
        )
    known = Identity.objects.filter(issuer=provider.issuer, subject=who.subject).first()
    if known is not None and known.user_id == user.pk:
        return
    try:
        with transaction.atomic():
            Identity.objects.create(user=user, issuer=provider.issuer, subject=who.subject)
    except IntegrityError:
        raise NotAllowed(
            _("That account of {label} opens another account here, or yours is opened by another one of it.").format(
                label=provider.label
            )
        ) from None


def _match(provider: Provider, who: Verified) -> Match:
    known = Identity.objects.filter(issuer=provider.issuer, subject=who.subject).select_related("user").first()
    if known is not None:
        if not known.user.is_active:
            raise _stranger(provider, who)
        return Match(user=known.user)
    user = User.objects.select_for_update().filter(email=who.email).first() if who.email else None
    if user is None:
        if not (provider.makes_staff and _is_address(who.email)):
            raise _stranger(provider, who)
        byline = text.one_line(who.name)[: limits.NAME_CHARS]
        user = User.objects.create_user(who.email, byline=byline, is_staff=True, vouched=True)
        shut_out = False
    else:
        if not user.is_active:
            raise _stranger(provider, who)
        shut_out = credentials.prove(user)  # first: a guest's inviter may have connected their own
        if user.identities.filter(issuer=provider.issuer).exists():
            raise NotAllowed(
                _("The account of {email} is opened by another account of {label}. Ask a site admin.").format(
                    email=who.email, label=provider.label
                )
            )
    Identity.objects.create(user=user, issuer=provider.issuer, subject=who.subject)
    return Match(user=user, connected=True, shut_out=shut_out)


def _stranger(provider: Provider, who: Verified) -> NotAllowed:
    """Return the refusal of somebody without an account; the same words for a closed one, to reveal nothing."""
    if who.email:
        said = _("Nobody has invited {email} to this newsroom. Ask whoever runs it, and come again.")
    else:
        said = _(
            "{label} does not say that an address of yours is verified, so no account here is known to be yours. "
            "Sign in another way, and connect it from your account; or ask whoever runs this newsroom."
        )
    return NotAllowed(said.format(email=who.email, label=provider.label))


def _is_address(email: str) -> bool:
    try:
        validate_email(email)
    except ValidationError:
        return False
    return True
