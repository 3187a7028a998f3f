"""Which account belongs to somebody whom the provider has authenticated, if any.

Owns the rules. Somebody who came before is known by the provider's subject, which is never another person's. The
address is used the first time only, only if the provider has verified it, and only for an account that is not yet
connected with this provider: addresses are given to another person when one leaves. Look next: `credentials`.
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
    """Somebody may not sign in. The message is for them: why, what is safe, what to do."""


@dataclass(frozen=True, kw_only=True)
class Match:
    """The account. `connected`: just now, with this provider; `shut_out`: which revoked others' credentials for it."""

    user: User
    connected: bool = False
    shut_out: bool = False


def match(provider: Provider, who: Verified) -> Match:
    """Return the account that somebody signs in to. Raises NotAllowed."""
    if not is_allowed(provider, who):
        raise NotAllowed(
            _("{label} knows you, but those who run this newsroom do not let you in by it. Ask them.").format(
                label=provider.label
            )
        )
    try:
        with transaction.atomic():
            return _match(provider, who)
    except IntegrityError:  # another tab of theirs was as quick: now it is there
        with transaction.atomic():
            return _match(provider, who)


def link(provider: Provider, who: Verified, user: User) -> None:
    """Connect the account of somebody who is signed in with the provider. Raises NotAllowed."""
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
        shut_out = credentials.prove(user)  # before: whoever had been in a guest's account may have connected theirs
        if user.identities.filter(issuer=provider.issuer).exists():
            raise NotAllowed(
                _("The account of {email} is opened by another account of {label}. Ask a site admin.").format(
                    email=who.email, label=provider.label
                )
            )
    Identity.objects.create(user=user, issuer=provider.issuer, subject=who.subject)
    return Match(user=user, connected=True, shut_out=shut_out)


def _stranger(provider: Provider, who: Verified) -> NotAllowed:
    """Return the refusal of somebody without an open account: the same words, whether or not there is one."""
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
