"""The speaker of a cue that comes before its speaker: "said Lind"."""

import pytest

from tests.ledger.sayings import cues


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“We were lucky,” said Olga Lind.", [("Olga Lind", "said")]),
        ("No smoke without fire, say residents", [("residents", "say")]),
        ("“Stay indoors,” reads the notice.", [("the notice", "reads")]),
        ("“It was close,” said one fireman who was there.", [("one fireman", "said")]),
    ],
)
def test_who_stands_behind_a_cue_said_what_stands_before_it(text: str, found: list[tuple[str, str]]) -> None:
    assert cues(text) == found


@pytest.mark.parametrize("text", ["Lind told Osei that it was late.", "Lind left, told by nobody."])
def test_whom_something_is_told_did_not_tell_it(text: str) -> None:
    assert "Osei" not in [who for who, _ in cues(text)]
