"""Passwords: long, on no list, and not one key held down."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from asithappened.accounts.passwords import NotOneRun


@pytest.mark.parametrize(
    "password",
    ["aaaaaaaaaaaa", "AaAaAaAaAaAa", "abababababab", "abcabcabcabc", "abcdefghijkl", "lkjihgfedcba", "123456789012",
     "0987654321098", "qwertyuiop12", "qwertzuiop123", "asdfghjklasdf", "stormstormstorm", "passwordpassword",
     "aaaaaaaaaaab", "            ", "ééééééééééééé", "1234567890abcdef", "....,,,,....", "абвгдежзийкл"],
)  # fmt: skip
def test_one_piece_again_and_again_or_a_run_of_neighbours_is_no_password(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password)


@pytest.mark.parametrize(
    "password",
    ["correct horse battery", "a rather long password", "Tr0ub4dor&3 said he", "kX9#mQ2$vL5!", "гроза над лондоном",
     "嵐の夜に書いた記事を読む", "1971-moon-landing-no", "planted by another 7"],
)  # fmt: skip
def test_words_that_do_not_belong_together_are_a_password(password: str) -> None:
    validate_password(password)


@given(st.text(min_size=1, max_size=6), st.integers(2, 40))
def test_no_piece_repeated_passes_however_long(piece: str, times: int) -> None:
    with pytest.raises(ValidationError):
        NotOneRun().validate(piece * max(times, 2))


def test_a_very_long_password_is_looked_at_no_longer_than_a_long_one() -> None:
    NotOneRun().validate("four words that do not " + "x" * 1_000_000)
