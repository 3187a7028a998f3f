"""All statements in a sentence, and in the quotations inside it."""

import pytest

from asithappened.ledger.language import lexicon
from asithappened.ledger.speech.sentences import sentences_of
from tests.ledger.sayings import speakers


def test_cues_of_verbs_and_of_nouns_stand_in_their_order() -> None:
    [sentence] = sentences_of("According to police it was late, the mayor said, adding that it was dark.", "en")
    assert [one.lemma for one in sentence.said] == ["according to", "say", "add"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“He told me that he was sorry,” Ana Ruiz said.", ["", "Ana Ruiz"]),
        ("“I told him that it was over,” Ana Ruiz said.", ["Ana Ruiz"] * 2),
        ("“The toll is 12, Jan Osei said on Friday,” the Mida Herald reports.", ["Jan Osei", "Mida Herald"]),
    ],
)
def test_who_is_quoted_inside_a_quotation_counts_too(text: str, found: list[str]) -> None:
    assert sorted(speakers(text)) == sorted(found)


def test_a_quotation_inside_a_quotation_is_read_and_none_inside_that() -> None:
    [sentence] = sentences_of("Lind said: “Osei told me: ‘Roth said: «It was surely late»’, and left.”", "en")
    [outer] = sentence.quoted
    assert [one.lemma for inner in outer.sentences for one in inner.said] == ["tell"]


def test_sentences_are_read_again_by_other_lists_of_words() -> None:
    once = sentences_of("Lind said no.", "en")
    assert sentences_of("Lind said no.", "en") is once
    lexicon.use(None)
    assert sentences_of("Lind said no.", "en") is not once
