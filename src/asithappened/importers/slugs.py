"""Makes an imported blog's slug: the same source always gets the same one.

Owns the slug of a headline without Latin words (`address_of`), and the slugs from before desk and importers had one
rule (`former`), under which blogs that were imported then are found.
Look next: core/slugs.py, the rule.
"""

import hashlib
import re
import unicodedata
from typing import Final

from asithappened.core.slugs import MOST, slug_of

# How the former rule spelled letters without a decomposition.
_LETTERS: Final = str.maketrans({"ß": "ss", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"})


def address_of(words: str) -> tuple[str, str]:
    """Return the slug of a title or id, and a problem for the report if it had to be made from a hash."""
    if slug := slug_of(words):
        return slug, ""
    slug = f"live-{_digest(words)}"
    return slug, (
        f"The headline has no words in Latin letters to make an address of: it is at /live/{slug}/. "
        "Another can be given with --slug."
    )


def former(words: str, most: int = MOST) -> str:
    """Return the slug that these words had by the former rule."""
    lowered = unicodedata.normalize("NFKD", words.lower().translate(_LETTERS))
    plain = re.sub(r"['’‘`]", "", lowered.encode("ascii", "ignore").decode())
    parts = re.findall(r"[a-z0-9]+", plain)
    slug = "-".join(parts)
    if len(slug) <= most and slug:
        return slug
    kept: list[str] = []
    length = len(_digest(words))
    for part in parts:
        length += 1 + len(part)
        if length > most:
            break
        kept.append(part)
    return "-".join([*kept, _digest(words)])


def _digest(words: str) -> str:
    return hashlib.blake2s(words.encode("utf-8", "replace"), digest_size=4).hexdigest()
