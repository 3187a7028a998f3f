"""Whether a sentence is about another place than a series."""

import pytest

from tests.ledger.sweeping import stale


@pytest.mark.parametrize(
    "words",
    [
        "In Bristol, 63 people were killed.",
        "A fire broke out in Bristol. 63 people were killed.",
        "Bristol: 63 people were killed.",
    ],
)
def test_what_is_said_of_another_place_is_not_listed(words: str) -> None:
    assert stale(words) == []


def test_a_sentence_without_a_place_is_about_what_was_spoken_of_before() -> None:
    assert len(stale("A shaft fell in at Hollin. 63 people were killed.")) == 1


@pytest.mark.parametrize(
    ("words", "listed"),
    [
        ("Wir sind in Gedanken bei den 63 Menschen, die getötet wurden.", True),
        ("Bei Tageslicht zeigte sich: 63 Menschen wurden getötet.", True),
        ("Bei Kilometer 12 wurden 63 Menschen getötet.", True),
        ("In Klausdorf wurden 63 Menschen getötet.", False),
        ("Bei Altenrode wurden 63 Menschen getötet.", False),
    ],
)
def test_a_german_noun_behind_in_is_a_place_only_where_nothing_else_can_be_in_it(words: str, listed: bool) -> None:
    assert bool(stale(words, language="de")) == listed
