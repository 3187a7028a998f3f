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
        ("The bridge was shut, according to Lind.", "The bridge was shut,", "indirect"),
        ("According to Lind, the bridge would stay shut.", "the bridge would stay shut", "indirect"),
        ("But according to the mayor, Ada Lind, it was shut.", "it was shut", "indirect"),
        ("According to Lind, “it is a wreck”.", "“it is a wreck”", "direct"),
        ("According to Lind it was shut.", "According to Lind it was shut", "indirect"),
        ("According to Lind.", "According to Lind", "indirect"),
        ("According to Lind,", "According to Lind,", "indirect"),
    ],
)
def test_what_is_said_is_exact_and_quoted_as_it_is_printed(text: str, exact: str, quote: str) -> None:
    assert [(one.exact, one.quote) for one in attributions(text)] == [(exact, quote)]


@pytest.mark.parametrize(
    ("language", "text", "exact"),
    [
        ("de", "Laut Polizei wurden 1.200 Häuser geräumt.", "Laut Polizei wurden 1.200 Häuser geräumt"),
        ("de", "Die Häuser wurden geräumt, laut Polizei.", "Die Häuser wurden geräumt,"),
        ("es", "Según la policía, las casas fueron evacuadas.", "las casas fueron evacuadas"),
    ],
)
def test_what_is_said_behind_its_source_is_not_the_source_alone(language: str, text: str, exact: str) -> None:
    assert [one.exact for one in attributions(text, language)] == [exact]
