"""Whose words come next: a name before a colon, or a sentence that names somebody and has no cue."""

import pytest

from asithappened.ledger.views import Part, PartView, PostView
from tests.ledger.sayings import attributions


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("Ana Ruiz: “We were lucky.”", ["Ana Ruiz"]),
        ("Paris: the trains are running again.", []),
    ],
)
def test_a_name_and_a_colon_give_a_quotation_and_a_place_gives_nothing(text: str, sources: list[str]) -> None:
    assert [one.source for one in attributions(text)] == sources


def test_a_sentence_that_only_names_whose_words_follow_gives_the_quotation_set_off_behind_it() -> None:
    intro = "From Reuters:"
    parts = (
        PartView(kind=Part.PARAGRAPH, text=intro, start=0),
        PartView(kind=Part.QUOTE, text="The port is closed.", start=len(intro) + 2),
    )
    (one,) = attributions(PostView(number=1, parts=parts))
    assert (one.source, one.cue, one.quote) == ("Reuters", "", "direct")
