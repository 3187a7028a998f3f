"""What the tests of accounts share: a fast password hasher, since none of them measures guessing."""

import pytest


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """Hash passwords with one round in place of a million."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
