"""A figure of which no word says what it counts is most likely the series', unless something else is told of it."""

import pytest

from asithappened.ledger.changes import Moved, Value, plain
from asithappened.ledger.stale.sweep import sweep
from tests.ledger.sweeping import stale

HOMES = Moved(key="homes", label="Homes flooded", counted="homes", outcome="flooded",
              old=(Value(value=340),), new=Value(value=520))  # fmt: skip
MINERS = Moved(key="miners", label="Miners trapped", counted="miners", outcome="trapped",
               old=(Value(value=14),), new=Value(value=9))  # fmt: skip
LEAD = Moved(key="lead", label="Lead of the No side", counted="votes", old=(Value(value=4300),), new=Value(value=1150))
SEATS = Moved(key="seats", label="Labour seats", counted="seats", old=(Value(value=112),), new=Value(value=118))


@pytest.mark.parametrize(
    ("change", "words", "listed"),
    [
        (HOMES, "340 homes are on the county’s list.", True),
        (HOMES, "Owners of the 340 homes will get help.", True),
        (HOMES, "340 homes have been saved by the wall.", False),
        (HOMES, "340 homes have had their power cut.", False),
        (HOMES, "9 homes have been saved and 340 pumps brought.", False),
        (HOMES, "340 barns are on the county’s list.", False),
        (MINERS, "Families of the 14 are waiting.", True),
        (MINERS, "The 14 men have air for two days.", True),
        (MINERS, "The 14 rescuers have air for two days.", False),
        (MINERS, "14 miners got out by themselves.", False),
        (LEAD, "“Four thousand three hundred! They said we would be lucky with forty.”", True),
        (LEAD, "4,300 people live on the island.", False),
        (SEATS, "The stadium has 112 seats.", False),
    ],
)
def test_an_old_value_of_the_same_things_is_the_series_unless_something_else_is_told_of_them(
    change: Moved, words: str, listed: bool
) -> None:
    assert bool(stale(words, change)) == listed


SKIERS = Moved(key="skiers", label="People missing after the avalanche", counted="people", outcome="missing",
               old=(Value(value=17),), new=Value(value=9))  # fmt: skip
RESCUE = Moved(key="rescue", label="Cost of the Tarrow rescue", figure="money", unit="GBP", counted="rescue",
               old=(Value(value=1.2e9),), new=Value(value=1.7e9))  # fmt: skip
PEGEL = Moved(key="pegel", label="Pegel Rotenfurt", figure="measure", unit="m", counted="Pegel", places=("Rotenfurt",),
              old=(Value(value=8.4),), new=Value(value=9.15))  # fmt: skip
QUAKE = Moved(key="quake", label="Magnitude of the Kaimana earthquake", figure="measure", counted="earthquake",
              places=("Kaimana",), old=(Value(value=6.4),), new=Value(value=6.8))  # fmt: skip
BOMBE = Moved(key="b", label="Von der Evakuierung in Lünsfeld betroffene Menschen", counted="Menschen",
              outcome="evacuated", places=("Lünsfeld",), old=(Value(value=4300),), new=Value(value=6100))  # fmt: skip
BODA = Moved(key="boda", label="Afectados por la intoxicación en Valdelomas", counted="afectados",
             old=(Value(value=46),), new=Value(value=83))  # fmt: skip
TUNNEL = Moved(key="tunnel", label="Passengers stranded by the closure of the Strait Tunnel", counted="passengers",
               old=(Value(value=6000),), new=Value(value=9000))  # fmt: skip
STORM = Moved(key="storm", label="Maximum sustained winds of Hurricane Odile", figure="measure", unit="mph",
              counted="winds", old=(Value(value=115),), new=Value(value=130))  # fmt: skip
ALIANZA = Moved(key="seats", label="Escaños de la Alianza", counted="escaños", places=("Rivas",),
                old=(Value(value=31),), new=Value(value=29))  # fmt: skip


