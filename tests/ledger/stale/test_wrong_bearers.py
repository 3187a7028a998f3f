"""A wrong name is found where it is of the same person or house, and not where it is a place's or somebody else's."""

import pytest

from asithappened.ledger.changes import Corrected
from tests.ledger.sweeping import stale

KEELEY = Corrected(key="k", was="Ann Keeley", now="Ann Kealey", sentence="Ann Keeley chairs the parish council.")
CHURCH = Corrected(
    key="c", was="St Mary’s church", now="St Martin’s church", sentence="Lightning has hit St Mary’s church in Hale."
)
PRINCE = Corrected(key="p", was="Prince Otto", now="Count Otto", sentence="Prince Otto has sold the castle.")
PLANE = Corrected(key="b", was="Boeing 737", now="Airbus A320", sentence="The aircraft, a Boeing 737, is in a field.")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (KEELEY, "Keeley says nothing."),
        (CHURCH, "There is a hole in the roof of St Mary’s."),
        (PRINCE, "The prince keeps a flat."),
        (PLANE, "The Boeing is on its belly."),
    ],
)
def test_a_name_is_found_in_part(change: Corrected, words: str) -> None:
    assert len(stale(words, change)) == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (KEELEY, "Zorrin Keeley, who keeps the inn, has lost his cellar."),
        (KEELEY, "The village of Keeley is far away."),
        (CHURCH, "The injured are in St Mary’s hospital."),
        (PRINCE, "The Prince of Wales is a pub."),
        (PLANE, "Shares in Boeing are down."),
    ],
)
def test_another_of_that_name_is_not_listed(change: Corrected, words: str) -> None:
    assert stale(words, change) == []


HAROLD = Corrected(key="h", was="Harold Quist", now="Harald Quist", sentence="Harold Quist held the door of the tram.")


@pytest.mark.parametrize(
    "words", ["Harold’s Cafe is shut.", "His cousin Harold was not there.", "Harold de la Torre left."]
)
def test_a_first_name_in_a_longer_one_or_of_a_relative_is_not_listed(words: str) -> None:
    assert stale(words, HAROLD) == []
