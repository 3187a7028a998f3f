"""The noun phrase before a verb: its head and its name, with what is between commas."""

import pytest

from tests.ledger.sayings import cues


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The head of the union, Olga Lind, has told members to wait.", [("Olga Lind", "told")]),
        ("Olga Lind, the head of the union, warned that the strike would go on.", [("Olga Lind", "warned")]),
        ("The coach, who said he was tired, left early.", [("The coach", "said")]),
        ("Osei, who called him “a fool”, left.", [("Osei", "called")]),
        ("A voter who met Lind says that she will win.", [("A voter", "says")]),
    ],
)
def test_what_is_set_off_says_more_of_who_speaks_and_is_not_them(text: str, found: list[tuple[str, str]]) -> None:
    assert cues(text) == found
