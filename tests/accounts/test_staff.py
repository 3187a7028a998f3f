"""People of the newsroom: made once, opened again, and a guest's account only once its credentials are revoked."""

import pytest
from allauth.mfa.recovery_codes.internal import auth as recovery_codes
from allauth.mfa.totp.internal import auth as totp

from asithappened.accounts import staff
from asithappened.accounts.models import User

pytestmark = pytest.mark.django_db


def test_inviting_an_admin_makes_one_account_and_opens_a_closed_one() -> None:
    admin = staff.invite("Desk@House.example ", admin=True).user
    assert (admin.email, admin.is_superuser, admin.has_usable_password()) == ("desk@house.example", True, False)
    assert staff.invite("desk@house.example", admin=True).user == admin
    assert staff.invite("desk@house.example").user.is_superuser
    User.objects.create_user("ed@house.example", is_active=False)
    assert staff.invite("ed@house.example", admin=True).user.is_active


def test_a_guests_account_that_is_raised_shuts_out_whoever_was_in_it() -> None:
    guest = User.objects.create_user("guest@else.example", "chosen by somebody 1")
    said = staff.invite("guest@else.example")
    assert "was a guest's account" in said.shut_out
    assert (said.user.is_staff, said.user.has_usable_password()) == (True, False)
    assert staff.invite("guest@else.example").shut_out == ""
    assert said.user.pk == guest.pk


def test_an_account_is_opened_by_a_link_alone_where_its_holder_cannot_sign_in_by_themselves(user: User) -> None:
    assert staff.may_be_let_in(user)
    user.set_password("a rather long password")
    assert not staff.may_be_let_in(user)
    staff.close(user)
    assert (user.is_active, user.is_staff, staff.may_be_let_in(user)) == (False, False, True)
    assert "/accounts/enter/" in staff.let_in(user)
    assert user.is_active


def test_second_factors_are_told_by_kind_and_forgotten_with_their_recovery_codes(user: User) -> None:
    totp.TOTP.activate(user, totp.generate_totp_secret())
    recovery_codes.RecoveryCodes.activate(user)
    assert staff.second_factors([user]) == {user.pk: ["totp"]}
    assert staff.forget_second_factors(user) == 2
    assert staff.second_factors([user]) == {}
