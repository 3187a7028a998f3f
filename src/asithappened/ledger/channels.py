"""Where something was said: "in a statement", "told the court", "tweeted".

Owns the words for a channel and which cue they go with: they stand beside it, never in what is said. Networks of social
posts are `NETWORKS`.
"""

from collections.abc import Mapping, Sequence
from typing import Final, Literal, cast

from asithappened.ledger import lexicon
from asithappened.ledger.clauses import Unit
from asithappened.ledger.said import Said
from asithappened.ledger.suggestions import Channel
from asithappened.ledger.wordings import Found, Wordings

NETWORKS: Final[Mapping[str, Channel]] = {
    "twitter": "x", "x": "x", "facebook": "facebook", "instagram": "instagram", "telegram": "telegram",
    "youtube": "youtube", "tiktok": "tiktok", "bluesky": "bluesky", "mastodon": "mastodon",
}  # fmt: skip
_BEFORE: Final = ("in a ", "in an ", "in the ", "in ")
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
    for phrase in _channels(language).find(unit.lows):
        near = [one for one in said if _goes_with(phrase, one)]
        if near:
            best = min(near, key=lambda one: abs(one.first - phrase.first))
            found.setdefault(best.first, cast(Channel, phrase.values[0]))
    for one in said:
        if one.first not in found and (channel := _itself(unit, one, language) or _on_air(unit, one)):
            found[one.first] = channel
    return found


def given_by(unit: Unit, language: str) -> Channel | Literal[""]:
    """Return what the words are that a sentence gives: "Here is Lind's letter:"."""
    documents = _documents(language)
    gives = not _GIVING.isdisjoint(unit.lows)
    found = next((documents[low] for low in unit.lows if low in documents), None) if gives else None
    return "" if found is None or found in {"report", "document", "survey"} else found


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
    return _documents(language).get(unit.items[one.source.head].low) or None


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
