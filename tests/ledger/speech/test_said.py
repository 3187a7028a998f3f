"""What each kind of cue needs beside it to count, and which noun phrases can be speakers."""

import pytest

from asithappened.ledger.speech import phrases_ahead, said
from asithappened.ledger.speech.clauses import units
from asithappened.ledger.speech.grammar import grammar
from tests.ledger.sayings import cues

ENGLISH = grammar("en")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The keeper denied the charges.", [("The keeper", "denied")]),
        ("Police put the crowd at 3,000.", [("Police", "put")]),
    ],
)
def test_a_cue_counts_with_what_its_kind_needs(text: str, found: list[tuple[str, str]]) -> None:
    assert cues(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Her goal added to the misery of the visitors.",
        "The crash claimed three lives.",
        "The clock told the time.",
    ],
)
def test_a_cue_without_what_its_kind_needs_does_not_count(text: str) -> None:
    assert cues(text) == []


@pytest.mark.parametrize(
    ("text", "speaks"),
    [("The mayor rose.", True), ("Lind rose.", True), ("The prices rose.", False), ("I rose.", False)],
)
def test_who_may_go_on_to_say_something_is_a_name_or_a_noun_for_who_speaks(text: str, speaks: bool) -> None:
    [unit] = units(text, ENGLISH)
    subject = phrases_ahead.after(unit.items, 0, ENGLISH)
    assert subject is not None
    assert said.can_speak(unit, subject, ENGLISH) == speaks
