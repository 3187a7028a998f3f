"""A state is found that is said by other words of its family, and another's is not."""

import pytest

from asithappened.ledger.changes import Switched, Value, plain
from asithappened.ledger.stale.sweep import sweep


def state(label: str, old: str, new: str, *places: str) -> Switched:
    return Switched(key="s", label=label, places=places, old=(Value(words=old),), new=Value(words=new))


TRAINS = state("Train services between Harmouth and Sagar", "suspended", "resumed", "Harmouth", "Sagar")
PRISONER = state("Daniel Kerr", "at large", "in custody")
STREET = state("Residents of Kiln Street", "evacuated", "allowed back")
STRIKE = state("Ferry crews at Carrig", "on strike", "strike suspended", "Carrig")
ZONE = state("Sperrzone in Lindenhafen", "in Kraft", "aufgehoben", "Lindenhafen")
SWIMMING = state("Badeverbot am Silbersee", "in Kraft", "aufgehoben")
MATCH = state("Northgate Town v Sable Rovers", "suspended", "abandoned")
PARTIE = state("SV Alm gegen FC Tal", "unterbrochen", "abgebrochen")
MOTORWAY = state("M47", "closed", "open", "Ashwell")
AUTOBAHN = state("A7", "gesperrt", "frei", "Ahlfeld")
NACIONAL = state("N-340", "cortada", "abierta", "Almera")
BOY = state("Caleb Norris", "missing", "found", "Pine Creek")
PRESO = state("Ramiro Salces", "fugado", "detenido", "Trebia")
WATER = state("Boil-water notice", "in force", "lifted", "Lindental")
WASSER = state("Abkochgebot", "gilt", "aufgehoben", "Lindental")
CURFEW = state("toque de queda", "en vigor", "levantado", "Puerto Cautín")
MINISTER = state("Interior minister Ada Lund", "in office", "resigned")
BAIL = state("Gareth Pugh", "free on bail", "in custody")
PRISON = state("Erika Mann", "in Haft", "frei")
TRUCE = state("Orlan ceasefire", "in force", "over", "Orlan")
WALKER = state("Alfred Kessler", "vermisst", "gefunden", "Wolfsried")
BRIDGE = state("Quay Bridge", "open", "closed to all traffic", "Harbour coast")
WARNING = state("Flood warning", "in force", "severe: danger to life", "Saltings")
CLASSES = state("Clases en Valmora", "suspendidas", "reanudadas", "Valmora")


def found(words: str, change: Switched, language: str) -> int:
    return len(list(sweep([change], [plain("a", words)], language)))


@pytest.mark.parametrize(
    ("change", "language", "words"),
    [
        (TRAINS, "en", "With the line out of action, buses are full."),
        (TRAINS, "en", "“We have sat here since four, there is no train and no announcement,” she said."),
        (PRISONER, "en", "“A dangerous man is on the loose,” the MP said."),
        (PRISONER, "en", "Reminder that Kerr has not been caught."),
        (PRISONER, "en", "Profile: Who is Daniel Kerr, the prisoner on the run?"),
        (STREET, "en", "The 42 does not stop in Kiln Street, where homes remain evacuated, the company says."),
        (STRIKE, "en", "“We’re on strike until they talk to us,” says a bosun."),
        (STRIKE, "en", "The strike of 340 ferry workers at Carrig continues."),
        (ZONE, "de", "Polizei und Ordnungsamt haben das Gebiet in Lindenhafen abgeriegelt."),
        (ZONE, "de", "»Hier kommt zurzeit keiner durch«, sagt er, und dann: »Wie heißt sie denn?«"),
        (SWIMMING, "de", "Im Silbersee darf weiterhin nicht gebadet werden."),
        (MATCH, "en", "Play remains suspended while they look at the lights."),
        (PARTIE, "de", "Das Spiel bleibt unterbrochen."),
        (MOTORWAY, "en", "“The carriageway will remain closed for now,” says the inspector."),
        (AUTOBAHN, "de", "„Die Fahrbahn bleibt gesperrt“, sagt die Polizei."),
        (BRIDGE, "en", "Quay Bridge is open."),
        (WARNING, "en", "A flood warning is in force for Saltings."),
        (BOY, "en", "He is still missing."),
        (BOY, "en", "“Still missing,” Sheriff Holt said."),
        (BOY, "en", "The boy has been out there for 19 hours."),
        (PRESO, "es", "“Sigue huido y es peligroso”, dice la policía."),
        (WATER, "en", "Tap water in Lindental still has to be boiled."),
        (WASSER, "de", "Das Leitungswasser in Lindental muss weiter abgekocht werden."),
        (CURFEW, "es", "El toque de queda continúa y no lo vamos a levantar."),
        (MINISTER, "en", "Lund refuses to resign."),
        (BAIL, "en", "Pugh, who is on bail, said nothing."),
        (PRISON, "de", "Mann ist noch nicht frei."),
        (TRUCE, "en", "The ceasefire is holding, the observers say."),
        (CLASSES, "es", "RECORDATORIO: no hay clase en ningún colegio de Valmora."),
    ],
)
def test_other_words_of_its_family_say_a_state(change: Switched, language: str, words: str) -> None:
    assert found(words, change, language) == 1


