"""What a sentence marks as past, denied, asked or only possible is not asserted as current."""

import pytest

from asithappened.ledger.changes import Moved, Value
from tests.ledger.sweeping import stale


@pytest.mark.parametrize(
    "words",
    [
        "The union previously said 63 miners were killed.",
        "The toll was raised to 89 from 63.",
        "The toll stands at 89, up from 63.",
        "The toll, put at 63 on Monday, has since risen.",
        "89 dead (previous 63)",
        "The toll was 63 at 14:20.",
        "The owners had put the toll at 63.",
        "Early reports said 63 had died.",
        "The toll is 89, higher than the 63 first reported.",
        "63 were killed, the ministry said. That figure has since been revised.",
        "That compares with 63 dead at noon.",
        "The toll had been put at 63 by the owners.",
        "The owners revised the toll upwards from 63.",
        "The owners first counted 63 dead.",
        "It was thought that 63 miners had died.",
        "He was silent when there were 63 miners dead.",
        "The blast, it was said when 63 were known to be dead, came without warning.",
    ],
)
def test_a_figure_that_is_marked_as_past_is_not_listed(words: str) -> None:
    assert stale(words) == []


@pytest.mark.parametrize(
    "words",
    [
        "Officials denied that 63 miners were killed.",
        "The death toll could reach 63.",
        "Were 63 miners killed?",
        "We wrongly reported that 63 miners had been killed.",
        "An earlier version of this post said 63 miners had been killed.",
        "Dozens of miners were killed.",
        "Fears grow that 63 miners were killed.",
        "More than 60 miners could be killed.",
        "If 63 miners were killed, nobody has said so.",
    ],
)
def test_what_is_denied_asked_possible_or_open_is_not_listed(words: str) -> None:
    assert stale(words) == []


def test_what_something_is_to_rise_from_is_so() -> None:
    assert len(stale("The toll is expected to rise from 63.")) == 1


def test_a_quotation_that_begins_with_it_and_asks_about_more_says_it() -> None:
    assert len(stale("“Sixty-three dead miners and nobody to blame?” he said.")) == 1


def test_all_others_are_no_further_ones() -> None:
    lost = Moved(key="lost", label="People missing off Cape Serrat", counted="people", outcome="missing",
                 old=(Value(value=34),), new=Value(value=21))  # fmt: skip
    assert len(stale("Fifty-two have been rescued. The other 34 are unaccounted for.", lost)) == 1
    assert stale("Fifty-two are missing, and another 34 are unaccounted for.", lost) == []


def test_the_earlier_of_two_readings_is_past_where_it_has_an_hour_of_its_own() -> None:
    river = Moved(key="river", label="River Alme at Rotenfurt", figure="measure", unit="m", counted="river",
                  old=(Value(value=7.9), Value(value=8.4)), new=Value(value=9.15))  # fmt: skip
    words = "The river is at 8.4 metres, against 7.9 yesterday."
    assert [one.exact for one in stale(words, river)] == ["8.4"]


@pytest.mark.parametrize(
    ("language", "words", "listed"),
    [
        ("en", "The 63 miners killed in the first blast had no warning.", True),
        ("en", "63 miners of the first shift were killed.", False),
        ("de", "63 Bergleute der ersten Schicht wurden getötet.", False),
        ("es", "Los 63 mineros de la primera galería han muerto.", False),
        ("es", "Los 63 mineros de la galería han muerto.", True),
        ("de", "Als die Behörden noch von 63 Toten ausgingen, schwieg er.", False),
        ("es", "Cuando todavía se hablaba de 63 muertos, callaba.", False),
        ("de", "Zum Vergleich: Im März waren 63 Bergleute getötet worden.", False),
    ],
)
def test_a_part_a_comparison_and_an_earlier_hour_are_told_in_three_languages(
    language: str, words: str, listed: bool
) -> None:
    assert bool(stale(words, language=language)) == listed
