"""Promises of `core.slugs`: an address consists of whole words of a headline, or none is suggested."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asithappened.core.slugs import MOST, is_slug, slug_of

HEADLINES = [line.split("\t") for line in (Path(__file__).parent / "headlines.tsv").read_text("utf-8").splitlines()[1:]]


@pytest.mark.parametrize(("headline", "address"), HEADLINES)
def test_a_headline_suggests_the_address_that_its_language_would_write(headline: str, address: str) -> None:
    assert slug_of(headline) == address.replace("(asked for)", "")


@pytest.mark.parametrize(
    ("headline", "address"),
    [
        ("Don’t panic: it’s Hawaiʻi’s “day”", "dont-panic-its-hawaiis-day"),
        ("Ｌｉｖｅ from 𝐎𝐬𝐥𝐨", "live-from-oslo"),
        ("İstanbul’da ĳsvrij ﬁre ŋ 1ª", "istanbulda-ijsvrij-fire-ng-1a"),
        ("Co\u00adop\u200berative e\u0301lan", "cooperative-elan"),
        ("Εκλογές 2026 live", "2026-live"),
        ("תוצאות 2026", ""),
        ("2026", ""),
        ("🔴 🗳️", ""),
        ("", ""),
        ("Straße" * 30, ""),
    ],
)
def test_letters_of_other_scripts_symbols_and_digits_alone_are_no_words(headline: str, address: str) -> None:
    assert slug_of(headline) == address


@given(st.text(max_size=300) | st.lists(st.from_regex("[a-zßø]{1,30}", fullmatch=True), max_size=30).map(" ".join))
def test_an_address_is_none_or_whole_words_that_fit(words: str) -> None:
    slug = slug_of(words)
    assert slug == "" or (is_slug(slug) and len(slug) <= MOST)
    assert slug_of(slug) == slug


def test_a_long_headline_ends_where_a_word_ends() -> None:
    slug = slug_of("extraordinary " * 20)
    assert slug == "-".join(["extraordinary"] * 6)
