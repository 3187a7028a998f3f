"""Where something was said: "in a statement", "told the court", "tweeted".

Owns the words for a channel and which cue they go with: they stand beside it, never in what is said. Networks of social
posts are `NETWORKS`.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final, Literal, cast

from asithappened.ledger.language import lexicon
from asithappened.ledger.language.wordings import Found, Wordings
from asithappened.ledger.speech.clauses import Unit
from asithappened.ledger.speech.said import Said
from asithappened.ledger.suggestions import Channel

NETWORKS: Final[Mapping[str, Channel]] = {
    "twitter": "x", "x": "x", "facebook": "facebook", "instagram": "instagram", "telegram": "telegram",
    "youtube": "youtube", "tiktok": "tiktok", "bluesky": "bluesky", "mastodon": "mastodon",
}  # fmt: skip
_BEFORE: Final = ("in a ", "in an ", "in the ", "in ")
_PREPOSITIONS: Final = frozenset({"in", "on", "at", "to", "via", "by", "during", "through", "over", "from"})
_ARTICLES: Final = frozenset({"a", "an", "the", "his", "her", "its", "their"})
# Where what is named by a noun alone was said: "a joint statement".
_WHERE: Final = frozenset({"in", "on", "at", "via", "by", "during", "through"})
_GIVEN: Final = """
told used uses using issued issues issuing released releases releasing published publishes publishing posted posts
posting sent sends made makes making gave gives giving held holding put read reads
"""
# Said for "told" they say to whom as it does: "telling parliament".
_AS_TOLD: Final = dict.fromkeys(("tells", "tell", "telling", "informed", "informs", "assured", "assures"), "told")
_GAVE: Final = frozenset(_GIVEN.split())
# These name a channel only in small letters: no "Geological Survey", no "High Court".
_COMMON: Final = frozenset({"report", "survey", "statement", "court", "parliament", "document", "letter", "briefing"})
_NO_NOUNS: Final = frozenset({"'s", "late", "early", "just", "post", "posts", "page", "message", "video"})
_WIDE: Final = 6  # items: "in" and "interview" in "in her first long television interview"
_AIR: Final[Mapping[str, Channel]] = {"radio": "radio", "tv": "tv", "television": "tv"}
_GIVING: Final = frozenset({"here", "here's", "from", "this"})  # in a sentence that gives somebody's words
_TOLD: Final = 6  # items: how far behind "told" it stands to whom
_BEHIND: Final = 14  # items: how far behind a cue its channel may stand


@lexicon.kept
def _channels(language: str) -> Wordings:
    return Wordings(lexicon.load(language, "channels"))


def channels_of(unit: Unit, said: Sequence[Said], language: str) -> dict[int, Channel]:
    """Return the channel of each cue that has one, by the cue's first item."""
    found: dict[int, Channel] = {}
    if not said:
        return found
    begins = set[int]()  # of cues whose channel the sentence begins with
    for phrase in _printed(unit, said, language):
        near = [one for one in said if _goes_with(phrase, one)]
        if near:
            best = min(near, key=lambda one: abs(one.first - phrase.first))
            found.setdefault(best.first, cast(Channel, phrase.values[0]))
            if phrase.last <= said[0].first:
                begins.add(best.first)
    for at, one in enumerate(said):
        if one.first not in found and (channel := _itself(unit, one, language) or _on_air(unit, one)):
            found[one.first] = channel
        if one.first not in found and one.how == "shared" and at and said[at - 1].first in begins:
            found[one.first] = found[said[at - 1].first]  # "In a statement, Lind denied it and said"
            begins.add(one.first)
    return found


def of_document(name: str, language: str) -> Channel | Literal[""]:
    """Return which channel what a name means is, where it is a document: "it" of an indictment."""
    head = re.split(r" (?:of|by|from|to|on|for|in) |[,(]", name.lower(), maxsplit=1)[0].split()
    named = head and head[-1].capitalize() in name  # "the Geological Survey"
    return "" if named or not head else _documents(language).get(head[-1], "")


def _printed(unit: Unit, said: Sequence[Said], language: str) -> Iterator[Found]:
    """Yield the words of a sentence that are a channel, where they stand as one."""
    taken, lows = 0, tuple(_AS_TOLD.get(low, low) for low in unit.lows)
    cues = {at for one in said for at in range(one.first, one.last + 1)}
    for phrase in _channels(language).find(lows):
        yield from _within(unit, lows, taken, phrase.first, cues, language)
        taken = phrase.last
        if _stands_so(unit, lows, phrase, said):
            yield phrase
    yield from _within(unit, lows, taken, len(lows), cues, language)


