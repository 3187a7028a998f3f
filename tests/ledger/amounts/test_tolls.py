"""What becomes of those whom a figure without words of its own counts."""

import pytest

from asithappened.ledger.amounts import figures


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("At least 64 people were killed, up from 58 at noon.", [("people", "killed"), ("people", "killed")]),
        ("Twelve boats are missing, down from 14.", [("boats", "missing"), ("boats", "missing")]),
        ("1,214 people were hurt, 86 of them critically.", [("people", "injured"), ("people", "injured")]),
        ("The ministry raised the death toll to 64.", [("", "killed")]),
        ("The number of injured rose to 22.", [("", "injured")]),
        ("The death toll rises to 64", [("", "killed")]),
        ("Turnout rose to 64%, up from 58%.", [("", ""), ("", "")]),
        ("The road toll was raised to £4.", [("", "")]),
        ("The number of seats rose to 64.", [("", "")]),
        ("The club won 12 games, up from 9 last year.", [("games", ""), ("games", "")]),
    ],
)
def test_a_figure_takes_what_it_counts_from_the_one_before_or_from_its_toll(
    text: str, found: list[tuple[str, str]]
) -> None:
    assert [(one.counted, one.outcome) for one in figures.in_text(text, "en")] == found
