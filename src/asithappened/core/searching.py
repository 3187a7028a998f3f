"""The form in which words are compared: a search need not be typed as the words were printed.

Owns that form: no case, no accents, no invisible characters, one kind of space; and what a person's search means. At
the desk a word is found anywhere in a text (`forms`): "haus" finds "Rathäuser". For readers, whose search has an
index, a text is cut into tokens (`tokens`), and a word is the beginning of one or more (`asked`).
Look next: desk/finding.py and log/search.py; the package `search`, and docs/adr/0040.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from msgspec import Struct

from asithappened.core.text import UNSPACED, without_spaces

QUERY_CHARS: Final = 256  # more than anybody types; a passage that was pasted is found by its beginning
QUERY_WORDS: Final = 16  # each is looked for in all that is searched
TOKEN_CHARS: Final = 40  # a longer word is cut: no name is longer, but an address or a key may be
# A shorter word matches only itself: as a beginning it would match a tenth of all words.
BEGINNING_CHARS: Final = 4

_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae"})
_TRANSCRIBED: Final = re.compile("(?<=[aou])e")
_SINGLE: Final = (("ø", "o"), ("æ", "a"), ("ł", "l"), ("đ", "d"), ("ı", "i"))  # Unicode does not decompose these
_UNSPACED: Final = "".join(f"{first}-{last}" for first, last in UNSPACED)
_STRETCHES: Final = re.compile(f"[{_UNSPACED}]+|[^{_UNSPACED}]+")
_ARTICLE: Final = "ال"  # "the" in Arabic, written with its noun
_NOT_ONLY_WORDS: Final = re.compile(f"[{_UNSPACED}]|{_ARTICLE}")  # texts without these are cut in half the time
_ASCII_RUNS: Final = re.compile("[a-z0-9]+")
_FOLDS: Final = 4_096  # characters whose folded form is kept: more than a page has, and less than a megabyte


class Term(Struct, frozen=True):
    """Consecutive tokens. `begins`: the last may be only the beginning of a word."""

    tokens: tuple[str, ...]
    begins: bool


Asked = Sequence[tuple[Term, ...]]
"""A parsed search: of each group one term has to occur."""


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
    """Return the forms in which a typed word may occur in a searchable text.

    >>> forms("Grüße"), forms("Gruesse")
    (('grusse', 'gruesse'), ('gruesse', 'grusse'))
    """
    typed = unicodedata.normalize("NFC", word).casefold()
    found = (searchable(typed), searchable(typed.translate(_UMLAUTS)), _TRANSCRIBED.sub("", searchable(typed)))
    return tuple(dict.fromkeys(filter(None, found)))


def typed_words(typed: str) -> list[str]:
    """Return the words of a typed search, as many as are looked for."""
    return typed[:QUERY_CHARS].split()[:QUERY_WORDS]


def tokens(text: str) -> list[str]:
    """Return the tokens by which a text is found, in order: words, and in scripts without spaces pairs of neighbours.

    >>> tokens("O’Brien: Überflutung in 東京都")
    ['o', 'brien', 'uberflutung', 'in', '東京', '京都', '都']
    """
    folded = searchable(text)
    if _only_words(folded):
        # `_placed` takes four times as long for 1,200 characters (0.14 ms), because it also finds their places. Every
        # publish cuts a post, and every page of results twenty.
        return [word[:TOKEN_CHARS] for word in _runs(folded).findall(folded)]
    return [token for token, _, _ in _placed(folded)]


def asked(typed: str) -> Asked:
    """Parse a person's search: all of its words have to occur, in any order; no character in it is an operator.

    >>> asked("Covid-19 map")
    [(Term(tokens=('covid', '19'), begins=False),), (Term(tokens=('map',), begins=False),)]
    """
    groups = [group for word in typed_words(typed) for group in _groups(unicodedata.normalize("NFKC", word))]
    return list(dict.fromkeys(groups))[:QUERY_WORDS]


def _groups(word: str) -> Iterator[tuple[Term, ...]]:
    for stretch in _STRETCHES.findall(word):
        if without_spaces(stretch[0]):
            folded = searchable(stretch)
            yield from ((_neighbours(run),) for run in _runs(folded).findall(folded))
            continue
        found = [tuple(tokens(form)) for form in forms(stretch)]
        if group := tuple(Term(each, len(each[-1]) >= BEGINNING_CHARS) for each in dict.fromkeys(found) if each):
            yield group


def _neighbours(run: str) -> Term:
    if len(run) == 1:
        return Term((run,), begins=True)
    return Term(tuple(run[at : at + 2] for at in range(len(run) - 1)), begins=False)


def says(texts: Sequence[Sequence[str]], wanted: Asked) -> bool:
    """Say whether texts, each as its tokens, match a search; a term must be whole in one of them."""
    # A page of results asks this of 1,200 characters twenty times. No token has a space in it.
    joined = [f" {' '.join(text)} " for text in texts]
    return all(any(_phrase(term) in text for term in group for text in joined) for group in wanted)


def _phrase(term: Term) -> str:
    return f" {' '.join(term.tokens)}{'' if term.begins else ' '}"


def spans(text: str, wanted: Asked) -> list[tuple[int, int]]:
    """Return where the words of a search are in a text, as (start, end)."""
    found = list[tuple[int, int]]()
    for start, end in _standing(text, wanted):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def first_found(text: str, wanted: Asked) -> int:
    """Return where the first word of a search begins in a text; 0 if none is in it."""
    return next(_standing(text, wanted), (0, 0))[0]


def _standing(text: str, wanted: Asked) -> Iterator[tuple[int, int]]:
    terms = [term for group in wanted for term in group]
    exact = {token for term in terms for token in term.tokens}
    begun = tuple(term.tokens[-1] for term in terms if term.begins)
    folded = text.translate(_folds)
    # Most texts keep one character for each when they are folded, and need no list of positions.
    alike = text.isascii() or all(len(_folds[ord(char)]) == 1 for char in set(text))
    at: Sequence[int] = range(len(text)) if alike else [n for n, char in enumerate(text) for _ in _folds[ord(char)]]
    first = min((place for token in exact if (place := folded.find(token)) >= 0), default=None)
    if first is None:
        return
    # No token is cut at a space, so what is before the last one need not be cut into tokens.
    for token, start, behind in _placed(folded, folded.rfind(" ", 0, first) + 1):
        if token in exact or (begun and token.startswith(begun)):
            end = at[behind - 1] + 1
            while end < len(text) and not _folds[ord(text[end])]:  # the accents of its last letter
                end += 1
            yield at[start], end


class _Folds(dict[int, str]):
    """The folded form of each character by itself, for str.translate."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = searchable(char) or (" " if char.isspace() else "")
        if len(self) < _FOLDS:
            self[code] = folded
        return folded


