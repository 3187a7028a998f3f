"""The phrases by which a sweep finds a switched series: for its thing, its old and newest value, and what is another's.

Owns reading the lexicon `states` for one series, with its own words and their other forms. Look next:
`sweep_families`, which finds them.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from asithappened.ledger.language import clause, inflections, lexicon
from asithappened.ledger.language.tokens import Token, read
from asithappened.ledger.language.wordings import Wordings
from asithappened.ledger.stale import state_families, state_words
from asithappened.ledger.stale.state_families import Sides

_HEAD: Final = 4  # letters of a thing that a German compound ends with
_LONGEST: Final = 24  # letters of one
_ENDINGS: Final = ("es", "s", "innen", "in", "en", "n", "e", "m")
_NOTHING: Final = "\u2400"
_PERSONAL: Final = frozenset({"person", "animal", "casualty", "patient", "player"})  # what they do is told of then
# What became of those counted, and the state that somebody is in then.
_OUTCOMES: Final = {"missing": "missing", "injured": "injured", "trapped": "trapped", "held": "captive"}
_POSTS: Final = frozenset({"post", "candidate"})
_AHEAD: Final = "going ahead"  # the value of what is to come


class Phrases(NamedTuple):
    """The phrases of a series with what each is, and the same ready to be looked for."""

    kinds: Mapping[str, tuple[str, ...]]
    found: Wordings


@lexicon.kept
def phrases_of(
    language: str,
    sides: Sides,
    kinds: frozenset[str],
    labels: frozenset[str],
    own: frozenset[str],
    new: frozenset[str],
    nouns: frozenset[str],
) -> Phrases:
    """Return the phrases for the sides of a change, for its thing and for what that is a part of or consists of."""
    listed = lexicon.load(language, "states")
    found: dict[str, tuple[str, ...]] = {_NOTHING: ("",)}
    for phrase, values in listed.items():
        if values[0] == "value":
            left, come = _sided(values, values[2:], sides)
            if left != come:
                ahead = ("ahead",) if _AHEAD in state_words.meanings(values) else ()
                found[phrase] = ("old" if left else "new", *ahead)
        elif values[0] == "said":
            if meant := kinds & set(values[2:]):
                groups = state_families.groups_of(meant, language)
                left, come = _sided(values, groups, sides)
                if left != come:
                    found[phrase] = ("told" if left else "untold",)
        elif values[0] == "part":
            found[phrase] = ("part" if kinds & set(values[1:]) else "beside",)
        elif values[1] in labels:
            found[phrase] = ("thing",)
        else:
            kin = kinds & {values[1], *values[3:]}
            found[phrase] = ("kin" if kin else "beside" if values[2] == "people" else "strange",)
    found.update(_told_of(language, sides, dict(found)))
    for phrase, said in list(found.items()):
        if said[0] in {"old", "new"} and not language.startswith("en"):
            acts = not _PERSONAL & set(listed[phrase][2:]) if phrase in listed else False
            found = dict.fromkeys(state_words.inflected(phrase, language, acts=acts), said) | found
        if language.startswith("de") and (split := state_words.split_verbs(phrase)):
            found.setdefault(split, said)
        if phrase.startswith("is "):
            found.setdefault(f"'s {phrase[3:]}", said)  # "the gig's off"
    own_words = dict[str, tuple[str, ...]]()
    for phrases_, kind in (own, "old"), (new, "new"):
        for phrase in phrases_:
            known = language.startswith("en") and listed.get(phrase, ("",))[0] == "value"
            forms = set[str]() if known else state_words.inflected(phrase, language)
            own_words |= dict.fromkeys({phrase, *forms}, (kind,))
    own_nouns = dict.fromkeys((noun for noun in nouns if found.get(noun, ("strange",))[0] == "strange"), ("thing",))
    bases = {form for phrase in new for form in state_words.bases(phrase, language)}
    kinds_of_phrases = dict.fromkeys(bases, ("base",)) | own_words | found | own_nouns
    return Phrases(kinds_of_phrases, Wordings(kinds_of_phrases))


def _told_of(language: str, sides: Sides, found: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, tuple[str]]]:
    """Yield what tells an outcome of those counted, as what says it of one: "sin noticias de"."""
    outcomes = {what for what, one in _OUTCOMES.items() if any((group, one) in sides.old for group in _PERSONAL)}
    if language.startswith("en") or not outcomes:
        return
    free = {"", "strange", "beside", "kin"}
    for phrase, values in lexicon.load(language, "tells").items():
        listed = found.get(phrase, ("",))[0]
        if listed in free and not inflections.is_passive(phrase) and clause.told(values) <= outcomes:
            yield phrase, ("old",)


def _sided(values: Sequence[str], groups: Collection[str], sides: Sides) -> tuple[bool, bool]:
    """Say whether one of the meanings of a phrase is what a change left, and whether one is what it came to."""
    meant = [(group, one) for one in state_words.meanings(values) for group in groups]
    return any(one in sides.old for one in meant), any(one in sides.new for one in meant)


def plain(words: str) -> str:
    return " ".join(token.low for token in read(words).tokens)


@lexicon.kept
def things(language: str) -> Wordings:
    listed = lexicon.load(language, "states")
    return Wordings({_NOTHING: ()} | {p: v for p, v in listed.items() if v[0] in {"thing", "part"}})


@lexicon.kept
def few(language: str) -> frozenset[str]:
    """Return the words of small numbers, which stand for those spoken of: "The four remain underground"."""
    return frozenset(low for low, values in lexicon.load(language, "numbers").items() if values[0] == "number")


@lexicon.kept
def _said(language: str) -> Wordings:
    listed = lexicon.load(language, "states")
    return Wordings({_NOTHING: ("", "")} | {p: v for p, v in listed.items() if v[0] == "said"})


def kinds_of(words: str, language: str) -> Iterator[str]:
    """Yield the things that words tell a state of: a strike, of "on strike"."""
    for one in _said(language).find([token.low for token in read(words).tokens]):
        yield from one.values[2:]


@lexicon.kept
def _heads(language: str) -> frozenset[str]:
    listed = lexicon.load(language, "states")
    return frozenset(p for p, v in listed.items() if v[0] != "said" and " " not in p and len(p) >= _HEAD)


def headed(low: str, language: str) -> str:
    """Return the thing that a German word ends with: "verbot" of "badeverbot"; longest first, empty for none."""
    if not language.startswith("de"):
        return ""
    heads = _heads(language)
    for word in (low, *(low.removesuffix(one) for one in _ENDINGS if low.endswith(one))):
        for at in range(max(0, len(word) - _LONGEST), len(word) - _HEAD + 1):
            if word[at:] in heads:
                return word[at:]
    return ""


def roles_of(label: Sequence[Token], language: str) -> frozenset[str]:
    """Return the stems of what a label says somebody is: "secretary" of "Dominic Lyle, health secretary"."""
    listed, titles = lexicon.load(language, "states"), lexicon.load(language, "titles")
    german = language.startswith("de")
    return frozenset(
        clause.stem(token.low)
        for token in label
        if len(token.low) > _HEAD
        and (
            (token.text.islower() and not german)
            or token.low in titles
            or _POSTS & set(listed.get(token.low.removesuffix("in") if german else token.low, ()))
        )
    )
