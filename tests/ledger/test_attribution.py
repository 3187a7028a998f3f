"""Who said what: cues, sources, speakers, quotations and structure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asithappened.ledger import gate
from asithappened.ledger.attribution import Attributions
from asithappened.ledger.views import Part, PartView, PostView
from tests.ledger.sayings import alone, attributions, cues


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The mayor said the bridge would open on Friday.", [("The mayor", "said")]),
        ("Two people were hurt, police say.", [("police", "say")]),
        ("The minister was quoted as saying that taxes would rise.", [("The minister", "was quoted as saying")]),
    ],
)
def test_a_cue_is_found_with_whose_it_is(text: str, found: list[tuple[str, str]]) -> None:
    assert cues(text) == found


def test_a_social_post_is_its_authors() -> None:
    parts = (
        PartView(kind=Part.SOCIAL, text="The bridge is closed.", start=0, author="Mida Fire", channel="twitter"),
        PartView(kind=Part.SIGNATURE, text="— Mida Fire (@mida)", start=23, author="Mida Fire", channel="twitter"),
    )
    (one,) = attributions(PostView(number=1, parts=parts))
    assert (one.source, one.source_exact, one.cue, one.channel, one.quote) == (
        "Mida Fire", "Mida Fire", "", "x", "direct",
    )  # fmt: skip


def test_a_quotation_set_off_is_of_whom_the_words_before_it_name() -> None:
    parts = (
        PartView(kind=Part.PARAGRAPH, text="Olga Lind said:", start=0),
        PartView(kind=Part.QUOTE, text="We were lucky.", start=17),
        PartView(kind=Part.QUOTE, text="It was close.", start=33),
    )
    (one,) = attributions(PostView(number=1, parts=parts))
    assert (one.source, one.cue, one.quote, one.end) == ("Olga Lind", "said", "direct", 46)


_PIECES = st.sampled_from(
    [
        *("said", "Lind", " ", ", ", ". ", "“", "”", "'", "’s", "the mayor", "who", "told", "that", ":", "\n\n", "and"),
        *("(", ")", "according to", "Reuters", "he", "it", "was", "not", "reports", "–", "", "in a statement", "3,000"),
    ]
)


@given(st.lists(_PIECES, max_size=40).map(" ".join) | st.text(max_size=120))
def test_whatever_the_text_what_is_suggested_passes_the_gate(text: str) -> None:
    dropped: list[gate.Dropped] = []
    gate.asked(Attributions(), *alone(text), dropped.append)
    assert not dropped


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("„Wir hatten Glück“, sagte Olga Lind.", "de", [("Olga Lind", "sagte")]),
        ("Die Polizei sagte, dass die Brücke offen ist.", "de", [("Die Polizei", "sagte")]),
        ("La policía dijo que el puente estaba abierto.", "es", [("La policía", "dijo")]),
        ("«Tuvimos suerte», dijo Olga Lind.", "es", [("Olga Lind", "dijo")]),
    ],
)
def test_german_and_spanish_are_begun(text: str, language: str, found: list[tuple[str, str]]) -> None:
    assert cues(text, language) == found
