"""Finds the end of a text's first sentence, which is the label of a post without a headline.

Works for every script that ends sentences with a mark. In doubt a sentence continues, because half a sentence is a
worse label than two. A closing quotation mark or bracket after the stop belongs to the sentence, and no sentence ends
inside a quotation that closes later. Look next: `abbreviations` for words whose stop ends no sentence.
"""

import re
from functools import lru_cache
from typing import Final

from asithappened.core.text import without_spaces
from asithappened.render.abbreviations import MAYBE, ORDINALS, PARTICLES, always, before_a_number, openers

# A label is never longer, and this bounds the work: at most a stop for every second character.
_LOOKED_AT: Final = 1_000
# The stops of Chinese and Japanese, Urdu, Hindi, Armenian, Ethiopic, Burmese, Khmer, Mongolian and Tibetan only end
# sentences, and need no space after them.
_SURE: Final = "。！？｡।॥۔։።፧፨။៕។᠃།"
_STOPS: Final = re.compile(f"[.!?…؟‽‼⁇⁈⁉{_SURE}]+")
_GREEK_STOPS: Final = re.compile("[.!…;\u037e]+")
_CLOSING: Final = re.escape("\"'”’“‘»«›‹)]}）］」』】〉》")
_BEHIND: Final = re.compile(f"[{_CLOSING}]*")
_SPACED_GUILLEMET: Final = re.compile(r"[ \u00a0\u202f][»›]")
# Characters that may come before the first word of the next sentence.
_BEFORE_WORD: Final = re.compile(f"[\\s{_CLOSING}(\\[{{（［「『【〈《„‚¿¡–—―-]*")
_TOKEN: Final = re.compile(r"[^\s\"”“„«»‹›()\[\]/–—]*$")
_TOKEN_CHARS: Final = 40
_WORD: Final = re.compile(r"[^\W_]+")
# "J", "J.-P", "U.S", "Ph.D", "z.B": letters by themselves, or with stops within.
_LETTERS: Final = re.compile(r"[^\W\d_]|(?:[^\W\d_]{1,3}\.-?)+[^\W\d_]{1,3}")
_ORDINAL: Final = re.compile(r"\d{1,2}|[IVX]{1,5}")
_PAIRS: Final = {"(": ")", "[": "]", "（": "）", "「": "」", "『": "』", "【": "】", "《": "》", "„": "“”",
                 "‚": "‘’", "“": "”", "‘": "’", "”": "”", "«": "»", "»": "«", "‹": "›", "›": "‹", '"': '"'}  # fmt: skip
_BRACKETS: Final = frozenset("([（「『【《")
_PAIRED: Final = re.compile(f"[{re.escape(''.join({*_PAIRS, *''.join(_PAIRS.values())}))}]")
# 「…。」と彼は言った。 and “…。”他说。: the words after the quotation belong to the sentence.
_SAID: Final = re.compile("[とはがをのにもっ]|[^。！？，\\s]{0,12}[说說道问問称稱喊]")
_NESTED: Final = 4  # levels of quotations and brackets; deeper ones are decoration


def first_sentence(text: str, language: str = "") -> str:
    """Return a text up to the end of its first sentence, with the quotation marks that close there.

    `language`: a BCP 47 tag, which decides cases such as "am 3. Oktober" and "It was 3. Others followed."
    """
    text = text.strip()
    end = _first_end(text[:_LOOKED_AT], language.lower().split("-")[0])
    return text if end is None else text[:end]


@lru_cache(maxsize=1024)  # every publish labels the same key events again
def _first_end(head: str, subtag: str) -> int | None:
    within = _enclosed(head)
    for stop in (_GREEK_STOPS if subtag == "el" else _STOPS).finditer(head):
        behind = _BEHIND.match(head, stop.end())
        end = behind.end() if behind else stop.end()
        if _SPACED_GUILLEMET.match(head, end) and within[end]:
            end += 2
        if not within[end - 1] and _ends(head, stop, end, subtag):
            return end
    return None


def _enclosed(text: str) -> list[bool]:
    """Return for each index whether it is inside a quotation or brackets that close later, without the closing mark."""
    within = [False] * (len(text) + 1)
    open_: list[tuple[int, str]] = []
    reached = 0
    for mark in _PAIRED.finditer(text):
        at, char = mark.start(), mark[0]
        expected = next((n for n in range(1, min(_NESTED, len(open_)) + 1) if char in open_[-n][1]), 0)
        if expected and not (char in "’‘" and text[at + 1 : at + 2].isalnum()):  # "Nobody’s"
            start = max(reached, open_[-expected][0])
            within[start:at] = [True] * (at - start)
            del open_[-expected:]
            reached = at if not open_ else reached
        elif char in _BRACKETS or (char in _PAIRS and _may_open(text, at)):
            open_.append((at, _PAIRS[char]))
    return within


def _may_open(text: str, at: int) -> bool:
    before, after = text[max(0, at - 1) : at], text[at + 1 : at + 2]
    return (not before.isalnum() or without_spaces(before)) and (text[at] in "«‹" or not after.isspace())


def _ends(text: str, stop: re.Match[str], end: int, language: str) -> bool:
    """Return whether a sentence ends at a stop; `end`: after the marks that close there."""
    marks, after = stop[0], text[end : end + 1]
    if not _WORD.search(text, 0, stop.start()):
        return False  # "...and then"
    if not after:
        return True
    if marks[-1] in _SURE:
        return end == stop.end() or not _SAID.match(text, end)
    if not after.isspace():
        return marks[-1] in "!?" and end == stop.end() and without_spaces(after)
    opening = _BEFORE_WORD.match(text, end)
    word = _WORD.match(text, opening.end()) if opening else None
    if word and _begins_low(text, word):
        return False
    return marks != "." or not _abbreviated(text, stop.start(), word, language)


def _begins_low(text: str, word: re.Match[str]) -> bool:
    first = word[0][0]
    # Dutch "’s Avonds" begins a sentence, and Georgian does not capitalise sentences.
    shortened = len(word[0]) == 1 and text[word.start() - 1] in "'’"
    return first.islower() and not shortened and not "\u10d0" <= first <= "\u10ff"


def _abbreviated(text: str, at: int, word: re.Match[str] | None, language: str) -> bool:
    """Return whether a full stop belongs to an abbreviation before it; `word`: the word after it."""
    found = _TOKEN.search(text, max(0, at - _TOKEN_CHARS), at)
    token = found[0] if found else ""
    elided = re.split("[’']", token)[-1]
    if len(elided) > 1:  # "l’art. 5", but "It’s."
        token = elided
    name = token.casefold()
    last = name.rpartition("-")[2]
    opens = word is not None and _is_opener(text, word, language)
    if {name, last} & always(language) or (language == "de" and name.endswith(("str", "nr"))):
        return True
    if word and word[0][0].isdecimal() and name in before_a_number(language):
        return True
    if _ORDINAL.fullmatch(token):
        return at == len(token) or (language in ORDINALS and not opens)
    if (_LETTERS.fullmatch(name) or _LETTERS.fullmatch(last)) and not without_spaces(name[:1]):
        return not opens or (word is not None and word[0] in PARTICLES)
    return name in MAYBE and not opens


def _is_opener(text: str, word: re.Match[str], language: str) -> bool:
    elided = word[0] in ("L", "C", "J", "N", "S", "Qu") and text[word.end() : word.end() + 1] in ("’", "'")  # L’Élysée
    return elided or (word[0] in openers(language) and not text.startswith(".", word.end()))
