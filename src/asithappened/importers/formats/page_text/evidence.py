"""The features of a place between two paragraphs by which the beginning of a post is guessed, and their weights.

Look next: splitting.py, which adds them up.
"""

import re
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from math import log
from typing import Final

from asithappened.importers.formats.page_text.prose import NAME, SUMMARY, is_headline
from asithappened.importers.formats.page_text.units import Sort, Unit

_SOON: Final = re.compile(r"\b(?:more (?:details?|on this|to follow|soon)|more .{0,30}\bsoon)\b\W*$", re.IGNORECASE)


# How much of the post before a place, and of the paragraph after it, is read. More does not help, and costs quadratic
# time on a page of one endless post. The longest recorded post has 41 blocks.
_BACK_UNITS: Final = 48
_BACK_CHARS: Final = 12_000
_OPENING_CHARS: Final = 1_000


class PageStats:
    """How rare each word is on the page: if all paragraphs have a word, sharing it means nothing.

    `last_list`: the line of the page's last list.
    """

    def __init__(self, units: list[Unit]) -> None:
        self.units = max(2, len(units))
        self.counts = Counter(stem for unit in units for stem in _stems(unit.words))
        self.last_list = max((unit.line for unit in units if unit.sort is Sort.LIST), default=0)

    def shared(self, some: frozenset[str], others: frozenset[str]) -> float:
        """Return which part of the weight of some words is in others too, from 0 to 1."""
        weights = {stem: log(self.units / max(1, self.counts[stem])) for stem in some}
        return sum(weights[stem] for stem in some & others) / max(6.0, sum(weights.values()))


_CONTENT: Final = re.compile(r"[^\W\d_]{4,}")
_COMMON_WORDS: Final = """
about after again also been before being between could does down during earlier even ever every first from have here
into just last like made make many more most much only other over said says same should since some such than that
their them then there these they this those through time told under very want well were what when where which while
will with would year years your today news people says told reports according
"""
_COMMON_STEMS: Final = frozenset(word.removesuffix("s")[:6] for word in _COMMON_WORDS.split())
_BACK: Final = re.compile(
    r"^(?:[“\"‘]|(?:he|she|it|they|his|her|its|their|this|that|these|those|but|and|however|also|asked|speaking|other|"
    r"another|yet|so|then|instead|still|nor|both|such|on (?:this|that)|of (?:this|that|his|her)|the (?:former|latter|"
    r"official|statement|move|news|two|company|report|decision|pair|spokes\w+|minister|president|agency|message|"
    r"video|clip|footage|picture|photo\w*|tweet|map|comments?|remarks?|meeting))\b)"
    r"|^in \w+ing (?:the|this|that)\b|^during the\b",
    re.IGNORECASE,
)
_FRESH: Final = re.compile(
    r"^(?:here(?:’s|'s| is| are)|more |good (?:morning|afternoon|evening)|back |meanwhile|over (?:in|at|on|to)|away |"
    r"breaking|hello|welcome|that’s all|that's all|and here|now |just in|elsewhere|my colleague|i'm |i’m |we're |"
    r"thanks|some |a quick|interesting|newsflash|updated?:)",
    re.IGNORECASE,
)
_CLOCK: Final = re.compile(
    r"^(?:\d{1,2}[.:]\d{2}\s?(?:am|pm)?|\d{1,3} (?:min|mins|minutes)\b|\d{1,3}\+?\d? ?min)", re.I
)
_SOURCE: Final = re.compile(
    r"\btold (?:the )?[A-Z]|\b(?:Reuters|AP|AFP|PA|Tass|Interfax|Ria|RIA|dpa|Suspilne|Kyodo)\b"
    r"|\b(?:Xinhua|CNN|BBC|Sky|Bloomberg|Guardian|Telegram|Facebook|Twitter)\b"
    r"|\bhas (?:just )?(?:said|posted|published|claimed|told|tweeted|announced|released|issued|welcomed|praised)\b"
    r"|\bsaid on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b(?:reports|reporting|tweets|writes)\b"
)


def _stem(word: str) -> str:
    return word.lower().removesuffix("s")[:6]


@lru_cache(maxsize=4096)
def _stems(words: str) -> frozenset[str]:
    return frozenset(_stem(word) for word in _CONTENT.findall(words)) - _COMMON_STEMS


@lru_cache(maxsize=4096)
def _phrases(words: str) -> frozenset[tuple[str, str]]:
    """Return the stems of pairs of neighbouring words, without pairs with a common word."""
    stems = [_stem(word) for word in re.findall(r"[^\W\d_]+", words)]
    pairs = pairwise(stems)
    return frozenset((a, z) for a, z in pairs if min(len(a), len(z)) > 3 and not {a, z} & _COMMON_STEMS)


def _first_sentence(words: str) -> str:
    return re.split(r"(?<=[.!?])\s", words, maxsplit=1)[0]


