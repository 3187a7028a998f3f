"""Recognises headlines, ends of sentences and quotations in a plain-text page by their form.

Owns the difference between a headline and a sentence, and where a quotation ends that a paragraph with ":" began.
"""

import re
from functools import lru_cache
from typing import Final

from asithappened.importers.formats.page_text.units import Sort, Unit

HEADLINE_CHARS: Final = 190  # the longest recorded headline has 187
SUMMARY: Final = re.compile(
    r"^(?:\w+(?:’s|'s)? ){0,4}summary\b[^.:?!]{0,40}$|^the day so far\W*$|^what we know so far\W*$", re.IGNORECASE
)
_ENDED: Final = re.compile(r"[.!?…:;,]$")
_QUOTES: Final = "“”‘’\"'"
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_LABEL: Final = re.compile(r"^(?:more(?: here)?|from|via|by|read|dear|photo|video|source)\b|: -?\d|\d%$", re.IGNORECASE)
NAME: Final = re.compile(r"\b[A-Z][\w’'-]{0,40}[a-z](?: (?:[A-Z]\.|[a-z]{2,3}))? [A-Z][\w’'-]+")
_SAID: Final = re.compile(
    r"\b(?:he|she|they|it|who)(?: has| have)? (?:said|says|added|adds|told|wrote|writes|continued|explained)\b"
    r"|\b(?:said|told|reports?|claimed|claims|announced|tweeted|posted|added|according to|continued by)\b",
    re.IGNORECASE,
)
_PROSE: Final = re.compile(r"\b(?:reports?|reported|writes|wrote|has (?:this|more)(?: [\w’'-]+){0,6})\s*:$")


def ended(words: str) -> bool:
    """Return whether a line ends as a sentence does."""
    return bool(_ENDED.search(words.rstrip(_QUOTES + " )")))


def is_headline(unit: Unit, after: Unit | None) -> bool:
    """Return whether a unit is a headline: one short line that is no sentence, with another unit below it."""
    if unit.sort is not Sort.TEXT or len(unit.lines) != 1 or unit.quoted:
        return False
    words = unit.words
    if SUMMARY.match(words) and after is not None and after.sort is not Sort.UPDATED:
        return True
    if after is None or after.sort is Sort.UPDATED or len(words) > HEADLINE_CHARS:
        return False
    if ended(words) or re.search(r"https?://|pic\.twitter|[#@]\w", words):
        return False
    return not (words[0].islower() or words[0] in '—(•“"|' or " | " in words)


def heads_a_post(unit: Unit) -> bool:
    """Return whether a headline between units begins a post; a name or a label alone begins a part of one."""
    words = unit.words
    return bool(SUMMARY.match(words)) or (len(_WORD.findall(words)) > 0 and not _LABEL.match(words))


def mark_quoted(units: list[Unit]) -> None:
    """Mark quoted paragraphs: those after a paragraph that ends in ":", until the quotation ends."""
    lead = ""
    for number, unit in enumerate(units):
        after = units[number + 1] if number + 1 < len(units) else None
        before = units[number - 1] if number else None
        if unit.sort is not Sort.TEXT:
            lead = ""
        elif before is not None and before.sort is Sort.TEXT and not before.quoted and before.words.endswith(":"):
            lead = before.words
            unit.quoted = not is_headline(unit, after) and not unit.words.endswith(":")
            lead = lead if unit.quoted else ""
        elif lead and before is not None and before.quoted and _goes_on(unit, before, lead, after):
            unit.quoted = True
        else:
            lead = ""


@lru_cache(maxsize=64)
def _lead(lead: str) -> tuple[bool, frozenset[str]]:
    """Return whether a paragraph introduces another text, and the surnames in it."""
    return bool(_PROSE.search(lead)), frozenset(name.split()[-1] for name in NAME.findall(lead))


def _goes_on(unit: Unit, before: Unit, lead: str, after: Unit | None) -> bool:
    """Return whether the quotation continues in this paragraph."""
    words = unit.words
    if words.endswith(":") or is_headline(unit, after):
        return False
    if words.startswith("“") and before.words.startswith("“"):
        return True
    introduced, speakers = _lead(lead)
    if introduced:
        return True
    if speakers & set(re.findall(r"[\w’'-]+", words)):
        return False
    return not (_SAID.search(words) or "“" in words)
