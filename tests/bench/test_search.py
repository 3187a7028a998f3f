"""The installation that is searched has words enough, and gets the same queries in every run."""

from bench.search import KINDS, _queries
from bench.searcher import WORDS, word


def test_every_word_is_another_and_long_enough_for_its_beginning_to_be_one() -> None:
    words = [word(number) for number in range(WORDS)]
    assert len(set(words)) == WORDS
    assert min(map(len, words)) >= 4


def test_every_kind_of_query_is_for_the_installation_as_often_as_for_a_live_blog() -> None:
    queries = list(_queries(6, 3))
    assert queries == list(_queries(6, 3))
    for kind in KINDS:
        for_all = [one["address"].startswith("/search?q=") for one in queries if one["kind"] == kind]
        assert for_all.count(True) == for_all.count(False) == 3
