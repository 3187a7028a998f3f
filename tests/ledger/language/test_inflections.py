"""The forms of listed participles and nouns, in German and Spanish, and what a sweep finds by them."""

import pytest

from asithappened.ledger.changes import Moved, Value
from asithappened.ledger.language import inflections
from tests.ledger.sweeping import stale


@pytest.mark.parametrize(
    ("language", "word", "form"),
    [
        ("de", "gesperrt", "gesperrten"),
        ("de", "festgenommen", "festgenommener"),
        ("de", "überflutet", "überflutete"),
        ("es", "cerrado", "cerradas"),
        ("es", "evacuadas", "evacuado"),
        ("es", "muertos", "muerta"),
    ],
)
def test_a_participle_has_the_forms_of_an_adjective(language: str, word: str, form: str) -> None:
    assert form in inflections.of(word, language)


@pytest.mark.parametrize(
    ("language", "word"), [("de", "dicht"), ("de", "frei"), ("es", "vidas"), ("es", "bajo el agua"), ("en", "closed")]
)
def test_other_words_have_none(language: str, word: str) -> None:
    assert list(inflections.of(word, language)) == []


@pytest.mark.parametrize(
    ("language", "word", "listed"),
    [
        ("de", "grundschülerinnen", "schüler"),
        ("de", "touristinnen", "tourist"),
        ("de", "bahnreisenden", "reisende"),
        ("de", "einfamilienhäusern", "häuser"),
        ("es", "vecinas", "vecinos"),
        ("es", "trabajadoras", "trabajadores"),
    ],
)
def test_a_noun_is_listed_as_its_head_in_the_masculine(language: str, word: str, listed: str) -> None:
    assert listed in inflections.nouns(word, language)


@pytest.mark.parametrize(
    ("language", "word", "expected"),
    [
        ("de", "eingeschlossenen", True),
        ("de", "gerettete", True),
        ("de", "bürgerliste", False),
        ("es", "atrapados", True),
        ("es", "estado", False),
        ("en", "rescued", False),
    ],
)
def test_who_is_called_by_what_happened_to_them_is_called_by_a_participle(
    language: str, word: str, expected: bool
) -> None:
    assert inflections.is_participle(word, language) == expected


TRAPPED = Moved(key="trapped", label="Im Venettal eingeschlossene Menschen", counted="Menschen", outcome="cut off",
                places=("Venettal",), old=(Value(value=220),), new=Value(value=340))  # fmt: skip
PUPILS = Moved(key="pupils", label="Verletzte Schüler in Ahlbeck", counted="Schüler", outcome="injured",
               places=("Ahlbeck",), old=(Value(value=43),), new=Value(value=61))  # fmt: skip
TRACTORS = Moved(key="tractors", label="Traktoren bei der Sternfahrt", counted="Traktoren",
                 old=(Value(value=1200),), new=Value(value=2100))  # fmt: skip
DOLLAR = Moved(key="dollar", label="Dólar paralelo", figure="money", unit="pesos", counted="dólar",
               old=(Value(value=1240),), new=Value(value=1310))  # fmt: skip
BAIL = Moved(key="bail", label="Fianza de Oriol Vidal", figure="money", unit="EUR", counted="fianza",
             old=(Value(value=2.4e6),), new=Value(value=1.6e6))  # fmt: skip


@pytest.mark.parametrize(
    ("change", "language", "words", "listed"),
    [
        (TRAPPED, "de", "220 Personen im Venettal eingeschlossen", True),
        (TRAPPED, "de", "Die 220 Eingeschlossenen haben Strom und Wasser.", True),
        (TRAPPED, "de", "Im Venettal wurden 220 Personen verletzt.", False),
        (TRAPPED, "de", "Im Venettal stehen 220 Häuser.", False),
        (PUPILS, "de", "Wir denken an die 43 Schülerinnen und Schüler, die heute Morgen verletzt wurden.", True),
        (PUPILS, "de", "43 Grundschüler bekamen keine Luft.", True),
        (PUPILS, "de", "43 Grundschüler, die zu Hause geblieben waren, wurden getestet.", True),
        (PUPILS, "de", "An der Schule unterrichten 43 Lehrerinnen.", False),
        (TRACTORS, "de", "Wegen der 1.200 Trecker bitte die Innenstadt umfahren.", True),
        (TRACTORS, "de", "1.200 Brötchen haben die Bäcker geliefert.", False),
        (TRACTORS, "de", "Die 1.200 Pendler, die heute nicht fahren konnten, sind sauer.", False),
        (DOLLAR, "es", "El dólar paralelo se vende a $1.240.", True),
        (BAIL, "es", "Vidal irá a la cárcel si no deposita una fianza de 2,4 millones.", True),
        (DOLLAR, "es", "«A mil doscientos cuarenta te vendo los que quieras», dice.", True),
        (BAIL, "es", "Si paga 2,4 millones, saldrá.", False),
    ],
)
def test_forms_put_together_say_the_old_value(change: Moved, language: str, words: str, listed: bool) -> None:
    assert bool(stale(words, change, language=language)) == listed
