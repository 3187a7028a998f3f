"""Where a statement begins and ends, how it is quoted, and which statements an outlet relayed."""

import pytest

from tests.ledger.sayings import attributions


def test_of_a_chain_the_innermost_statement_has_the_relays_in_order() -> None:
    text = "Reuters, citing Xinhua, reports that the mayor said the port was closed."
    inner = next(one for one in attributions(text) if one.source == "mayor")
    assert [(relay.outlet, relay.mode) for relay in inner.relays] == [("Reuters", "reports"), ("Xinhua", "citing")]


@pytest.mark.parametrize(
    ("text", "exact", "quote"),
    [
        ("Lind said the bridge would stay shut.", "the bridge would stay shut", "indirect"),
        ("Lind said the bridge was “a wreck”.", "the bridge was “a wreck”", "mixed"),
        ("“It is a wreck,” said Lind.", "“It is a wreck,”", "direct"),
        ("The bridge was shut, Lind said.", "The bridge was shut", "indirect"),
    ],
)
def test_what_is_said_is_exact_and_quoted_as_it_is_printed(text: str, exact: str, quote: str) -> None:
    assert [(one.exact, one.quote) for one in attributions(text)] == [(exact, quote)]
