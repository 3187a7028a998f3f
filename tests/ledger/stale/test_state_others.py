"""A state of another thing of the kind is told apart without a name: by a noun, a number, a place or a person."""

import pytest

from asithappened.ledger.changes import Switched
from tests.ledger.stale.test_sweep_families import found, state

TALKS = state("Coalition talks", "under way", "collapsed")
SMOKE = state("Smoke warning for Orrin", "in force", "lifted", "Orrin")
POWER = state("Power in Lower Kell", "out", "back", "Lower Kell")
LINE = state("Línea 3 del metro", "cortada", "restablecida")
A5 = state("A5 bei Hall", "blockiert", "frei", "Hall")
NOTRUF = state("Notruf 118 im Kreis Hall", "gestört", "wieder erreichbar", "Hall")
JURY = state("Jury in the Aldous trial", "deliberating", "reached a verdict")
PATIENT = state("Nora Velt", "in a critical condition", "out of danger")
STRIKE = state("Hunger strike of Oleg Marin", "on hunger strike", "ended")


@pytest.mark.parametrize(
    ("change", "language", "own", "others"),
    [
        (TALKS, "en", "The coalition talks are under way.", "Pay talks are under way at the port."),
        (SMOKE, "en", "The smoke warning stays in force.", "The storm warning stays in force until six."),
        (POWER, "en", "Lower Kell has been without power since Sunday.", "Upper Kell has no power."),
        (LINE, "es", "La línea 3 sigue cortada.", "La línea 5 sigue cortada."),
        (A5, "de", "Auf der A5 geht nichts.", "Auf der A8 geht nichts."),
        (NOTRUF, "de", "Der Notruf ist gestört.", "Im benachbarten Kreis Orm ist der Notruf gestört."),
        (NOTRUF, "de", "Der Notruf ist gestört.", "Im Nachbarkreis ist der Notruf ebenfalls gestört."),
        (JURY, "en", "The jury is still out.", "The jury in the bank’s case is still out."),
        (
            PATIENT,
            "en",
            "Nora Velt crashed. She is in a critical condition.",
            "A spectator, a man of 50, was hit too. He is in a critical condition.",
        ),
        (
            STRIKE,
            "en",
            "Marin is weak. His hunger strike continues.",
            "Lenz does not give in. His hunger strike continues.",
        ),
    ],
)
def test_the_state_of_another_is_left_alone(change: Switched, language: str, own: str, others: str) -> None:
    assert found(own, change, language) == 1
    assert found(others, change, language) == 0
