"""The words that a sweep proposes: a value in the same form as the one that it replaces."""

import pytest

from asithappened.ledger.changes import Moved, Value
from tests.ledger.sweeping import POWER, proposed, stale


@pytest.mark.parametrize(
    ("words", "right"),
    [
        ("About 4,600 homes are without power.", "About 11,400 homes are without power."),
        ("4.6k homes are without power.", "11.4k homes are without power."),
        ("4600 homes are without power.", "11400 homes are without power."),
        ("Power is out at 4,600 homes, which are cut off.", "Power is out at 11,400 homes, which are cut off."),
        ("11,400 homes are without power.", "11,400 homes are without power."),
        ("Some 4,600 trees fell.", "Some 4,600 trees fell."),
    ],
)
def test_figures_are_compared_by_what_they_are_worth_and_printed_as_they_were(words: str, right: str) -> None:
    assert proposed(words, POWER) == right


def test_somebodys_own_words_are_kept_with_the_newest_behind_them() -> None:
    (one,) = stale("“We lost 63 men,” the mayor said.")
    assert (one.exact, one.replacement) == ("63", "63 [now 89]")
    assert proposed("“We lost 63 men,” the mayor said.") == "“We lost 63 [now 89] men,” the mayor said."


def test_one_becomes_many_with_its_noun_and_verb() -> None:
    one = Moved(
        key="one", label="Killed", counted="people", outcome="killed", old=(Value(value=1),), new=Value(value=3)
    )
    assert proposed("One person was killed in the fire.", one) == "Three people were killed in the fire."


def test_a_fall_keeps_its_sign() -> None:
    fall = Moved(
        key="fall", label="Fall of Marot", figure="percent", unit="%", old=(Value(value=8.4),), new=Value(value=11.2)
    )
    assert proposed("Marot: -8.4%", fall) == "Marot: -11.2%"
    assert proposed("Marot: minus 8.4%", fall) == "Marot: minus 11.2%"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("About 4,600 homes are without power.", "about 4,600 homes cut off"),
        ("Sixty-three men were killed.", "sixty-three men killed"),
    ],
)
def test_what_a_text_says_is_printed_as_inside_a_sentence(words: str, says: str) -> None:
    (one,) = stale(words, POWER) or stale(words)
    assert one.says == says
