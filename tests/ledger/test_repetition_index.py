"""The index of a live blog's sentences: what it has of a post, and that it is updated with the live blog."""

import pytest

from asithappened.ledger import repetition_index
from asithappened.ledger.repetition import Repetitions
from asithappened.ledger.views import BlogView, Part, PartView, PostView, of_text

SAID = "The harbour master said the last ferry had left before the storm reached the islands."


def test_the_index_follows_a_live_blog_that_grows_and_changes() -> None:
    old = [of_text(SAID, number=2), of_text("The lighthouse keeper waved at all of the passing boats.", number=3)]
    newest = of_text(SAID, number=1)
    suggester = Repetitions()
    assert [one.other_post for one in suggester.suggest(newest, BlogView(posts=(newest, *old)))] == [2]
    changed = [of_text("It was withdrawn by its author this very morning.", number=2), old[1]]
    assert list(suggester.suggest(newest, BlogView(posts=(newest, *changed)))) == []
    later = [of_text("Nothing to see in this one, said nobody at all.", number=1)]
    moved = [of_text(SAID, number=2), of_text(SAID, number=3), of_text(old[1].text, number=4)]
    assert [one.other_post for one in suggester.suggest(moved[0], BlogView(posts=(*later, *moved)))] == [3]


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("It rained. It poured.", ["It rained.", "It poured."]),
        ("• One item\n• Another item", ["One item", "Another item"]),
        (
            "The U.S. Coast Guard and Mr. Lind left. Nobody saw.",
            ["The U.S. Coast Guard and Mr. Lind left.", "Nobody saw."],
        ),
    ],
)
def test_a_post_is_cut_into_the_sentences_that_it_prints(text: str, exact: list[str]) -> None:
    assert [text[one.start : one.end] for one in repetition_index.sentences(of_text(text))] == exact


def test_a_signature_has_no_sentences() -> None:
    parts = (PartView(kind=Part.SIGNATURE, text="Ada Quill, harbour master"),)
    assert repetition_index.sentences(PostView(number=1, parts=parts)) == ()
