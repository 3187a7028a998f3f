"""What is on or over, open or closed."""

import pytest

from asithappened.ledger.states import States
from asithappened.ledger.suggestions import State
from tests.ledger.reading_text import page, suggested


def states(text: str, language: str = "en") -> list[tuple[str, str, tuple[str, ...]]]:
    found = [one for one in suggested(States(), page(text, language=language)) if isinstance(one, State)]
    return [(one.label, one.value, one.places) for one in found]


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("There is an air alert in Kharkiv.", ("air alert", "on", ("Kharkiv",))),
        ("The air raid alert in Kharkiv is over.", ("air alert", "over", ("Kharkiv",))),
        ("The road to the harbour has been closed.", ("road", "closed", ())),
        ("Dublin airport has reopened.", ("airport", "open", ("Dublin",))),
        ("A curfew was imposed in Cairo.", ("curfew", "on", ("Cairo",))),
        ("The curfew in Cairo was lifted.", ("curfew", "over", ("Cairo",))),
        ("Thousands of homes are without power.", ("power", "out", ())),
        ("Power was restored at noon.", ("power", "restored", ())),
        ("The trial was adjourned until Monday.", ("trial", "adjourned", ())),
        ("The trial resumed in Oslo.", ("trial", "resumed", ("Oslo",))),
        ("Polls have closed across France.", ("polls", "closed", ("France",))),
        ("Residents have been evacuated.", ("residents", "evacuated", ())),
        ("Residents were allowed back.", ("residents", "allowed back", ())),
        ("A ceasefire came into effect.", ("ceasefire", "on", ())),
        ("Flights have been suspended.", ("flights", "suspended", ())),
    ],
)
def test_a_state_has_a_label_a_value_and_places(text: str, state: tuple[str, str, tuple[str, ...]]) -> None:
    assert states(text)[0] == state


@pytest.mark.parametrize(
    "text",
    [
        "The road was not closed.",
        "The airport may be closed.",
        "Will the curfew be lifted?",
        "The trial could be adjourned.",
        "If the power is restored, they will return.",
        "The minister closed his book on the road.",
    ],
)
def test_what_is_denied_or_only_possible_is_no_state(text: str) -> None:
    assert states(text) == []


def test_german_and_spanish_are_begun() -> None:
    assert states("Die Straße wurde gesperrt.", "de")[0][:2] == ("road", "closed")
    assert states("El toque de queda fue levantado.", "es")[0][:2] == ("curfew", "over")
