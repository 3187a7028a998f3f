"""A cue's verb with its helpers, and when a form that may be a noun is a verb."""

import pytest

from tests.ledger.sayings import cues


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Residents of the old town in Mida say the sirens failed.", [("Residents of the old town in Mida", "say")]),
        ("The talks, aides to Mr Lind say, will go on.", [("aides to Mr Lind", "say")]),
    ],
)
def test_a_bare_form_is_of_the_present_where_many_stand_before_it(text: str, found: list[tuple[str, str]]) -> None:
    assert cues(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The harbour office can confirm that the ferry has sailed.", [("The harbour office", "confirm")]),
        ("Lind has since said that it was late.", [("Lind", "said")]),
    ],
)
def test_helpers_stand_between_somebody_and_what_they_say(text: str, found: list[tuple[str, str]]) -> None:
    assert cues(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "There were many promises that went unkept.",
        "Pulling from news reports, the group counted 20 cases.",
        "The town fired back at “the source” of the noise.",
        "She asks for an assurance that it was tried.",
        "The plane was denied passage by other states.",
        "His country's demands were heard.",
    ],
)
def test_a_noun_that_looks_like_a_verb_is_none(text: str) -> None:
    assert [cue for _, cue in cues(text) if cue not in {"said"}] == []


def test_a_participle_before_a_noun_is_no_verb() -> None:
    assert cues("He missed the stated aim of the plan.") == []
