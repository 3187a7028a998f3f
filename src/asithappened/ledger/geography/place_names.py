"""Names in a text that may be a place's: from the gazetteer, the lexicon `places`, or by what stands beside them.

Owns telling a place from a person, a club or a company that is called like one, as far as its sentence says. What the
rest of the live blog says of a name is `places`' to ask.
"""

import re
from collections.abc import Iterator, Mapping
from enum import IntEnum
from typing import Final, NamedTuple

from asithappened.ledger.geography import gazetteer
from asithappened.ledger.geography.place_cues import located
from asithappened.ledger.geography.place_roles import role
from asithappened.ledger.language import lexicon
from asithappened.ledger.language.phrases import low_at, phrases
from asithappened.ledger.language.tokens import Token, Tokens
from asithappened.ledger.suggestions import PlaceRole

LONGEST: Final = 5  # words of a name
GREAT: Final = 400  # thousands of inhabitants: what is called so is a place without anything beside it
MIDDLE: Final = 120  # so is what is called so, unless the live blog knows somebody of that name
_LINKS: Final = frozenset(
    {"of", "de", "del", "la", "le", "les", "di", "da", "do", "dos", "du", "der", "upon", "on", "and", "the", "al", "el",
     "en", "sur", "y", "ez", "es", "ed", "ash"}
)  # fmt: skip
_ARTICLES: Final = frozenset(["al", "el", "ez", "ed", "ash", "as", "ad", "ar", "at"])  # "Ras al-Ain"
_ADJECTIVES: Final = ("sh", "ch", "ese", "an", "i", "ic", "ans")  # "the Welsh coast"
_CREDIT: Final = re.compile(r"(?:Photograph|Photo|Picture|Image|Video|Illustration|Composite|Foto|Bild)s?:|©")
_SENTENCE_MARKS: Final = frozenset('.!?:;…•"“‘«„–—|(*')
_COMPOUNDS: Final = frozenset(
    {"based", "born", "wide", "led", "backed", "controlled", "occupied", "held", "style", "trained", "bound", "area"}
)
_AHEAD: Final = frozenset(["post", "pre", "anti", "pro", "non", "mid", "ex", "trans", "greater"])


class Known(IntEnum):
    """How much of a place a name is by itself."""

    PLACE = 0  # nothing else is called so
    RATHER = 1  # a place, unless the live blog knows somebody of that name
    PERHAPS = 2  # a small town, or a word or a family name too: only where something says that it is a place
    UNKNOWN = 3  # in no list


class Name(NamedTuple):
    """A name in a part. `cue`: what stands beside it says that it is a place. `against`: that it is another's name."""

    start: int
    end: int
    name: str
    known: Known
    cue: bool
    against: bool
    role: PlaceRole


class _Beside(NamedTuple):
    places: Mapping[str, tuple[str, ...]]
    kinds: Mapping[str, tuple[str, ...]]


class _Entry(NamedTuple):
    name: str
    known: Known


@lexicon.kept
def _lists(language: str) -> _Beside:
    places = {gazetteer.folded(phrase): values for phrase, values in lexicon.load(language, "places").items()}
    return _Beside(places, lexicon.load(language, "surroundings"))


@lexicon.kept
def _entries(language: str) -> "dict[str, _Entry | None]":
    return {}


def _entry(name: str, language: str) -> _Entry | None:
    """Return what the lists know of a name, None where they know no place of it."""
    kept = _entries(language)
    if name not in kept:
        if len(kept) > 20_000:
            kept.clear()
        kept[name] = _looked_up(name, language)
    return kept[name]


def _looked_up(name: str, language: str) -> _Entry | None:
    places = _lists(language).places
    values = places.get(gazetteer.folded(name))
    if values is not None and values[0] == "no":
        return None
    if values is not None and values[0] != "word":
        return _Entry(values[1], Known.RATHER if values[2:] == ("name",) else Known.PLACE)
    found = gazetteer.find(name)
    if found is None:
        return _Entry(name, Known.PERHAPS) if values is not None or gazetteer.is_small(name) else None
    if values is not None:
        return _Entry(found.name, Known.PERHAPS)
    again = places.get(gazetteer.folded(found.name))
    if again is not None and len(again) > 1:
        return _Entry(again[1], Known.PLACE)
    if found.thousands == 0 or found.thousands >= GREAT:
        return _Entry(found.name, Known.PLACE)
    return _Entry(found.name, Known.RATHER if found.thousands >= MIDDLE or " " in name else Known.PERHAPS)


class _Found(NamedTuple):
    """A name and its tokens, one past the last."""

    first: int
    last: int
    name: Name


