"""Revokes all credentials of an account, also once its address is proved.

Owns `close`, so that a new kind is revoked with the others: password, passkeys, authenticators, the identity at a
provider (`Identity`), sessions, links, tickets. Never decides who may sign in. Look next: `links`, `oidc.matching`,
`staff`, which do.
"""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from asithappened.accounts import tickets
from asithappened.accounts.models import Identity, User


def close(user: User) -> None:
    """Revoke all credentials. The caller saves the account; the changed password ends its sessions and links too."""
    user.set_unusable_password()
    Authenticator.objects.filter(user=user).delete()
    Identity.objects.filter(user=user).delete()
    for session in UserSession.objects.filter(user=user):
        session.end()
    tickets.revoke_all(user.pk)


def prove(user: User) -> bool:
    """Record that an account's address was just proved; return whether that revoked credentials of a used account.

    The inviter typed a guest's address, and may have signed in to the account and left a credential there, so all are
    revoked. An account whose address was proved before does not change.
    """
    if user.vouched:
        return False
    was_used = user.last_login is not None
    close(user)
    user.vouched = True
    user.save(update_fields=["password", "vouched"])
    return was_used
