"""Whose account belongs to whom: the provider's name for somebody, and an address once, if it is verified."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from asithappened.accounts.models import Identity, User
from tests.accounts.oidc.conftest import ADA, SignIn, who
from tests.accounts.oidc.house_of_names import Provider

pytestmark = pytest.mark.django_db


def test_who_was_invited_comes_in_and_is_known_by_the_providers_name_for_them_from_then_on(
    ada: User, sign_in: SignIn
) -> None:
    client = Client()
    assert sign_in(client)["Location"] == "/desk/"
    assert who(client) == ada.email
    assert client.get("/desk/").status_code == 200
    again = Client()
    sign_in(again, {"sub": ADA["sub"], "email": "ada@married.example", "email_verified": False})
    assert who(again) == ada.email
    assert Identity.objects.count() == 1


@pytest.mark.parametrize("claims", [ADA, {"sub": "x"}, {**ADA, "email": "a@b@house.example"}])
def test_who_was_not_invited_is_told_so_and_nothing_is_made(sign_in: SignIn, claims: dict[str, Any]) -> None:
    client = Client()
    answer = sign_in(client, claims)
    assert answer.status_code == 403
    assert b"You are not signed in" in answer.content
    assert (who(client), User.objects.count(), Identity.objects.count()) == ("", 0, 0)


@pytest.mark.parametrize("verified", [False, "false", 1, "1", [True], None])
def test_an_address_that_is_not_verified_opens_no_account(
    ada: User, sign_in: SignIn, verified: bool | int | list[bool] | str | None
) -> None:
    client = Client()
    assert sign_in(client, {**ADA, "email_verified": verified}).status_code == 403
    assert (who(client), Identity.objects.count()) == ("", 0)


def test_an_address_that_went_to_another_person_does_not_open_the_account_of_before(ada: User, sign_in: SignIn) -> None:
    sign_in(Client())
    client = Client()
    assert sign_in(client, {**ADA, "sub": "the-next-ada"}).status_code == 403
    assert (who(client), Identity.objects.get().subject) == ("", ADA["sub"])


def test_an_account_that_an_inviter_lay_in_wait_in_is_its_owners_alone_afterwards(
    sign_in: SignIn, names: Provider
) -> None:
    """The inviter opened the guest's link, and left a password, a passkey, an identity and a session for later."""
    inviter = User.objects.create_user("owner@house.example", is_staff=True, vouched=True)
    guest = User.objects.create_user("ada@house.example", "planted by another", invited_by=inviter)
    Authenticator.objects.create(user=guest, type=Authenticator.Type.WEBAUTHN, data={"name": "planted"})
    Identity.objects.create(user=guest, issuer=names.issuer, subject="the-inviter")
    lurking = Client()
    lurking.force_login(guest)
    assert lurking.get("/desk/").status_code == 200
    client = Client()
    said = sign_in(client)
    assert said.status_code == 302
    assert who(client) == guest.email
    assert b"Whoever had been in this account" not in lurking.get("/desk/").content
    assert lurking.get("/desk/").status_code == 302
    guest.refresh_from_db()
    assert (guest.vouched, guest.has_usable_password()) == (True, False)
    assert not Authenticator.objects.exists()
    assert [identity.subject for identity in Identity.objects.all()] == [ADA["sub"]]
    assert sign_in(Client(), {"sub": "the-inviter"}).status_code == 403


def test_an_account_of_the_provider_opens_one_account_here(ada: User, names: Provider, sign_in: SignIn) -> None:
    sign_in(Client())
    bo = Client()
    bo.force_login(User.objects.create_user("bo@house.example", vouched=True))
    assert sign_in(bo).status_code == 403
    assert who(bo) == "bo@house.example"
    assert Identity.objects.get().user == ada
