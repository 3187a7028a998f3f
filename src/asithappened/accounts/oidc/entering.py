"""Whose account opens for somebody whom the provider has proved, if any.

Owns the rules. Who came before is known by the provider's own name for them, which is nobody else's ever; an address is
looked at the first time only, counts only if the provider has verified it, and only for an account to which nobody at
this provider belongs yet: addresses go to another person when one leaves. Look next: `ways_in`.
"""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from asithappened.accounts import ways_in
from asithappened.accounts.models import Identity, User
from asithappened.accounts.oidc.provider import Provider
from asithappened.accounts.oidc.proving import Proved, may_come_in
from asithappened.core import limits, text


class NotLetIn(Exception):
    """Somebody who may not come in. The message is for them: why, what is safe, what to do."""


@dataclass(frozen=True, kw_only=True)
class LetIn:
    """Whose account opens. `joined`: for the first time by this provider; `shut_out`: others lost it by that."""

    user: User
    joined: bool = False
    shut_out: bool = False


def let_in(provider: Provider, who: Proved) -> LetIn:
    """Return whose account opens. Raises NotLetIn."""
    if not may_come_in(provider, who):
        raise NotLetIn(
            _("{label} knows you, but those who run this newsroom do not let you in by it. Ask them.").format(
                label=provider.label
            )
        )
    try:
        with transaction.atomic():
            return _let_in(provider, who)
    except IntegrityError:  # another tab of theirs was as quick: now it is there
        with transaction.atomic():
            return _let_in(provider, who)


def join(provider: Provider, who: Proved, user: User) -> None:
    """Let somebody who is signed in come in by the provider from now on. Raises NotLetIn."""
    if not may_come_in(provider, who):
        raise NotLetIn(
            _("Those who run this newsroom do not let this account of {label} in.").format(label=provider.label)
        )
    known = Identity.objects.filter(issuer=provider.issuer, subject=who.subject).first()
    if known is not None and known.user_id == user.pk:
        return
    try:
        with transaction.atomic():
            Identity.objects.create(user=user, issuer=provider.issuer, subject=who.subject)
    except IntegrityError:
        raise NotLetIn(
            _("That account of {label} opens another account here, or yours is opened by another one of it.").format(
                label=provider.label
            )
        ) from None


def _let_in(provider: Provider, who: Proved) -> LetIn:
    known = Identity.objects.filter(issuer=provider.issuer, subject=who.subject).select_related("user").first()
    if known is not None:
        if not known.user.is_active:
            raise _stranger(provider, who)
        return LetIn(user=known.user)
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
        shut_out = ways_in.prove(user)  # before: whoever had been in a guest's account may have connected theirs
        if user.identities.filter(issuer=provider.issuer).exists():
            raise NotLetIn(
                _("The account of {email} is opened by another account of {label}. Ask a site admin.").format(
                    email=who.email, label=provider.label
                )
            )
    Identity.objects.create(user=user, issuer=provider.issuer, subject=who.subject)
    return LetIn(user=user, joined=True, shut_out=shut_out)


def _stranger(provider: Provider, who: Proved) -> NotLetIn:
    """Say no to whoever has no account here, or none any more: the same words, and nothing of whose there are."""
    if who.email:
        said = _("Nobody has invited {email} to this newsroom. Ask whoever runs it, and come again.")
    else:
        said = _(
            "{label} does not say that an address of yours is verified, so no account here is known to be yours. "
            "Sign in another way, and connect it from your account; or ask whoever runs this newsroom."
        )
    return NotLetIn(said.format(email=who.email, label=provider.label))


def _is_address(email: str) -> bool:
    try:
        validate_email(email)
    except ValidationError:
        return False
    return True
