"""The form in which words are compared, so that whoever looks for them need not type them as they were printed.

Owns that form: no case, no accents, no invisible characters, one kind of space. Words are looked for anywhere in it, so
"haus" finds "Rathäuser"; `forms` adds the two ways in which German umlauts are written.
"""

import re
import unicodedata
from functools import cache
from typing import Final

_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae"})
_TRANSCRIBED: Final = re.compile("(?<=[aou])e")
_SINGLE: Final = (("ø", "o"), ("æ", "a"), ("ł", "l"), ("đ", "d"), ("ı", "i"))  # what Unicode takes for letters


def searchable(text: str) -> str:
    """Return a text as it is compared.

    >>> searchable("Große  STRASSE, Crème brûlée")
    'grosse strasse, creme brulee'
    """
    text = text.casefold()
    if not text.isascii():
        text = _unseen().sub("", unicodedata.normalize("NFKD", text)).casefold()
        for letter, plain in _SINGLE:
            text = text.replace(letter, plain)
    return " ".join(text.split())


def forms(word: str) -> tuple[str, ...]:
    """Return the forms in which a word that somebody typed may stand in a searchable text.

    >>> forms("Grüße"), forms("Gruesse")
    (('grusse', 'gruesse'), ('gruesse', 'grusse'))
    """
    typed = unicodedata.normalize("NFC", word).casefold()
    found = (searchable(typed), searchable(typed.translate(_UMLAUTS)), _TRANSCRIBED.sub("", searchable(typed)))
    return tuple(dict.fromkeys(filter(None, found)))


@cache
def _unseen() -> re.Pattern[str]:
    """Return the pattern of what is no letter by itself: accents, and characters that cannot be seen.

    Of the first plane alone: with others in it, each publish of a thousand letters would wait for it for 0.2 ms.
    """
    codes = [code for code in range(0x10000) if unicodedata.category(chr(code)) in {"Mn", "Cf"}]
    spans: list[list[int]] = []
    for code in codes:
        if spans and spans[-1][1] == code - 1:
            spans[-1][1] = code
        else:
            spans.append([code, code])
    return re.compile("[" + "".join(f"{chr(a)}-{chr(z)}" for a, z in spans) + "]")
