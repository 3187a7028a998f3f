"""Chooses the digits of a live blog: those of its language in the CLDR.

The reader's script gets the same choice (`browser_tag`). Persian, Bengali and Nepali have their own digits; those of
Arabic depend on the region.
"""

from typing import Final

from babel import Locale

# The zero of each decimal system that is a language's default. Its ten digits are consecutive.
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
    """Return the locale as a BCP 47 tag for browsers, with its digits or the given ones."""
    subtags = [locale.language, locale.script, locale.territory]
    return "-".join(subtag for subtag in subtags if subtag) + f"-u-nu-{digits or system(locale)}"
