"""Promises of `core.text`: one answer to what may be stored, and cleaning always leads there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asithappened.core import text


@given(st.text(st.characters(), max_size=40))
def test_what_was_cleaned_may_be_stored_and_is_clean(words: str) -> None:
    for clean in (text.cleaned, text.one_line):
        assert text.forbidden(clean(words)) is None
        assert clean(clean(words)) == clean(words)


@pytest.mark.parametrize(
    "character", ["\x00", "\x0b", "\x0c", "\r", "\x1b", "\x7f", "\x85", "\u202e", "\ud800", "\uffff"]
)
def test_a_character_that_cannot_be_printed_is_named_with_its_place(character: str) -> None:
    assert text.forbidden(f"ab{character}") == f"U+{ord(character):04X} at character 2"


@pytest.mark.parametrize("words", ["", "a\tb\nc", "\u2067עברית\u2069", "👩‍👩‍👧", "e\u0301", "\u200e"])
def test_what_newsrooms_print_may_be_stored(words: str) -> None:
    assert text.forbidden(words) is None


def test_a_title_is_one_line_composed() -> None:
    assert text.one_line("  Cafe\u0301\r\n\tof\u00a0 \x00dreams ") == "Café of dreams"
