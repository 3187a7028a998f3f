"""Whether a figure belongs to a series: by what is counted, its outcome, and its owner."""

import pytest

from asithappened.ledger.changes import Moved, Value
from tests.ledger.sweeping import POWER, stale


@pytest.mark.parametrize(
    "words",
    [
        "63 miners were injured in the collapse.",
        "63 homes were destroyed.",
        "63% of miners were killed.",
        "63 children were killed.",
        "Another 63 people were killed.",
        "63 of them were killed.",
        "The shaft is 63 metres deep, and miners were killed.",
        "Sixty-three years ago a shaft fell in, killing 63.",
    ],
)
def test_another_count_is_not_listed(words: str) -> None:
    assert stale(words) == []


FLIGHTS = Moved(key="flights", label="Flights cancelled", counted="flights", outcome="cancelled", places=("Heathrow",),
                old=(Value(value=140),), new=Value(value=230))  # fmt: skip


SEATS = Moved(key="seats", label="Labour seats", counted="seats", old=(Value(value=240),), new=Value(value=251))


MISSING = Moved(key="missing", label="Missing after the landslide", counted="people", outcome="missing",
                old=(Value(value=12),), new=Value(value=3))  # fmt: skip


AREA = Moved(key="area", label="Area burned at Alder Pass", figure="measure", unit="hectares", places=("Alder Pass",),
             old=(Value(value=3200),), new=Value(value=5800))  # fmt: skip


CASES = Moved(key="cases", label="Cases of cholera", counted="cases", old=(Value(value=118),), new=Value(value=160))


ARRESTS = Moved(key="arrests", label="People arrested", counted="people", outcome="arrested",
                old=(Value(value=14),), new=Value(value=22))  # fmt: skip


RIVER = Moved(key="river", label="Level of the Orr", figure="measure", unit="m", places=("Pell",),
              old=(Value(value=6.2),), new=Value(value=6.9))  # fmt: skip


@pytest.mark.parametrize(
    ("change", "words", "listed"),
    [
        (FLIGHTS, "Heathrow has cancelled 140 flights.", True),
        (FLIGHTS, "Some 140 departures have been scrapped.", True),
        (FLIGHTS, "Gatwick has cancelled 140 flights.", False),
        (FLIGHTS, "Heathrow had earlier cancelled 140 flights.", False),
        (FLIGHTS, "140 flights left on time.", False),
        (POWER, "4,600 homes lose power", True),
        (POWER, "Power cuts hit 4,600 homes.", True),
        (POWER, "4,600 homes have had their power restored.", False),
        (POWER, "Engineers reconnected 4,600 homes.", False),
        (SEATS, "Labour are on 240 seats.", True),
        (SEATS, "The Conservatives have won 240 seats.", False),
        (SEATS, "Labour needs 240 seats.", False),
        (MISSING, "The search for the 12 missing goes on.", True),
        (MISSING, "A dozen people are unaccounted for.", True),
        (MISSING, "Twelve people who had been missing have been found.", False),
        (MISSING, "Of the 12 people reported missing, nine have been found alive.", False),
        (CASES, "118 people are ill with cholera.", True),
        (CASES, "118 people were vaccinated.", False),
        (ARRESTS, "Police are holding 14 people.", True),
        (ARRESTS, "14 people were at the meeting.", False),
        (SEATS, "Labour is projected to win 240 seats.", False),
        (RIVER, "The Orr is 6.2 metres deep at Pell.", True),
        (RIVER, "The Orr stood at 6.2 metres at Pell at 6am.", False),
        (AREA, "The largest fire, at Alder Pass, covers 3,200 hectares.", True),
        (AREA, "In the hills 3,200 hectares of wheat were sown.", False),
    ],
)
def test_a_figure_is_of_its_series_by_what_is_counted_and_whose_it_is(change: Moved, words: str, listed: bool) -> None:
    assert bool(stale(words, change)) == listed