def features(units: list[Unit], start: int, number: int, stats: PageStats) -> dict[str, float]:
    """Return the features of the place before unit `number`, in a post that began at `start`, each from -1 to 1."""
    unit, before = units[number], units[number - 1]
    after = units[number + 1] if number + 1 < len(units) else None
    post = units[max(start, number - _BACK_UNITS) : number]
    opening = _first_sentence(unit.words)[:_OPENING_CHARS]
    every = [one.words[:_BACK_CHARS] for one in post]
    known = " ".join(every)[-_BACK_CHARS:]
    stems = _stems(opening)
    held = frozenset[str]().union(*map(_stems, every))
    shared = stats.shared(stems, held)
    rest = stats.shared(_stems(unit.words) - stems, held)
    ends = after is not None and is_headline(after, None if number + 2 >= len(units) else units[number + 2])
    follows = 0.0
    if after is not None and not ends:
        next_stems = _stems(after.words)
        follows = stats.shared(next_stems, _stems(unit.words)) - stats.shared(next_stems, held)
    text = unit.sort is Sort.TEXT
    before_text = before.sort is Sort.TEXT
    names = {name for name in NAME.findall(opening) if name.split()[-1] not in known}
    return {
        "is_text": float(text),
        "is_list": float(unit.sort is Sort.LIST),
        "is_photo": float(unit.sort is Sort.PHOTO),
        "is_social": float(unit.sort is Sort.SOCIAL),
        "after_colon": float(before_text and before.words.endswith(":")),
        "after_soon": float(before_text and bool(_SOON.search(before.words))),
        "after_list": float(before.sort is Sort.LIST),
        "after_photo": float(before.sort is Sort.PHOTO),
        "after_social": float(before.sort is Sort.SOCIAL),
        "titled": float(is_headline(units[start], units[start + 1])) if start + 1 <= number else 0.0,
        "summing": float(
            bool(SUMMARY.match(units[start].words))
            and not any(one.sort is Sort.LIST for one in post)
            and stats.last_list >= unit.line
        ),
        "looks_back": float(text and bool(_BACK.match(unit.words))),
        "fresh": float(text and bool(_FRESH.match(unit.words)) and not _SOON.search(unit.words)),
        "clock": float(text and bool(_CLOCK.match(unit.words))),
        "shared": min(1.0, shared) if text else 0.0,
        "shared_rest": min(1.0, rest) if text else 0.0,
        "wholly_apart": float(text and shared < 0.12 and rest < 0.06),
        "same_phrase": float(text and any(_phrases(opening) & _phrases(one) for one in every)),
        "followed": max(-1.0, min(1.0, follows)) if text else 0.0,
        "new_name": float(text and bool(names)),
        "reported": float(text and bool(_SOURCE.search(opening))),
        "lead": float(text and bool(names) and bool(_SOURCE.search(opening)) and not _BACK.match(unit.words)),
        "summed_up": float(text and before.sort is Sort.LIST and bool(SUMMARY.match(units[start].words))),
        "long_before": min(1.0, len(known) / 1500),
        "leads_embed": float(text and after is not None and after.sort in {Sort.SOCIAL, Sort.PHOTO}),
        "leads_quote": float(text and unit.words.endswith(":")),
        "last": float(after is None),
        "then_headline": float(ends),
    }


# Fitted by logistic regression to the 4,090 places in 40 recorded blogs where neither "Updated" nor a headline decides,
# then rounded, and corrected by hand where those blogs (2012 to 2017, a third of them sport) are not typical.
BIAS: Final = -2.0
WEIGHTS: Final[dict[str, float]] = {
    "is_text": 0.85,
    "is_list": -0.7,
    "is_photo": 0.5,
    "is_social": 0.4,
    "after_colon": -1.2,
    "after_soon": 1.2,
    "after_list": 0.35,
    "after_photo": 0.6,
    "after_social": 1.5,
    "titled": -1.15,
    "summing": -2.0,
    "looks_back": -0.9,
    "fresh": 0.75,
    "clock": 2.0,
    "shared": -0.35,
    "shared_rest": -0.7,
    "wholly_apart": 0.5,
    "same_phrase": -0.5,
    "followed": 2.5,
    "new_name": 0.5,
    "reported": 0.5,
    "lead": 0.35,
    "summed_up": 1.3,
    "long_before": 0.3,
    "leads_embed": 0.8,
    "leads_quote": -0.2,
    "last": -0.6,
    "then_headline": -0.5,
}

WHY: Final = {
    "after_soon": "the paragraph above promises more",
    "after_list": "a list ends above it",
    "after_social": "an embed ends above it",
    "after_photo": "a photo ends above it",
    "new_name": "it introduces somebody",
    "reported": "it names its source afresh",
    "lead": "it names a person and a source afresh",
    "summed_up": "the summary above it is complete",
    "fresh": "it begins as a post begins",
    "clock": "it begins with a time",
}
