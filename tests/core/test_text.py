"""Promises of `core.text`: one rule for what may be stored, which every cleaned string meets."""

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
    assert text.one_line("  Cafe\u0301\r\n\tof\u00a0 \x00dreams ") == "Café of\u00a0dreams"


@pytest.mark.parametrize("soft", ["\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\r", "\r\n"])
def test_a_soft_line_end_is_a_line_end_in_a_body_and_a_space_in_a_line(soft: str) -> None:
    assert text.cleaned(f"closed{soft}South") == "closed\nSouth"
    assert text.one_line(f"closed{soft}South") == "closed South"


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\u2007"])
def test_a_space_that_must_not_break_stays_in_a_line_and_stands_for_the_run_it_is_in(space: str) -> None:
    assert text.one_line(f"«{space}rouge{space}»") == f"«{space}rouge{space}»"
    assert text.one_line(f"a \t{space}\u00a0\n b") == f"a{space}b"
    assert text.one_line(f"{space}a{space}") == "a"


@pytest.mark.parametrize("gap", ["\t", "\n", "  ", "\u2003", "\u3000", "\u205f", "\x1c"])
def test_other_white_space_is_one_plain_space(gap: str) -> None:
    assert text.one_line(f"a{gap}b") == "a b"


@pytest.mark.parametrize(
    "kept", ["می\u200cخواهم", "👩\u200d👩\u200d👧", "a\u00adb", "ไ\u200bท", "🏴\U000e0067\U000e007f"]
)
def test_what_scripts_and_emoji_need_unseen_is_kept(kept: str) -> None:
    assert text.one_line(kept) == text.cleaned(kept) == kept
    assert not text.blank(kept)


@pytest.mark.parametrize("litter", ["\ufeff", "\x00", "\x08", "\u202e", "\u202b", "\ufffc", "\u206a", "\udc00"])
def test_what_no_text_needs_goes(litter: str) -> None:
    assert text.cleaned(f"a{litter}b") == text.one_line(f"a{litter}b") == "ab"


@pytest.mark.parametrize(
    "unseen", ["", " ", "\u200b", "\u200d\u200c", "\u2060\ufe0f", "\u3164", "\u2800", "\u2067\u2069"]
)
def test_what_nobody_sees_is_blank_and_no_line(unseen: str) -> None:
    assert text.blank(unseen)
    assert text.one_line(unseen) == ""


def test_an_isolate_does_not_reach_what_a_line_is_put_into() -> None:
    assert text.one_line("\u2067שלום") == "\u2067שלום\u2069"
    assert text.one_line("a\u2069b") == "ab"
    assert text.one_line("\u2067א\u2069") == "\u2067א\u2069"


def test_marks_without_end_on_one_letter_stay_and_cost_no_more_than_others() -> None:
    heaped = text.cleaned("a" + "\u0315\u0300" * 50_000)  # composing these takes half a minute as they are
    assert heaped.count("\u0315") == 50_000
    assert text.cleaned(heaped) == heaped
