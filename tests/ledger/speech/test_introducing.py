"""The speaker of the words that follow: a name before a colon, or named by a sentence without a cue."""

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
    assert _before_a_quotation("From Reuters:") == ("Reuters", "Reuters", "", "direct")


def test_words_that_present_somebodys_view_name_whose_the_quotation_behind_is() -> None:
    intro = "Here is Ana Ruiz's typically blunt view of the match."
    assert _before_a_quotation(intro) == ("Ana Ruiz", "Ana Ruiz", "", "direct")
    assert _before_a_quotation("Here's Ana Ruiz of Mida:")[1] == "Ana Ruiz"
    assert _before_a_quotation("Here is our Mida correspondent, Ana Ruiz, on what they want:")[0] == "Ana Ruiz"
    assert _before_a_quotation("Here is the city's harbour, seen from afar.")[0] == ""


@pytest.mark.parametrize(
    ("intro", "words", "source"),
    [
        ("Olga Lind has begun her farewell speech.", "The port is closed.", "Olga Lind"),
        ("Olga Lind will begin her speech at six.", "The port is closed.", ""),
        ("Olga Lind makes no apology. The port was a mistake.", "I own it.", "Olga Lind"),
        ("The port is closed. Olga Lind met Paul Osei.", "I own it.", ""),
        ("Olga Lind has a piece on the port. Here's a flavour:", "The port is closed.", "Olga Lind"),
        ("Olga Lind is back at the port. Here is her statement:", "The port is closed.", "Olga Lind"),
    ],
)
def test_words_set_off_are_of_who_speaks_and_of_nobody_where_two_may_be_meant(
    intro: str, words: str, source: str
) -> None:
    assert _before_a_quotation(intro, words)[0] == source


def _before_a_quotation(intro: str, words: str = "The port is closed.") -> tuple[str, str, str, str]:
    parts = (
        PartView(kind=Part.PARAGRAPH, text=intro, start=0),
        PartView(kind=Part.QUOTE, text=words, start=len(intro) + 2),
    )
    (one,) = attributions(PostView(number=1, parts=parts))
    return one.source, one.source_exact, one.cue, one.quote
