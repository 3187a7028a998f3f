"""A figure is revised only if the text itself says so."""

import pytest

from asithappened.ledger.amounts.revisions import Revisions
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
        ("At least 64 people have been killed, up from 58 at noon.", 58, 64),
        ("Four more were pulled out; 12 are missing, down from 19.", 19, 12),
        ("The party now has 30 seats, up from an initial 28.", 28, 30),
        ("The institute has revised its exit poll. The Greens get 38 seats rather than 39.", 39, 38),
        ("The figure was corrected: 12 boats sank instead of 14.", 14, 12),
        ("Seven passengers were hurt, two more than previously known.", 5, 7),
        ("Seven passengers were hurt, two fewer than first reported.", 9, 7),
    ],
)
def test_a_stated_revision_is_suggested(text: str, old: float, new: float) -> None:
    (one,) = revised(text)
    assert (one.old, one.new, one.basis) == (old, new, "stated")


@pytest.mark.parametrize(
    "text",
    [
        "Sales were 9m, up from 7m a year ago.",
        "Police arrested 12 men, up from 9 the night before.",
        "In 2014 63 people were killed on the road, up from 58 in May.",
        "He chose 38 oranges rather than 39 apples.",
        "The club signed seven players, two more than planned.",
        "The club signed seven players, two more than originally planned.",
        "He drove from 63 to 89 Mill Road.",
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


@pytest.mark.parametrize(
    ("text", "language", "old", "new"),
    [
        ("Bei dem Angriff wurden 89 Soldaten getötet. Zuvor hieß es, 63 Soldaten seien getötet worden.", "de", 63, 89),
        ("Die Zahl der Toten stieg von 63 auf 89.", "de", 63, 89),
        ("Die Zahl der Verletzten hat sich von 43 auf 61 erhöht.", "de", 43, 61),
        ("Die Behörden korrigierten die Zahl der Vermissten von 24 auf 16.", "de", 24, 16),
        ("La cifra de muertos subió de 63 a 89.", "es", 63, 89),
        ("El balance se eleva de 63 a 89 muertos.", "es", 63, 89),
        ("Protección Civil ha rebajado el número de desaparecidos de 24 a 16.", "es", 24, 16),
    ],
)
def test_german_and_spanish_state_it_too(text: str, language: str, old: float, new: float) -> None:
    (one,) = revised(text, language=language)
    assert (one.old, one.new) == (old, new)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Der Zug fährt von 6 auf 8 Gleisen.", "de"),
        ("Die Miete stieg von 630 auf 890 Euro.", "de"),
        ("El tren pasa de 6 a 8 vagones.", "es"),
        ("El precio subió de 63 a 89 euros.", "es"),
    ],
)
def test_what_only_grows_is_no_revision(text: str, language: str) -> None:
    assert revised(text, language=language) == []
