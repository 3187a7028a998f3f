"""The speaker of a cue without a subject of its own: the subject of the verb before it, if it can speak."""

import pytest

from tests.ledger.sayings import cues


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Lind resigned on Monday, adding that she had no regrets.", [("Lind", "adding")]),
        ("Lind resigned on Monday and said that she had no regrets.", [("Lind", "said")]),
        ("Lind went on to say that she had no regrets.", [("Lind", "say")]),
        ("Lind has been on Mida News saying the dam was safe.", [("Lind", "saying")]),
        ("Lind starts by saying the dam is safe.", [("Lind", "saying")]),
        ("Lind hit back, saying the dam was safe.", [("Lind", "saying")]),
        ("Lind spoke to reporters, saying the dam was safe.", [("Lind", "saying")]),
        ("Lind responded to the report by saying that the dam was safe.", [("Lind", "saying")]),
        ("Lind says they'll mend the dam, adding that it is safe.", [("Lind", "says"), ("they'll", "adding")]),
        ("Lind moves on to the dam, saying it is safe.", [("Lind", "saying")]),
        ("Lind emails to say the dam is safe.", [("Lind", "say")]),
        ("The council issued a statement saying that the dam was safe.", [("The council", "saying")]),
    ],
)
def test_a_second_verb_has_the_subject_of_the_first(text: str, found: list[tuple[str, str]]) -> None:
    assert cues(text) == found


def test_what_is_done_to_somebody_makes_them_say_nothing() -> None:
    assert cues("Residents were warned of fires and advised to put out sparks.") == []
