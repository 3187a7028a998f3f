"""A list's phrases among words: the longest at each place, with gaps and open endings."""

import pytest

from asithappened.ledger.language.wordings import Wordings

PHRASES = Wordings(
    {"no": ("denied",), "no longer": ("past",), "was … closed": ("ended",), "evacuat~": ("moved",), "didn't": ("not",)}
)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("it is no longer shut", ["no longer"]),
        ("no evacuation no longer", ["no", "evacuat~", "no longer"]),
        ("it was very firmly closed", ["was … closed"]),
        ("it was one two three four five six seven closed", []),
        ("it was shut . closed", []),
        ("they didn't go", ["didn't"]),
        ("nothing of the kind", []),
    ],
)
def test_the_longest_phrase_at_a_place_is_found_and_none_inside_it(words: str, found: list[str]) -> None:
    assert [one.phrase for one in PHRASES.find(words.split())] == found


def test_a_phrase_is_found_with_its_words_and_what_the_list_says_of_it() -> None:
    [one] = PHRASES.find(["it", "is", "no", "longer", "shut"])
    assert (one.first, one.last, one.values) == (2, 4, ("past",))
