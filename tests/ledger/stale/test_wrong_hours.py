"""An hour that was wrong is found where the same ends or begins at it, and not where something else does."""

import pytest

from asithappened.ledger.changes import Corrected
from tests.ledger.sweeping import proposed, stale

POLLS = Corrected(key="h", was="8pm", now="9pm", sentence="Polls close at 8pm and we expect a result by midnight.")
LOKALE = Corrected(key="h", was="18 Uhr", now="20 Uhr", sentence="Die Wahllokale schließen um 18 Uhr.")
COLEGIOS = Corrected(key="h", was="19.00", now="20.00", sentence="Los colegios cierran a las 19.00.")
FUNERAL = Corrected(key="h", was="2pm", now="11am", sentence="The funeral of Otto Hale begins at 2pm on Thursday.")
FEIER = Corrected(
    key="h", was="um 14 Uhr", now="um 11 Uhr", sentence="Die Trauerfeier beginnt am Donnerstag um 14 Uhr."
)
TRUCE = Corrected(key="h", was="noon", now="1pm", sentence="The ceasefire comes into force at noon.")
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
    ("change", "language", "words", "right"),
    [
        (FUNERAL, "en", "The funeral is at two o’clock.", "The funeral is at 11am."),
        (FUNERAL, "en", "Hale’s funeral, at 14:00, is open to all.", "Hale’s funeral, at 11am, is open to all."),
        (
            FEIER,
            "de",
            "Trauerfeier: Donnerstag um 14 Uhr, Stiftskirche",
            "Trauerfeier: Donnerstag um 11 Uhr, Stiftskirche",
        ),
        (FEIER, "de", "Beginn der Trauerfeier: 14.00 Uhr", "Beginn der Trauerfeier: 11 Uhr"),
        (TRUCE, "en", "Ceasefire from midday", "Ceasefire from 1pm"),
    ],
)
def test_an_hour_is_found_however_it_is_printed(change: Corrected, language: str, words: str, right: str) -> None:
    assert proposed(words, change, language=language) == right


@pytest.mark.parametrize(
    ("change", "language", "words"),
    [
        (FUNERAL, "en", "The library opens at 2pm on Thursday."),
        (FUNERAL, "en", "The funeral will be followed by tea at 2pm."),
        (FUNERAL, "en", "The funeral is at 11am and the burial at 2pm."),
        (FEIER, "de", "Nach der Trauerfeier, um 14 Uhr, ist die Beisetzung."),
        (FEIER, "de", "Die Bücherei öffnet am Donnerstag um 14 Uhr."),
        (TRUCE, "en", "The president speaks at noon."),
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
