"""Numbers as a text prints them, in digits or in words, with their values.

Owns what a number is worth ("2.5m", "sixty-three", "half a million", "1.234,5" in German), whatever it means: years and
scores are numbers here. Linear in the tokens. Look next: `figures`, which says which of them count something.
"""

import re
from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

from asithappened.ledger.amounts.sums import Sum
from asithappened.ledger.language import lexicon
from asithappened.ledger.language.tokens import Token, Tokens

DIGITS: Final = 15  # more are somebody's account or telephone, and no float holds them
_GROUPED: Final = {
    "point": re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?"),
    "comma": re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?"),
}
_PLAIN: Final = {"point": re.compile(r"\d+(?:\.\d+)?"), "comma": re.compile(r"\d+(?:,\d+)?")}
_HYPHENS: Final = frozenset("-‐‑")
_ABBREVIATED: Final = frozenset({"mio", "mrd"})

_PLACES: Final = 3  # decimals that are spoken

_WORDS_READ: Final = 20_000

Piece = tuple[str, float]  # a class of the lexicon `numbers`, and its value


class Number(NamedTuple):
    """A number. `first`, `last`: its tokens, one past for `last`. `start`, `end`: its characters.

    `rest`: what its last token goes on with ("year-old" in "three-year-old"). `scaled`: a word or suffix multiplied
    it by `factor`. `open`: "hundreds", "several thousand". `fraction`: a part of something. `times`: "twice".
    """

    first: int
    last: int
    start: int
    end: int
    value: float
    how: Literal["digits", "words"]
    rest: str = ""
    scaled: bool = False
    open: bool = False
    fraction: bool = False
    times: bool = False
    factor: float = 1.0


class _Words(NamedTuple):
    classes: Mapping[str, Piece]
    compound: re.Pattern[str]
    mark: str
    read: dict[str, tuple[list[Piece], int]]  # by word: a live blog has few thousand


def scan(read: Tokens, language: str) -> list[Number]:
    """Return a text's numbers, in order. A language without a list reads digits as English does."""
    words, tokens = _words(language), read.tokens
    found: list[Number] = []
    at = 0
    while at < len(tokens):
        number = _number(tokens, at, words)
        if number is None:
            at += 1
        else:
            found.append(number)
            at = max(number.last, at + 1)
    return found


@lexicon.kept
def _words(language: str) -> _Words:
    classes: dict[str, Piece] = {}
    mark = "point"
    for phrase, values in lexicon.load(language, "numbers").items():
        if phrase == "decimal mark":
            mark = values[0]
        else:
            classes[phrase] = (values[0], float(values[1]) if len(values) > 1 else 0.0)
    parts = sorted((re.escape(p) for p, (kind, _) in classes.items() if kind in {"number", "scale", "joiner"}), key=len)
    return _Words(classes, re.compile("|".join(reversed(parts)) or "(?!)"), mark, {})


def _number(tokens: tuple[Token, ...], at: int, words: _Words) -> Number | None:
    token = tokens[at]
    if token.kind == "number":
        return _in_digits(tokens, at, words)
    if token.kind != "word":
        return None
    pieces, taken = _pieces(token, words)
    if not pieces or pieces[0][0] in {"joiner", "suffix"}:
        return None
    return _in_words(tokens, at, words, pieces, taken)


def _pieces(token: Token, words: _Words) -> tuple[list[Piece], int]:
    """Return a word's number pieces, and how many of its characters they are: "three" of "three-year"."""
    piece = words.classes.get(token.low)
    if piece is not None:
        return [piece], len(token.text)
    if len(token.low) > 60:
        return [], 0
    if (known := words.read.get(token.low)) is not None:
        return known
    if len(words.read) >= _WORDS_READ:
        words.read.clear()
    read = words.read[token.low] = _read(token.low, words)
    return read


