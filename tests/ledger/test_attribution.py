"""Who said what: cues, sources, speakers, quotations and structure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asithappened.ledger import gate
from asithappened.ledger.attribution import Attributions
from asithappened.ledger.views import Part, PartView, PostView
from tests.ledger.sayings import alone, attributions, cues, speakers


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The mayor said the bridge would open on Friday.", [("The mayor", "said")]),
        ("“We were lucky,” said Olga Lind.", [("Olga Lind", "said")]),
        ("The bridge is safe, according to the fire service.", [("the fire service", "according to")]),
        ("The head of the union, Olga Lind, has told members to wait.", [("Olga Lind", "told")]),
        ("Olga Lind, the head of the union, warned that the strike would go on.", [("Olga Lind", "warned")]),
        ("Lind resigned on Monday, adding that she had no regrets.", [("Lind", "adding")]),
        ("Two people were hurt, police say.", [("police", "say")]),
        ("The minister was quoted as saying that taxes would rise.", [("The minister", "was quoted as saying")]),
        ("The coach, who said he was tired, left early.", [("The coach", "said")]),
        ("The court rejected claims that the vote was rigged.", [("The court", "rejected")]),
        ("Lind called the verdict “a disgrace”.", [("Lind", "called")]),
        ("The keeper denied the charges.", [("The keeper", "denied")]),
        ("The club's claim that it was robbed has been heard before.", [("The club", "claim")]),
        ("It was said that the goalkeeper had slept badly.", [("", "said")]),
        ("Police put the crowd at 3,000.", [("Police", "put")]),
        ("No smoke without fire, say residents", [("residents", "say")]),
    ],
)
def test_a_cue_is_found_with_whose_it_is(text: str, found: list[tuple[str, str]]) -> None:
    assert cues(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "The minister has not said when she will resign.",
        "Nobody said that it would be easy.",
        "The spokesman declined to say how many were hurt.",
        "Her goal added to the misery of the visitors.",
        "The crash claimed three lives.",
        "The clock told the time.",
        "That said, the weather will turn.",
        "He missed the stated aim of the plan.",
        "There are fewer reports than last year.",
        "What did the mayor say?",
        "The visitors could say nothing.",
        "The warning was on the wall.",
    ],
)
def test_words_that_only_look_like_a_cue_attribute_nothing(text: str) -> None:
    assert cues(text) == []


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Olga Lind resigned. She said the vote was lost.", ["Olga Lind"]),
        ("The mayor, Jan Osei, opened the bridge. “It will hold,” Osei said.", ["Jan Osei"]),
        ("The defence ministry said three ships sank. “All are safe,” it added.", ["defence ministry"] * 2),
    ],
)
def test_a_speaker_is_resolved_by_what_stands_before(text: str, who: list[str]) -> None:
    assert speakers(text) == who


def test_of_two_who_may_be_meant_none_is_named() -> None:
    text = "Paul Osei met Mark Lind and David Roth. The crowd waited. He said it had gone well."
    assert speakers(text) == [""]


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


def test_who_speaks_for_a_body_is_not_it() -> None:
    text = "The ministry said the port was closed. He added that it would open soon."
    assert [one.source for one in attributions(text)] == ["ministry", ""]
