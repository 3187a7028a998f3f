"""German sentences: whose a verb is wherever it stands, and what says so without a verb."""

import pytest

from asithappened.ledger.speech import german
from asithappened.ledger.speech.clauses import Unit
from tests.ledger.sayings import attributions, cues, items, speakers


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Am Abend teilte die Polizei mit, dass die Brücke zu ist.", [("die Polizei", "teilte")]),
        ("Wie die Polizei am Abend mitteilte, ist die Brücke zu.", [("die Polizei", "mitteilte")]),
        ("Die Brücke sei zu, hat ein Sprecher der Stadt erklärt.", [("ein Sprecher der Stadt", "erklärt")]),
        ("„Die Brücke ist zu“, ruft Olga Lind in den Saal.", [("Olga Lind", "ruft")]),
        ("Der Bürgermeister, Jan Osei, sagte, die Brücke sei zu.", [("Jan Osei", "sagte")]),
        ("Die Brücke ist zu, so der Betreiber am Abend.", [("der Betreiber", "so")]),
        ("Dem Sprecher zufolge ist die Brücke zu.", [("Dem Sprecher", "zufolge")]),
        ("Nach Angaben von Olga Lind ist die Brücke zu.", [("Olga Lind", "Nach Angaben")]),
        ("Die Brücke sei zu, hieß es aus dem Rathaus.", [("Rathaus", "hieß es")]),
        ("Die Warnung der Polizei, die Brücke sei zu, kam spät.", [("der Polizei", "Warnung")]),
    ],
)
def test_a_sentence_gives_its_cues_with_whose_they_are(text: str, found: list[tuple[str, str]]) -> None:
    assert [(source.removeprefix("dem "), cue) for source, cue in cues(text, "de")] == found


@pytest.mark.parametrize(
    "text",
    [
        "Die Polizei sagte nicht, wann die Brücke öffnet.",
        "Drei Anwohner meldeten sich, als die Brücke öffnete.",
        "Der Sturm fordert drei Todesopfer, die Brücke ist zu.",
        "Die Fans sangen laut und lange.",
        "So viele Menschen kamen, dass die Brücke schwankte.",
        "Der Damm brach, seither fordert der Ort eine Brücke.",
    ],
)
def test_what_looks_like_it_is_none(text: str) -> None:
    assert cues(text, "de") == []


def test_a_sentence_in_the_subjunctive_goes_on_with_what_was_said() -> None:
    text = "Olga Lind sagte, die Brücke sei zu. Sie werde bis Mai repariert. Der Fluss ist ruhig."
    assert speakers(text, "de") == ["Olga Lind", "Olga Lind"]
    assert [one.quote for one in attributions(text, "de")] == ["indirect", "indirect"]


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("Die Lage sei ernst.", True),
        ("Es sei denn, der Regen hört auf.", False),
        ("Ich habe ihn gesehen.", False),
        ("Auf die Frage, ob er es gewusst habe, geht er nicht ein.", False),
    ],
)
def test_the_subjunctive_of_reported_speech_is_told_from_others(text: str, reported: bool) -> None:
    read = items(text, "de")
    assert german.is_reported(Unit(read, tuple(item.low for item in read), False)) is reported