def names(read: Tokens, language: str) -> list[Name]:
    """Return the names in a text that may be a place's, in order."""
    found = list(_names(read, language))
    for chain in _chains(read.tokens, found):
        for at in _placed_by_list(read.tokens, [found[n] for n in chain], language):
            one = found[chain[at]]
            found[chain[at]] = one._replace(name=one.name._replace(cue=True))
    return [one.name for one in found]


def _chains(words: tuple[Token, ...], found: list[_Found]) -> Iterator[range]:
    """Yield the runs of names that commas, "and", "or", "to" alone join, as numbers of `found`."""
    begin = 0
    for at in range(1, len(found) + 1):
        if at < len(found) and _joins(words, found[at - 1].last, found[at].first):
            continue
        if at - begin > 1:
            yield range(begin, at)
        begin = at


def _joins(words: tuple[Token, ...], first: int, last: int) -> bool:
    between = [word.low for word in words[first:last]]
    if between[:1] == [","] and len(between) == 2:
        between = between[1:]
    return between in ([","], ["and"], ["or"], ["to"]) and all(_adjoins(words, at) for at in range(first + 1, last + 1))


def _placed_by_list(words: tuple[Token, ...], chain: list[_Found], language: str) -> Iterator[int]:
    """Yield which names of a list are places for the others are: "in Luton and Bedford", "Wyong, Lithgow and Bilpin".

    Led by a preposition of place a list may hold names that are known to nobody, if no verb makes them somebody's.
    """
    led = _leads(words, chain[0].first, language) and not chain[0].name.against
    last = chain[-1]
    ended = "and" in {words[last.first - 1].low, low_at(words, last.last)} or words[last.first - 1].low in {"or", "to"}
    closes = last.last >= len(words) or words[last.last].kind == "mark" or _follows_place(words, last.last, language)
    commas = any(words[one.first - 1].text == "," for one in chain[1:])
    opens = chain[0].first < 2 or _begins(words, chain[0].first - 1)  # "In Rome, Renzi and Monti met"
    sure = sum(one.name.cue or (one.name.known == Known.PLACE and not one.name.against) for one in chain)
    several = len(chain) > 2 and sure > 1 and 2 * sure >= len(chain)
    for at, one in enumerate(chain):
        if one.name.against or one.name.cue or _is_given(words, one, language):
            continue
        if one.name.known == Known.UNKNOWN:
            if led and sure and ended and closes and at > 0 and not (opens and commas):
                yield at
        elif several or (led and sure and ended and not (opens and commas and not closes)):
            yield at


def _leads(words: tuple[Token, ...], first: int, language: str) -> bool:
    """Say whether a preposition of place stands before a name: "in", "near", "across the"."""
    at = first - 1
    if at > 0 and words[at].low == "the":
        at -= 1
    beside = _lists(language).kinds
    if at > 0 and "belief" in beside.get(words[at - 1].low, ()):
        return False  # "stakes in Kern and Alpha"
    kinds = beside.get(words[at].low, ()) if at >= 0 else ()
    named = at > 0 and words[at].low in {"including", "of", "between"} and _of_towns(words, at - 1, language)
    named = named or (at >= 0 and "town" in kinds and words[at].low.endswith("s"))  # "the rivers Ruzin and Tolm"
    return "at" in kinds or named or (at >= 0 and words[at].low == "between")


def _of_towns(words: tuple[Token, ...], at: int, language: str) -> bool:
    return bool({"town", "direction"} & set(_lists(language).kinds.get(words[at].low, ()))) and (
        words[at].text.islower() or (words[at].text.istitle() and _begins(words, at))
    )


def _follows_place(words: tuple[Token, ...], at: int, language: str) -> bool:
    """Say whether a word behind a list of names goes on from a place: a preposition, a time, "have been evacuated"."""
    functions = lexicon.load(language, "function_words").get(words[at].low, ())
    return bool({"preposition", "conjunction", "subordinator", "time", "be", "have"} & set(functions))


def _is_given(words: tuple[Token, ...], one: _Found, language: str) -> bool:
    """Say whether a name begins with somebody's given name."""
    return words[one.first].low in lexicon.load(language, "given_names") and one.name.known == Known.UNKNOWN


