"""Who was wrongly said to have said something is found beside its words, and nowhere else."""

import pytest

from asithappened.ledger.changes import Corrected
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
