"""The client of the provider: bounded in bytes and in how often it asks."""

import pytest
from django.test import Client
from pytest_django import Settings

from asithappened.accounts.models import User
from asithappened.accounts.oidc import client as oidc
from tests.accounts.oidc.conftest import SignIn
from tests.accounts.oidc.house_of_names import Provider

pytestmark = pytest.mark.django_db


def test_an_answer_that_never_ends_is_cut(names: Provider, settings: Settings) -> None:
    names.metadata = {"more": "x" * oidc.ANSWER_BYTES}
    with pytest.raises(oidc.Unreachable, match="longer than"):
        oidc.Client(settings.OIDC).metadata()


def test_the_keys_are_kept_and_a_made_up_name_of_one_asks_for_them_no_more_often(
    ada: User, names: Provider, sign_in: SignIn, settings: Settings
) -> None:
    for _ in range(2):
        sign_in(Client())
    for _ in range(3):
        with pytest.raises(oidc.Refused):
            oidc.of(settings.OIDC).key("made up")
    assert names.asked.count("/keys") == 1
