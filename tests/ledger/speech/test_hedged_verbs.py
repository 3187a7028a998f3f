"""German and Spanish forms of the verb that hedge, and plans and conditions, which do not."""

import pytest

from tests.ledger.sayings import hedges


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("Der Mann soll zwei Frauen bedroht haben.", "de", [("soll", "reported")]),
        ("Die Täter sollen nach Norden geflohen sein.", "de", [("sollen", "reported")]),
        ("Er wird gesucht, weil er geflohen sein soll.", "de", [("soll", "reported")]),
        ("Das Feuer könnte gelegt worden sein.", "de", [("könnte", "estimative")]),
        ("Die Brücke soll am Montag öffnen.", "de", []),
        ("Die Brücke soll am Montag geschlossen sein.", "de", []),
        ("Die Stadt soll nichts mehr zu sagen haben.", "de", []),
        ("Los ladrones habrían entrado de noche.", "es", [("habrían entrado", "reported")]),
        ("El fuego podría haber sido provocado.", "es", [("podría haber sido", "estimative")]),
        ("Si hubiera llovido, habría fracasado.", "es", []),
        ("Le habría bastado el empate.", "es", []),
        ("El fuego podría durar días.", "es", []),
    ],
)
def test_a_verb_hedges_by_its_form(text: str, language: str, found: list[tuple[str, str]]) -> None:
    assert hedges(text, language) == found


def test_how_likely_something_is_counts_only_in_the_texts_own_words() -> None:
    assert hedges("„Er dürfte geflohen sein“, sagte Olga Lind.", "de") == []
