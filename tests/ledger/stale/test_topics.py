"""A figure that a sentence is about, or that was spoken of, is the series' own, though no word beside it says so."""

import pytest

from asithappened.ledger.changes import Moved, Value
from tests.ledger.sweeping import stale

BAIL = Moved(key="bail", label="Bail set for Dana Crewe", figure="money", unit="USD", counted="bail",
             old=(Value(value=750_000),), new=Value(value=500_000))  # fmt: skip
JOBLESS = Moved(key="rate", label="Unemployment rate", figure="percent", unit="%",
                old=(Value(value=4.8),), new=Value(value=5.1))  # fmt: skip
COMPLAINTS = Moved(key="c", label="Complaints about Larch Dental", counted="complaints",
                   old=(Value(value=410),), new=Value(value=560))  # fmt: skip
TRAIN = Moved(key="t", label="Passengers on the derailed train", counted="passengers",
              old=(Value(value=212),), new=Value(value=187))  # fmt: skip
SHIFT = Moved(key="s", label="Share of the Civic List", figure="percent", unit="%", counted="share",
              old=(Value(value=17.4),), new=Value(value=16.1))  # fmt: skip


@pytest.mark.parametrize(
    ("change", "words", "listed"),
    [
        (BAIL, "“Seven hundred and fifty thousand dollars is more than her house is worth,” said Paul Hegarty.", True),
        (BAIL, "“He lost seven hundred and fifty thousand dollars,” said Paul Hegarty.", False),
        (BAIL, "Friends are still looking for the $750,000.", True),
        (BAIL, "The firm sold its boat for $750,000.", False),
        (JOBLESS, "At 4.8% it is still lower than in most of the past decade.", True),
        (JOBLESS, "“Four point eight per cent is bad enough,” said the minister.", True),
        (JOBLESS, "Shares were up 4.8% in early trading.", False),
        (COMPLAINTS, "The prosecutor says that the 410 complaints can be heard together.", True),
        (COMPLAINTS, "There were 410 appointments on Monday.", False),
        (TRAIN, "“Two hundred and twelve of us and only one door,” said Will Marr.", True),
        (TRAIN, "“We’ve 212 people in a hall,” said the caretaker.", True),
        (TRAIN, "“I have had 212 messages,” said the caretaker.", False),
        (SHIFT, "“Seventeen point four, somebody write that down!” she cried.", True),
        (SHIFT, "17.4%: will she be kingmaker?", True),
        (SHIFT, "Is it 17.4%?", False),
    ],
)
def test_what_a_sentence_is_about_is_the_series(change: Moved, words: str, listed: bool) -> None:
    assert bool(stale(words, change)) == listed


SCHADEN = Moved(key="s", label="Schaden durch den Hackerangriff", figure="money", unit="EUR", counted="Schaden",
                old=(Value(value=3.5e6),), new=Value(value=5.2e6))  # fmt: skip
FIANZA = Moved(key="f", label="Fianza de Lucio Prado", figure="money", unit="EUR", counted="fianza",
               old=(Value(value=2.4e6),), new=Value(value=1.6e6))  # fmt: skip


@pytest.mark.parametrize(
    ("change", "language", "words", "listed"),
    [
        (SCHADEN, "de", "Die 3,5 Millionen Euro muss die Stadt selbst tragen.", True),
        (SCHADEN, "de", "„Dreieinhalb Millionen, dafür hätten wir zwei Schulen sanieren können“, sagt sie.", True),
        (SCHADEN, "de", "Die Stadt hat 3,5 Millionen Euro für Lehrer ausgegeben.", False),
        (FIANZA, "es", "«Que ponga los 2,4 millones o que entre», dice su vecina.", True),
        (FIANZA, "es", "«Dos coma cuatro millones no los tiene nadie», protesta su abogado.", True),
        (FIANZA, "es", "Irá a la cárcel si no deposita una fianza de 2,4 millones.", True),
        (FIANZA, "es", "Su chalé está tasado en 2,4 millones.", False),
    ],
)
def test_german_and_spanish_sentences_are_about_their_figures_too(
    change: Moved, language: str, words: str, listed: bool
) -> None:
    assert bool(stale(words, change, language=language)) == listed


FISH = Moved(key="f", label="Fish killed in the Dara", counted="fish", outcome="killed",
             old=(Value(value=8000),), new=Value(value=32_000))  # fmt: skip
FEES = Moved(key="h", label="Honorare für Jochen Ruland", figure="money", unit="EUR", counted="Honorare",
             old=(Value(value=380_000),), new=Value(value=520_000))  # fmt: skip


@pytest.mark.parametrize(
    ("change", "language", "words", "listed"),
    [
        (FISH, "en", "Among the 8,000: brown trout at the weir", True),
        (FISH, "en", "They said they would fight for each of the 8,000. They had not seen the new count then.", False),
        (FEES, "de", "Insgesamt: 380.000 Euro", True),
        (FEES, "de", "Kaufpreis laut Vertrag: 380.000 Euro", False),
    ],
)
def test_what_stands_behind_a_colon_is_of_what_stands_before_it(
    change: Moved, language: str, words: str, listed: bool
) -> None:
    assert bool(stale(words, change, language=language)) == listed


LAWINE = Moved(key="l", label="Höhe der Lawine am Arlkopf", figure="measure", unit="m", counted="Lawine",
               places=("Arlkopf",), old=(Value(value=300),), new=Value(value=450))  # fmt: skip
LEVEL = Moved(key="g", label="Füllstand des Gasspeichers", figure="percent", unit="%", counted="Gasspeicher",
              old=(Value(value=62),), new=Value(value=57))  # fmt: skip
BURNT = Moved(key="b", label="Superficie quemada en Valdeza", figure="measure", unit="hectares", places=("Valdeza",),
              old=(Value(value=1400),), new=Value(value=2600))  # fmt: skip
REPAIR = Moved(key="r", label="Time to restore water", figure="duration", unit="hours", counted="repair",
               old=(Value(value=36),), new=Value(value=72))  # fmt: skip
GUST = Moved(key="w", label="Gust at Port Ellen", figure="measure", unit="mph", counted="gust", places=("Port Ellen",),
             old=(Value(value=92),), new=Value(value=104))  # fmt: skip
ILL = Moved(key="i", label="Students ill at Bexley High", counted="students", outcome="ill",
            old=(Value(value=48),), new=Value(value=77))  # fmt: skip


@pytest.mark.parametrize(
    ("change", "language", "words", "listed"),
    [
        (LAWINE, "de", "Die Lawine am Arlkopf war 300 Meter hoch.", True),
        (LEVEL, "de", "„62 Prozent reichen für einen milden Winter“, sagt sie.", True),
        (LEVEL, "de", "„62 Prozent der Deutschen sorgen sich“, sagt sie.", False),
        (BURNT, "es", "Ya son 1.400 las hectáreas quemadas.", True),
        (REPAIR, "en", "It will take 36 hours to mend the main.", True),
        (REPAIR, "en", "The company said the repair would need another 36 hours.", True),
        (REPAIR, "en", "The crew has slept for 36 hours.", False),
        (GUST, "en", "“Ninety-two miles an hour, and my shed is in Jura,” said Morag Bell.", True),
        (GUST, "en", "In Jura a gust of 92mph was measured.", False),
        (ILL, "en", "Forty-eight youngsters were sick on Monday night.", True),
    ],
)
def test_a_size_a_forecast_and_a_place_that_a_speaker_names_are_no_other_time_or_place(
    change: Moved, language: str, words: str, listed: bool
) -> None:
    assert bool(stale(words, change, language=language)) == listed
