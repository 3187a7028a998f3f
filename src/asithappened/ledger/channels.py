"""Where something was said: "in a statement", "told the court", "tweeted".

Owns the words for a channel and which cue they go with: they stand beside it, never in what is said. Networks of social
posts are `NETWORKS`.
"""

from collections.abc import Mapping, Sequence
from typing import Final, cast

from asithappened.ledger import lexicon
from asithappened.ledger.clauses import Unit
from asithappened.ledger.said import Said
from asithappened.ledger.suggestions import Channel
from asithappened.ledger.wordings import Found, Wordings

NETWORKS: Final[Mapping[str, Channel]] = {
    "twitter": "x", "x": "x", "facebook": "facebook", "instagram": "instagram", "telegram": "telegram",
    "youtube": "youtube", "tiktok": "tiktok", "bluesky": "bluesky", "mastodon": "mastodon",
}  # fmt: skip
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
    return found


def _goes_with(phrase: Found, one: Said) -> bool:
    if phrase.first <= one.last and one.first < phrase.last:
        return True
    if phrase.last <= one.first:
        return one.sign != "before" or phrase.first > one.content
    if phrase.first - one.last > _BEHIND:
        return False
    return one.sign == "before" or one.content < 0 or phrase.first < one.content or one.sign in {"thing", ""}
