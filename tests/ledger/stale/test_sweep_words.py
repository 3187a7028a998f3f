"""A sweep lists words that were corrected elsewhere, and the same error among other words."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from asithappened.ledger.changes import Change, Corrected, plain
from asithappened.ledger.stale.sweep_words import WordSweep
from asithappened.ledger.views import PartView
from tests.ledger.sweeping import proposed, stale

DIVER = Corrected(
    key="diver",
    was="one diver was unhurt",
    now="two divers were unhurt",
    sentence="The coastguard said one diver was unhurt.",
)


OPENED = Corrected(key="opened", was="the bridge opened in 1923", now="the bridge opened in 1932")


NAME = Corrected(key="name", was="Jon Smith", now="John Smith")


LANE = Corrected(key="lane", was="Chapel Lane", now="Chapel Street", sentence="A roof is burning in Chapel Lane.")


SENTENCE = Corrected(
    key="years", was="14 years", now="12 years", sentence="Martin Keele was sentenced to 14 years in prison for fraud."
)


WALL = Corrected(
    key="wall", was="Hallam Brothers", now="Hallam & Sons", sentence="The wall was built by Hallam Brothers in 1953."
)


DAY = Corrected(key="day", was="Tuesday", now="Wednesday", sentence="The inquest opens on Tuesday at Hollin court.")


TIME = Corrected(key="time", was="2:03:14", now="2:04:13", sentence="Dawit Abebe has won the marathon in 2:03:14.")


TOLL = Corrected(key="toll", was="63 people were killed", now="36 people were killed")


@pytest.mark.parametrize(
    ("change", "words", "right"),
    [
        (DIVER, "One diver was unhurt, the coastguard says.", "Two divers were unhurt, the coastguard says."),
        (OPENED, "When it opened in 1923, the bridge was wider.", "When it opened in 1932, the bridge was wider."),
        (NAME, "“JON SMITH” is the mayor.", "“John Smith” is the mayor."),
        (DAY, "The inquest will open on Tuesday.", "The inquest will open on Wednesday."),
        (TOLL, "Sixty-three people were killed.", "36 people were killed."),
        (TIME, "His 2:03:14 is built on a fast half.", "His 2:04:13 is built on a fast half."),
        (NAME, "Mr Smith left. Jon Smith came.", "Mr Smith left. John Smith came."),
        (WALL, "Hallam Brothers built the wall in 1953.", "Hallam & Sons built the wall in 1953."),
        (LANE, "The fire in Chapel Lane has spread.", "The fire in Chapel Street has spread."),
        (
            SENTENCE,
            "Keele was led away. He must serve half of his 14 years.",
            "Keele was led away. He must serve half of his 12 years.",
        ),
    ],
)
def test_the_same_error_is_listed_in_other_words_around_it(change: Change, words: str, right: str) -> None:
    assert proposed(words, change) == right
    assert stale(right, change) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (DIVER, "Correction: we said one diver was unhurt; two were."),
        (DIVER, "One diver was hurt."),
        (OPENED, "The school opened in 1923."),
        (OPENED, "She was born in 1923."),
        (DAY, "A match was played on Tuesday."),
        (DAY, "The inquest opens on Wednesday, not Tuesday."),
        (TOLL, "63 people were hurt."),
        (TIME, "We had reported 2:03:14 from the clock."),
        (NAME, "Jon Quill is the mayor."),
        (LANE, "Chapel Lane primary school is shut."),
        (LANE, "A fire began in Chapel Lane in 1834."),
        (SENTENCE, "Colin Strand was sentenced to 14 years."),
    ],
)
def test_a_note_that_corrects_and_the_same_word_about_another_thing_are_not_listed(change: Change, words: str) -> None:
    assert stale(words, change) == []


def test_right_words_that_hold_the_wrong_ones_are_no_error() -> None:
    longer = Corrected(key="l", was="the mayor of Hollin", now="the deputy of the mayor of Hollin")
    assert proposed("She is the mayor of Hollin.", longer) == "She is the deputy of the mayor of Hollin."
    assert stale("She is the deputy of the mayor of Hollin.", longer) == []


class Unfiltered(WordSweep):
    """A correction that is looked for in every part, whatever words it has."""

    def _may(self, part: PartView) -> bool:
        return True


VOCABULARY = "one diver Peter Novak 63 sixty-three half a dozen 6 six 4,600 4.6k thousand people the wall . , 1234567"


SPOKEN = st.lists(st.sampled_from(VOCABULARY.split()), max_size=14).map(" ".join)


@settings(max_examples=150)
@given(was=SPOKEN, now=SPOKEN, sentence=SPOKEN, words=SPOKEN)
@example(was="6", now="9", sentence="6 people", words="half a dozen people")
@example(was="4600", now="5", sentence="", words="4.6k people said")
def test_what_is_left_unread_for_its_words_has_nothing_to_find(was: str, now: str, sentence: str, words: str) -> None:
    corrected, text = Corrected(key="c", was=was, now=now, sentence=sentence), plain("t", words)
    assert list(WordSweep(corrected, "en").find(text)) == list(Unfiltered(corrected, "en").find(text))