@pytest.mark.parametrize(
    ("change", "language", "words", "listed"),
    [
        (SKIERS, "en", "“There are still 17 people under there,” said Jana Roux.", True),
        (SKIERS, "en", "There are still 17 people in hospital.", False),
        (SKIERS, "en", "There are 17 people on the council.", False),
        (RESCUE, "en", "“The taxpayer is putting in £1.2bn and getting no seat,” says Thwaite.", True),
        (RESCUE, "en", "“For £1.2bn this city gets a railway,” says Thwaite.", True),
        (BOMBE, "de", "„4300 Leute aus dem Haus zu bekommen, das geht nur mit allen“, sagt sie.", True),
        (BOMBE, "de", "Betroffen sind rund 4300 Anwohnerinnen und Anwohner.", True),
        (BOMBE, "de", "Bei Bauarbeiten wurde sie gefunden. 4300 Menschen müssen ihre Wohnungen verlassen.", True),
        (BOMBE, "de", "Das Stadion fasst 4300 Menschen.", False),
        (BODA, "es", "Al menos 46 personas que fueron a una boda han resultado afectadas.", True),
        (BODA, "es", "46 personas trabajan en la cocina.", False),
        (TUNNEL, "en", "“Six thousand people and four working toilets,” he said.", True),
        (TUNNEL, "en", "More than 6,000 people are stuck at the two terminals.", True),
        (STORM, "en", "“This storm is 115 miles an hour and it is coming,” he said.", True),
        (STORM, "en", "A buoy clocked a gust of 115 mph.", False),
        (RESCUE, "en", "“My grandfather sold his firm for £1.2bn,” he said.", False),
        (RESCUE, "en", "“Halden is worth £1.2bn,” said the analyst.", False),
        (PEGEL, "de", "„Wir stehen bei 8,40 Metern, und es regnet“, sagte der Landrat.", True),
        (PEGEL, "de", "„Der Damm ist 8,40 Meter hoch“, sagte der Landrat.", False),
        (QUAKE, "en", "“It was a 6.4 and it was loud,” said Brandt, who runs the store at Port Alden.", True),
        (ALIANZA, "es", "“Han sacado 31 diputados y no les da”, dice la candidata de Foro.", True),
        (ALIANZA, "es", "“Hemos sacado 31 diputados”, dice la candidata de Foro.", False),
    ],
)
def test_who_is_quoted_and_names_nobody_speaks_of_the_series(
    change: Moved, language: str, words: str, listed: bool
) -> None:
    assert bool(stale(words, change, language=language)) == listed


@pytest.mark.parametrize(
    ("words", "listed"),
    [("340 homes are under water.\n\nThere are 340.", 2), ("It is a wet day.\n\nThere are 340.", 0)],
)
def test_a_number_that_a_text_has_said_before_needs_no_noun(words: str, listed: int) -> None:
    assert len(list(sweep([HOMES], [plain("a", words)]))) == listed


CRASH = Moved(key="crash", label="People killed in the Ostend bus crash", counted="people", outcome="killed",
              places=("Ostend",), old=(Value(value=14),), new=Value(value=17))  # fmt: skip
VOTES = Moved(key="votes", label="Votes for Maria Sand", counted="votes",
              old=(Value(value=9120),), new=Value(value=8870))  # fmt: skip
STAFF = Moved(key="staff", label="Workers laid off at Larch", counted="workers", outcome="lost",
              old=(Value(value=780),), new=Value(value=1150))  # fmt: skip


@pytest.mark.parametrize(
    ("change", "words", "listed"),
    [
        (CRASH, "“Fourteen families will never be the same,” she said.", True),
        (CRASH, "Fourteen families live in the street.", False),
        (CRASH, "Parents of the 14 have gathered at the school.", True),
        (CRASH, "The 14 have gathered at the school.", False),
        (VOTES, "“9,120 people want change,” she said.", True),
        (VOTES, "There are 9,120 people in the ward.", False),
        (STAFF, "Larch is to cut 780 jobs.", True),
        (STAFF, "Larch has 780 suppliers.", False),
    ],
)
def test_persons_are_counted_by_what_they_did_or_whose_they_are(change: Moved, words: str, listed: bool) -> None:
    assert bool(stale(words, change)) == listed
