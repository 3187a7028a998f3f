"""Credentials: an address that is proved to be somebody's ends what others left in the account."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.utils import timezone

from asithappened.accounts import credentials, links, staff
from asithappened.accounts.models import Identity, User

pytestmark = pytest.mark.django_db


def test_a_link_that_was_handed_over_proves_nothing() -> None:
    guest = User.objects.create_user("guest@else.example", "a rather long password")
    Client().post("/" + links.sign_in_link(guest).split("/", 3)[3])
    guest.refresh_from_db()
    assert (guest.vouched, guest.has_usable_password()) == (False, True)


def test_an_address_that_is_proved_ends_what_an_inviter_left_and_one_that_was_proved_before_keeps_all() -> None:
    guest = User.objects.create_user("guest@else.example", "left by an inviter 7", last_login=timezone.now())
    assert credentials.prove(guest)
    assert (guest.vouched, guest.has_usable_password()) == (True, False)
    guest.set_password("their own 12345")
    assert not credentials.prove(guest)
    assert guest.has_usable_password()


def test_revoking_leaves_no_way_in_but_a_new_link() -> None:
    ada = User.objects.create_user("ada@house.example", "a rather long password", is_staff=True)
    totp.TOTP.activate(ada, totp.generate_totp_secret())
    Identity.objects.create(user=ada, issuer="https://login.example", subject="ada")
    credentials.close(ada)
    ada.save()
    assert not staff.can_sign_in(ada)
    assert not Authenticator.objects.exists()
    assert not Identity.objects.exists()
