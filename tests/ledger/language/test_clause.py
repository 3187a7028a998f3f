"""A sentence as a sweep reads it: its clauses, and the words in it that mark something."""

import pytest

from asithappened.ledger.language import clause


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("The toll, put at 63, has risen.", ["The toll", "put at 63", "has risen ."]),
        ("Deaths: 63 (of 89)", ["Deaths", "63", "of 89"]),
        ("Between 60–65 were hurt.", ["Between 60 – 65 were hurt ."]),
    ],
)
def test_a_clause_ends_at_a_comma_a_bracket_and_a_colon_but_inside_no_number(text: str, clauses: list[str]) -> None:
    [sentence] = clause.sentences(text, "en")
    assert [" ".join(token.text for token in sentence.tokens[a:b]) for a, b in sentence.clauses] == clauses


def test_a_short_clause_before_a_colon_is_a_label() -> None:
    [sentence] = clause.sentences("Deaths: 63", "en")
    assert [sentence.heads(number) for number in range(2)] == [True, False]


def test_what_became_of_somebody_is_told_by_the_words_of_the_list() -> None:
    [sentence] = clause.sentences("Officials said 63 had been killed.", "en")
    assert set(sentence.outcomes.values()) == {"killed"}
    assert [sentence.tokens[at].low for at in sentence.said] == ["said"]


def test_a_sentence_that_does_not_end_is_read_in_pieces() -> None:
    pieces = clause.sentences("so " * (clause.LONGEST + 1), "en")
    assert [one.last - one.first for one in pieces] == [clause.LONGEST, 1]


@pytest.mark.parametrize(("one", "other"), [("deaths", "death"), ("evacuated", "evacuees")])
def test_words_of_one_stem_share_it(one: str, other: str) -> None:
    assert clause.stem(one) == clause.stem(other)


def test_some_plurals_have_a_stem_of_their_own() -> None:
    assert clause.stem("homes") != clause.stem("home")
