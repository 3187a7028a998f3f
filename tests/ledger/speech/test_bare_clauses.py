"""Clauses that follow a cue without "that"."""

import pytest

from asithappened.ledger.speech.bare_clauses import bare_clause
from asithappened.ledger.speech.grammar import grammar
from tests.ledger.sayings import items


@pytest.mark.parametrize(
    ("text", "strict", "begins"),
    [
        ("Lind said the bridge was safe.", False, "the"),
        ("Lind said he would go.", False, "he"),
        ("Lind estimated about 1,200 homes had gone.", False, "1,200"),
        ("Lind said goodbye.", False, ""),
        ("Lind noted the time and left.", False, ""),
        ("Figures show the bridge was safe.", True, "the"),
        ("Figures show the EU tracked 60m calls.", True, "the"),
        ("Lind found it dull.", True, ""),
        ("Lind showed a wish to go on with the challenges we will face.", True, ""),
    ],
)
def test_a_clause_begins_behind_a_cue_without_that_where_its_verb_shows(text: str, strict: bool, begins: str) -> None:
    words = items(text)
    at = bare_clause(words, 2, grammar("en"), strict=strict)
    assert (words[at].low if at >= 0 else "") == begins
