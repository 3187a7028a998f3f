"""The signs that a cue reports something: words after the cue, or before its speaker."""

import pytest

from tests.ledger.sayings import attributions, cues


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The court rejected claims that the vote was rigged.", [("The court", "rejected")]),
        ("Lind stressed the importance of “unity”.", [("Lind", "stressed")]),
        ("Witnesses spoke of “panic” in the streets.", [("Witnesses", "spoke of")]),
        ("A letter shows the EU tracked 40 calls.", [("A letter", "shows")]),
        ("Police have advised people not to travel.", [("Police", "advised")]),
        ("Lind called the verdict “a disgrace”.", [("Lind", "called")]),
        ("The club dismissed the union's allegations.", [("The club", "dismissed")]),
        ("The ministry rejected rumours that the port would close.", [("The ministry", "rejected")]),
        ("He described the plan as being “half-baked” and left.", [("He", "described")]),
    ],
)
def test_what_is_rejected_or_called_something_was_said(text: str, found: list[tuple[str, str]]) -> None:
    assert cues(text) == found


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The mayor said that the bridge was safe.", "the bridge was safe"),
        ("The mayor said the bridge was safe.", "the bridge was safe"),
        ("The mayor said: “It is safe.”", "“It is safe.”"),
        ("The bridge was safe, the mayor said.", "The bridge was safe"),
        ("The mayor told reporters in a statement on Monday that the bridge was safe.", "the bridge was safe"),
    ],
)
def test_what_is_said_begins_behind_the_cue_or_ends_before_who_said_it(text: str, said: str) -> None:
    assert [one.exact for one in attributions(text)] == [said]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A passenger told the BBC police had boarded the ferry.", [("A passenger", "told")]),
        ("“We know how to build,” though, Lind continued, which is rare.", [("Lind", "continued")]),
    ],
)
def test_whom_it_is_said_to_runs_into_what_is_said(text: str, found: list[tuple[str, str]]) -> None:
    assert cues(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "The visitors could say nothing.",
    ],
)
def test_without_a_sign_of_what_is_said_nothing_is(text: str) -> None:
    assert cues(text) == []
