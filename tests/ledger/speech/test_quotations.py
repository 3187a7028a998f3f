"""Words that nobody's verb claims: behind a colon, in a headline, turn by turn, and whose they are."""

import pytest

from asithappened.ledger.views import Part, PartView, PostView, of_text
from tests.ledger.sayings import attributions


def _uncued(post: PostView) -> list[tuple[str, str]]:
    return [(one.source, one.exact) for one in attributions(post) if not one.cue_end]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Olga Lind had no doubt: “We will not go.”", "Olga Lind"),
        ("Olga Lind, who sells fish: “We will not go.”", "Olga Lind"),
        ("A tape has a calm voice on it: “We will not go.”", ""),
        ("The band played their song: “We will not go.”", ""),
    ],
)
def test_a_quotation_behind_a_colon_is_of_the_person_before_it_and_else_of_nobody(text: str, source: str) -> None:
    assert _uncued(of_text(text)) == [(source, "“We will not go.”")]


@pytest.mark.parametrize(
    "text", ["They have a name for it: “the pit of doom.”", "We know how it begins: “It was late. It rained.”"]
)
def test_what_something_is_called_and_what_the_writer_quotes_is_said_by_nobody(text: str) -> None:
    assert _uncued(of_text(text)) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "“It is shut,” said Olga Lind. Who says so? “Everyone. My cousin.”",
            [("Olga Lind", "“Everyone. My cousin.”")],
        ),
        ("Olga Lind spoke. No, she said. Would she resign? “Next question.”", [("Olga Lind", "“Next question.”")]),
        ("“It is shut,” said Olga Lind. Did Osei know? “He knew it all.”", [("", "“He knew it all.”")]),
        ("“It is shut,” said Olga Lind. “It was shut all day.”", []),
    ],
)
def test_a_quotation_behind_a_question_is_one_of_its_own_and_of_who_spoke_where_the_question_names_nobody(
    text: str, words: list[tuple[str, str]]
) -> None:
    assert _uncued(of_text(text)) == words


def test_a_turn_of_a_transcript_is_its_whole_paragraph_and_questions_are_nobodys() -> None:
    asked = "We asked Jan Lund.\n\nQ: Was it safe?\n\nLund: The bridge. It held for 30 years."
    asked += "\n\nQ: And now?\n\nLund: No. Never."
    assert _uncued(of_text(asked)) == [("Jan Lund", "The bridge. It held for 30 years."), ("Jan Lund", "No. Never.")]
    radio = "PILOT: Two souls. And one dog.\n\nTOWER: Say again?\n\nPILOT: One dog, sir. He is fine."
    assert [words for _, words in _uncued(of_text(radio))] == [
        "Two souls. And one dog.",
        "Say again?",
        "One dog, sir. He is fine.",
    ]


def test_a_paragraph_that_begins_with_a_place_and_a_colon_is_no_turn() -> None:
    assert _uncued(of_text("Paris: the trains run. No delays.\n\nLyon: the trains stand. No buses.")) == []


def _headed(headline: str, text: str) -> list[tuple[str, str]]:
    parts = (
        PartView(kind=Part.TITLE, text=headline, start=0),
        PartView(kind=Part.PARAGRAPH, text=text, start=len(headline) + 2),
    )
    return [one for one in _uncued(PostView(number=1, parts=parts)) if one[1] in headline]


@pytest.mark.parametrize(
    "headline", ["‘You cannot gag a river’: Mida after the flood", "Mida 3-1 Kern: ‘You cannot gag a river’"]
)
def test_what_a_headline_quotes_is_of_who_says_the_same_in_the_post_and_of_nobody_where_two_do(headline: str) -> None:
    words = "‘You cannot gag a river’"
    assert _headed(headline, "“You cannot gag a river. It rose,” said Olga Lind.") == [("Olga Lind", words)]
    assert _headed(headline, "It rained for days.") == [("", words)]
    both = "“You cannot gag a river,” said Olga Lind. “You cannot gag a river,” said Jan Osei."
    assert _headed(headline, both) == [("", words)]


def test_a_headline_that_only_says_who_it_was_is_given_the_name_that_the_post_gives() -> None:
    words = "“You will surrender the boat”"
    told = "“You will surrender the boat,” said Ana Okafor, the judge."
    assert _headed(f"Judge to Lund: {words}", told) == [("Ana Okafor", words)]


@pytest.mark.parametrize("headline", ["Mida's ‘dark day’: a look back", "The ‘Sky Lark’ sails: Mida waves"])
def test_two_words_in_a_headlines_quotation_marks_are_nobodys(headline: str) -> None:
    assert _headed(headline, "It rained for days.") == []
