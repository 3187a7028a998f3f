"""Who said what: cues, sources, speakers, quotations and structure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asithappened.ledger import gate
from asithappened.ledger.speech.attribution import Attributions
from asithappened.ledger.views import Part, PartView, PostView
from tests.ledger.sayings import alone, attributions, cues, lines


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


@pytest.mark.parametrize(("text", "found"), lines("attributions.txt"))
def test_each_kind_of_sentence_is_read_and_what_looks_like_it_is_not(text: str, found: str) -> None:
    assert ("; ".join(f"{source}: {cue}" for source, cue in cues(text)) or "-") == found


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


@pytest.mark.parametrize(
    ("behind", "source"),
    [
        ("Olga Lind, on the new ferry bill.", "Olga Lind"),
        ("Olga Lind, speaking in Mida this morning.", "Olga Lind"),
        ("Olga Lind was not in the room.", ""),
        ("On the ferry bill there is nothing new.", ""),
    ],
)
def test_a_quotation_set_off_is_of_whom_a_fragment_behind_it_names(behind: str, source: str) -> None:
    parts = (
        PartView(kind=Part.QUOTE, text="This bill will sink.", start=0),
        PartView(kind=Part.PARAGRAPH, text=behind, start=22),
    )
    assert [one.source for one in attributions(PostView(number=1, parts=parts)) if one.start == 0] == [source]


@pytest.mark.parametrize(
    ("printed", "exact"),
    [
        ("OLGA LIND: No. We never sailed. Why should we?", "No. We never sailed. Why should we?"),
        ("Olga Lind: ‘We never sailed’. The ferry lies in Mida.", "‘We never sailed’"),
    ],
)
def test_a_turn_in_a_transcript_is_its_whole_paragraph(printed: str, exact: str) -> None:
    before = "Olga Lind was asked about the ferry."
    parts = (
        PartView(kind=Part.PARAGRAPH, text=before, start=0),
        PartView(kind=Part.PARAGRAPH, text=printed, start=len(before) + 2),
    )
    found = [one for one in attributions(PostView(number=1, parts=parts)) if not one.cue]
    assert [(one.source.title(), one.exact) for one in found] == [("Olga Lind", exact)]


@pytest.mark.parametrize(
    ("words", "source", "channel"),
    [
        ("Reuters has the details:", "Reuters", ""),
        ("The Associated Press has a report on how the meeting went.", "Associated Press", ""),
        ("Here's what Kern Markets' Paul Osei makes of the interview:", "Paul Osei", ""),
        ("And here's Olga Lind, the Mida Greens' leader, on the sacking.", "Olga Lind", ""),
        (
            "Osei is the favourite, but here's the Press Association on all three. (See 9.21am.)",
            "Press Association",
            "",
        ),
        ("Olga Lind has replied. And here's Lind's letter.", "Olga Lind", "letter"),
        ("Here's our story on the minutes, by economics editor Paul Osei:", "Paul Osei", ""),
        ("My colleague Ana Ruiz sent this update from Paris – it seems to be over.", "Ana Ruiz", ""),
        ("Kern Corporate Treasury", "Kern Corporate Treasury", ""),
        ("Paul Osei was on the train when it was stopped. He wasn't impressed.", "Paul Osei", ""),
        ("Talks could end, Osei has warned, writes Ana Ruiz in Madrid.", "Ana Ruiz", ""),
        ("Osei said it was late. As we wrote at the time:", "", ""),
        ("Paul Osei met Mark Lind on the train.", "", ""),
    ],
)
def test_a_quotation_set_off_is_of_whom_a_sentence_without_a_cue_gives_it_as(
    words: str, source: str, channel: str
) -> None:
    parts = (
        PartView(kind=Part.PARAGRAPH, text=words, start=0),
        PartView(kind=Part.QUOTE, text="We were lucky.", start=len(words) + 2),
    )
    block = attributions(PostView(number=1, parts=parts))[-1]
    assert (block.exact, block.source, block.channel) == ("We were lucky.", source, channel)


def test_who_has_been_tweeting_is_found_above_the_post_alone() -> None:
    text = "Olga Lind has been tweeting about the vote."
    post = PartView(kind=Part.SOCIAL, text="It is over.", start=45, author="Olga Lind", channel="twitter")
    above = PostView(number=1, parts=(PartView(kind=Part.PARAGRAPH, text=text, start=0), post))
    assert [(one.source_exact, one.cue) for one in attributions(above)] == [("Olga Lind", "tweeting"), ("", "")]
    assert cues(text) == []


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
