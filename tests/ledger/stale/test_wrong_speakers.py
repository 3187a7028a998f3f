"""Who was wrongly said to have said something is found beside its words, and nowhere else."""

import pytest

from asithappened.core import body as b
from asithappened.ledger.changes import Corrected, Text
from asithappened.ledger.stale.sweep import sweep
from asithappened.ledger.views import of_body
from tests.ledger.sweeping import stale

TRAIN = Corrected(
    key="s",
    was="Ellen Marsh",
    now="Joan Pryce",
    sentence="“There was no warning, none at all. It came over the wall like a train,” Ellen Marsh told Radio Sea.",
)
SPAET = Corrected(
    key="s",
    was="Uwe Kressin",
    now="Jana Thoma",
    sentence="„Wir haben viel zu spät gewarnt“, sagte Uwe Kressin am Abend.",
)
SPELT = Corrected(
    key="s", was="Ellen Marsh", now="Ellen March", sentence="“There was no warning,” Ellen Marsh told Radio Penhallow."
)


@pytest.mark.parametrize(
    ("change", "language", "words"),
    [
        (TRAIN, "en", "“It came over the wall like a train,” Marsh said."),
        (TRAIN, "en", "Asked about Marsh’s remark that there had been “no warning, none at all”, he left."),
        (SPAET, "de", "„Viel zu spät gewarnt“: Uwe Kressin klagt an"),
        (SPELT, "en", "Ellen Marsh said the harbour would open on Thursday."),
    ],
)
def test_the_wrong_speaker_is_found_beside_what_was_said(change: Corrected, language: str, words: str) -> None:
    assert len(stale(words, change, language=language)) == 1


@pytest.mark.parametrize(
    ("change", "language", "words"),
    [
        (TRAIN, "en", "Fourteen boats are lost, says Ellen Marsh, the harbour master."),
        (TRAIN, "en", "The harbour may open on Thursday, Marsh has told the fishermen."),
        (SPAET, "de", "Uwe Kressin bat die Leute, nicht an die Brücke zu kommen."),
    ],
)
def test_what_somebody_did_say_is_theirs(change: Corrected, language: str, words: str) -> None:
    assert stale(words, change, language=language) == []


def test_who_signs_a_quotation_is_found_with_its_words() -> None:
    def signed(words: str) -> Text:
        quote = b.Quote(attrs=b.QuoteAttrs(cite="Ellen Marsh, fisherman"), content=(b.paragraph(words),))
        return Text(key="q", view=of_body("", b.Doc(content=(quote,)), number=1), place="post")

    said, other = signed("There was no warning, none at all."), signed("The harbour will be open again by Thursday.")
    assert [one.exact for one in sweep([TRAIN], [said])] == ["Ellen Marsh"]
    assert list(sweep([TRAIN], [other])) == []


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("Marsh’s remark has angered the coastguard.", 1),
        ("Marsh says that she never made that remark.", 0),
        ("Marsh said that there had been no warning.", 1),
    ],
)
def test_what_was_said_is_known_by_a_word_for_it(words: str, count: int) -> None:
    assert len(stale(words, TRAIN)) == count
