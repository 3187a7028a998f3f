"""Whether a figure is what its sentence is about: it begins it, or stands behind small words only, or was spoken of.

Owns where a sentence begins for it: a quotation, a bracket or what stands behind a colon is one of its own. Which words
are small is the lexicon's (`roles`: `leading`, `presenting`, `spoken_of`). Look next: `likely_figure`.
"""

from typing import Final, Literal

from asithappened.ledger.language.clause import stem
from asithappened.ledger.language.roles import roles
from asithappened.ledger.stale.figure_series import Here

Lead = Literal["", "first", "presented"]

_MOST: Final = 6  # small words before it
_POINTED: Final = 3  # "this storm is"
_NEW: Final = frozenset("“„«‘\"'»:–—•(¡¿…")


def lead(here: Here, own: frozenset[str] = frozenset()) -> Lead:
    """Say whether a figure is "first" ("With 63 dead …") or "presented" ("We have 63 dead", "It is now 63").

    `own`: stems of the words of a series, which presents its figure too; so does what is pointed at ("This storm is").
    """
    words, tokens, first = roles(here.language), here.sentence.tokens, here.found.quantity.first
    start = here.speech[0] if here.speech is not None else 0
    before = list[str]()
    for at in range(first - 1, here.sentence.first - 1, -1):
        token = tokens[at]
        if token.start < start or (token.kind == "mark" and token.text in _NEW):
            if token.text == ":" and not _is_of(here, at, own):
                return ""  # "Kaufpreis: 380.000 Euro"
            break
        if token.kind != "mark" or token.text != ",":
            before.append(token.low)
        if len(before) > _MOST:
            return ""
    if all(low in words["leading"] for low in before):
        return "first"
    small = words["leading"] | words["presenting"]
    if len(before) == _POINTED and before[0] in words["presenting"] and before[2] in words["this"]:
        return "presented"
    return "presented" if all(low in small or stem(low) in own for low in before) else ""


def _is_of(here: Here, colon: int, own: frozenset[str]) -> bool:
    """Say whether what stands before a colon says what a series is of, or who speaks."""
    behind = here.sentence.tokens[colon + 1].text in _NEW
    words, before = roles(here.language), here.sentence.tokens[here.sentence.first : colon]
    return behind or any(stem(token.low) in own or token.low in words["whole"] for token in before)


def spoken_of(here: Here) -> bool:
    """Say whether an article or pronoun has it that those counted were spoken of: "the 14 men", "all 14"."""
    first = here.found.quantity.first
    return first > here.sentence.first and here.sentence.tokens[first - 1].low in roles(here.language)["spoken_of"]