SETTLEMENT = Moved(key="s", label="Settlement with Calder Creek", figure="money", unit="USD", counted="settlement",
                   old=(Value(value=28e6),), new=Value(value=41e6))  # fmt: skip
WAIT = Moved(key="w", label="Wait for lorries at Eastness", figure="duration", unit="minutes", counted="wait",
             old=(Value(value=90),), new=Value(value=180))  # fmt: skip
PETITION = Moved(key="p", label="Signatures on the petition", counted="signatures",
                 old=(Value(value=410_000),), new=Value(value=560_000))  # fmt: skip
PUPILS = Moved(key="b", label="Students ill at Bexley High", counted="students", outcome="ill",
               old=(Value(value=48),), new=Value(value=77))  # fmt: skip
LEAK = Moved(key="l", label="Customers whose data leaked", counted="customers",
             old=(Value(value=230_000),), new=Value(value=410_000))  # fmt: skip


@pytest.mark.parametrize(
    ("change", "words", "listed"),
    [
        (SETTLEMENT, "The mayor announced the deal, which is worth some $28 million.", True),
        (SETTLEMENT, "The army put $28 million into the levee.", False),
        (WAIT, "Drivers should expect delays of up to 90 minutes.", True),
        (WAIT, "Volunteers cooked for 90 minutes.", False),
        (PETITION, "410,000 people have signed.", True),
        (PETITION, "410,000 people live in the county.", False),
        (PUPILS, "48 youngsters have the bug.", True),
        (PUPILS, "48 pupils have been sent home ill.", True),
        (PUPILS, "The school has 48 teachers.", False),
        (LEAK, "“230,000 people and nobody rings me back,” he said.", True),
        (LEAK, "230,000 cars were sold.", False),
    ],
)
def test_the_same_quantity_has_other_names(change: Moved, words: str, listed: bool) -> None:
    assert bool(stale(words, change)) == listed


MURE = Moved(key="m", label="Im Venettal eingeschlossene Menschen", counted="Menschen", outcome="cut off",
             places=("Venettal",), old=(Value(value=220),), new=Value(value=340))  # fmt: skip
CRUDE = Moved(key="c", label="Crude spilled at Punta Lobera", figure="measure", unit="barrels", counted="crude",
              places=("Punta Lobera",), old=(Value(value=6000),), new=Value(value=11_900))  # fmt: skip
CRUDO = Moved(key="c", label="Crudo derramado", figure="measure", unit="barrels", counted="crudo",
              old=(Value(value=6000),), new=Value(value=11_900))  # fmt: skip
DOLLAR = Moved(key="d", label="Dólar paralelo", figure="money", unit="pesos", counted="dólar",
               old=(Value(value=1240),), new=Value(value=1310))  # fmt: skip
HEAT = Moved(key="h", label="Highest temperature in February", figure="measure", unit="C", counted="temperature",
             places=("Marsham",), old=(Value(value=38.1),), new=Value(value=38.7))  # fmt: skip


@pytest.mark.parametrize(
    ("change", "language", "words", "listed"),
    [
        (MURE, "de", "220 Personen im Venettal eingeschlossen", True),
        (MURE, "de", "Die 220 Eingeschlossenen seien gut versorgt.", True),
        (MURE, "de", "Das Tal hat 220 Gästebetten.", False),
        (CRUDE, "en", "The firm puts the leak at 6,000 barrels.", True),
        (CRUDO, "es", "Pacífica eleva a 6.000 barriles el derrame", True),
        (CRUDE, "en", "It gave 6,000 vouchers to families.", False),
        (DOLLAR, "es", "El dólar sube y se vende a $1.240", True),
        (HEAT, "en", "Hottest day in Britain as Marsham reaches 38.1C", True),
    ],
)
def test_a_label_says_what_became_of_those_counted_and_a_unit_may_be_in_no_list(
    change: Moved, language: str, words: str, listed: bool
) -> None:
    assert bool(stale(words, change, language=language)) == listed
