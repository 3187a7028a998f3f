"""A sweep lists what still asserts a state that has ended, with its correction."""

import pytest

from asithappened.ledger.changes import Change, Switched, Value
from tests.ledger.sweeping import proposed, stale
from tests.ledger.switched import AIRPORT, ALERT, BRIDGE, CURFEW, FERRY, TRIAL


@pytest.mark.parametrize(
    ("change", "words", "right"),
    [
        (BRIDGE, "Lenn Bridge is closed.", "Lenn Bridge is open."),
        (BRIDGE, "Police have closed Lenn Bridge.", "Police have reopened Lenn Bridge."),
        (BRIDGE, "The Lenn Bridge remains shut, police say.", "The Lenn Bridge remains open, police say."),
        (BRIDGE, "Lenn Bridge will remain closed overnight.", "Lenn Bridge will remain open overnight."),
        (ALERT, "There is an air alert in Mykolaiv.", "The air alert is over in Mykolaiv."),
        (ALERT, "An air alert is in force in Mykolaiv.", "An air alert is over in Mykolaiv."),
        (ALERT, "An air raid alert has been declared in Mykolaiv.", "An air raid alert has been lifted in Mykolaiv."),
        (FERRY, "The Hollin ferry is suspended.", "The Hollin ferry is running."),
        (TRIAL, "The Quill trial is under way.", "The Quill trial is adjourned."),
        (AIRPORT, "Gatwick remains closed.", "Gatwick remains open."),
        (CURFEW, "Torr is under curfew.", "Torr is no longer under curfew."),
    ],
)
def test_what_asserts_an_old_state_is_listed_with_its_correction(change: Change, words: str, right: str) -> None:
    assert proposed(words, change) == right
    assert stale(right, change) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (BRIDGE, "Tower Bridge is closed."),
        (BRIDGE, "Lenn Bridge may be closed later."),
        (BRIDGE, "Is Lenn Bridge closed?"),
        (ALERT, "There is an air alert in Kyiv."),
        (ALERT, "No air alert is in force in Mykolaiv."),
        (FERRY, "The Marsh ferry is suspended."),
        (TRIAL, "The trial of Bo Lund is under way."),
        (CURFEW, "Shops were looted while the curfew was in force in Torr."),
        (CURFEW, "Orsk is under curfew."),
        (AIRPORT, "Luton airport is closed."),
    ],
)
def test_the_state_of_another_thing_or_one_that_is_denied_is_not_listed(change: Change, words: str) -> None:
    assert stale(words, change) == []


def test_a_headline_that_only_names_an_alert_says_that_it_is_on() -> None:
    assert proposed("Air alert in Mykolaiv", ALERT, place="headline") == "Air alert over in Mykolaiv"
    assert proposed("Mykolaiv under air alert", ALERT) == "Mykolaiv no longer under air alert"
    assert stale("Mykolaiv no longer under air alert", ALERT) == []
    assert stale("Air alert in Mykolaiv is over", ALERT, place="headline") == []
    assert stale("No air alert in Mykolaiv", ALERT, place="headline") == []
    assert proposed("Curfew in Torr after riots", CURFEW, place="headline") == "Curfew lifted in Torr after riots"
    assert stale("Cafés fill after curfew in Torr", CURFEW, place="headline") == []


@pytest.mark.parametrize(
    ("language", "label", "old", "new", "words"),
    [
        ("de", "Autobahn", "closed", "open", "Die Autobahn ist gesperrt."),
        ("es", "carretera", "closed", "open", "La carretera está cortada."),
        ("de", "Streik", "läuft", "beendet", "Der Streik hat begonnen."),
        ("de", "Züge", "eingestellt", "fahren wieder", "Alle Züge stehen still."),
        ("es", "trenes", "suspendidos", "reanudados", "Los trenes están parados."),
    ],
)
def test_states_are_read_by_the_list_of_their_language(
    language: str, label: str, old: str, new: str, words: str
) -> None:
    road = Switched(key="r", label=label, old=(Value(words=old),), new=Value(words=new))
    assert len(stale(words, road, language=language)) == 1
