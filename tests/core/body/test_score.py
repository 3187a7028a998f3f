"""Promises of `core.body.score`: what a clock reads, and the score in plain text."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from asithappened.core import body
from asithappened.core.body.score import began, reading, set_to

AT = datetime(2026, 11, 26, 20, 0, tzinfo=UTC)
MATCH = body.ScoreAttrs(
    title="Cup, round two", home="Hallin", away="Merrow", home_score=2, away_score=0, period="Second half",
    running=True, home_scorers="Lee 12\nRusk 61", **set_to("67:30", AT),
)  # fmt: skip


def test_a_clock_that_runs_reads_on_from_when_it_was_set_and_ends_though_nobody_stops_it() -> None:
    assert reading(MATCH, AT) == "67:30"
    assert reading(MATCH, AT.replace(minute=41)) == "108:30"
    assert reading(MATCH, AT.replace(day=28)) == "307:30"
    assert reading(replace(MATCH, running=False), AT.replace(hour=22)) == "67:30"
    assert began(replace(MATCH, clock="", clock_at="")) is None


def test_the_plain_text_of_a_score_reads_as_one_says_it() -> None:
    (text,) = body.printed(body.Score(attrs=MATCH))
    assert text == "Cup, round two\nHallin 2, Merrow 0 (Second half, 67:30)\nHallin: Lee 12; Rusk 61"
    assert body.text_of(body.Score(attrs=body.ScoreAttrs(home="Hallin", away="Merrow"))) == "Hallin, Merrow"


@pytest.mark.parametrize(
    "attrs",
    [
        {"home_score": -1}, {"home_score": 10**6}, {"home_score": 1.5}, {"clock": "67:75"}, {"clock": "1e3:00"},
        {"clock": "\u0661:00"}, {"clock_at": "2026-02-30T20:00:00Z"}, {"home": "a\u202eb"},
    ],
)  # fmt: skip
def test_a_score_that_cannot_be_is_refused(attrs: dict[str, object]) -> None:
    with pytest.raises(body.BodyError):
        body.parse({"type": "doc", "content": [{"type": "score", "attrs": attrs}]})
