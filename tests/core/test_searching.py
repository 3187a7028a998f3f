"""Promises of `core.searching`: what is typed finds what was printed, however either is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asithappened.core.searching import forms, searchable


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("strasse", "Die STRASSE ist gesperrt"),
        ("strasse", "Die Straße ist gesperrt"),
        ("STRASSE", "Die Straße ist gesperrt"),
        ("Straße", "Die Strasse ist gesperrt"),
        ("rathaeuser", "Rathäuser"),
        ("Rathäuser", "Die Rathaeuser"),
        ("rathauser", "Rathäuser"),
        ("haus", "Rathausplatz"),
        ("Malmö", "MALMÖ"),
        ("malmo", "Malmö"),
        ("lodz", "Łódź"),
        ("creme", "Crème brûlée"),
        ("Tromso", "Tromsø"),
        ("Tromsoe", "Tromsø"),
        ("istanbul", "İstanbul"),
        ("fish", "ﬁsh"),
        ("cooperate", "co\u00adoperate"),
        ("सड़क", "सड़क बंद"),
        ("القاهرة", "القَاهِرَة"),
    ],
)
def test_a_word_finds_what_was_printed(typed: str, printed: str) -> None:
    assert any(form in searchable(printed) for form in forms(typed))


def test_what_is_another_word_is_not_found() -> None:
    assert not any(form in searchable("Die Strafe") for form in forms("Straße"))
    assert forms("\u200b") == ()


@given(st.text(max_size=80))
def test_the_form_of_a_form_is_itself(text: str) -> None:
    assert searchable(searchable(text)) == searchable(text)


@given(st.text(min_size=1, max_size=20), st.text(max_size=40), st.text(max_size=40))
def test_any_word_is_found_in_what_holds_it_apart(word: str, before: str, after: str) -> None:
    """Apart, because at its edges a letter may join with the one beside it."""
    printed = searchable(f"{before} {word} {after}")
    assert all(any(form in printed for form in forms(typed)) for typed in word.split() if searchable(typed))
