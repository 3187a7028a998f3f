"""Where what was said can begin behind whom it is said to."""

import pytest

from asithappened.ledger.speech.grammar import grammar
from asithappened.ledger.speech.listeners import past_person
from tests.ledger.sayings import items


@pytest.mark.parametrize(
    ("text", "behind"),
    [
        ("Lind told reporters that it was over.", "that"),
        ("Lind told him that it was over.", "that"),
        ("Lind told officers and business leaders that it was over.", "that"),
        ("Lind urged Osei, the mayor, to resign.", "to"),
        ("Lind told the house today the road was shut.", "the"),
        ("Lind told her mother that it was over.", "that"),
    ],
)
def test_what_was_said_begins_behind_whom_it_is_said_to(text: str, behind: str) -> None:
    words = items(text)
    assert words[past_person(words, 2, grammar("en"))].low == behind
