"""News prose of many kinds: who said something according to the text, and by which cue."""

import pytest

from tests.ledger.sayings import cues, lines


@pytest.mark.parametrize(("text", "found"), lines("prose.txt"))
def test_a_sentence_gives_its_cues_with_whose_they_are(text: str, found: str) -> None:
    assert "; ".join(f"{source} > {cue}".strip() for source, cue in cues(text)) == found
