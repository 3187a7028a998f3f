"""Cues that are not verbs: "according to", a noun with its owner, a name and a colon."""

import pytest

from tests.ledger.sayings import cues


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The bridge is safe, according to the fire service.", [("the fire service", "according to")]),
        ("The club's claim that it was robbed has been heard before.", [("The club", "claim")]),
        ("His call for the mayor to resign was ignored.", [("His", "call")]),
        ("The union's argument is that wages have fallen.", [("The union", "argument")]),
        ("She doubts promises made by Jan Osei that the road will open.", [("Jan Osei", "promises")]),
        ("The message from Jan Osei is that the road will open.", [("Jan Osei", "message")]),
        ("It rose, according to the latest figures.", [("the latest figures", "according to")]),
        ("An email from Ana Ruiz: “We were lucky.”", [("Ana Ruiz", "")]),
        ("Lind: “We were lucky.”", [("Lind", "")]),
    ],
)
def test_a_noun_or_a_colon_attributes_with_its_owner_before_or_behind(text: str, found: list[tuple[str, str]]) -> None:
    assert cues(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "There are fewer reports than last year.",
        "The warning was on the wall.",
        "There was no answer from Lind that made sense.",
    ],
)
def test_a_noun_without_an_owner_and_what_it_says_attributes_nothing(text: str) -> None:
    assert cues(text) == []
