"""Whether the subject of a cue can be whose words they are."""

import pytest

from tests.ledger.sayings import cues


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Nobody said the road was shut.", []),
        ("No officials said that it was over.", []),
        ("No 10 said that it was over.", [("No 10", "said")]),
        ("New prices at the port suggest that demand is weak.", []),
        ("The report suggests that demand is weak.", [("The report", "suggests")]),
        ("Lind has shown that she can win.", []),
        ("The talks opened “in earnest” at noon.", []),
        ("Work on the bridge began “at once”.", []),
        ("Olga Lind began: “I was on the bridge.”", [("Olga Lind", "began")]),
        ("The judge finished: “That is all.”", [("The judge", "finished")]),
    ],
)
def test_only_who_or_what_can_speak_says_something(text: str, wanted: list[tuple[str, str]]) -> None:
    assert cues(text) == wanted
