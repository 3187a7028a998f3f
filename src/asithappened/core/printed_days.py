"""Days as sources print them: "03, Jun, 2023 @5:26 PM", "January 4, 2023", "4 January 2023", "2023-01-04".

Owns which forms name a day without ambiguity. Never reads "03/06/2023", which may be the third or the sixth.
"""

import re
from datetime import date
from typing import Final

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH: Final = r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"  # noqa: E501
_CLOCK: Final = r"(?:,?\s*@?\s*\d{1,2}[:.]\s?\d{2}(?:\s?[ap]\.?m\.?)?(?:\s?(?:gmt|utc)(?:[+-]\d{1,2})?)?)?"
_FORMS: Final = tuple(
    re.compile(form + _CLOCK, re.IGNORECASE)
    for form in (
        rf"(?P<day>\d{{1,2}}),? {_MONTH}\.?,? (?P<year>\d{{4}})",
        rf"{_MONTH}\.? (?P<day>\d{{1,2}}), (?P<year>\d{{4}})",
        r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})",
    )
)


def printed_day(words: str) -> date | None:
    """Return the day that a line prints, with or without a clock time behind it; None for anything else.

    >>> printed_day("03, Jun, 2023 @5:26 PM")
    datetime.date(2023, 6, 3)
    """
    for form in _FORMS:
        if found := form.fullmatch(words[:100].strip()):
            month = found["month"]
            number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
            try:
                return date(int(found["year"]), number, int(found["day"]))
            except ValueError:
                return None
    return None
