"""The forms about the members of a live blog: adding, inviting, promoting, leaving.

Owns their fields. Look next: `actions.members` for the verbs.
"""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from asithappened.accounts.invitation_links import DAYS, MOST_USES
from asithappened.accounts.models import Role
from asithappened.core import limits
from asithappened.desk.forms.blog import OneLine, Ticked

_NO_SUCH_ROLE = _("There is no such role. Nothing was changed.")


class AccountNumber(forms.Field):
    """The number of an account; None if a database could not store such a number."""

    widget = forms.HiddenInput
    json_type = int

    def to_python(self, value: Any) -> int | None:
        raw = str(value)
        return int(raw) if re.fullmatch("[0-9]{1,18}", raw) else None


class Whose(forms.Form):
    """Somebody who has an account."""

    user = AccountNumber()


class Promoting(Whose):
    """The new role of a member."""

    role = forms.ChoiceField(
        choices=Role.choices, error_messages=dict.fromkeys(("required", "invalid_choice"), _NO_SUCH_ROLE)
    )


class Leaving(Whose):
    """A member who leaves. `to`: who takes over what they had."""

    to = AccountNumber(required=False)


class Rights(forms.Form):
    """A person's rights in the whole house."""

    newsroom = Ticked(label=_("Of the newsroom: may open live blogs"), required=False)
    admin = Ticked(label=_("Site admin: may do everything, on every live blog"), required=False)


class LinkToHouse(forms.Form):
    """A link that invites people: for which address, how many people, and how long."""

    email = forms.EmailField(
        label=_("Only for this address"),
        required=False,
        max_length=254,
        help_text=_("Left empty, it is for whoever you hand it to, and a colleague of theirs who gets hold of it."),
    )
    uses = forms.IntegerField(label=_("For how many people"), min_value=1, max_value=MOST_USES, initial=1)
    days = forms.TypedChoiceField(
        label=_("Good for"),
        coerce=int,
        choices=[(days, str(days)) for days in DAYS],
        initial=7,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Let a program send numbers."""
        super().__init__(*args, **kwargs)
        days = [(days, ngettext("{n} day", "{n} days", days).format(n=days)) for days in DAYS]
        self.fields["days"].choices = days  # type: ignore[attr-defined]
        for name in ("days", "uses"):
            self.fields[name].json_type = int  # type: ignore[attr-defined]


class LinkToBlog(LinkToHouse):
    """The same, with the role on the live blog of the people who use it."""

    role = forms.ChoiceField(label=_("As"), choices=Role.choices, initial=Role.CONTRIBUTOR)
    field_order = ("role", "email", "uses", "days")


class Revoking(forms.Form):
    """A link that is revoked."""

    link = AccountNumber()


class Inviting(forms.Form):
    """A new member. `user`: the existing account, once the owner has confirmed it."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    byline = OneLine(
        label=_("Byline"), required=False, max_length=limits.NAME_CHARS, help_text=_("If they have no account yet.")
    )
    role = forms.ChoiceField(label=_("As"), choices=Role.choices, initial=Role.CONTRIBUTOR)
    user = AccountNumber(required=False)
