"""The forms about who works on a live blog: adding somebody, and what is said of somebody who is there.

Owns what can be typed there. Look next: `actions.members` for what it may do.
"""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from asithappened.accounts.models import Role
from asithappened.core import limits
from asithappened.desk.forms.blog import OneLine

_NO_SUCH_ROLE = _("There is no such role. Nothing was changed.")


class AccountNumber(forms.Field):
    """The number of an account; none, if it is no number that a database takes."""

    widget = forms.HiddenInput
    json_type = int

    def to_python(self, value: Any) -> int | None:
        """Read it."""
        raw = str(value)
        return int(raw) if re.fullmatch("[0-9]{1,18}", raw) else None


class Whose(forms.Form):
    """Somebody who has an account."""

    user = AccountNumber()


class Promoting(Whose):
    """What a member is from now on."""

    role = forms.ChoiceField(
        choices=Role.choices, error_messages=dict.fromkeys(("required", "invalid_choice"), _NO_SUCH_ROLE)
    )


class Inviting(forms.Form):
    """A new member. `user`: the account that is meant, once who adds them has said so."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    byline = OneLine(
        label=_("Byline"), required=False, max_length=limits.NAME_CHARS, help_text=_("If they have no account yet.")
    )
    role = forms.ChoiceField(label=_("As"), choices=Role.choices, initial=Role.CONTRIBUTOR)
    user = AccountNumber(required=False)
