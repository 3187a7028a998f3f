"""When a verb that reports counts as a cue, and when it does not."""

import pytest

from tests.ledger.sayings import cues


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("As the ever careful Ana Ruiz has pointed out, it is old.", [("the ever careful Ana Ruiz", "pointed out")]),
        ("The port is shut says Lind.", [("Lind", "says")]),
        ("Lind, asked about the port, said it was shut.", [("Lind", "said")]),
        ("As one trader put it, the boom is over.", [("one trader", "put it")]),
        ("No 10 says it will reply.", [("No 10", "says")]),
        ("mida1999 asks:", [("mida1999", "asks")]),
        ("The port is shut, a notice on its website reads.", [("a notice on its website", "reads")]),
        ("It shelled what the army said was a depot.", [("the army", "said")]),
    ],
)  # fmt: skip
def test_a_cue_is_found_where_it_stands_in_an_unusual_clause(text: str, found: list[tuple[str, str]]) -> None:
    assert cues(text) == found


@pytest.mark.parametrize("words", ["As I say, it is late", "I guess that it is late", "Well, I swear it is late"])
def test_who_is_quoted_quotes_nobody_by_words_that_only_stress(words: str) -> None:
    assert cues(f"“{words},” Ana Ruiz said.") == [("Ana Ruiz", "said")]


@pytest.mark.parametrize(
    "text",
    [
        "The minister has not said when she will resign.",
        "Nobody said that it would be easy.",
        "The spokesman declined to say how many were hurt.",
        "That said, the weather will turn.",
        "What did the mayor say?",
        "It is easier said than done. Imagine saying that at home.",
        "Here are some pictures from the Mida protest:",
    ],
)
def test_words_that_only_look_like_a_cue_attribute_nothing(text: str) -> None:
    assert cues(text) == []
