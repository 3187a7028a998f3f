"""Spanish sentences: whose a verb is, before it, behind it or left out, and what says so without a verb."""

import pytest

from asithappened.ledger.speech.grammar import grammar
from asithappened.ledger.speech.phrase import name_of
from asithappened.ledger.speech.spanish import after
from tests.ledger.sayings import cues, items


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("El puente está cerrado, ha informado la policía.", [("la policía", "informado")]),
        ("Según ha informado la policía, el puente está cerrado.", [("la policía", "informado")]),
        ("«Está cerrado», dijo en Radio Mida el alcalde.", [("el alcalde", "dijo")]),
        ("«Está cerrado del todo», protesta Ana Ruiz.", [("Ana Ruiz", "protesta")]),
        ("El puente está cerrado, agregó.", [("", "agregó")]),
        ("El alcalde, Jan Osei, prometió que abrirá.", [("Jan Osei", "prometió")]),
        ("Los vecinos dicen que es tarde, y piden que abra.", [("Los vecinos", "dicen"), ("Los vecinos", "piden")]),
        ("Hablan los Verdes, que piden cerrar el puente.", [("los Verdes", "piden")]),
        ("La orden fue confirmada por el ministerio.", [("el ministerio", "confirmada")]),
        ("El anuncio del alcalde de que abrirá llegó tarde.", [("alcalde", "anuncio")]),
        ("A juicio de la oposición, el puente es caro.", [("la oposición", "A juicio de")]),
    ],
)
def test_a_sentence_gives_its_cues_with_whose_they_are(text: str, found: list[tuple[str, str]]) -> None:
    assert cues(text, "es") == found


@pytest.mark.parametrize(
    "text",
    [
        "La policía no ha dicho cuándo abre.",
        "El Gobierno está de acuerdo con la oposición.",
        "Según avanza la tarde, llueve más.",
        "Los precios varían según la zona.",
        "Estuvo huido hasta que lo reconoció una cajera.",
        "El puente cuenta con dos carriles.",
    ],
)
def test_what_looks_like_it_is_none(text: str) -> None:
    assert cues(text, "es") == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("la ministra Irene Marcos ayer", "Irene Marcos"),
        ("el presidente del Gobierno, Luis Brando, ayer", "Luis Brando"),
        ("El País ayer", "El País"),
        ("El Ministerio de Defensa ayer", "Ministerio de Defensa"),
        ("un vecino de la calle Luna ayer", ""),
    ],
)
def test_the_name_in_a_noun_phrase_is_told_from_its_other_words(text: str, name: str) -> None:
    read = items(text, "es")
    found = after(read, 0, grammar("es"))
    assert found is not None
    assert (name_of(read, found) if found.kind == "name" else "") == name
