"""The house that is searched has words enough, and is asked the same in every run."""

from bench.search import KINDS, _questions
from bench.searcher import WORDS, word


def test_every_word_is_another_and_long_enough_for_its_beginning_to_be_one() -> None:
    words = [word(number) for number in range(WORDS)]
    assert len(set(words)) == WORDS
    assert min(map(len, words)) >= 4


def test_every_sort_of_question_is_asked_as_often_of_the_house_as_of_a_live_blog() -> None:
    asked = list(_questions(6, 3))
    assert asked == list(_questions(6, 3))
    for kind in KINDS:
        of_the_house = [one["address"].startswith("/search?q=") for one in asked if one["kind"] == kind]
        assert of_the_house.count(True) == of_the_house.count(False) == 3
