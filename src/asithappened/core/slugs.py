"""The end of a live blog's address, made from words: one rule for the desk and for every importer.

Owns what of a headline can stand in an address. Latin letters are written in ASCII as their languages do; letters of
other scripts and symbols are no words. Never asks whether an address is free: the log knows.
"""

import re
import unicodedata
from functools import lru_cache
from hashlib import blake2s
from typing import Final

from anyascii import anyascii

MOST: Final = 90  # an address that still fits a line of an e-mail; limits.SLUG_CHARS is the hard bound
PATTERN: Final = r"[a-z0-9]+(-[a-z0-9]+)*"
_SLUG: Final = re.compile(PATTERN)
# They stand inside words: don't, d’Alene, Hawaiʻi, Diyarbakır'da.
_APOSTROPHES: Final = frozenset("'’‘‛`´ʼʻʹʽ′＇")


def slug_of(words: str, most: int = MOST) -> str:
    """Return the address that some words make, of at most `most` characters, ending where a word ends.

    "" if no word is left that could: a headline in another script, of digits alone, or of one endless word.

    >>> slug_of("Storm Éowyn: what we know, 24 January")
    'storm-eowyn-what-we-know-24-january'
    >>> slug_of("Выборы 2026")
    ''
    """
    # An address never uses more than this of a headline.
    parts = "".join(map(_plain, unicodedata.normalize("NFC", words[: most * 20]).lower())).split()
    kept: list[str] = []
    length = -1
    for part in parts:
        length += 1 + len(part)
        if length > most:
            break
        kept.append(part)
    return "-".join(kept) if any(not part.isdigit() for part in kept) else ""


def address_of(words: str) -> str:
    """Return the end of an address for a name that has to have one: its slug, or a digest of words that make none.

    >>> address_of("Ada Fox"), address_of("Выборы")
    ('ada-fox', 'x-26db312eddd2')
    """
    named = unicodedata.normalize("NFKC", words).casefold().strip()
    return slug_of(words) or f"x-{blake2s(named.encode(), digest_size=6).hexdigest()}"


def is_slug(address: str) -> bool:
    """Say whether a string can stand as an address: small Latin letters, digits and single hyphens."""
    return _SLUG.fullmatch(address) is not None


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    """Return a character as it stands in an address: letters, digits, a space; nothing for what is inside a word."""
    if char.isascii():
        return char if char.isalnum() else "" if char in _APOSTROPHES else " "
    category = unicodedata.category(char)
    if char in _APOSTROPHES or category in {"Mn", "Cf"}:
        return ""
    if category[0] != "L" and category != "Nd":
        return " "
    base = "".join(c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c)).lower()
    if not base.isascii():
        base = anyascii(char).lower() if unicodedata.name(char, "").startswith("LATIN ") else " "
    return re.sub(r"[^a-z0-9 ]", "", base)