def _read(low: str, words: _Words) -> tuple[list[Piece], int]:
    found: list[Piece] = []
    taken = at = 0
    for part in re.split("[-‐‑]", low):
        end = at + len(part)
        inner = words.classes.get(part)
        several = [inner] if inner else _compound(part, words)
        if not several or several[0][0] == "decimal":
            break  # "six-point"
        if not found and several[0][0] in {"joiner", "article", "suffix", "few"}:
            break
        found += several
        taken, at = end, end + 1
    return found, taken


def _compound(part: str, words: _Words) -> list[Piece]:
    """Return the pieces of a word written together ("dreiundsechzig"), none if anything is left over."""
    found, at = [], 0
    for match in words.compound.finditer(part):
        if match.start() != at or not match.group():
            return []
        found.append(words.classes[match.group()])
        at = match.end()
    return found if at == len(part) and len(found) > 1 else []


def _in_digits(tokens: tuple[Token, ...], at: int, words: _Words) -> Number | None:
    token, last = tokens[at], at + 1
    value = worth(token.text, words.mark)
    if value is None:
        return None
    end, spaced = token.end, token.text
    while last < len(tokens) and _continues(tokens[last - 1], tokens[last], spaced, words):  # "10 000"
        spaced += tokens[last].text
        value, end, last = float(spaced), tokens[last].end, last + 1
    adding = Sum()
    adding.take("digits", value)
    if last < len(tokens) and tokens[last].start == end and tokens[last].kind == "word":  # "2.5m", "2½"
        glued = tokens[last]
        low, _, rest = glued.low.partition("-")
        kind, worth_ = words.classes.get(low, ("", 0.0))
        if kind == "fraction" and not low.isalpha():
            adding.plus(worth_)
            last, end = last + 1, glued.end
        elif glued.text == "B" and not (at and tokens[at - 1].end == token.start):
            pass  # "2B" is second base; "$2B" is money
        elif kind in {"suffix", "scale"} and adding.take("suffix", worth_):
            return _made(tokens, at, last + 1, glued.start + len(low), adding, "digits", rest)
    if last < len(tokens) and tokens[last].start - end == 1 and tokens[last].kind == "word":  # "2.9 mln"
        kind, worth_ = words.classes.get(tokens[last].low, ("", 0.0))
        if kind == "suffix" and len(tokens[last].low) > 1 and adding.take("suffix", worth_):
            return _made(tokens, at, last + 1, tokens[last].end, adding, "digits", "")
    return _onwards(tokens, at, last, end, words, adding, "digits")


def _continues(before: Token, token: Token, spaced: str, words: _Words) -> bool:
    if token.kind != "number" or len(token.text) != 3 or not spaced.isdecimal() or len(before.text) > 3:
        return False
    gap = token.start - before.end
    return gap == 1 and (words.mark == "comma" or token.text == "000")


def worth(text: str, mark: str) -> float | None:
    """Return what digits with separators are worth; None for what is no one number ("1.2.3", "10:30", an account)."""
    if len(text) > DIGITS + 6:
        return None
    if _GROUPED[mark].fullmatch(text) or _PLAIN[mark].fullmatch(text):
        group, decimal = (",", ".") if mark == "point" else (".", ",")
        plain = text.replace(group, "") if _GROUPED[mark].fullmatch(text) else text
        return float(plain.replace(decimal, ".")) if len(plain) <= DIGITS + 1 else None
    return None


def _in_words(tokens: tuple[Token, ...], at: int, words: _Words, pieces: list[Piece], taken: int) -> Number | None:
    adding, token, start = Sum(), tokens[at], tokens[at].start
    first = at
    kind = pieces[0][0]
    if kind in {"article", "few"}:
        return _after_article(tokens, at, words)
    if kind == "fraction" and len(pieces) > 1 and pieces[1][0] != "scale":
        return None  # "third-quarter", "half-and-half"
    if kind == "fraction" and taken < len(token.text) and pieces[0][1] != 0.5:
        return None  # "third-party"
    if kind == "fraction" and len(pieces) == 1 and taken == len(token.text):
        return _begun_by_part(tokens, at, at, pieces[0][1], words)
    if pieces[0] == ("number", 1.0) and at + 1 < len(tokens) and _is_half(tokens[at + 1], words):
        return _begun_by_part(tokens, at, at + 1, 0.5, words)  # "ein halber Meter"
    if not _take_all(adding, pieces):
        return None
    if taken < len(token.text):
        return _made(tokens, first, at + 1, start + taken, adding, "words", token.low[taken + 1 :])
    return _onwards(tokens, first, at + 1, token.end, words, adding, "words")


