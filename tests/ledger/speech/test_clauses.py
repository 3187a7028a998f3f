"""Sentences as rules read them: function words with their possible roles, each quotation as one item."""

from asithappened.ledger.speech import clauses
from asithappened.ledger.speech.clauses import units
from asithappened.ledger.speech.grammar import grammar
from tests.ledger.sayings import items

ENGLISH = grammar("en")


def test_a_quotation_is_one_item_whatever_stands_in_it() -> None:
    first, second = units("“It is over. I quit,” said Lind. He left.", ENGLISH)
    assert [item.text for item in first.items] == ["“It is over. I quit,”", "said", "Lind", "."]
    assert first.items[0].kind == "quote"
    assert clauses.inside_of(first.items[0]) == "It is over. I quit,"
    assert not second.after_quote


def test_a_sentence_behind_a_quotation_knows_it() -> None:
    assert [unit.after_quote for unit in units("“Never!” Smith said so.", ENGLISH)][-1]


def test_a_small_word_with_a_capital_may_be_a_name() -> None:
    assert [item.text for item in items("US stocks told us in May.") if item.may("object")] == ["us"]
    assert not items("Theresa May said so.")[1].roles
    assert items("May I leave?")[0].may("modal")


def test_what_the_next_part_goes_on_with_is_a_quotation_though_nobody_closes_it() -> None:
    text = "He said: “It is late."
    assert [unit.items[-1].kind for unit in units(text, ENGLISH, continued=True)] == ["quote"]
    assert "quote" not in [item.kind for unit in units(text, ENGLISH) for item in unit.items]


def test_a_sentence_that_does_not_end_is_read_in_pieces() -> None:
    pieces = units("so " * (clauses.LONGEST + 1), ENGLISH)
    assert [len(one.items) for one in pieces] == [clauses.LONGEST, 1]
