"""News prose in all its ways: who is printed to have said something by which cue, and who is meant."""

from pathlib import Path

import pytest

from tests.ledger.sayings import attributions, cues


def lines(name: str) -> list[tuple[str, str]]:
    """Return the texts of a file with what is behind their bars."""
    found = []
    for line in (Path(__file__).parent / name).read_text().splitlines():
        if not line.startswith("#"):
            text, _, behind = line.rpartition(" |")
            found.append((text, behind.strip()))
    return found


@pytest.mark.parametrize(("text", "found"), lines("prose.txt"))
def test_a_sentence_gives_its_cues_with_whose_they_are(text: str, found: str) -> None:
    assert "; ".join(f"{source} > {cue}".strip() for source, cue in cues(text)) == found


@pytest.mark.parametrize(("text", "who"), lines("speakers.txt"))
def test_who_speaks_is_resolved_by_what_the_text_says_before(text: str, who: str) -> None:
    assert "; ".join(one.source or "-" for one in attributions(text) if one.cue_end) == who
