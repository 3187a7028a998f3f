"""Promises of `render.part`: what packages contribute is found by the settings, each under a name of its own."""

from typing import Any

import pytest

from asithappened.render.part import registered


def test_two_parts_of_one_name_are_refused(settings: Any) -> None:
    settings.PAGE_PARTS = ("tests.press.corrections.PARTS", "tests.press.corrections.PARTS")
    with pytest.raises(ValueError, match="Two parts of a page are called corrections"):
        registered()
