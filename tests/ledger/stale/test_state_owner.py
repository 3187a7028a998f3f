"""A state is a series' where its names or two words of its label stand, or the last part of a German one."""

import pytest

from asithappened.ledger.changes import Switched
from tests.ledger.stale.test_sweep_families import found, state

LAW = state("Senate Bill 12, Alder's school cellphone law", "in effect", "blocked", "Alder")
TUNNEL = state("Grimmelkopftunnel", "gesperrt", "frei")
FLIGHTS = state("Flights at Orrin airport", "grounded", "resumed", "Orrin")
TRIAL = state("Keel trial", "under way", "adjourned")


@pytest.mark.parametrize(
    ("change", "language", "words"),
    [
        (LAW, "en", "SB 12 is in effect."),
        (LAW, "en", "The school cellphone ban is in effect as of today."),
        (TUNNEL, "de", "Der Tunnel ist gesperrt."),
        (TRIAL, "en", "The trial of Adrian Keel is under way."),
        (FLIGHTS, "en", "All flights at the airport are grounded."),
    ],
)
def test_its_label_says_whose_a_state_is(change: Switched, language: str, words: str) -> None:
    assert found(words, change, language) == 1


@pytest.mark.parametrize(
    ("change", "language", "words"),
    [
        (LAW, "en", "HB 7 is in effect."),
        (TUNNEL, "de", "Die Brücke ist gesperrt."),
        (FLIGHTS, "en", "Flights at Sella airport are grounded."),
    ],
)
def test_another_name_says_that_it_is_not(change: Switched, language: str, words: str) -> None:
    assert found(words, change, language) == 0
