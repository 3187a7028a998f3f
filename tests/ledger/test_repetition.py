"""Which sentences an older post has too: by evaluation/GUIDELINE.md."""

import pytest

from asithappened.ledger.repetition import Repetitions
from asithappened.ledger.suggestions import Repetition
from tests.ledger.reading_text import page, suggested

SAID = "The harbour master said the last ferry had left before the storm reached the islands."


def repeated(*texts: str, number: int = 1) -> list[Repetition]:
    return [one for one in suggested(Repetitions(), page(*texts), number) if isinstance(one, Repetition)]


def test_a_sentence_of_an_older_post_is_a_repetition() -> None:
    (one,) = repeated(
        f"Summary. {SAID} More follows.", "Nothing else happened all day long here.", f"{SAID} So it goes."
    )
    assert (one.exact, one.other_post, one.relation) == (SAID, 3, "restates")
    assert page("", "", f"{SAID} So it goes.").posts[2].text[one.other_start : one.other_end] == SAID


def test_the_nearest_older_post_is_the_other() -> None:
    assert [one.other_post for one in repeated("Other words stand here today.", SAID, SAID, SAID, number=2)] == [3]


def test_nothing_is_repeated_of_a_newer_post() -> None:
    assert repeated(SAID, "Something else.", number=2) == []


def test_what_differs_is_listed() -> None:
    (one,) = repeated(SAID.replace("islands", "Hebrides") + "", SAID.replace("islands", "Orkneys"))
    assert (one.relation, one.differs) == ("differs", ("hebrides",))
    (one,) = repeated(
        "The toll has now risen to 89 in the mine near the old border, officials said.",
        "The toll has risen to 63 in the mine near the old border, officials said.",
    )
    assert (one.relation, one.differs) == ("updates", ("89",))


def test_what_is_denied_contradicts() -> None:
    (one,) = repeated(SAID.replace("had left", "had not left"), SAID)
    assert one.relation == "contradicts"


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ("The mayor said in a letter: “All of the ferries will sail on Sunday again.”",
         "All of the ferries will sail on Sunday again."),
        ("Señor Muñoz doesn’t know when the ferry sails.", "Senor Munoz doesn't know when the ferry sails."),
        ("The new ferry left for islands in the rain at dawn.", "The old ferry left for islands in a rain at dawn."),
        ("Storm Shuts The Harbour And All Quays", "Storm Shuts The Harbour And All Quays"),
        ("Photographs of the harbour show what is left.", "Photographs of the harbour show what is left."),
        ("The U.S. Coast Guard has called off its search.", "The U.S. Coast Guard has called off its search."),
    ],
)  # fmt: skip
def test_what_is_nearly_word_for_word_is_a_repetition(new: str, old: str) -> None:
    assert [one.relation in {"restates", "differs"} for one in repeated(new, old)] == [True]


def test_what_an_older_sentence_says_beside_what_is_repeated_is_no_denial_of_it() -> None:
    (one,) = repeated(SAID, f"Nobody was on the island by then, it was not said by whom, but {SAID.lower()}")
    assert one.relation == "restates"


def test_a_sentence_that_leads_to_a_quotation_is_repeated_whole_where_it_is_whole_and_else_the_quotation() -> None:
    leads, words = "In a long letter to the harbour board the mayor said:", "“All of the ferries will sail again.”"
    assert [one.exact for one in repeated(f"{leads} {words}", f"{leads} {words}")] == [f"{leads} {words}"]
    assert [one.exact for one in repeated(f"{leads} {words}", words)] == [words]


def test_a_name_by_its_initials_is_no_other_name() -> None:
    (one,) = repeated(
        "The UN envoy will sail to the islands on the last ferry tonight.",
        "The United Nations envoy Ana Ruiz will sail to the islands on the last ferry tonight.",
    )
    assert one.relation == "restates"


@pytest.mark.parametrize(
    "text",
    [
        "Four short words only.",
        "You can read the whole piece about the storm and the islands here.",
        "Here is a summary of what happened on the islands today.",
        "The harbour master of the islands said:",
        "https://example.org/live/2024/05/17/the-storm-on-the-islands-and-the-ferry",
        "Ann Lee Bob Ray Cy Dee Flo May",
    ],
)
def test_standing_phrases_repeat_nothing(text: str) -> None:
    assert repeated(text, text) == []
