"""Promise: there is a word for everything that the ledger's closed vocabularies can say, in every language."""

from typing import get_args

import pytest
from django.utils import translation

from asithappened.core import ledger_events as le
from asithappened.render.edition import SPOKEN
from asithappened.render.ledger.vocabulary import vocabulary
from tests.render.blogs import edition


@pytest.mark.parametrize("language", SPOKEN)
def test_every_value_has_a_word_whatever_is_spoken_meanwhile(language: str) -> None:
    with translation.override("de"):
        words = vocabulary(edition(language=language))
    for kind, told in (
        (le.CueClass, words.cues),
        (le.Channel, words.channels),
        (le.RelayMode, words.relays),
        (le.HedgeKind, words.hedges),
    ):
        assert set(told) == set(get_args(kind))
        assert all(told.values())
    assert all("%(who)s" in phrase for phrase in words.cues.values())
    assert all("%(outlet)s" in phrase for phrase in words.relays.values())
    assert (words.channels["radio"] == "Radio") == (language == "de")
