"""A text's tokens and sentences, with where they stand. What all reading of words begins with.

Owns what a token is (`Ukraine` and `’s` are two, `didn’t` and `U.S.` one) and where a sentence ends. Linear in the
text, raises on none, and the same for every language: abbreviations of all are in one set. Offsets are code points.
"""

import re
from functools import lru_cache
from typing import Final, Literal, NamedTuple

TokenKind = Literal["word", "number", "mark", "name", "address"]


class Token(NamedTuple):
    """A token. `low`: lower case, with a straight apostrophe. `kind`: `name` is a @handle or #tag."""

    start: int
    end: int
    text: str
    low: str
    kind: TokenKind


class Sentence(NamedTuple):
    """A sentence, in characters (`start`, `end`) and in tokens (`first`, and `last` is one past)."""

    start: int
    end: int
    first: int
    last: int


class Tokens(NamedTuple):
    """A text read: its tokens, and its sentences, which hold every token once and in order."""

    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]


# A word's separators are no word characters, so that every alternative is read once from its first character.
_TOKEN: Final = re.compile(
    r"""
    (?P<address>(?:https?://|www\.)\S+)
  | (?P<name>[@\#]\w+)
  | (?P<dotted>(?<!\w)(?:[^\W\d_]\.){2,})
  | (?P<number>\d+(?:[.,:]\d+)*)
  | (?P<word>[^\W\d][\w\u0300-\u036f]*(?:[-‐‑'’&/][^\W_][\w\u0300-\u036f]*)*)
  | (?P<owned>(?<=\d)['’]s\b)
  | (?P<mark>\.{2,}|''|[^\w\s])
    """,
    re.VERBOSE,
)

_CLOSING: Final = frozenset({*"”’»«“\"')]", "''"})
_ENDING: Final = frozenset(".!?…")

# After these a full stop does not end a sentence.
_ABBREVIATIONS: Final = """
mr mrs ms mx dr prof st sen gov rep reps sens rev hon pres gen col lt maj capt cmdr adm sgt cpl pvt supt insp det messrs
jr sr vs v etc no nos fig inc ltd corp co bros dept est approx jan feb mar apr jun jul aug sep sept oct nov dec mon tue
tues wed thu thurs fri ave blvd rd vol pp ed eds al cf viz ca
bzw usw nr hr fr str abs bspw evtl ggf inkl sog vgl zzt mio mrd
sra srta dra ud uds pág núm aprox avda ee uu
"""
_ABBREVIATED: Final = frozenset(_ABBREVIATIONS.split())
# After an abbreviation of letters ("U.S.") one ends only where such a word follows: anything else may be a name.
_STARTERS: Final = """
the a an this that these those he she it we they i you his her its their our my there here in on at but and so however
meanwhile although while when if as after before for from with by what who why how asked speaking
der die das ein eine er sie es wir im aber und el la los las un una en pero y
"""
_STARTING: Final = frozenset(_STARTERS.split())


@lru_cache(maxsize=128)  # all suggesters read the same parts one after the other
def read(text: str) -> Tokens:
    """Return a text's tokens and sentences."""
    tokens = tuple(_tokens(text))
    return Tokens(text, tokens, tuple(_sentences(text, tokens)))


def _tokens(text: str) -> list[Token]:
    found = []
    for match in _TOKEN.finditer(text):
        (start, end), exact, group = match.span(), match[0], match.lastgroup
        if group == "word":
            low = exact.lower().replace("’", "'")
            if low.endswith("'s") and len(exact) > 2:
                found.append(Token(start, end - 2, exact[:-2], low[:-2], "word"))
                found.append(Token(end - 2, end, exact[-2:], "'s", "word"))
            else:
                found.append(Token(start, end, exact, low, "word"))
        elif group == "owned":
            found.append(Token(start, end, exact, "'s", "word"))  # "Radio 4's"
        elif group == "dotted":
            found.append(Token(start, end, exact, exact.lower(), "word"))
        else:
            assert group in {"address", "name", "number", "mark"}
            found.append(Token(start, end, exact, exact.lower(), group))  # type: ignore[arg-type]  # lastgroup is a str
    return found


def _sentences(text: str, tokens: tuple[Token, ...]) -> list[Sentence]:
    found, first = [], 0
    for at in range(len(tokens)):
        if _ends(text, tokens, at):
            found.append(Sentence(tokens[first].start, tokens[at].end, first, at + 1))
            first = at + 1
    return found


def _ends(text: str, tokens: tuple[Token, ...], at: int) -> bool:
    """Say whether a sentence ends with a token. A line's end always ends one."""
    if at + 1 == len(tokens):
        return True
    token, after = tokens[at], tokens[at + 1]
    if after.start == token.end:
        return False
    if "\n" in text[token.end : after.start]:
        return True
    if token.kind != "mark" and token.text[-1] != ".":
        return False
    stop = at
    while stop > 0 and tokens[stop].text in _CLOSING and tokens[stop - 1].end == tokens[stop].start and at - stop < 4:
        stop -= 1
    return _stops(tokens, stop) and _begins(after, dotted=tokens[stop].kind == "word")


def _stops(tokens: tuple[Token, ...], stop: int) -> bool:
    ending = tokens[stop]
    if ending.kind == "word":
        return ending.text.endswith(".")  # "U.S."
    if ending.text[0] not in _ENDING:
        return False
    before = tokens[stop - 1] if stop else None
    if ending.text != "." or before is None or before.end != ending.start:
        return True
    return before.low not in _ABBREVIATED and not (len(before.text) == 1 and before.text.isupper())


def _begins(token: Token, *, dotted: bool) -> bool:
    if dotted:
        return token.low in _STARTING and token.text[0].isupper()
    return not token.text[0].islower()
