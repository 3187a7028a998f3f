"""A figure is revised only if the text itself says so."""

import pytest

from asithappened.ledger.revisions import Revisions
from asithappened.ledger.suggestions import Revision
from tests.ledger.reading_text import page, suggested


def revised(*texts: str, number: int = 1, language: str = "en") -> list[Revision]:
    return [one for one in suggested(Revisions(), page(*texts, language=language), number) if isinstance(one, Revision)]


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("The death toll was raised to 89 from 63.", 63, 89),
        ("The army now reports 89 dead, previously put at 63.", 63, 89),
        ("The toll is 89, not 63 as earlier reported.", 63, 89),
        ("It raised its estimate from 63 to 89 dead.", 63, 89),
        ("December's increase was revised down from 238,000 to 227,000.", 238_000, 227_000),
        ("Growth of 3% is forecast, down from its April forecast of 4%.", 4, 3),
        ("The blast killed 89 miners, officials said. The ministry previously said 63 miners were killed.", 63, 89),
        ("A toll of 89 was given, up from a previous toll of 63.", 63, 89),
    ],
)
def test_a_stated_revision_is_suggested(text: str, old: float, new: float) -> None:
    (one,) = revised(text)
    assert (one.old, one.new, one.basis) == (old, new, "stated")


@pytest.mark.parametrize(
    "text",
    [
        "Sales were 9m, up from 7m a year ago.",
        "Inflation fell to 6.1% from 6.5% in May.",
        "Support halved to 36%, and the score was 40 before.",
        "The blast killed 89 miners. Officials said 63 homes were hit.",
        "63 people died on Monday and 89 on Tuesday.",
        "The train carried 89 people. It was previously said to have 900 seats.",
        "The index rose to 5,120 from 5,080.",
        "She won 12 medals, up from 9 at the previous games.",
        "Police arrested 12 men. The ministry previously said 10 men were killed.",
    ],
)
def test_a_comparison_is_no_revision(text: str) -> None:
    assert revised(text) == []


def test_two_posts_that_print_different_figures_revise_nothing() -> None:
    assert revised("The blast killed 89 miners.", "The blast killed 63 miners.") == []


def test_a_revision_is_said_once_where_it_was_stated_first() -> None:
    said = "The blast killed 89 miners. The ministry previously said 63 miners were killed."
    assert revised(f"Summary. {said}", "Nothing new.", said) == []
    assert len(revised("Nothing new.", said, number=2)) == 1


def test_places_and_what_became_of_those_counted_stand_with_a_revision() -> None:
    (one,) = revised("The blast in Donetsk killed 89 miners. Moscow previously said 63 miners were killed.")
    assert (one.counted, one.outcome, one.places) == ("miners", "killed", ("Donetsk",))


def test_german_is_begun() -> None:
    text = "Bei dem Angriff wurden 89 Soldaten getötet. Zuvor hieß es, 63 Soldaten seien getötet worden."
    (one,) = revised(text, language="de")
    assert (one.old, one.new) == (63, 89)
