"""The digits that a live blog is printed with: those of its language, as the CLDR has them.

Owns the choice, for the server and for the reader's script, which is told it (`browser_tag`), so that both write the
same. Persian, Bengali and Nepali dates and counts come in their own digits, Arabic ones as the region has it.
"""

from typing import Final

from babel import Locale

# The zero of each decimal system that is some language's usual one. Each has its ten digits in a row.
_ZEROS: Final = {
    "adlm": 0x1E950,
    "arab": 0x0660,
    "arabext": 0x06F0,
    "beng": 0x09E6,
    "cakm": 0x11136,
    "deva": 0x0966,
    "hmnp": 0x1E140,
    "mtei": 0xABF0,
    "mymr": 0x1040,
    "nkoo": 0x07C0,
    "olck": 0x1C50,
    "tibt": 0x0F20,
}
_TABLES: Final = {name: {ord("0") + n: chr(zero + n) for n in range(10)} for name, zero in _ZEROS.items()}


def system(locale: Locale) -> str:
    """Return the CLDR's name of a locale's digits ("latn", "arabext")."""
    name = locale.default_numbering_system
    return name if name in _ZEROS else "latn"


def in_digits(text: str, locale: Locale) -> str:
    """Return a text with its Latin digits written as the locale's own."""
    table = _TABLES.get(system(locale))
    return text.translate(table) if table else text


def browser_tag(locale: Locale, digits: str = "") -> str:
    """Return the locale as browsers name it, with its digits or others."""
    subtags = [locale.language, locale.script, locale.territory]
    return "-".join(subtag for subtag in subtags if subtag) + f"-u-nu-{digits or system(locale)}"