def _take_all(adding: Sum, pieces: list[Piece]) -> bool:
    for n, (kind, value) in enumerate(pieces):
        if kind in {"joiner", "article"}:
            continue
        if kind == "fraction" and n > 1 and pieces[n - 1][0] in {"article", "joiner"}:
            adding.plus(value)
        elif not adding.take(kind, value, inside=n > 0):
            return False
    return adding.seen


def _after_article(tokens: tuple[Token, ...], at: int, words: _Words) -> Number | None:
    """Read "a hundred", "a half", "several thousand", "a few hundred": an article is left outside, as before a noun."""
    few = words.classes[tokens[at].low][0] == "few"
    after = at + 1
    if not few and after < len(tokens) and words.classes.get(tokens[after].low, ("", 0.0))[0] == "few":
        few, after = True, after + 1
    if few and after + 1 < len(tokens) and tokens[after].low == "of":  # "a couple of hundred"
        after += 1
    if after >= len(tokens) or tokens[after].kind != "word" or tokens[after].start - tokens[after - 1].end > 1:
        return None
    pieces, taken = _pieces(tokens[after], words)
    if not pieces or pieces[0][0] not in {"scale", "fraction", "many"}:
        return None
    if pieces[0][0] == "fraction" and len(pieces) == 1 and taken == len(tokens[after].text):
        return None if few else _begun_by_part(tokens, at, after, pieces[0][1], words)
    adding = Sum()
    if not _take_all(adding, pieces):
        return None
    adding.open = adding.open or few
    token = tokens[after]
    if taken < len(token.text):
        return _made(tokens, after, after + 1, token.start + taken, adding, "words", token.low[taken + 1 :])
    return _onwards(tokens, at if few else after, after + 1, token.end, words, adding, "words")


def _begun_by_part(tokens: tuple[Token, ...], first: int, at: int, part: float, words: _Words) -> Number | None:
    """Read "half a million", "a quarter of a million", "half"; a bare "third" or "fifth" is an ordinal."""
    after = at + 1
    if after < len(tokens) and tokens[after].low in {"of", "de"}:
        after += 1
    if after < len(tokens) and words.classes.get(tokens[after].low, ("",))[0] == "article":
        after += 1
    adding = Sum()
    adding.take("fraction", part)
    if after < len(tokens) and tokens[after].kind == "word":
        kind, value = words.classes.get(tokens[after].low, ("", 0.0))
        if kind == "scale" and (after > at + 1 or first < at or part == 0.5) and adding.take(kind, value):
            return _made(tokens, at, after + 1, tokens[after].end, adding, "words", "")
    if first < at or part == 0.5 or not tokens[at].low.isalpha():  # "¾ of pupils"
        return _made(tokens, at, at + 1, tokens[at].end, adding, "words", "")
    return None


