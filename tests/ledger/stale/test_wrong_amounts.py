"""A wrong amount is found in digits and words, with its unit or its noun, and not where something else is as much."""

import pytest

from asithappened.ledger.changes import Corrected
from tests.ledger.sweeping import stale

SHOTS = Corrected(key="s", was="14 arrows", now="40 arrows", sentence="The archer shot 14 arrows before his bow broke.")
PRICE = Corrected(key="p", was="£15m", now="£50m", sentence="The museum will pay £15m for the painting.")
WAIT = Corrected(key="w", was="15 minutes", now="50 minutes", sentence="The lifeboat took 15 minutes to arrive.")
SPERRE = Corrected(
    key="d", was="14 Tage", now="40 Tage", sentence="Die Brücke bleibt 14 Tage gesperrt, sagt der Bürgermeister."
)


@pytest.mark.parametrize(
    ("change", "language", "words"),
    [
        (SHOTS, "en", "Fourteen arrows in a minute, says the coach."),
        (PRICE, "en", "The painting costs 15 million pounds."),
        (PRICE, "en", "The £15m painting is small."),
        (WAIT, "en", "It took a quarter of an hour for the lifeboat to come."),
        (SPERRE, "de", "Vierzehn Tage soll die Brücke gesperrt bleiben."),
        (SPERRE, "de", "Die 14-tägige Pause an der Brücke nervt."),
    ],
)
def test_an_amount_is_found_however_it_is_printed(change: Corrected, language: str, words: str) -> None:
    assert len(stale(words, change, language=language)) == 1


@pytest.mark.parametrize(
    ("change", "language", "words"),
    [
        (SHOTS, "en", "Ida Berg shot 14 arrows in Lund."),
        (SHOTS, "en", "There are 14 targets."),
        (SHOTS, "en", "The other archer shot 14 arrows."),
        (PRICE, "en", "Repairs to the roof cost £15m."),
        (PRICE, "en", "The museum has 15 million visitors."),
        (WAIT, "en", "The play has a 15-minute break."),
        (SPERRE, "de", "In 14 Tagen beginnt das Fest."),
    ],
)
def test_as_much_of_something_else_is_not_listed(change: Corrected, language: str, words: str) -> None:
    assert stale(words, change, language=language) == []
