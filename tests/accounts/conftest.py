"""What the tests of accounts share: a fast password hasher, since none of them measures guessing."""

import pytest
from pytest_django import Settings

from asithappened.accounts.models import User


@pytest.fixture(autouse=True)
def quick_passwords(settings: Settings) -> None:
    """Hash passwords with one round in place of a million."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def user(db: None) -> User:
    return User.objects.create_user("ada@house.example")