@pytest.mark.parametrize(
    ("change", "language", "words"),
    [
        (TRAINS, "en", "Traffic on the Shirur road was suspended at 5am because of fog."),
        (TRAINS, "en", "Services will be suspended again on Wednesday."),
        (PRISONER, "en", "Paul Dyer, who walked out of a prison in Kent in January, is still at large."),
        (PRISONER, "en", "“All day the radio says he’s on the run, and there he sits.”"),
        (STREET, "en", "Shops near Kiln Street are closed."),
        (STRIKE, "en", "The harbour pilots at Rosscarra have been on strike since Thursday."),
        (STRIKE, "en", "“Our people were on strike for twelve hours,” she said."),
        (ZONE, "de", "Ob die Sperrzone noch gilt, wollen viele wissen."),
        (ZONE, "de", "Die Katze hat, während die Sperrzone in Kraft war, einen Kaktus gefressen."),
        (MATCH, "en", "The match is on television. He is suspended for the derby."),
        (MATCH, "en", "Obi is suspended for the derby."),
        (MOTORWAY, "en", "Ashwell primary is closed today because its teachers are on the A-roads."),
        (AUTOBAHN, "de", "Die Grundschule Ahlfeld ist heute geschlossen."),
        (NACIONAL, "es", "El colegio de Almera está cerrado hoy."),
        (BOY, "en", "Still missing: Arlo Penn, 61, a hiker."),
        (PRESO, "es", "Un preso se escapa del hospital de Trebia"),
        (WATER, "en", "The water no longer has to be boiled."),
        (WASSER, "de", "Das Leitungswasser muss nicht mehr abgekocht werden."),
        (CURFEW, "es", "El Gobierno levanta el toque de queda"),
        (CURFEW, "es", "En la vecina Las Lomas, en cambio, el toque de queda sigue en vigor."),
        (TRUCE, "en", "Army declares Orlan ceasefire over after attack on checkpoint"),
        (WALKER, "de", "Kessler lacht. Die Suche nach einer Frau im selben Wald dauert an."),
        (BRIDGE, "en", "The harbour coast waits. People in the queue at the school are still voting."),
        (WARNING, "en", "Declared by the returning officer, the first ward of Saltings."),
        (WARNING, "en", "A severe flood warning, which means danger to life, is in force for Saltings."),
        (CLASSES, "es", "Ayer, con las clases suspendidas, las cocineras no tiraron nada."),
    ],
)
def test_a_state_of_another_or_of_then_is_not_listed(change: Switched, language: str, words: str) -> None:
    assert found(words, change, language) == 0
