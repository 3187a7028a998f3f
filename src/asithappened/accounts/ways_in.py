"""Every way into an account, as one thing: closing all of them, and what follows once an address is proved.

Owns `close`, so that a new way in is closed with the others: password, passkeys, authenticators, what another provider
says (`Identity`), sessions, links, tickets. Never decides who may be let in. Look next: `links`, `oidc.entering`,
`invitations`, which do.
"""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from asithappened.accounts import tickets
from asithappened.accounts.models import Identity, User


def close(user: User) -> None:
    """Take away every way into an account. The caller saves it: with the password go its sessions and links."""
    user.set_unusable_password()
    Authenticator.objects.filter(user=user).delete()
    Identity.objects.filter(user=user).delete()
    for session in UserSession.objects.filter(user=user):
        session.end()
    tickets.revoke_all(user.pk)


def prove(user: User) -> bool:
    """Say that an account's address is its holder's, proved just now; return whether others were shut out by it.

    A guest's address was typed by who invited them, who may have been in the account, and left a way in for later: so
    all that there were end. Nothing of an account whose address was proved before changes.
    """
    if user.vouched:
        return False
    was_used = user.last_login is not None
    close(user)
    user.vouched = True
    user.save(update_fields=["password", "vouched"])
    return was_used
