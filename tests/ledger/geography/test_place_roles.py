"""Which role a place plays in its sentence."""

import pytest

from tests.ledger.reading_text import places


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("A shell fell in Kherson.", "event"),
        ("Missiles were launched from Belgorod.", "origin"),
        ("Moscow said it knew nothing.", "metonym"),
        ("Talks between Kyiv and its creditors failed.", "metonym"),
        ("The UK government fell.", "metonym"),
        ("Growth beats that of Germany.", "reference"),
    ],
)
def test_a_place_has_a_role(text: str, role: str) -> None:
    assert places(text)[0].role == role
