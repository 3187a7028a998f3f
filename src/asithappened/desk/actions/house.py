"""A site admin's verbs on accounts. Look next: `leaving`, for having somebody leave."""

from django.db import transaction
from django.utils.translation import gettext as _

from asithappened.accounts import gate, staff
from asithappened.accounts.links import sign_in_link
from asithappened.accounts.models import User
from asithappened.core.rules import Refusal
from asithappened.desk.actions.carry_out import Refused, note


def set_rights(user: User, *, by: User, newsroom: bool, admin: bool) -> str:
    """Set whether somebody is one of the newsroom's own people, and whether a site admin. Never one's own rights.

    A person whose rights are raised and whose e-mail address is not proved is first signed out everywhere, as by
    `accounts.staff.invite`; then the returned link alone opens the account. Otherwise "" is returned.
    """
    gate.check_may_administer(by)
    if by.pk == user.pk:
        raise Refused(Refusal("own_account", _("Nobody changes their own rights: ask another site admin.")))
    if not user.is_active:
        raise Refused(Refusal("closed", _("This account is closed. Let its holder in first.")))
    link = ""
    with transaction.atomic():
        if (newsroom or admin) and not user.vouched:
            user = staff.invite(user.email).user
            link = sign_in_link(user)
        user.is_superuser, user.is_staff = admin, newsroom or admin
        user.save(update_fields=["is_superuser", "is_staff"])
        about = "admin" if admin else "newsroom" if newsroom else "guest"
        note(None, by=by, name="set_rights", about=f"{user.email}: {about}")
    return link


def let_in(user: User, *, by: User) -> str:
    """Return a link that signs in somebody who has no other way in; a closed account is opened first."""
    gate.check_may_administer(by)
    if not staff.may_be_let_in(user):
        message = _("{who} has a way to sign in: a link would let whoever has it be them.").format(who=user)
        raise Refused(Refusal("can_sign_in", message))
    with transaction.atomic():
        link = staff.let_in(user)
        note(None, by=by, name="let_in", about=user.email)
    return link
