"""Prints the values of a series: figures with their modifier and range, states in words.

In the digits of the blog's language. Never rounds: a source's figure is printed exactly.
"""

from decimal import Decimal
from functools import lru_cache
from typing import Final

from babel import Locale
from babel.core import UnknownLocaleError
from babel.numbers import format_currency, format_decimal, format_percent

from asithappened.core.ledger_events import FigureKind, Modifier, Policy
from asithappened.core.ledger_state import Series, SeriesValue
from asithappened.render.edition import Edition
from asithappened.render.numerals import in_digits
from asithappened.render.wording import gettext as _

_PRINTED_WHOLE: Final = 1e15  # beyond it a float is not exact to one unit
_ANY_DECIMALS: Final = "#,##0.######"


def stands(series: Series, edition: Edition) -> str:
    """Return a series' current value in words; "" if it has none. Call inside `edition.speaking()`."""
    standing = series.standing
    if series.of == "figure" and series.policy is Policy.RANGE and len(standing) > 1:
        ends = [end for value in standing for end in _ends(value)]
        return _range(series, min(ends), max(ends), edition)
    if len(standing) > 1 and len({value.says for value in standing}) > 1:
        return "; ".join(f"{printed(series, one, edition)} ({one.by.name if one.by else '?'})" for one in standing)
    return printed(series, standing[-1], edition) if standing else ""


def printed(series: Series, value: SeriesValue, edition: Edition) -> str:
    """Return one value in words: "about 4,600", "50–60", "closed". Call inside `edition.speaking()`."""
    if series.of == "state" or value.value is None:
        return value.words
    low, high = _ends(value)
    if value.modifier:
        return _modified(value.modifier) % {"figure": _number(series.figure, value.value, series.unit, edition)}
    if low == high:
        return _number(series.figure, value.value, series.unit, edition)
    spread = _range(series, low, high, edition)
    if value.value in (low, high):
        return spread
    return f"{_number(series.figure, value.value, series.unit, edition)} ({spread})"


def _ends(value: SeriesValue) -> tuple[float, float]:
    middle = value.value or 0.0
    return (middle if value.low is None else value.low), (middle if value.high is None else value.high)


def _range(series: Series, low: float, high: float, edition: Edition) -> str:
    if low == high:
        return _number(series.figure, low, series.unit, edition)
    if series.figure == "count" and not series.unit:
        return f"{_number('count', low, '', edition)}–{_number('count', high, '', edition)}"
    last = _number(series.figure, high, series.unit, edition)
    return f"{_number(series.figure, low, series.unit, edition)} – {last}"


def _modified(modifier: Modifier) -> str:
    return {
        "about": _("about %(figure)s"),
        "nearly": _("nearly %(figure)s"),
        "more_than": _("more than %(figure)s"),
        "up_to": _("up to %(figure)s"),
        "at_least": _("at least %(figure)s"),
        "only": _("only %(figure)s"),
        "": "%(figure)s",
    }[modifier]


def _number(kind: FigureKind, value: float, unit: str, edition: Edition) -> str:
    return _in_digits(kind, value, unit, edition.locale)


@lru_cache(maxsize=4096)
def _in_digits(kind: FigureKind, value: float, unit: str, locale: Locale) -> str:
    return in_digits(_latin(kind, value, unit, locale), locale)


def _latin(kind: FigureKind, value: float, unit: str, locale: Locale) -> str:
    if abs(value) >= _PRINTED_WHOLE:
        return f"{value:.6g}" + (f"\u00a0{unit}" if unit else "")
    exact = Decimal(str(value))
    if kind == "percent" and unit in ("", "%"):
        return str(format_percent(exact / 100, format=_exact(locale.percent_formats[None].pattern), locale=locale))
    if kind == "money" and len(unit) == 3 and unit.isascii() and unit.isupper():
        pattern = locale.currency_formats["standard"].pattern
        whole = pattern.replace(".00", "") if exact == exact.to_integral_value() else pattern
        try:
            return str(format_currency(exact, unit, format=whole, locale=locale, currency_digits=False))
        except (UnknownLocaleError, ValueError):
            pass
    number = str(format_decimal(exact, format=_ANY_DECIMALS, locale=locale))
    if kind == "multiple" and not unit:
        return f"{number}×"
    return f"{number}\u00a0{unit}" if unit else number


def _exact(pattern: str) -> str:
    """Return a pattern that keeps every decimal."""
    return pattern.replace("0", "0.######", 1) if "." not in pattern else pattern
