"""Where quoted words begin and end, for all kinds of quotation marks."""

import pytest

from asithappened.ledger.language.quotes import quotes
from asithappened.ledger.language.tokens import read
from tests.ledger.sayings import cues


def quoted(text: str) -> list[tuple[str, bool]]:
    """Return the quotations of a text, and whether their ends are marked."""
    tokens = read(text).tokens
    return [(text[tokens[one.first].start : tokens[one.last - 1].end], one.closed) for one in quotes(text, tokens)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“One,” he said. “Two.”", ["“One,”", "“Two.”"]),
        ("«Uno», dijo.", ["«Uno»"]),
        ("»So« sagt er, „und so“ auch.", ["»So«", "„und so“"]),
        ('“So it begins," he said.', ['“So it begins,"']),
        ('"So" and "so"', ['"So"', '"so"']),
        ("‘So,’ he said.", ["‘So,’"]),
        ("“An outer ‘inner’ end”", ["“An outer ‘inner’ end”"]),
    ],
)
def test_a_quotation_ends_at_the_mark_that_closes_it(text: str, found: list[str]) -> None:
    assert quoted(text) == [(words, True) for words in found]


@pytest.mark.parametrize("text", ["It’s the dogs' bowl.", "The ’80s and the '90s.", 'A pipe of 6" and more.'])
def test_an_apostrophe_and_a_sign_of_inches_open_nothing(text: str) -> None:
    assert quoted(text) == []


def test_what_nobody_closes_goes_to_the_end() -> None:
    assert quoted("He said: “So it goes.") == [("“So it goes.", False)]


def test_marks_of_two_kinds_close_one_another_where_prose_mixes_them() -> None:
    assert cues('“All roads are shut," he told the council.') == [("he", "told")]
