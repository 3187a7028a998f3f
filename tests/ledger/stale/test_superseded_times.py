"""What was said, counted or happened at another time is not asserted as current."""

import pytest

from asithappened.ledger.changes import Moved, Value
from tests.ledger.sweeping import stale

EVACUATED = Moved(key="e", label="Evacuados por el incendio de Almera", counted="personas", outcome="evacuated",
                  places=("Almera",), old=(Value(value=800), Value(value=2300)), new=Value(value=4100))  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [
        "On Monday officials put the toll at 63.",
        "Officials said on Monday that 63 people had been killed.",
        "By Monday night 63 had been confirmed dead.",
        "“We lost 63 men,” the mayor said on Monday.",
        "63 miners were killed in a collapse in 1951.",
        "The toll, given as 63 this morning, is much higher.",
    ],
)
def test_what_was_said_or_happened_at_another_time_is_not_listed(words: str) -> None:
    assert stale(words) == []


@pytest.mark.parametrize(
    ("language", "words", "listed"),
    [
        ("es", "Eso era cuando se hablaba de 800 evacuados.", 0),
        ("en", "That was when officials still spoke of 800 evacuees.", 0),
        ("de", "Das war, als noch von 800 Evakuierten die Rede war.", 0),
        ("es", "Fue en 2012. Aquel verano fueron evacuadas 2.300 personas.", 0),
        ("de", "Es brannte zuletzt 2012. In jenem Sommer wurden 2300 Menschen evakuiert.", 0),
        ("es", "Unas 800 personas han dejado sus casas por el incendio declarado ayer.", 1),
    ],
)
def test_what_was_known_then_and_another_summer_are_not_now(language: str, words: str, listed: int) -> None:
    assert len(stale(words, EVACUATED, language=language)) == listed


@pytest.mark.parametrize(
    ("words", "listed"),
    [
        ("The tide reached 2.9 metres on the quay gauge at 7.22am, the harbour office said.", 0),
        ("Water on the quay gauge peaked at 2.9 metres.", 0),
        ("The quay gauge reads 2.9 metres, the harbour office says.", 1),
    ],
)
def test_a_reading_with_its_own_hour_and_a_peak_are_of_then(words: str, listed: int) -> None:
    tide = Moved(key="t", label="Water on the quay gauge", figure="measure", unit="m", old=(Value(value=2.9),),
                 new=Value(value=4.31))  # fmt: skip
    assert len(stale(words, tide)) == listed
