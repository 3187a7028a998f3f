"""Outlets in German and Spanish sentences, and how each passed on what was said."""

import pytest

from asithappened.ledger.speech.clauses import units
from asithappened.ledger.speech.grammar import grammar
from asithappened.ledger.speech.outlets_elsewhere import named_in
from tests.ledger.sayings import attributions


@pytest.mark.parametrize(
    ("text", "language", "names"),
    [
        ("Laut „Spiegel“ ist es so.", "de", ["Spiegel"]),
        ("Das meldet die „Bild“-Zeitung.", "de", ["Bild"]),
        ("Das sagte sie dem Südwestfunk.", "de", ["Südwestfunk"]),
        ("Das berichtet der Sender Mida Eins.", "de", ["Mida Eins"]),
        ("Die Zeit drängt, die Welt schaut zu.", "de", []),
        ("Lo publica El Diario de Mida.", "es", ["El Diario de Mida"]),
        ("Lo dijo en la cadena Onda Mida.", "es", ["Onda Mida"]),
        ("Nieva en el País Vasco.", "es", []),
    ],
)
def test_an_outlet_is_named_by_its_list_its_marks_or_what_it_is(text: str, language: str, names: list[str]) -> None:
    (unit,) = units(text, grammar(language))
    assert [one.name for one in named_in(unit, language)] == names


@pytest.mark.parametrize(
    ("text", "language", "relays"),
    [
        ("Die Brücke ist zu, meldet Reuters unter Berufung auf die Polizei.", "de", [("Reuters", "reports")]),
        ("Die Brücke ist zu, sagte Olga Lind dem ZDF.", "de", [("ZDF", "told")]),
        ("Die Brücke ist zu, teilte die Stadt mit. Reuters hat ein Büro in Neuweiler.", "de", []),
        ("Die Brücke ist zu, heißt es unter Berufung auf dpa.", "de", [("dpa", "citing")]),
        ("El puente está cerrado, informa Efe.", "es", [("Efe", "reports")]),
        ("En declaraciones a Radio Mida, Ana Ruiz dijo que está cerrado.", "es", [("Radio Mida", "told")]),
        ("Ana Ruiz dijo que está cerrado, citando a Reuters.", "es", [("Reuters", "citing")]),
    ],
)
def test_a_preposition_makes_an_outlet_a_relay(text: str, language: str, relays: list[tuple[str, str]]) -> None:
    found = [(relay.outlet, relay.mode) for one in attributions(text, language) for relay in one.relays]
    assert found == relays
