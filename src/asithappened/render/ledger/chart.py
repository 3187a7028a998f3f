"""Draws figures: a line beside the value of a series, a chart above its table, and one of counts.

Owns the SVG, which uses presentational attributes only, because the page's policy forbids inline styles. The table has
the same contents, so charts are hidden from screen readers. The first value is at the left; a style sheet mirrors it on
right-to-left pages.
"""

from collections.abc import Sequence
from typing import Final

from asithappened.core.ledger_state import Series, SeriesValue

_MOST: Final = 60  # points; a line on a phone shows no more
_SPARK: Final = (48, 16)
_CHART: Final = (320, 96)
_INSET: Final = 3.0


def spark(series: Series) -> str:
    """Return a series of figures as a line; "" if it has not changed."""
    if not _moved(series):
        return ""
    return _drawn("spark", _SPARK, _points(series.values, *_SPARK, by_time=False))


def chart(series: Series) -> str:
    """Return a step chart of a series of figures by time; "" if it has not changed."""
    if not _moved(series):
        return ""
    return _drawn("chart", _CHART, _points(series.values, *_CHART, by_time=True), steps=True)


def by_hour(counts: Sequence[int]) -> str:
    """Return a step chart of hourly counts, oldest first; "" if all are equal."""
    if len(set(counts)) < 2:
        return ""
    shown = [float(count) for count in counts]
    return _drawn("chart", _CHART, _placed(shown, [float(n) for n in range(len(shown))], *_CHART), steps=True)


def heights(series: Series, *, most: int) -> tuple[int, ...]:
    """Return the newest values of a series of figures, oldest first, in hundredths of a chart's height."""
    if not _moved(series):
        return ()
    points = _points(series.values, 100 + 2 * int(_INSET), 100 + 2 * int(_INSET), by_time=False)[-most:]
    return tuple(round(100 + _INSET - y) for _, y in points)


def _moved(series: Series) -> bool:
    return series.of == "figure" and len({value.value for value in series.values}) > 1


def _points(values: Sequence[SeriesValue], width: int, height: int, *, by_time: bool) -> list[tuple[float, float]]:
    shown = [value for value in values if value.value is not None][-_MOST:]
    if not shown:
        return []
    figures = [value.value or 0.0 for value in shown]
    times = [value.since.timestamp() for value in shown if value.since] if by_time else []
    if len(times) != len(shown) or times != sorted(set(times)):
        times = [float(n) for n in range(len(shown))]
    return _placed(figures, times, width, height)


def _placed(figures: Sequence[float], times: Sequence[float], width: int, height: int) -> list[tuple[float, float]]:
    """Return the points of figures in a picture."""
    largest = max(map(abs, figures)) or 1.0
    figures = [figure / largest for figure in figures]  # or the spread of very large ones would overflow a float
    # The axis begins at zero, so half the height is half the figure.
    least, most = min(0.0, *figures), max(0.0, *figures)
    first, lasts = times[0], (times[-1] - times[0]) or 1.0
    across, high = width - 2 * _INSET, height - 2 * _INSET
    return [
        (_INSET + across * (at - first) / lasts, _INSET + high * (1 - (figure - least) / ((most - least) or 1.0)))
        for at, figure in zip(times, figures, strict=True)
    ]


def _drawn(name: str, size: tuple[int, int], points: list[tuple[float, float]], *, steps: bool = False) -> str:
    line, before = [], points[0]
    for x, y in points:
        line += [f"{x:.1f},{before[1]:.1f}"] if steps else []
        line.append(f"{x:.1f},{y:.1f}")
        before = (x, y)
    width, height = size
    end = f'<circle cx="{before[0]:.1f}" cy="{before[1]:.1f}" r="2.5"/>'
    return (
        f'<svg class="{name}" viewBox="0 0 {width} {height}" width="{width}" height="{height}" aria-hidden="true"'
        f' focusable="false"><polyline points="{" ".join(line)}"/>{end}</svg>'
    )
