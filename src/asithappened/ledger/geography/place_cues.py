"""What stands some words before a name that no list has, and says that it is a place's: "flooding in Tolmer".

Owns looking there: for what happens in towns, for the ways between two of them, for rivers and for who holds office
where. Never asks what a name is by itself, which is `place_names`'.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from asithappened.ledger.language import lexicon
from asithappened.ledger.language.phrases import low_at
from asithappened.ledger.language.tokens import Token

_BACK: Final = 6  # words before a preposition in which it is said what happens there
# How towns are called in Britain, Ireland, India, Germany and where Slavic languages are spoken.
_TOWNLIKE: Final = re.compile(
    r"\w{3,}(?:shire|bury|ham|ford|ton|wick|worth|thorpe|mouth|borough|burgh|combe|cester|stead|minster|pool|haven|bridge|"
    r"dale|gate|sey|ville|burg|hafen|stadt|heim|dorf|pur|abad|nagar|garh|palli|grad|opol|[io]vka|[oe]vo|sk)"
    r"|(?:bally|kil|knock|carrick|inver|aber|llan|pont|strath|auchter|inis)\w{4,}"
)
_AROUND: Final = 12  # words
_ENDS: Final = frozenset(".;:!?•|")
_WITHIN: Final = frozenset({"in", "near", "outside", "around"})
_BY_RIVER: Final = frozenset({"along", "into", "over", "across", "on", "of", "from", "in", "down"})
_LENGTHS: Final = frozenset({"km", "kilometres", "kilometers", "miles", "mile", "metres", "meters"})
_OF_OFFICE: Final = {"of": frozenset({"mayor", "bishop", "sheriff"}), "for": frozenset({"mp", "member", "candidate"})}
_HIGH: Final = frozenset({"burst", "bursts", "overflowed", "peaked", "peaks", "overtopped", "flooded"})
_WARNED: Final = frozenset({"warning", "warnings", "alert", "alerts", "flooding", "floods", "flooded"})
_RIVERS: Final = frozenset({"river", "rivers", "highest", "banks", "tributary", "floodwater", "floodwaters"})
_TAKEN: Final = frozenset(
    {"recaptured", "retook", "retaken", "besieged", "besieging", "shelled", "shelling", "bombed", "bombing",
     "evacuated", "fled", "fleeing", "entered", "invaded"}
)  # fmt: skip
_LEFT: Final = frozenset(
    {"fled", "fleeing", "withdrew", "withdraw", "withdrawn", "withdrawing", "withdrawal", "retreated", "retreat",
     "retreating", "evacuated"}
)  # fmt: skip
_NO_TOWNS: Final = frozenset(
    {"parliament", "congress", "senate", "commons", "lords", "christmas", "easter", "ramadan", "eid", "english",
     "arabic", "french", "german", "spanish", "court", "house", "council", "facebook", "twitter", "youtube",
     "instagram", "god", "bible", "eurozone", "internet", "met", "windows", "labour", "brexit", "covid", "covid-19"}
)  # fmt: skip


def located(words: Sequence[Token], first: int, last: int, language: str) -> bool:
    """Say whether an unlisted name is a town's or a river's by what stands some words before it."""
    low = words[first].low
    if first < 1 or low in _NO_TOWNS or low in lexicon.load(language, "calendar") or low_at(words, last) == "'s":
        return False
    if " ".join(word.low for word in words[first:last]) in lexicon.load(language, "outlets"):
        return False
    kinds = lexicon.load(language, "surroundings")
    part = low in {"upper", "lower", "middle"} and last - first == 2
    if low_at(words, first - 1) == "the":
        return part or (last - first == 1 and _is_river(words, first, last, kinds))
    if low in lexicon.load(language, "given_names") or words[first].text.isupper():
        return False
    before, ahead = low_at(words, first - 1), low_at(words, first - 2)
    if before == "from" and ahead in _LENGTHS:
        return True  # "40km from Tolmer"
    if before == "as" and ahead == "away":
        return True  # "as far away as Tolmer"
    if ahead in _OF_OFFICE.get(before, ()):
        return True  # "the mayor of Tolmer"
    if before == "at" and _at_river(words, first, last):
        return True
    townlike = before in {"in", "near", "outside"} and last - first == 1 and _TOWNLIKE.fullmatch(low)
    if townlike and "belief" not in kinds.get(ahead, ()):
        return True
    if not _closes(words, last, language):
        return False
    if before in _TAKEN or (before == "from" and ahead in _LEFT):
        return True  # "the army retook Tolmer", "withdrew from Tolmer"
    if before == "," and ahead == "capital":
        return True  # "in the capital, Tolmer,"
    if before == "at":
        return bool({"geo", "site"} & set(kinds.get(ahead, ())))  # "a gorge at Kottipur"
    if _on_the_way(words, first, last, kinds):
        return True
    if before == "from":
        return "scene" in kinds.get(ahead, ()) and ahead.endswith(("s", "police"))  # "firefighters from Tolmer"
    return before in _WITHIN and "belief" not in kinds.get(ahead, ()) and _said(words, first - 1, "scene", kinds)


def _closes(words: Sequence[Token], last: int, language: str) -> bool:
    """Say whether nothing behind a name makes it a part of a longer phrase: a mark, a preposition, "have been"."""
    if last >= len(words):
        return True
    functions = lexicon.load(language, "function_words").get(words[last].low, ())
    marked = words[last].kind == "mark" and words[last].text not in {"'", "’", "-", "&", "/"}
    return marked or bool(
        {"preposition", "conjunction", "subordinator", "time", "be", "have", "adverb"} & set(functions)
    )


def _said(words: Sequence[Token], at: int, kind: str, kinds: Mapping[str, tuple[str, ...]]) -> bool:
    """Say whether a word of a kind stands before a place in the same clause."""
    for back in range(at - 1, max(at - _BACK, 0) - 1, -1):
        if words[back].text in _ENDS:
            return False
        if kind in kinds.get(words[back].low, ()):
            return True
    return False


def _on_the_way(words: Sequence[Token], first: int, last: int, kinds: Mapping[str, tuple[str, ...]]) -> bool:
    """Say whether a name is an end of a way: "trains between Tolmer and Brakeley", "the A34 from Tolmer to York"."""
    before = low_at(words, first - 1)
    if before in {"between", "from"}:
        joined = {"between": "and", "from": "to"}[before]
        other = words[last + 1] if last + 1 < len(words) else None
        opens = first - 1
        if low_at(words, last) != joined or other is None or not other.text[:1].isupper():
            return False
    else:
        opens = first - 3
        if low_at(words, opens) != {"and": "between", "to": "from"}.get(before, "-"):
            return False
    numbered = any(_is_road(word) for word in words[max(opens - _BACK, 0) : opens])
    return numbered or _said(words, opens, "way", kinds)


def _is_road(word: Token) -> bool:
    """Say whether a word is a road's number: "A34", "M4"."""
    return word.text[:1] in {"A", "M", "B", "N", "E"} and word.text[1:].isdecimal()


