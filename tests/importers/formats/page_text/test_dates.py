"""The day of a clock time: printed, or the one day of all dated embeds, or none."""

from datetime import UTC, datetime

from tests.importers.formats.page_text.pages import dated, read, tweet


def test_a_clock_time_without_a_day_gets_the_one_day_of_all_dated_embeds_and_says_so() -> None:
    found = read(dated(tweet("One", "January 4, 2023"), tweet("Two", "January 4, 2023")))
    assert found.modified_at == datetime(2023, 1, 4, 18, 59, tzinfo=UTC)
    assert found.modified_text == "06: 59 PM GMT+0"
    assert any("inferred to be 2023-01-04" in problem for problem in found.problems)


def test_a_day_is_not_inferred_from_one_embed_or_from_days_that_differ_or_without_a_zone() -> None:
    one, other = tweet("One", "January 4, 2023"), tweet("Two", "January 5, 2023")
    for page in (dated(one), dated(one, other), dated(one, one, modified="06: 59 PM")):
        assert read(page).modified_at is None


def test_a_day_that_is_printed_is_read_and_needs_no_word() -> None:
    found = read(dated(modified="November 25, 2026, 12:30 AM GMT+1"))
    assert found.modified_at == datetime(2026, 11, 24, 23, 30, tzinfo=UTC)
    assert not any("inferred" in problem for problem in found.problems)
