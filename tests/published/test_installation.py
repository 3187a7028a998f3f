"""Promises of `published.installation`: the first machine's value is agreed, until one is set anew."""

import pytest

from asithappened.published.installation import agree, agreed

pytestmark = [pytest.mark.both, pytest.mark.django_db]


def test_the_first_value_stands_until_it_is_settled_anew() -> None:
    assert agree("media", "disk") == "disk"
    assert agree("media", "s3") == "disk"
    assert agree("media", "s3", anew=True) == "s3"
    assert agreed()["media"] == "s3"
