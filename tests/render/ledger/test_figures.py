"""Promises of printed values: as they were said, in the blog's digits, never rounded."""

from typing import Any

import pytest

from asithappened.core.ledger_events import Policy, SaidBy
from asithappened.render.ledger import figures
from tests.render.blogs import edition
from tests.render.ledger.written import series, value


def printed(language: str = "en-GB", *, figure: float | None = None, **more: Any) -> str:
    of_series = {name: more.pop(name) for name in ("of", "unit") if name in more}
    kind = more.pop("kind", "count")
    row = series(value(figure, **more), figure=kind, **of_series)
    with edition(language=language).speaking():
        return figures.stands(row, edition(language=language))


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"figure": 11400.0}, "11,400"),
        ({"figure": 0.0}, "0"),
        ({"figure": 4600.0, "modifier": "about", "low": 4500.0, "high": 4700.0}, "about 4,600"),
        ({"figure": 50.0, "modifier": "up_to"}, "up to 50"),
        ({"figure": 60.0, "low": 50.0, "high": 60.0}, "50–60"),
        ({"figure": 55.0, "low": 50.0, "high": 60.0}, "55 (50–60)"),
        ({"figure": 7.25, "kind": "percent", "unit": "%"}, "7.25%"),
        ({"figure": 2500000.0, "kind": "money", "unit": "USD"}, "US$2,500,000"),
        ({"figure": 2.5, "kind": "money", "unit": "GBP"}, "£2.50"),
        ({"figure": 3.0, "kind": "multiple"}, "3×"),
        ({"figure": 1.25, "kind": "measure", "unit": "km"}, "1.25\u00a0km"),
        ({"figure": 1e300}, "1e+300"),
        ({"words": "closed", "of": "state"}, "closed"),
    ],
)
def test_a_value_is_printed_as_it_was_said(said: dict[str, Any], words: str) -> None:
    assert printed(**said) == words


def test_figures_are_in_the_languages_own_form_and_digits() -> None:
    assert printed("de", figure=11400.0) == "11.400"
    assert printed("de", figure=7.25, kind="percent", unit="%") == "7,25\u00a0%"
    assert printed("fa", figure=1400.0) == "۱,۴۰۰"


def test_a_range_holds_all_sources_and_sources_kept_apart_are_named() -> None:
    hospital, mayor = SaidBy(name="Hospital"), SaidBy(name="Mayor")
    values = (value(63, 5, by=mayor), value(89, 6, by=hospital), value(70, 7, by=mayor))
    with edition().speaking():
        assert figures.stands(series(*values, policy=Policy.RANGE), edition()) == "70–89"
        assert figures.stands(series(*values, policy=Policy.BY_SOURCE), edition()) == "89 (Hospital); 70 (Mayor)"
        assert figures.stands(series(*values), edition()) == "70"
        assert figures.stands(series(), edition()) == ""
