"""Words that say how sure the text itself is."""

import pytest

from tests.ledger.sayings import hedges


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The footage could not be verified.", [("could not be verified", "unverified")]),
        ("The reports have not been independently verified.", [("not been independently verified", "unverified")]),
        ("There are unconfirmed reports of a landslide.", [("unconfirmed reports", "unconfirmed")]),
        ("The club declined to confirm the transfer.", [("declined to confirm", "unconfirmed")]),
        ("The striker is reportedly injured.", [("reportedly", "reported")]),
        ("The film purports to show the fire.", [("purports to", "purported")]),
        ("The alleged thief left by train.", [("alleged", "claimed")]),
        ("Nobody has claimed responsibility.", [("nobody has claimed responsibility", "not_claimed")]),
        ("The vote is likely to be close.", [("likely to", "estimative")]),
        ("It has been confirmed that the dam is safe.", [("it has been confirmed that", "confirmed")]),
        ("It was not even clear whether he was aware of it.", [("not even clear", "unconfirmed")]),
        ("It is not known whether the train was full.", [("not known", "unconfirmed")]),
    ],
)
def test_a_hedge_is_found_by_its_words(text: str, found: list[tuple[str, str]]) -> None:
    assert [(words.lower(), kind) for words, kind in hedges(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "Lind claimed that the bridge was safe.",
        "He was held on suspicion of theft.",
        "“It will probably rain,” said the mayor.",
        "The train may be late, and was expected to be.",
        "There were no reports of damage.",
        "It looks like rain, and we may have to wait.",
    ],
)
def test_a_cue_a_formula_and_anothers_judgement_are_none(text: str) -> None:
    assert hedges(text) == []


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("Der mutmaßliche Dieb war offenbar allein.", "de", [("mutmaßliche", "claimed"), ("offenbar", "estimative")]),
        ("El presunto ladrón huyó, al parecer solo.", "es", [("presunto", "claimed"), ("al parecer", "reported")]),
    ],
)
def test_german_and_spanish_are_begun(text: str, language: str, found: list[tuple[str, str]]) -> None:
    assert hedges(text, language) == found
