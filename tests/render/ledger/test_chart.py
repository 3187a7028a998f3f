"""Promises of the small charts: drawn without style or script, from nought, and only of what has moved."""

import re

from asithappened.render.ledger import chart
from tests.render.ledger.written import at, series, value


def points(svg: str) -> list[tuple[float, float]]:
    """Return a line's points."""
    found = re.search(r'points="([^"]+)"', svg)
    assert found
    return [(float(x), float(y)) for x, y in (pair.split(",") for pair in found[1].split())]


def test_half_as_many_stand_half_as_high() -> None:
    (_, low), (_, high) = points(chart.spark(series(value(50), value(100, 6))))
    bottom = 16 - 3
    assert (bottom - low) * 2 == bottom - high


def test_a_figure_stands_until_the_next_and_as_long_as_it_did() -> None:
    row = series(value(1, as_of=at(10)), value(2, 6, as_of=at(11)), value(3, 7, as_of=at(14)))
    across = [x for x, _ in points(chart.chart(row))]
    assert across == sorted(across)
    assert len(across) == 6, "steps"
    assert (across[4] - across[2]) > 2.5 * (across[2] - across[0])


def test_figures_as_large_as_can_be_have_their_places_in_the_picture() -> None:
    row = series(value(-1.7e308), value(1.7e308, 6), value(0, 7))
    assert [y for _, y in points(chart.spark(row))] == [13, 3, 8]


def test_without_known_times_values_stand_evenly_and_a_still_series_has_no_picture() -> None:
    row = series(value(1), value(2, 6), value(5, 7, as_of=at(9)))
    first, *_, last = points(chart.chart(row))
    assert (first[0], last[0]) == (3, 317)
    assert chart.spark(series(value(1))) == ""
    assert chart.chart(series(value(7), value(7, 6))) == ""
    assert chart.spark(series(value(words="on"), of="state")) == ""


def test_there_is_nothing_that_a_page_may_not_have_nor_that_is_read_aloud() -> None:
    svg = chart.chart(series(value(-5), value(10**12, 6)))
    assert "style" not in svg
    assert 'aria-hidden="true"' in svg
