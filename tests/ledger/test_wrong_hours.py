"""An hour that was wrong is found where the same ends or begins at it, and not where something else does."""

import pytest

from asithappened.ledger.changes import Corrected
from tests.ledger.sweeping import stale

POLLS = Corrected(key="h", was="8pm", now="9pm", sentence="Polls close at 8pm and we expect a result by midnight.")
LOKALE = Corrected(key="h", was="18 Uhr", now="20 Uhr", sentence="Die Wahllokale schließen um 18 Uhr.")
COLEGIOS = Corrected(key="h", was="19.00", now="20.00", sentence="Los colegios cierran a las 19.00.")
SHARE = Corrected(key="h", was="4.15", now="5.15", sentence="Der Satz liegt bei 4.15 Prozent.")


@pytest.mark.parametrize(
    ("change", "language", "words"),
    [
        (POLLS, "en", "Port Emlyn elects a mayor: polls open until 8pm"),
        (POLLS, "en", "You have until 8pm."),
        (POLLS, "en", "You can vote until 8pm."),
        (POLLS, "en", "Polling stations close at 8pm."),
        (POLLS, "en", "“There’s a way to go before the doors shut at 8pm,” she said."),
        (LOKALE, "de", "Die Wahllokale haben bis 18 Uhr geöffnet."),
        (LOKALE, "de", "Sie können noch bis 18 Uhr wählen."),
        (COLEGIOS, "es", "Los colegios están abiertos hasta las 19.00."),
    ],
)
def test_an_hour_of_the_same_is_found(change: Corrected, language: str, words: str) -> None:
    assert [one.exact for one in stale(words, change, language=language)] == [change.was]


@pytest.mark.parametrize(
    ("change", "language", "words"),
    [
        (POLLS, "en", "Gareth Pugh has a last rally at 8pm at the Corn Exchange."),
        (POLLS, "en", "The bar is open until 8pm."),
        (POLLS, "en", "In 2021, when polls closed at 8pm, the first ward took until 11.40pm."),
        (LOKALE, "de", "Um 18 Uhr spielt auf dem Markt eine Kapelle."),
        (COLEGIOS, "es", "A las 19.00 habrá un concierto."),
        (SHARE, "de", "Bis 4.15 war es dunkel."),
    ],
)
def test_an_hour_of_something_else_is_not_listed(change: Corrected, language: str, words: str) -> None:
    assert stale(words, change, language=language) == []
