"""Outlets that relay something: which statement each relayed, in its sentence or after it."""

import pytest

from tests.ledger.sayings import attributions


@pytest.mark.parametrize(
    ("text", "relays"),
    [
        ("The Herald reports that the mayor said the port was closed.", [("The Herald", "reports")]),
        ("The mayor told the Herald that the port was closed.", [("The Herald", "told")]),
        ("The mayor said the port was closed. (via Reuters)", [("Reuters", "reports")]),
        ("The mayor said the port was closed.", []),
    ],
)
def test_an_outlet_is_tied_to_the_innermost_statement_that_came_by_it(text: str, relays: list[tuple[str, str]]) -> None:
    inner = next(one for one in attributions(text) if "mayor" in one.source_exact)
    assert [(relay.outlet, relay.mode) for relay in inner.relays] == relays
