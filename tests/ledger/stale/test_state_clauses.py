"""A state is found that a clause tells: by what goes on, what there is not, or why something else is so."""

import pytest

from asithappened.ledger.changes import Switched
from asithappened.ledger.stale.state_clauses import noun_stems
from tests.ledger.stale.test_sweep_families import found, state

MINISTER = state("Ada Lund, interior minister", "in office", "resigned")
BISHOP = state("Bishop Roland Pace", "in office", "stepped down")
CONCERT = state("Open-air concert", "cancelled", "going ahead")
KONZERT = state("Konzert auf dem Markt", "abgesagt", "findet statt")
JURY = state("Jury in the Aldous trial", "deliberating", "reached a verdict")
TRAM = state("Tram line 4 in Torr", "suspended", "running")
LIFTE = state("Skigebiet Hohwald", "geschlossen", "geöffnet")
BOMBE = state("Bombenentschärfung in Hall", "läuft", "beendet", "Hall")
ROAD = state("Road to Sella", "blocked", "clear")
ALCALDESA = state("Alcaldesa Rosa Til", "en el cargo", "dimitida")


@pytest.mark.parametrize(
    ("change", "language", "words"),
    [
        (MINISTER, "en", "Lund is still interior minister."),
        (MINISTER, "en", "Lund has no intention of resigning."),
        (MINISTER, "en", "“I am not going anywhere,” Lund said."),
        (BISHOP, "en", "Roland Pace continues as bishop."),
        (CONCERT, "en", "There will be no concert tonight."),
        (CONCERT, "en", "Because of the cancellation of the concert the last tram leaves at eight."),
        (KONZERT, "de", "Kein Konzert auf dem Markt"),
        (JURY, "en", "The jury continues its deliberations."),
        (ROAD, "en", "The blockade of the road drags on."),
        (ALCALDESA, "es", "Rosa Til continúa como alcaldesa."),
        (TRAM, "en", "Trams on line 4 won’t run until the wire is mended."),
        (LIFTE, "de", "In Hohwald läuft kein Lift."),
        (BOMBE, "de", "Die Bombe in Hall ist noch nicht entschärft."),
    ],
)
def test_a_clause_says_what_is_as_it_was(change: Switched, language: str, words: str) -> None:
    assert found(words, change, language) == 1


@pytest.mark.parametrize(
    ("change", "language", "words"),
    [
        (MINISTER, "en", "Ruth Adair stays as education secretary."),
        (MINISTER, "en", "Lund is still the favourite of her party."),
        (CONCERT, "en", "There will be no fireworks after the concert."),
        (CONCERT, "en", "After the cancellation of the concert the band went home."),
        (ROAD, "en", "The blockade of the harbour drags on."),
        (TRAM, "en", "Trams on line 4 are running again, no trams on line 7."),
        (BOMBE, "de", "Die Bombe ist entschärft."),
        (ALCALDESA, "es", "Luis Ama continúa como alcalde de Torre."),
    ],
)
def test_what_goes_on_of_something_else_is_not_listed(change: Switched, language: str, words: str) -> None:
    assert found(words, change, language) == 0


def test_a_value_and_its_noun_share_a_stem_in_german_too() -> None:
    assert noun_stems(["gesperrt"], "de") == noun_stems(["sperrung"], "de")
    assert noun_stems(["abgesagt"], "de") == noun_stems(["absage"], "de")
    assert noun_stems(["closed"], "en")