def _names(read: Tokens, language: str) -> Iterator[_Found]:
    words, at = read.tokens, 0
    credits = [match.start() for match in _CREDIT.finditer(read.text)]
    while at < len(words):
        token = words[at]
        if credits and token.start >= credits[0]:  # photographers and agencies, to the end of the line
            end = read.text.find("\n", credits[0])
            if end < 0:
                return
            credits = [start for start in credits if start > end]
            while at < len(words) and words[at].start < end:
                at += 1
            continue
        if token.kind == "name" and token.text[0] == "#":
            if entry := _entry(token.text[1:], language):
                name = Name(token.start + 1, token.end, entry.name, entry.known, False, False, "reference")
                yield _Found(at, at + 1, name)
        elif token.kind == "word" and token.text[0].isupper():
            last, one = _at(words, at, language)
            if one is not None:
                yield _Found(at, last, one)
            if one is None or one.known == Known.UNKNOWN:
                yield from (_Found(at, at + 1, inner) for inner in _inside(words, at, language))
            at = last
            continue
        elif token.kind == "word" and "-" in token.text and token.low.partition("-")[0] in _AHEAD:
            yield from (_Found(at, at + 1, inner) for inner in _inside(words, at, language))
        at += 1


def _at(words: tuple[Token, ...], at: int, language: str) -> tuple[int, Name | None]:
    """Return where to read on, and the name that begins at a token."""
    last, entry = _longest(words, at, language)
    if (end := _geographical(words, at, last if entry is not None else 0, language)) > last:
        name = joined(words, at, end)
        judged = _judged(words, at, end, _Entry(name, Known.UNKNOWN), language)
        return end, judged._replace(cue=True) if judged is not None and not judged.against else judged
    if entry is not None:
        return last, _judged(words, at, last, entry, language)
    part = words[at].low in {"upper", "lower", "great", "little"} and _named_on(words, at + 1, language)
    if not part and (words[at].low in phrases(language).classes or words[at].low in _lists(language).places):
        return at + 1, None
    end = at + 1
    while end < len(words) and _adjoins(words, end) and words[end].kind == "word" and words[end].text[0].isupper():
        if end - at > 3 or _longest(words, end, language)[1] is not None:
            break
        end += 1
    one = _unlisted(words, at, end, language)
    return (end if one is not None else at + 1), one


def _geographical(words: tuple[Token, ...], first: int, listed: int, language: str) -> int:
    """Return one past a name that says itself what it is: "Lake Munmorah", "County Wexford", "Cardiff Bay"; else 0.

    `listed`: one past what the lists know of it, 0 for nothing.
    """
    lists = _lists(language)
    begins, last = lists.kinds.get(words[first].low, ()), listed or first + 1
    if first and words[first - 1].text == "&":
        return 0
    if "geo_before" in begins and not listed and _named_on(words, last, language):
        end = last + 1
        if words[last].low in {"st", "saint", "san"} and _named_on(words, end, language):
            end += 1
        return 0 if _named_on(words, end, language) and _is_longer(words, end, language) else end
    if listed and last < len(words) and _adjoins(words, last) and words[last].text[:1].isupper():
        known = lists.places.get(gazetteer.folded(joined(words, first, last + 1)), ("",))
        if "geo" in lists.kinds.get(words[last].low, ()) and known[0] != "no" and not words[last].text.isupper():
            return last + 1
    return 0


def _named_on(words: tuple[Token, ...], at: int, language: str) -> bool:
    """Say whether a name goes on at a token, with a capital and small letters."""
    if at >= len(words) or not _adjoins(words, at) or words[at].kind != "word":
        return False
    return words[at].text[0].isupper() and words[at].low not in phrases(language).classes


def _is_longer(words: tuple[Token, ...], at: int, language: str) -> bool:
    return "longer" in _lists(language).kinds.get(words[at].low, ())


def _adjoins(words: tuple[Token, ...], at: int) -> bool:
    return 0 < at < len(words) and words[at].start - words[at - 1].end <= 1


def _longest(words: tuple[Token, ...], at: int, language: str) -> tuple[int, _Entry | None]:
    end, ends = at + 1, [at + 1]
    while end < len(words) and end - at < LONGEST and _adjoins(words, end):
        if words[end].text[0].isupper() or words[end].low.partition("-")[0] in _ARTICLES:
            ends.append(end + 1)
        elif words[end].low not in _LINKS and words[end].text not in {"-", ".", "’", "'"} and words[end].low != "'s":
            break
        end += 1
    for last in reversed(ends):
        if entry := _entry(joined(words, at, last), language):
            return last, entry
    return at + 1, None


def joined(words: tuple[Token, ...], first: int, last: int) -> str:
    """Return tokens as they are printed, with single spaces."""
    name = words[first].text
    for before, after in zip(words[first:last], words[first + 1 : last], strict=False):
        name += (" " if after.start > before.end else "") + after.text
    return name