_folds: Final = _Folds()


def _placed(folded: str, begin: int = 0) -> Iterator[tuple[str, int, int]]:
    """Yield the tokens of a searchable text from a place between two of them on, each with its place in it."""
    only_words = _only_words(folded)
    for run in _runs(folded).finditer(folded, begin):
        if only_words:
            yield run.group()[:TOKEN_CHARS], run.start(), run.end()
            continue
        for stretch in _STRETCHES.finditer(run.group()):
            piece, start = stretch.group(), run.start() + stretch.start()
            if without_spaces(piece[0]):
                # The last character is also a token by itself, or a search for one character would miss it.
                for n in range(len(piece)):
                    yield piece[n : n + 2], start + n, start + min(n + 2, len(piece))
            else:
                word = piece.removeprefix(_ARTICLE) if len(piece) > len(_ARTICLE) + 2 else piece
                yield word[:TOKEN_CHARS], start, start + len(piece)


def _only_words(folded: str) -> bool:
    """Say whether each run of letters of a searchable text is one token as it stands."""
    return folded.isascii() or _NOT_ONLY_WORDS.search(folded) is None


def _runs(folded: str) -> re.Pattern[str]:
    """Return the pattern of letters and digits in a row for a searchable text."""
    return _ASCII_RUNS if folded.isascii() else _all_runs()


@cache
def _all_runs() -> re.Pattern[str]:
    """Return the pattern of letters and digits in a row, with the vowels that Indian scripts write as marks."""
    return re.compile(rf"(?:[^\W_]+|[{_of('Mc')}]+)+")


@cache
def _unseen() -> re.Pattern[str]:
    """Return the pattern of accents and of characters that cannot be seen.

    Only of Unicode's first plane: with the others, each publish of a thousand letters would take 0.2 ms longer.
    """
    return re.compile(f"[{_of('Mn', 'Cf')}]")


def _of(*categories: str) -> str:
    """Return the characters of Unicode's first plane that are of these categories, for a class of a pattern."""
    codes = [code for code in range(0x10000) if unicodedata.category(chr(code)) in categories]
    spans: list[list[int]] = []
    for code in codes:
        if spans and spans[-1][1] == code - 1:
            spans[-1][1] = code
        else:
            spans.append([code, code])
    return "".join(f"{chr(a)}-{chr(z)}" for a, z in spans)
