"""Whether a figure's or a state's sentence is about another place than a series is.

Owns comparing names: the same by spelling or sound, a country that a city lies in, and what else is another place. A
sentence that names none is about what was spoken of before. Look next: `places` for how a name is found.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Final, Literal, NamedTuple

from asithappened.ledger.geography import gazetteer
from asithappened.ledger.geography.places import in_part
from asithappened.ledger.language import lexicon
from asithappened.ledger.language.by_part import by_part
from asithappened.ledger.language.phrases import phrases
from asithappened.ledger.language.roles import roles
from asithappened.ledger.language.tokens import Token, read
from asithappened.ledger.views import Part, PartView

Verdict = Literal["same", "other", ""]

_NEAR: Final = frozenset({"near", "outside", "around", "nahe", "cerca"})
_IN: Final = frozenset({"in", "at", "on", "off", "across", "im", "bei", "en", *_NEAR})
_BEFORE: Final = frozenset(
    {"the", "nearby", "eastern", "western", "northern", "southern", "central", "neighbouring", "neighboring", "vecina",
     "vecino", "cercana", "benachbarten"}
)  # fmt: skip
_THE: Final = "the "
_SENTENCE: Final = frozenset('.:;,“"•')
_EVENTS: Final = frozenset(
    {"strike", "strikes", "attack", "attacks", "blast", "explosion", "bombing", "shooting", "fire", "crash", "quake",
     "earthquake", "flood", "floods", "collapse", "derailment", "raid", "massacre", "disaster", "shelling", "storm",
     "hurricane", "landslide", "ferry", "factory", "mine", "market", "hospital", "school", "protest", "protests",
     "bridge", "airport", "station", "crossing", "port", "stadium", "prison", "siege", "outage", "blackout", "wildfire",
     "angriff", "ataque", "explosión"}
)  # fmt: skip


_AREAS: Final = frozenset(
    {"valley", "county", "region", "district", "province", "state", "coast", "area", "island", "islands", "peninsula",
     "bay", "basin", "hills", "mountains", "forest", "tal", "kreis", "landkreis", "bezirk", "küste", "insel", "valle",
     "provincia", "comarca", "región", "sierra", "costa", "isla", "islas"}
)  # fmt: skip


_CODE: Final = re.compile(r"[A-Z]{1,3}-?\d{1,4}")
_ENDINGS: Final = ("tal", "kreis", "küste", "gebirge", "wald")  # "Lauertal"


class Where(NamedTuple):
    """A place's name in a part, in characters. `strong`: something is said to be there, or to be its."""

    start: int
    end: int
    name: str
    strong: bool


class _Read(NamedTuple):
    names: tuple[Where, ...]
    strong: tuple[Where, ...]


def _read_part(part: PartView, language: str) -> _Read:
    if part.kind == Part.SIGNATURE:
        return _Read((), ())
    none, tokens = roles(language)["no_place"] | roles(language)["nowhere"], read(part.text).tokens
    listed = {one.start: one for one in in_part(part, language) if one.name.lower() not in none}
    found, at = list[Where](), 0
    while at < len(tokens):
        if (one := listed.get(tokens[at].start)) is not None:
            last = at + 1
            while last < len(tokens) and tokens[last].start < one.end:
                last += 1
            heads = _heads(tokens, at, last) or (one.role == "reference" and _is_event(tokens, last))
            near = at > 0 and tokens[at - 1].low in _NEAR
            found.append(Where(one.start, one.end, one.name, heads or (one.role == "event" and not near)))
            at = last
        else:
            unlisted, at = _unlisted(part.text, tokens, at, language)
            found += unlisted
    return _Read(tuple(found), tuple(one for one in found if one.strong))


def _heads(tokens: Sequence[Token], at: int, last: int) -> bool:
    """Say whether a name heads a line of its own: "Vela: 17 people were killed"."""
    first = at == 0 or (at == 1 and tokens[0].text == "•")
    return first and last < len(tokens) and tokens[last].text == ":"


def _is_event(tokens: Sequence[Token], at: int) -> bool:
    """Say whether what stands behind a name is what happened there: "the Kherson strike"."""
    return at < len(tokens) and tokens[at].start - tokens[at - 1].end == 1 and tokens[at].low in _EVENTS


def _unlisted(text: str, tokens: Sequence[Token], at: int, language: str) -> tuple[list[Where], int]:
    """Return the name in no list that begins at a token, if it may be a place's, and the token to read on at."""
    here, governed = at, tokens[at].low in _IN and _may_govern(tokens, at)
    the = False
    if governed:
        here += 1
        while here < len(tokens) and tokens[here].low in _BEFORE:
            the = the or tokens[here].low == "the"
            here += 1
    last = here
    while last < len(tokens) and last - here < 4 and tokens[last].kind == "word" and tokens[last].text[0].isupper():
        last += 1
    small = last == here + 1 and tokens[here].low in phrases(language).classes
    if last == here or small or _of_time(tokens[here].low, language):
        return [], at + 1
    start, end = tokens[here].start, tokens[last - 1].end
    heads = _heads(tokens, here, last)
    if not governed and not heads:
        return [], at + 1 if last == here else last
    if language.startswith("de") and not heads and not _is_where(tokens, at, last, language):
        return [], last
    strong = governed and (tokens[at].low not in _NEAR and not (tokens[at].low == "at" and _names_house(tokens, last)))
    return [Where(start, end, f"{_THE}{text[start:end]}" if the else text[start:end], strong)], last


