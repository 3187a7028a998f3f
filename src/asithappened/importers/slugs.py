"""Addresses for what comes from elsewhere: the same source always gives the same slug.

Owns the way from a title or an id to a slug. Never asks whether it is free: the log knows that, and the runner says so.
"""

import hashlib
import re
import unicodedata
from typing import Final

MOST: Final = 90  # an address that still fits a line of an e-mail; limits.SLUG_CHARS is the hard bound
# Letters that have no decomposition, as their own languages write them in ASCII.
_LETTERS: Final = str.maketrans({"ß": "ss", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"})


def slug_of(words: str, most: int = MOST) -> str:
    """Make a slug of a title or an id; one of a hash where no Latin letter or digit is left. `most`: characters."""
    lowered = unicodedata.normalize("NFKD", words.lower().translate(_LETTERS))
    plain = re.sub(r"['’‘`]", "", lowered.encode("ascii", "ignore").decode())
    parts = [part for part in re.split(r"[^a-z0-9]+", plain) if part]
    digest = hashlib.blake2s(words.encode("utf-8", "replace"), digest_size=4).hexdigest()
    slug = "-".join(parts)
    if len(slug) <= most and slug:
        return slug
    # Two long titles that differ only at the end must not become the same blog.
    kept: list[str] = []
    while parts and len("-".join([*kept, parts[0]])) <= most - len(digest) - 1:
        kept.append(parts.pop(0))
    return "-".join([*kept, digest])
