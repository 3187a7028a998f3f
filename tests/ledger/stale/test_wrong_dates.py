"""A wrong day of a month is found both ways round and in words, and not where something else is on that day."""

import pytest

from asithappened.ledger.changes import Corrected
from tests.ledger.sweeping import stale

FARES = Corrected(
    key="f", was="3 April", now="13 April", sentence="The new fares come into force on 3 April, the operator says."
)
WAHL = Corrected(key="w", was="7. Mai", now="17. Mai", sentence="Die Wahl wird am 7. Mai wiederholt, sagt das Gericht.")
VOTO = Corrected(
    key="v", was="4 de abril", now="14 de abril", sentence="La consulta será el 4 de abril, dice la jueza."
)


@pytest.mark.parametrize(
    ("change", "language", "words"),
    [
        (FARES, "en", "From April 3 the fares go up."),
        (FARES, "en", "New fares: 3rd of April"),
        (WAHL, "de", "Wahl am 7. Mai"),
        (VOTO, "es", "La consulta es el cuatro de abril."),
        (VOTO, "es", "«Todo se juega el 4-A», dice."),
    ],
)
def test_a_date_is_found_however_it_is_printed(change: Corrected, language: str, words: str) -> None:
    assert len(stale(words, change, language=language)) == 1


@pytest.mark.parametrize(
    ("change", "language", "words"),
    [
        (FARES, "en", "The library shuts on 3 April."),
        (FARES, "en", "The last fares came in on 3 April 2019."),
        (FARES, "en", "In April 3 drivers left, and fares rose."),
        (FARES, "en", "The fares do not rise on 3 April but on 13 April."),
        (VOTO, "es", "Se puede pedir el voto para la consulta hasta el 4 de abril."),
        (WAHL, "de", "Am 7. Mai ist Muttertag."),
    ],
)
def test_what_else_is_on_that_day_is_not_listed(change: Corrected, language: str, words: str) -> None:
    assert stale(words, change, language=language) == []