def _is_where(tokens: Sequence[Token], at: int, last: int, language: str) -> bool:
    """Say whether a German noun, which all have capitals, may be a place's: not "in Gedanken", "bei Tonne 94"."""
    if tokens[at].low not in {"in", "bei", "nahe"} or (last < len(tokens) and tokens[last].kind == "number"):
        return False
    low = tokens[last - 1].low
    known = (lexicon.load(language, name) for name in ("states", "tells", "counted_as"))
    return not low.endswith(_nowhere(language)) and not any(low in listed for listed in known)


@lexicon.kept
def _nowhere(language: str) -> tuple[str, ...]:
    return tuple(roles(language)["nowhere"])


def _may_govern(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at].text.islower() or at == 0 or tokens[at - 1].text in _SENTENCE


def _names_house(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a name is a house's, where people are now: "at Tolm general hospital"."""
    return (
        at < len(tokens)
        and tokens[at].start - tokens[at - 1].end == 1
        and tokens[at].text.islower()
        and (tokens[at].kind == "word" and tokens[at].low not in {"and", "or", "on", "in", "after", "when", "as", "by"})
    )


def _of_time(low: str, language: str) -> bool:
    return low in lexicon.load(language, "calendar") or low in roles(language)["no_place"]


_where = by_part(_read_part)


def names_in(part: PartView, language: str, start: int, end: int) -> tuple[Where, ...]:
    """Return the places that stand in some characters of a part, in order."""
    found = _where(part, language).names
    first = bisect_left(found, start, key=lambda one: one.start)
    return found[first : bisect_left(found, end, key=lambda one: one.start)]


def last_before(part: PartView, language: str, end: int) -> Where | None:
    """Return the last place before a character of a part where something is said to be."""
    found = _where(part, language).strong
    at = bisect_left(found, end, key=lambda one: one.start)
    return found[at - 1] if at else None


def nearest(found: Sequence[Where], at: int, after: int, before: int) -> Where | None:
    """Return the place that is most likely of something at a character: the next one behind it, else the last before.

    `before`, `after`: where others of its kind stand, beyond which no place is its own.
    """
    strong = [one for one in found if one.strong]
    behind = [one for one in strong if at <= one.start < after]
    ahead = [one for one in strong if before <= one.start < at]
    return behind[0] if behind else ahead[-1] if ahead else None


def of_another_code(words: Iterable[str], places: Sequence[str]) -> bool:
    """Say whether words have another road or line than a series' place is called by: "A20", of the A19."""
    own = {low for place in places for low in place.split() if _CODE.fullmatch(low)}
    other = {word for word in words if _CODE.fullmatch(word)} if own else set[str]()
    return bool(other) and not own & other


def compared(name: str, places: Sequence[str], language: str) -> Verdict:
    """Say whether a place is one of a series' ("same"), another one ("other"), or may hold or be one of them ("")."""
    if not places:
        return ""
    if any(_alike(name, place) for place in places):
        return "same"
    one = _country(name, language)
    if one is not None:
        countries = {country for place in places if (country := _country_of(place, language))}
        return "" if one in countries else "other"
    if name.startswith(_THE):
        return ""  # "in the Sierra Alta": a region may hold the place
    if _is_region(name, language) and not any(_is_region(place, language) for place in places):
        return ""
    return "other"


def is_wide(name: str, language: str) -> bool:
    """Say whether a name is a country's or a region's, which may hold the place that a series is about."""
    return name.startswith(_THE) or _country(name, language) is not None or _is_region(name, language)


def is_event(low: str) -> bool:
    """Say whether a word is of what happens at a place."""
    return low in _EVENTS


def is_area(place: str) -> bool:
    """Say whether a name says of itself that towns lie in what it names: "Teal valley"."""
    words = place.lower().split()
    return not _AREAS.isdisjoint(words) or any(word.endswith(_ENDINGS) and not word.endswith("ital") for word in words)


def _alike(name: str, place: str) -> bool:
    one, other = _plain(name), _plain(place)
    if one == other or gazetteer.sounded(one) == gazetteer.sounded(other):
        return True
    mine, theirs = one.split(), other.split()
    few, many = sorted((mine, theirs), key=len)
    return bool(few) and len("".join(few)) > 3 and (many[: len(few)] == few or many[-len(few) :] == few)


def _plain(name: str) -> str:
    words = [
        word for word in gazetteer.folded(name).split() if word not in {"the", "region", "area", "province", "city"}
    ]
    return " ".join(words)


def _country(name: str, language: str) -> str | None:
    """Return the country that a name is, None where it is none."""
    values = lexicon.load(language, "places").get(gazetteer.folded(name)) or ()
    if values[:1] == ("country",):
        found = gazetteer.find(values[1]) if len(values) > 1 else None
        return found.country if found is not None else values[1]
    found = gazetteer.find(name)
    return found.country if found is not None and found.thousands == 0 else None


def _country_of(place: str, language: str) -> str:
    own = _country(place, language)
    if own is not None:
        return own
    found = gazetteer.find(place)
    return found.country if found is not None else ""


def _is_region(name: str, language: str) -> bool:
    values = lexicon.load(language, "places").get(gazetteer.folded(name)) or ()
    return values[:1] in {("region",), ("water",), ("land",)}
