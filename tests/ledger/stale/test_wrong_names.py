"""A wrong name is found without what it is of, and left where it is another's or where a text tells the two apart."""

import pytest

from asithappened.ledger.changes import Corrected
from tests.ledger.sweeping import proposed, stale

JORGE = Corrected(
    key="n",
    was="hospital San Jorge",
    now="hospital San Juan",
    sentence="Los 19 heridos han sido trasladados al hospital San Jorge, informa Emergencias.",
)
GEORGE = Corrected(
    key="n",
    was="St George’s hospital",
    now="St John’s hospital",
    sentence="The 19 injured children were taken to St George’s hospital, the service says.",
)
GEORG = Corrected(
    key="n",
    was="Klinikum Sankt Georg",
    now="Klinikum Sankt Anna",
    sentence="Die 19 Verletzten wurden ins Klinikum Sankt Georg gebracht.",
)
ROAD = Corrected(
    key="n",
    was="Bellamy Road",
    now="Bellamy Lane",
    sentence="Bottled water will be handed out at the leisure centre in Bellamy Road.",
)
SCHOOL = Corrected(
    key="n", was="Chapel Lane school", now="Chapel Street school", sentence="Chapel Lane school is shut."
)


@pytest.mark.parametrize(
    ("change", "language", "words", "right"),
    [
        (JORGE, "es", "Diez de los niños siguen en el San Jorge.", "Diez de los niños siguen en el San Juan."),
        (GEORGE, "en", "Ten are still at St George’s.", "Ten are still at St John’s."),
        (GEORG, "de", "Zehn liegen noch im Sankt Georg.", "Zehn liegen noch im Sankt Anna."),
    ],
)
def test_a_name_is_found_without_what_it_is_of(change: Corrected, language: str, words: str, right: str) -> None:
    assert proposed(words, change, language=language) == right


@pytest.mark.parametrize(
    ("change", "language", "words"),
    [
        (JORGE, "es", "La plaza de San Jorge está cortada."),
        (JORGE, "es", "La huelga en el hospital San Jorge cumple su quinto día."),
        (JORGE, "es", "Hay paros en el hospital San Jorge. En el San Juan no."),
        (GEORGE, "en", "St George’s Day is on Thursday."),
        (GEORGE, "en", "The strike at St George’s hospital enters its fifth day."),
        (SCHOOL, "en", "A fire has broken out in Chapel Lane."),
        (ROAD, "en", "Engineers at the burst main in Bellamy Road do not expect to finish."),
    ],
)
def test_a_name_is_left_where_it_is_anothers(change: Corrected, language: str, words: str) -> None:
    assert stale(words, change, language=language) == []


def test_a_text_with_both_names_is_asked_what_each_sentence_is_about() -> None:
    water = "There is water at the leisure centre in Bellamy Lane.\n\n"
    assert stale(f"{water}A hole has opened in Bellamy Road.", ROAD) == []
    assert len(stale(f"{water}The leisure centre, Bellamy Road, is open.", ROAD)) == 1
