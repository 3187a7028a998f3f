"""A wrong nationality is found in any form where it is of the same person or thing, and not where it is of others."""

import pytest

from asithappened.ledger.changes import Corrected
from tests.ledger.sweeping import proposed, stale

ROWER = Corrected(
    key="r", was="Swedish", now="Finnish", sentence="The Swedish rower Ida Berg was picked up west of Cape Horn."
)
TANKER = Corrected(
    key="t", was="Greek", now="Maltese", sentence="The Thalia, a Greek tanker with 20 on board, is adrift."
)
TAUCHER = Corrected(
    key="d", was="Däne", now="Belgier", sentence="Ein 40-jähriger Däne ist beim Tauchen im See ertrunken."
)
DETENIDO = Corrected(
    key="e", was="francés", now="italiano", sentence="El detenido es un francés de 30 años, según la policía."
)


@pytest.mark.parametrize(
    ("change", "language", "words", "right"),
    [
        (ROWER, "en", "The rower, from Sweden, is tired.", "The rower, from Finland, is tired."),
        (ROWER, "en", "Berg is Swedish, and 30.", "Berg is Finnish, and 30."),
        (ROWER, "en", "The 30-year-old Swedish woman is safe.", "The 30-year-old Finnish woman is safe."),
        (TANKER, "en", "The tanker is Greek.", "The tanker is Maltese."),
        (TAUCHER, "de", "Der Däne war allein.", "Der Belgier war allein."),
        (DETENIDO, "es", "El francés detenido calla.", "El italiano detenido calla."),
    ],
)
def test_a_wrong_nationality_is_found(change: Corrected, language: str, words: str, right: str) -> None:
    assert proposed(words, change, language=language) == right


@pytest.mark.parametrize(
    ("change", "language", "words"),
    [
        (ROWER, "en", "The boat has Swedish oars."),
        (ROWER, "en", "Lars Holm, a Swedish journalist, met her."),
        (ROWER, "en", "Sweden play Wales tonight."),
        (TANKER, "en", "The Greek captain of the tug is calm."),
        (TAUCHER, "de", "In Dänemark hat es geschneit."),
        (DETENIDO, "es", "El presidente francés llega el jueves."),
    ],
)
def test_the_nationality_of_others_is_not_listed(change: Corrected, language: str, words: str) -> None:
    assert stale(words, change, language=language) == []
