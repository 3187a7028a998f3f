"""How many of one unit another is: 100 cm a metre, 60 minutes an hour.

Owns units that a reporter changes between for the same quantity. What needs a rate (money) or is rounded (miles) is not
here. Look next: `same_value`.
"""

from typing import Final

_IN: Final = {
    "length": {"mm": 1.0, "cm": 10.0, "m": 1e3, "km": 1e6},
    "imperial": {"inches": 1.0, "ft": 12.0, "yards": 36.0, "miles": 63_360.0},
    "area": {"sq m": 1.0, "hectares": 1e4, "sq km": 1e6},
    "weight": {"g": 1.0, "kg": 1e3, "tonnes": 1e6},
    "volume": {"ml": 1e-3, "litres": 1.0, "hectolitres": 100.0, "cubic metres": 1e3},
    "power": {"kW": 1.0, "MW": 1e3, "GW": 1e6},
    "time": {"seconds": 1.0, "minutes": 60.0, "hours": 3600.0, "days": 86_400.0, "weeks": 604_800.0},
    "years": {"months": 1.0, "years": 12.0, "decades": 120.0},
}


# What "$" and "pesos" stand for where a text does not say whose: the series' own.
_SIGNS: Final = (
    frozenset({"USD", "AUD", "CAD", "NZD", "HKD", "SGD", "MXN", "ARS", "CLP", "COP", "UYU", "BRL", "TWD", "pesos"}),
    frozenset({"GBP", "EGP", "LBP", "SYP", "IEP"}),
    frozenset({"INR", "PKR", "LKR", "NPR"}),
)


def factor(unit: str, other: str) -> float:
    """Return how many of `other` one `unit` is, 0 where nobody can tell."""
    if unit == other or any(unit in some and other in some for some in _SIGNS):
        return 1.0
    return next((one[unit] / one[other] for one in _IN.values() if unit in one and other in one), 0.0)


def beside(unit: str) -> list[str]:
    """Return the units that a quantity in a unit may be given in."""
    return next((list(one) for one in _IN.values() if unit in one), [unit])
