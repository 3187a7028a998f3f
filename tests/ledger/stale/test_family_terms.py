"""The phrases that one series is found by."""

from asithappened.ledger.stale import family_terms


def test_a_german_word_is_of_the_thing_that_it_ends_with() -> None:
    assert family_terms.headed("streckensperrungen", "de") == "sperrung"
    assert not family_terms.headed("streckensperrungen", "en")


def test_words_tell_a_state_of_the_things_that_the_list_names() -> None:
    assert "strike" in set(family_terms.kinds_of("on strike", "en"))