def _inside(words: tuple[Token, ...], at: int, language: str) -> Iterator[Name]:
    """Yield the places in a compound: "Houston-based", "Russia-Ukraine", "post-Hama"."""
    token = words[at]
    pieces = token.text.split("-")
    if len(pieces) < 2:
        return
    start = token.start
    for n, piece in enumerate(pieces):
        entry = _entry(piece, language) if piece[:1].isupper() else None
        rest = pieces[n + 1] if n + 1 < len(pieces) else ""
        if entry is not None and (entry.known == Known.PLACE or rest in _COMPOUNDS):
            stands: PlaceRole = (
                "event" if rest in {"based", "wide", "area"} else "origin" if rest == "born" else "reference"
            )
            yield Name(start, start + len(piece), entry.name, Known.PLACE, False, False, stands)
        start += len(piece) + 1


def _judged(words: tuple[Token, ...], first: int, last: int, entry: _Entry, language: str) -> Name | None:
    """Return a listed name with what stands beside it; None where it is part of a longer name of something else."""
    text = joined(words, first, last)
    short = text.replace(".", "") in {"US", "UK", "USA", "UAE"}
    if text.lower() in {"us", "it", "is", "so", "am", "as"} and not short:
        return None
    line = _line(words, first)
    against = False
    if _adjoins(words, last) and words[last].kind == "word" and words[last].text[0].isupper():
        kinds = _lists(language).kinds.get(words[last].low, ())
        if "longer" in kinds and not (short and "title" in kinds):
            return None
        against = not line and not _may_stand_behind(words, last, language, short, entry)
    elif _adjoins(words, last) and words[last].text == "&":
        return None
    if not short and _adjoins(words, first) and words[first - 1].kind == "word" and words[first - 1].text[0].isupper():
        against = against or (not line and not _may_stand_before(words, first, language, entry))
    if _of_a_name(words, first, language):
        return None
    if first > 1 and (words[first - 1].low in {"de", "von", "van", "di", "da", "bin"} or _initial(words, first - 1)):
        against = against or words[first - 2].text[0].isupper()
    cue = placed_by(words, first, last, language)
    if cue is False:
        against = True
    return _made(words, first, last, entry, cue is True and not against, against, language)


def _initial(words: tuple[Token, ...], at: int) -> bool:
    """Say whether a name stands behind an initial: "Larry J. Merlo"."""
    return words[at].text == "." and len(words[at - 1].text) == 1 and words[at - 1].text.isupper()


def _made(
    words: tuple[Token, ...], first: int, last: int, entry: _Entry, cue: bool, against: bool, language: str
) -> Name:
    stands = role(words, first, last, language)
    return Name(words[first].start, words[last - 1].end, entry.name, entry.known, cue, against, stands)


def _line(words: tuple[Token, ...], at: int) -> bool:
    """Say whether nearly every word around has a capital, as in some headlines: then capitals say nothing."""
    around = [word for word in words[max(0, at - 8) : at + 9] if word.kind == "word" and len(word.text) > 3]
    return len(around) > 6 and sum(word.text[0].isupper() for word in around) > 0.85 * len(around)


def _may_stand_behind(words: tuple[Token, ...], at: int, language: str, short: bool, entry: _Entry) -> bool:
    """Say whether a word with a capital behind a name leaves it a place: "US President", "Kyiv Mayor Klitschko"."""
    token = words[at]
    kinds = _lists(language).kinds.get(token.low, ())
    if "title" in kinds or "before" in kinds:
        return True
    if short:
        return token.low not in {"airways", "steel", "weekly", "today", "bancorp", "uncut"}
    following = _longest(words, at, language)[1]
    if following is not None and following.known <= Known.RATHER and entry.known <= Known.RATHER:
        return True
    return bool({"stop", "verb"} & set(phrases(language).classes.get(token.low, ())))


def _may_stand_before(words: tuple[Token, ...], first: int, language: str, entry: _Entry) -> bool:
    """Say whether a word with a capital before a name leaves it a place: "In Kyiv", "Greater Manchester"."""
    token = words[first - 1]
    kinds = _lists(language).kinds.get(token.low, ())
    if {"before", "at", "origin", "event", "agent"} & set(kinds) or token.low in phrases(language).classes:
        return True
    if "title" in kinds:
        return entry.known == Known.PLACE
    if _begins(words, first - 1) and entry.known == Known.PLACE:
        return True
    return token.low == "'s"


def _begins(words: tuple[Token, ...], at: int) -> bool:
    """Say whether a token stands where a sentence or a line begins."""
    return at == 0 or words[at - 1].text[0] in _SENTENCE_MARKS or not _adjoins(words, at)


