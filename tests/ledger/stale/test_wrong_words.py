"""What was wrong in a correction is what differs, whatever it stands in."""

import pytest

from asithappened.ledger.changes import Corrected
from tests.ledger.sweeping import proposed, stale

UNION = Corrected(
    key="u",
    was="the Renters’ Union",
    now="the Tenants’ Alliance",
    sentence="One private renter in five has had to move in two years, according to a survey by the Renters’ Union.",
)
JUDGE = Corrected(
    key="j",
    was="Marta Salcedo",
    now="Marta Salgado",
    sentence="La jueza Marta Salcedo ha citado como investigado al exalcalde de Montealba.",
)
CHIEF = Corrected(
    key="c",
    was="Jürgen Hallbauer",
    now="Jürgen Hallmaier",
    sentence="Festgenommen wurde Vorstandschef Jürgen Hallbauer.",
)
MAYOR = Corrected(key="m", was="Voss", now="Foss", sentence="The mayor, Helen Voss, has resigned over the flood.")
BOTH = Corrected(key="n", was="Helen Voss", now="Hannah Foss", sentence="The mayor, Helen Voss, has resigned.")
SERVICE = Corrected(
    key="f", was="the fire service", now="the police", sentence="The cause is being investigated by the fire service."
)
DISTRICT = Corrected(key="d", was="Kreis Celle", now="Kreis Gifhorn", sentence="Der Unfall geschah im Kreis Celle.")
TOWN = Corrected(key="t", was="Cardiff", now="Swansea", sentence="A man was stabbed in Cardiff on Friday night.")
CHARGE = Corrected(key="g", was="Mord", now="Totschlag", sentence="Der 34-Jährige ist wegen Mordes angeklagt.")
VILLAGE = Corrected(
    key="v",
    was="Lower Marden",
    now="Upper Marden",
    sentence="Six people have been hurt after a beech came down on a school bus in Lower Marden.",
)


@pytest.mark.parametrize(
    ("change", "language", "words", "right"),
    [
        (UNION, "en", "Renters’ Union survey: one in five moved", "Tenants’ Alliance survey: one in five moved"),
        (JUDGE, "es", "En el auto, Salcedo aprecia indicios.", "En el auto, Salgado aprecia indicios."),
        (CHIEF, "de", "Hallbauers Anwalt schweigt.", "Hallmaiers Anwalt schweigt."),
        (CHIEF, "de", "Die Frau Jürgen Hallbauers schweigt.", "Die Frau Jürgen Hallmaiers schweigt."),
        (MAYOR, "en", "Voss’s deputy takes over.", "Foss’s deputy takes over."),
        (MAYOR, "en", "“I am sorry,” said Ms Voss.", "“I am sorry,” said Ms Foss."),
        (BOTH, "en", "HELEN VOSS QUITS", "Hannah Foss QUITS"),
        (SERVICE, "en", "Fire service investigates cause", "Police investigates cause"),
        (DISTRICT, "de", "Unfall im Landkreis Celle", "Unfall im Kreis Gifhorn"),
        (TOWN, "en", "The Cardiff stabbing: what we know", "The Swansea stabbing: what we know"),
        (CHARGE, "de", "34-Jähriger wegen Mordes angeklagt", "34-Jähriger wegen Totschlags angeklagt"),
        (VILLAGE, "en", "Six hurt as a tree falls in Lower Marden", "Six hurt as a tree falls in Upper Marden"),
    ],
)
def test_the_error_is_found_in_other_forms(change: Corrected, language: str, words: str, right: str) -> None:
    assert proposed(words, change, language=language) == right


@pytest.mark.parametrize(
    ("change", "language", "words"),
    [
        (UNION, "en", "The Renters’ Union calls the bill a start."),
        (JUDGE, "es", "El abogado, Julián Salcedo, recurre. «No», ha dicho Salcedo."),
        (CHIEF, "de", "Paul Hallbauer, ein Bäcker, sagt nichts. Hallbauer backt."),
        (MAYOR, "en", "The poet, Paul Voss, reads tonight. Voss is 80."),
        (VILLAGE, "en", "The school in Lower Marden, to which they were going, stays open."),
    ],
)
def test_the_same_name_of_somebody_or_something_else_is_not_listed(
    change: Corrected, language: str, words: str
) -> None:
    assert stale(words, change, language=language) == []


LEG = Corrected(key="l", was="shot in the leg", now="shot in the arm", sentence="The officer was shot in the leg.")
NURSE = Corrected(key="n", was="a retired nurse", now="a retired midwife", sentence="She is a retired nurse, he says.")
MESSER = Corrected(
    key="m", was="mit einem Brotmesser", now="mit einer Schere", sentence="Sie hat ihn mit einem Brotmesser verletzt."
)


@pytest.mark.parametrize(
    ("change", "language", "words", "right"),
    [
        (LEG, "en", "Officer shot in leg", "Officer shot in the arm"),
        (NURSE, "en", "The retired nurse was at home.", "The retired midwife was at home."),
        (MESSER, "de", "Das Brotmesser lag im Bad.", "Das Schere lag im Bad."),
    ],
)
def test_articles_are_no_part_of_an_error(change: Corrected, language: str, words: str, right: str) -> None:
    assert proposed(words, change, language=language) == right


@pytest.mark.parametrize("words", ["A dog was shot in the leg.", "A dog was shot in the leg in Tarn."])
def test_somebody_who_is_new_to_a_text_is_another(words: str) -> None:
    assert stale(words, LEG) == []
