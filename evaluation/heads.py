"""The head of a name: of "the French president, Emmanuel Macron" Macron, of "a spokesman for the ministry" spokesman.

Owns when two speakers, outlets or counted things are the same by the guideline. Uses none of the ledger's rules.
"""

import re
from typing import Final

_WORD: Final = re.compile(r"[^\W_]+(?:[-‐‑'’.&/][^\W_]+)*\.?", re.UNICODE)
# The words after one of these say more about a head, and are never the head.
_AFTER: Final = re.compile(
    r"\s(?:of|for|from|at|in|on|with|to|by|near|inside|outside|around|across|who|whose|which|that|where|under|against|"
    r"between|among|behind|aboard|since|over|than|as|into|after|before|during|named|called|including|von|de|del|la)\s",
    re.IGNORECASE,
)  # fmt: skip
# "A document provided by Ann Lee" is a document, "people familiar with the talks" are people.
_MORE: Final = re.compile(r"\s(?:[a-z]{3,}ed|seen|written|familiar|close)\s(?:by|in|with|to|from)\s")
_NO_ROLES: Final = "of|for|from|at|in|on|with|to|by|near|the|a|an|and|or|his|her|their|its"
_ROLE: Final = re.compile(rf"\b(?!(?:{_NO_ROLES})\s)[a-z][\w-]*\s((?:[A-Z][\w.'’-]*\s)+[A-Z][\w'’-]*)$")
_OWNED: Final = re.compile(r"['’]s?$")
_PARTICLES: Final = re.compile(r"\b(?:von der|von|van der|van|de la|de|del|di|da|al|el|bin|ibn|le|la)\s(?=[A-Z])")


def head(name: str) -> str:
    """Return the head of a noun phrase in lower case; "" for an empty one."""
    segments = [one for one in re.split(r"[,;(\n—–]|\s-\s", name) if _WORD.search(one)]
    if not segments:
        return ""
    named = [one for one in segments if _is_name(one)]
    core = (named or segments)[0] if named else _MORE.split(segments[0])[0]
    if role := _ROLE.search(core.strip()):  # "defence ministry spokesman Ann Lee"
        return _last_word(role[1])
    return _last_word(core if named else _AFTER.split(f" {core.strip()} ")[0] or core)


def same(one: str, other: str) -> bool:
    """Say whether two phrases have the same head. Two empty ones do."""
    return _singular(head(one)) == _singular(head(other))


def same_noun(one: str, other: str) -> bool:
    """Say whether two phrases end in the same noun, if nothing follows their heads. Two empty ones do."""
    return _singular(_last_word(one)) == _singular(_last_word(other))


def _is_name(segment: str) -> bool:
    """Say whether a segment is a proper name and nothing else, as the second of "the president, Emmanuel Macron" is."""
    words = _WORD.findall(_PARTICLES.sub("", segment))
    return (
        len(words) > 1 and all(word[0].isupper() or word[0].isdigit() for word in words) and not _AFTER.search(segment)
    )


def _last_word(core: str) -> str:
    words = _WORD.findall(core)
    return _OWNED.sub("", words[-1].rstrip(".")).lower() if words else ""


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