def _of_a_name(words: tuple[Token, ...], first: int, language: str) -> bool:
    """Say whether a name ends a longer one with "of": "Bank of England", "University of Sussex"."""
    at = first - 1
    if at > 0 and words[at].low == "the":
        at -= 1
    if at < 1 or words[at].low not in {"of", "for"} or words[at - 1].kind != "word":
        return False
    head = words[at - 1]
    kinds = _lists(language).kinds.get(head.low, ())
    if not head.text[0].isupper() or (_begins(words, at - 1) and "of" not in kinds):
        return False
    return "of" in kinds or not {"title", "before", "town"} & set(kinds)


def placed_by(words: tuple[Token, ...], first: int, last: int, language: str) -> bool | None:
    """Return whether what stands beside a name says that it is a place (True) or a person (False), else None."""
    kinds = _lists(language).kinds
    if last + 1 < len(words) and words[last].text == "," and words[last + 1].text[0].isupper():
        after, entry = _longest(words, last + 1, language)
        longer = _adjoins(words, after) and words[after].text[0].isupper()
        if entry is not None and entry.known == Known.PLACE and entry.name != joined(words, first, last) and not longer:
            return True
    if last < len(words) and words[last].text.islower() and {"region", "site"} & set(kinds.get(words[last].low, ())):
        return True
    at = first - 1
    if at < 0:
        return None
    if words[at].low in {"mr", "mrs", "ms", "sir", "lord", "lady", "dr", "miss", "rev"}:
        return False
    while (
        at > 0 and ("direction" in kinds.get(words[at].low, ()) or words[at].low == "the") and words[at].text.islower()
    ):
        at -= 1
    before = words[at]
    owns = last < len(words) and words[last].low == "'s"  # "the state of Lund's campaign"
    if before.low == "of" and at > 0 and not owns and _of_towns(words, at - 1, language):
        return True
    if before.low == "in" and at > 0 and "belief" in kinds.get(words[at - 1].low, ()):
        return None  # "shares in Balfour", "confidence in Lund"
    if before.low == "to" and at > 0 and "motion" in kinds.get(words[at - 1].low, ()):
        return True
    if before.low == "including" and at > 0 and _of_towns(words, at - 1, language):
        return True
    if _begins(words, at) and before.low in {"in", "near", "at"}:
        return True
    if before.text.islower() and {"at", "town"} & set(kinds.get(before.low, ())):
        return True
    return None


def _unlisted(words: tuple[Token, ...], first: int, last: int, language: str) -> Name | None:
    """Return a name that is in no list, where its own words or what stands beside it make it a place's."""
    kinds = _lists(language).kinds
    name = joined(words, first, last)
    ends, begins = kinds.get(words[last - 1].low, ()), kinds.get(words[first].low, ())
    side = last - first > 1 and "direction" in ends  # "Brakeley South"
    if {"longer", "title", "before"} & set(ends) and "geo" not in ends and not side:
        return None
    own = last - first > 1 and ("geo" in ends or "geo_before" in begins)
    cue = own or _located(words, first, last, language)
    entry = _Entry(name, Known.UNKNOWN)
    return _made(words, first, last, entry, cue, False, language)


def _located(words: tuple[Token, ...], first: int, last: int, language: str) -> bool:
    """Say whether an unknown name is surely a place: "the town of X", "near X", "the X area", "X, Ohio"."""
    kinds = _lists(language).kinds
    if low_at(words, last) in {"burst", "bursts"} and low_at(words, last + 2) == "banks":
        return True
    if _adjoins(words, last) and words[last].text.islower() and "region" in kinds.get(words[last].low, ()):
        if last - first == 1 and words[first].low.endswith(_ADJECTIVES):
            return False
        return first > 0 and words[first - 1].low in {"the", "in", "near", "around", "across", "from", "of"}
    if last + 1 < len(words) and words[last].text == "," and words[last + 1].text[0].isupper():
        entry = _longest(words, last + 1, language)[1]
        beside = set(kinds.get(words[first - 1].low, ())) if first else set()
        governed = bool({"at", "event"} & beside) or (first > 0 and words[first - 1].low in {"from", "of", "by"})
        county = _geographical(words, last + 1, 0, language) > 0
        if governed and (county or (entry is not None and entry.known == Known.PLACE)):
            return True
    if first < 1:
        return False
    if located(words, first, last, language):
        return True
    before = words[first - 1]
    owns = last < len(words) and words[last].low == "'s"
    if before.low == "of" and first > 1 and not owns:
        return _of_towns(words, first - 2, language)
    if before.low == "including" and first > 1:
        return _of_towns(words, first - 2, language)
    return bool(before.low in {"near", "nr"} or ("town" in kinds.get(before.low, ()) and before.text.islower()))
