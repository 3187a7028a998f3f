"""The features for and against a new post at a place of a plain page."""

import pytest

from asithappened.importers.formats.page_text.evidence import BIAS, WEIGHTS, PageStats, features
from asithappened.importers.formats.page_text.units import chunks_of, units_of

FIRST = "The harbour master closed the north quay at nine, and asked boats to stay away."


def found(*paragraphs: str, at: int = 1) -> dict[str, float]:
    """Return the features of a place on a page of these paragraphs."""
    units = units_of(chunks_of("\n\n".join(paragraphs)))
    return features(units, 0, at, PageStats(units))


def weight(said: dict[str, float]) -> float:
    """Return what the features add up to."""
    return BIAS + sum(WEIGHTS.get(name, 0.0) * value for name, value in said.items())


@pytest.mark.parametrize(
    ("name", "next_"),
    [
        ("clock", "9.05am: The mayor of Skerry speaks."),
        ("fresh", "Good morning from the coast."),
        ("looks_back", "He said the quay would open on Monday."),
        ("leads_quote", "The mayor said:"),
        ("is_list", "  • One\n  • Two"),
        ("reported", "Ines Calder told Reuters of the school."),
    ],
)
def test_each_sign_is_seen_where_it_stands_and_not_elsewhere(name: str, next_: str) -> None:
    assert found(FIRST, next_)[name] == 1.0
    assert found(FIRST, "Ferries stopped on both sides of the sound.")[name] == 0.0


def test_what_goes_on_about_the_same_speaks_less_for_a_new_post_than_what_begins_anew() -> None:
    rest = ["Trains run late.", "Schools open at ten.", "Lamps are out.", "A mast fell."]
    same = found(FIRST, "The north quay stays closed, the harbour master added: boats have to stay away.", *rest)
    other = found(FIRST, "10.15am: Ines Calder told Reuters that pupils were brought to a shelter.", *rest)
    assert same["shared"] > other["shared"]
    assert weight(same) < weight(other)


def test_every_feature_has_a_weight_and_is_of_no_more_than_one() -> None:
    said = found(FIRST, "Words.", "More words.")
    assert set(WEIGHTS) <= set(said)
    assert all(-1 <= value <= 1 for value in said.values())