def _is_river(words: Sequence[Token], first: int, last: int, kinds: Mapping[str, tuple[str, ...]]) -> bool:
    """Say whether "the" and a name are a river's: "the banks of the Ruzin", "swept into the Ruzin"."""
    if low_at(words, last) == "at" and last + 1 < len(words) and words[last + 1].text[:1].isupper():
        return _floods(words, first, last)  # "the Ruzin at Tolmer"
    if any(low_at(words, at) in _HIGH for at in range(last, last + 3)):
        return low_at(words, last) in _HIGH | {"has", "have"}
    before = low_at(words, first - 2)
    if before == "along" and any(word.low in _WARNED for word in words[max(first - 2 - _BACK, 0) : first - 2]):
        return True  # "flood warnings are in place along the Ruzin"
    return before in _BY_RIVER and _said(words, first - 2, "water", kinds)


def _at_river(words: Sequence[Token], first: int, last: int) -> bool:
    """Say whether a town stands behind its river: "the Ruzin at Tolmer", "the River Ruzin at Tolmer Lock"."""
    river = words[first - 2]
    named = river.kind == "word" and river.text[:1].isupper()
    the = {low_at(words, first - 3), low_at(words, first - 4)}
    return named and bool({"the", "river", "lower", "upper"} & the) and _floods(words, first, last)


def _floods(words: Sequence[Token], first: int, last: int) -> bool:
    """Say whether floods or a river are spoken of around a name."""
    around = words[max(first - _AROUND, 0) : last + _AROUND]
    return any(word.low in _WARNED | _HIGH | _RIVERS for word in around)
