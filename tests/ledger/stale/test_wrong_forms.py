"""Wrong words are found in another case or number, in a German compound, and as the land that they are of."""

import pytest

from asithappened.ledger.changes import Corrected
from tests.ledger.sweeping import proposed, stale

AXE = Corrected(
    key="a", was="Hammer", now="Spaten", sentence="Ein Mann hat in Kleve einen Busfahrer mit einem Hammer bedroht."
)
WAIT = Corrected(
    key="w", was="25 minutes", now="55 minutes", sentence="The lifeboat took 25 minutes to reach the yacht, he said."
)
ROWER = Corrected(
    key="r", was="Austrian", now="Australian", sentence="The Austrian rower Eva Lang was picked up near the island."
)
CLIMBER = Corrected(
    key="s", was="Slovak", now="Syrian", sentence="The Slovak climber Ana Rojko is stuck below the summit."
)


@pytest.mark.parametrize(
    ("change", "language", "words", "right"),
    [
        (AXE, "de", "Nach Hammerangriff: Bus fährt wieder", "Nach Spatenangriff: Bus fährt wieder"),
        (
            WAIT,
            "en",
            "The 25-minute wait for a lifeboat was too long.",
            "The 55 minutes wait for a lifeboat was too long.",
        ),
        (CLIMBER, "en", "The climber from Slovakia is cold.", "The climber from Syria is cold."),
    ],
)
def test_other_forms_of_wrong_words_are_found(change: Corrected, language: str, words: str, right: str) -> None:
    assert proposed(words, change, language=language) == right


@pytest.mark.parametrize(
    ("change", "language", "words"),
    [
        (AXE, "de", "Der Busfahrer hat drei Hammer im Keller."),
        (AXE, "de", "Im Mai wurde in Kleve ein Wirt mit einem Hammer bedroht."),
        (WAIT, "en", "The play has a 25-minute break."),
        (CLIMBER, "en", "Talks go on in Syria."),
        (ROWER, "en", "Talks go on in Australia."),
    ],
)
def test_several_things_another_month_and_another_land_are_not_listed(
    change: Corrected, language: str, words: str
) -> None:
    assert stale(words, change, language=language) == []