def _onwards(
    tokens: tuple[Token, ...], first: int, last: int, end: int, words: _Words, adding: Sum, how: str
) -> Number:
    """Go on with the words after what was taken, for as long as they are of the same number."""
    while last < len(tokens):
        joined = last
        while (
            joined < len(tokens) - 1
            and joined - last < 2
            and words.classes.get(tokens[joined].low, ("",))[0] in {"joiner", "article"}
        ):
            joined += 1
        if joined == last and tokens[last].text in _HYPHENS and tokens[last].start == end and last + 1 < len(tokens):
            if tokens[last + 1].start > tokens[last].end:
                break
            joined = last + 1  # "10-million"
        token = tokens[joined]
        pieces, taken = _pieces(token, words) if token.kind == "word" else ([], 0)
        if not pieces or token.start - tokens[joined - 1].end > 1:
            break
        kind, value = pieces[0]
        if joined > last and kind == "fraction" and joined - last == 2 and not adding.open:
            adding.plus(value)  # "and a half"
        elif joined - last == 2 or not _goes_on(adding, pieces, joined > last, how):
            break
        last, end = joined + 1, token.start + taken
        if taken < len(token.text):
            return _made(tokens, first, last, end, adding, how, token.low[taken + 1 :])
        if last + 1 < len(tokens) and tokens[last].text == "." and token.low in _ABBREVIATED:
            last, end = last + 1, tokens[last].end  # "3,5 Mio. Euro"
        if adding.open and last + 1 < len(tokens) and tokens[last].low == "of":  # "tens of thousands"
            break
    return _with_many(tokens, first, last, end, words, adding, how)


def _goes_on(adding: Sum, pieces: list[Piece], joined: bool, how: str) -> bool:
    kind, value = pieces[0]
    if kind == "suffix" or (kind == "many" and not adding.open):
        return False
    if kind == "number" and (how == "digits" or (joined and not adding.scaled and adding.value < 20)):
        return False
    if kind == "number" and not joined and adding.value < 20:
        return False
    if kind == "fraction" and (value == 0.5 or adding.value == 1 or adding.digits):
        return adding.value == 1 and (value != 0.5 or not joined) and adding.take(kind, value)  # "ein halbes"
    if kind not in {"number", "scale", "fraction", "many"}:
        return False
    taken = adding.take(kind, value)
    return taken and all(adding.take(k, v, inside=True) for k, v in pieces[1:] if k not in {"joiner", "article"})


def _with_many(
    tokens: tuple[Token, ...], first: int, last: int, end: int, words: _Words, adding: Sum, how: str
) -> Number:
    if last < len(tokens) and words.classes.get(tokens[last].low, ("",))[0] == "decimal" and not adding.open:
        places, read_to = _decimals(tokens, last + 1, words)
        if places and not adding.scaled and not adding.fraction:
            adding.plus(float(f"0.{places}"))
            last, end = read_to, tokens[read_to - 1].end
            if last < len(tokens) and words.classes.get(tokens[last].low, ("",))[0] == "scale":
                adding.take(*words.classes[tokens[last].low])  # "two point four million"
                last, end = last + 1, tokens[last].end
    if adding.open and last + 1 < len(tokens) and tokens[last].low in {"of", "de", "von"}:
        kind, value = words.classes.get(tokens[last + 1].low, ("", 0.0))
        if kind in {"many", "scale"} and adding.take("many", value):
            last, end = last + 2, tokens[last + 1].end
    return _made(tokens, first, last, end, adding, how, "")


def _is_half(token: Token, words: _Words) -> bool:
    return words.classes.get(token.low, ("", 0.0)) == ("fraction", 0.5)


def _decimals(tokens: tuple[Token, ...], at: int, words: _Words) -> tuple[str, int]:
    """Return the decimal places that are spoken one by one ("point two five"), and the token past them."""
    places = ""
    while at < len(tokens) and len(places) < _PLACES and tokens[at].start - tokens[at - 1].end <= 1:
        kind, value = words.classes.get(tokens[at].low, ("", 0.0))
        if kind != "number" or value > 9:
            break
        places, at = f"{places}{int(value)}", at + 1
    return places, at


def _made(tokens: tuple[Token, ...], first: int, last: int, end: int, adding: Sum, how: str, rest: str) -> Number:
    return Number(
        first,
        last,
        tokens[first].start,
        end,
        adding.value,
        "digits" if how == "digits" else "words",
        rest,
        adding.scaled,
        adding.open,
        adding.fraction,
        adding.times,
        adding.factor,
    )
