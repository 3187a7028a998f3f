"""A sweep lists what still asserts an old figure as current, with its correction."""

import pytest

from asithappened.ledger.changes import Moved, Text, Value, plain
from asithappened.ledger.stale.sweep import sweep
from asithappened.ledger.views import Part, PartView, PostView
from tests.ledger.sweeping import TOLL, WEDNESDAY, proposed, stale


@pytest.mark.parametrize(
    ("words", "right"),
    [
        ("At 14:05 officials said 63 had been killed.", "At 14:05 officials said 89 had been killed."),
        ("63 miners were killed in the collapse at Hollin.", "89 miners were killed in the collapse at Hollin."),
        ("At least 63 people died in the pit.", "At least 89 people died in the pit."),
        ("More than 60 miners were killed.", "89 miners were killed."),
        ("Hollin collapse: 63 dead", "Hollin collapse: 89 dead"),
        ("Death toll at 63", "Death toll at 89"),
        ("The number of dead has risen to 63.", "The number of dead has risen to 89."),
        ("Death toll rises to 63 from 40", "Death toll rises to 89 from 40"),
        ("Sixty-three miners were killed, the union says.", "Eighty-nine miners were killed, the union says."),
        ("63 miners were killed on Sunday when it fell.", "89 miners were killed on Sunday when it fell."),
        ("She denied a part in the blast that killed 63 men.", "She denied a part in the blast that killed 89 men."),
        ("63 were killed, the worst disaster since 1951.", "89 were killed, the worst disaster since 1951."),
        ("The collapse claimed the lives of 63 people.", "The collapse claimed the lives of 89 people."),
        ("A blast earlier today killed 63 miners, he said.", "A blast earlier today killed 89 miners, he said."),
        ("The toll, currently 63, is expected to rise.", "The toll, currently 89, is expected to rise."),
        ("The death toll has climbed to sixty-three.", "The death toll has climbed to eighty-nine."),
        ("Sixty-three bodies have been recovered.", "Eighty-nine bodies have been recovered."),
    ],
)  # fmt: skip
def test_what_asserts_an_old_figure_is_listed_with_its_correction(words: str, right: str) -> None:
    assert proposed(words) == right


@pytest.mark.parametrize(
    ("language", "words", "right"),
    [
        ("de", "63 Menschen wurden getötet.", "89 Menschen wurden getötet."),
        ("de", "Dreiundsechzig Menschen starben.", "89 Menschen starben."),
        ("de", "Die Behörden sprachen zuvor von 63 Toten.", ""),
        ("de", "Die Zahl der Toten stieg von 63 auf 89.", ""),
        ("de", "Weitere 63 Menschen wurden getötet.", ""),
        ("de", "Die Zahl der Toten ist auf 63 gestiegen.", "Die Zahl der Toten ist auf 89 gestiegen."),
        ("de", "Am Montag hatte die Polizei 63 Tote gemeldet.", ""),
        ("de", "89 Tote, nicht 63, wie zunächst gemeldet.", ""),
        ("de", "In Hollin werden 63 Menschen getötet.", "In Hollin werden 89 Menschen getötet."),
        ("de", "Es werden 63 Tote erwartet.", ""),
        ("es", "63 personas murieron en el derrumbe.", "89 personas murieron en el derrumbe."),
        ("es", "Sesenta y tres personas murieron.", "89 personas murieron."),
        ("es", "Anteriormente se habló de 63 muertos.", ""),
        ("es", "El balance subió de 63 a 89 muertos.", ""),
        ("es", "63 personas resultaron heridas.", ""),
        ("es", "El balance es de 63 muertos.", "El balance es de 89 muertos."),
        ("es", "Las autoridades habían informado de 63 muertos.", ""),
        ("es", "Son 89 muertos y no 63.", ""),
    ],
)
def test_german_and_spanish_are_read_by_their_own_lists(language: str, words: str, right: str) -> None:
    counted = {"de": "Menschen", "es": "personas"}[language]
    toll = Moved(key="t", label="", counted=counted, outcome="killed", old=(Value(value=63),), new=Value(value=89))
    assert proposed(words, toll, language=language) == (right or words)


def test_a_paragraph_that_gives_the_newest_knows_and_another_of_its_post_does_not() -> None:
    post = "The toll is 89, the union says.\n\n• 63 miners were killed at Hollin."
    (one,) = stale(post)
    assert post[one.start : one.end] == "63"
    assert one.sentence == "• 63 miners were killed at Hollin."
    assert post[one.sentence_start :].startswith(one.sentence)


def test_a_timeline_that_goes_on_to_the_newest_is_not_listed() -> None:
    assert stale("09:10 – 63 miners are dead\n\n12:00 – 89 are dead, the union says", at=None) == []
    assert len(stale("14:00 – 63 miners are dead\n\n14:05 – Rescuers go down")) == 1


def test_a_quotation_that_is_led_to_from_an_earlier_day_is_not_listed() -> None:
    parts = (
        PartView(kind=Part.PARAGRAPH, text="On Monday the mayor said:"),
        PartView(kind=Part.QUOTE, text="We have lost 63 miners killed.", start=27, author="The mayor"),
    )
    led = Text(key="a", view=PostView(number=1, parts=parts), at=WEDNESDAY)
    alone = Text(key="a", view=PostView(number=1, parts=parts[1:]), at=WEDNESDAY)
    assert list(sweep([TOLL], [led])) == []
    assert len(list(sweep([TOLL], [alone]))) == 1


def test_a_figure_that_stands_in_another_series_is_not_listed() -> None:
    crew = Moved(key="crew", label="Rescuers killed", counted="miners", outcome="killed", new=Value(value=63))
    words = [plain("a", "63 miners were killed.")]
    assert len(list(sweep([TOLL], words))) == 1
    assert list(sweep([TOLL, crew], words)) == []
