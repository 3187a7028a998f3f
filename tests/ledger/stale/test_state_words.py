"""The words for a state series whose thing is in no list, and for its values in headlines."""

from asithappened.ledger.changes import Switched, Value
from tests.ledger.sweeping import proposed, stale
from tests.ledger.switched import AIRPORT


def test_a_thing_that_no_list_has_is_called_as_its_label_says() -> None:
    level = Switched(key="l", label="Alert level of Mount Orr", old=(Value(words="orange"),), new=Value(words="red"))
    assert proposed("The alert level has been raised to orange.", level) == "The alert level has been raised to red."
    assert len(stale("Mount Orr is on orange alert.", level)) == 1
    assert stale("The alert level may be raised to orange.", level) == []


def test_in_a_headline_the_present_says_what_is_so() -> None:
    words = "Snow closes Gatwick airport"
    assert proposed(words, AIRPORT, place="headline") == "Snow reopens Gatwick airport"
    assert stale(f"{words}.", AIRPORT) == []
    assert stale("Gatwick airport closes on Friday", AIRPORT, place="headline") == []