def _within(
    unit: Unit, lows: Sequence[str], at: int, end: int, cues: Collection[int], language: str
) -> Iterator[Found]:
    """Yield listed nouns with other words before them than the list's: "at his daily briefing"."""
    heads = _heads(language)
    while at < end:
        first, before = at, "in" if lows[at] == "during" else lows[at]
        at += 1
        if before not in _WHERE and before != "told":
            continue
        for here in range(at, min(at + _WIDE, end)):
            item = unit.items[here]
            kinds = heads.get(item.low) or (heads.get(item.low[:-1]) if item.low.endswith("s") else None) or {}
            narrow = here == at + 1 or (here > at and unit.items[at].may("determiner", "possessive", "number"))
            if before in kinds and narrow and here not in cues and not item.capital and not _more(unit, here + 1):
                yield Found(first, here + 1, item.low, (kinds[before],))
                at = here + 1
                break
            if item.kind not in {"word", "number"} or item.may("be", "have", "modal", "preposition", "relative"):
                break


def _more(unit: Unit, at: int) -> bool:
    """Say whether a noun stands at a place that the one before it only describes: "in a paper crown"."""
    if at >= len(unit.items):
        return False
    item = unit.items[at]
    plain = item.kind == "word" and not item.roles and not item.capital and item.low not in _NO_NOUNS
    return plain and not item.low.endswith(("ed", "ing", "ly", "day"))


def _stands_so(unit: Unit, lows: Sequence[str], phrase: Found, said: Sequence[Said]) -> bool:
    """Say whether a channel's words stand as one: no "after a phone call", no "called the report a lie"."""
    items, first = unit.items, phrase.first
    if phrase.values[0] in _COMMON and items[phrase.last - 1].capital and phrase.last - first < 3:
        return False
    if lows[phrase.last - 1] == "x" and items[phrase.last - 1].text != "X":
        return False
    if lows[first] in _PREPOSITIONS | _GAVE:
        return first == 0 or lows[first] != "in" or not _more(unit, phrase.last)
    for one in said:
        if one.first < phrase.last and first <= one.last:
            return True
        if one.source is not None and one.source.first < phrase.last and first <= one.source.last:
            return True
    if lows[first] in {"'s", "'", "’"}:
        return True
    if lows[first] in _ARTICLES:
        first += 1
    for at in range(first - 1, max(first - 1 - _WIDE, -1), -1):
        if lows[at] in _WHERE | _GAVE:
            return True
        if items[at].kind not in {"word", "number"} or items[at].may("be", "have", "modal", "preposition", "relative"):
            return False
    return False


def given_by(unit: Unit, language: str) -> Channel | Literal[""]:
    """Return what the words are that a sentence gives: "Here is Lind's letter:"."""
    documents = _documents(language)
    gives = not _GIVING.isdisjoint(unit.lows)
    found = next((documents[low] for low in unit.lows if low in documents), None) if gives else None
    return "" if found is None or found in {"report", "document", "survey"} else found


@lexicon.kept
def _heads(language: str) -> Mapping[str, Mapping[str, str]]:
    """Return the nouns that are listed behind a preposition and an article, and what they are behind which."""
    found = dict[str, dict[str, str]]()
    for phrase, values in lexicon.load(language, "channels").items():
        match phrase.split():
            case [before, article, noun] if article in _ARTICLES and before in {*_WHERE, "told"}:
                found.setdefault(noun, {}).setdefault(before, values[0])
    return found


@lexicon.kept
def _documents(language: str) -> Mapping[str, Channel | Literal[""]]:
    """Return which channel a document is, by what is said in it: "in the minutes"; "" if none is listed."""
    listed, found = lexicon.load(language, "channels"), dict[str, Channel | Literal[""]]()
    for noun, values in lexicon.load(language, "speakers").items():
        if values[0] == "document":
            named = (before + name for name in (noun, noun.removesuffix("s")) for before in _BEFORE)
            kinds = (cast(Channel, listed[phrase][0]) for phrase in named if phrase in listed)
            found[noun] = next((kind for kind in kinds if kind != "court"), "")  # no "in evidence"
    return found


def _itself(unit: Unit, one: Said, language: str) -> Channel | None:
    """Return the channel that a document is that itself says something."""
    if one.source is None or one.how == "colon":
        return None
    head = unit.items[one.source.head]
    channel = _documents(language).get(head.low) or None
    return None if channel in _COMMON and head.capital and one.source.head > one.source.first + 1 else channel


def _on_air(unit: Unit, one: Said) -> Channel | None:
    """Return where it was broadcast that somebody was told: "told Mida Radio"."""
    ends = min(one.content if one.content > one.last else len(unit.items), one.last + _TOLD)
    told = unit.lows[one.last + 1 : ends] if one.lemma == "tell" else ()
    return next((_AIR[low] for low in told if low in _AIR), None)


def _goes_with(phrase: Found, one: Said) -> bool:
    if phrase.first <= one.last and one.first < phrase.last:
        return True
    if phrase.last <= one.first:
        return one.sign != "before" or phrase.first > one.content
    if phrase.first - one.last > _BEHIND:
        return False
    return one.sign == "before" or one.content < 0 or phrase.first < one.content or one.sign in {"thing", ""}
