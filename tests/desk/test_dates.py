"""The date of a social post: kept as typed, in the zone of the live blog, and never dropped in silence."""

import pytest

from asithappened.core import body
from asithappened.desk.forms import dates, judging
from tests.desk.test_judging import KOLKATA, judged

TAKEN = {
    "2026-11-25": "2026-11-25",
    "2026-11-25 14:10": "2026-11-25T14:10:00+00:00",
    "2026-07-25 14:10": "2026-07-25T14:10:00+01:00",
    "2026-11-25T14:10": "2026-11-25T14:10:00+00:00",
    " 2026-11-25,  14:10:07 ": "2026-11-25T14:10:07+00:00",
    "2026-11-25 14.10": "2026-11-25T14:10:00+00:00",
    "2026-11-25 2:10 pm": "2026-11-25T14:10:00+00:00",
    "2026-11-25 2.10 p.m.": "2026-11-25T14:10:00+00:00",
    "2026-11-25 12 am": "2026-11-25T00:00:00+00:00",
    "2026-11-25T14:10:00Z": "2026-11-25T14:10:00+00:00",
    "2026-07-25 14:10 UTC": "2026-07-25T14:10:00+00:00",
    "2026-11-25T14:10:00+05:30": "2026-11-25T14:10:00+05:30",
    "2026-11-25 14:10 +0530": "2026-11-25T14:10:00+05:30",
    "2026-11-25 14:10 GMT-5": "2026-11-25T14:10:00-05:00",
    "2026-11-25T14:10:00.123Z": "2026-11-25T14:10:00+00:00",
    "2026/11/25 14:10": "2026-11-25T14:10:00+00:00",
}


@pytest.mark.parametrize("typed", TAKEN)
def test_the_time_of_a_social_post_is_kept_and_an_hour_without_a_zone_is_the_blogs(typed: str) -> None:
    (post,), wrong = judged("social", platform="x", text="Words", date=typed)
    assert (post.attrs.date, wrong) == (TAKEN[typed], {})


def test_the_zone_is_the_one_of_the_blog() -> None:
    assert dates.read("2026-11-25 14:10", KOLKATA) == "2026-11-25T14:10:00+05:30"


@pytest.mark.parametrize("typed", [
    "yesterday", "25.11.2026", "2026-02-31", "2026-11-25 lunch", "2026-11-25 25:00", "2026-11-25 14",
    "2026-11-25 13 pm", "2026-11-25 14:10 Mars", "0001-01-01", "2026-11-25 14:10 +99:00", "14:10",
])  # fmt: skip
def test_a_time_that_cannot_be_read_is_an_error_beside_it_and_stays_in_the_field(typed: str) -> None:
    _, wrong = judged("social", platform="x", text="Words", date=typed)
    assert "2026-11-22 14:05" in wrong["date"]


def test_a_date_of_an_archive_that_says_no_zone_stays_as_it_came_and_can_still_be_edited() -> None:
    social = body.Social(attrs=body.SocialAttrs(id="s1", platform="x", text="Teh words", date="2026-11-25T14:10:00"))
    doc = body.Doc(content=(social,))
    assert judging.judged(doc, seed="p", zone=KOLKATA, old=doc).doc == doc
