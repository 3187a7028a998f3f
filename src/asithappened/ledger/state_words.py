"""What a state series is called in a text, and the phrases that mean its values.

Owns reading its label and its values by the lexicon `states`. Look next: `sweep_states`, which finds both.
"""

from collections.abc import Collection, Mapping, Sequence
from itertools import takewhile
from typing import Final

from asithappened.ledger.changes import Switched
from asithappened.ledger.phrases import phrases
from asithappened.ledger.tokens import Token, read

BE: Final = frozenset({"is", "are", "has", "have", "been", "was", "were", "remains", "remain", "be", "now", "still"})
NOTHING: Final = "\u2400"  # a phrase that no text has, for a list without any
_TO_COME: Final = "announced"  # "announces" it for later
_OF: Final = frozenset({"of", "for", "de", "del", "von", "für", "para"})
_SMALL: Final = _OF | {"the", "der", "des", "die", "das", "el", "la", "los", "las"}

Listed = Mapping[str, tuple[str, ...]]


def called(words: Sequence[Token]) -> list[str]:
    """Return how a thing that no list has is called: "A8" of "A8 bei Ulm", "alert level" of "Alert level of Etna"."""
    of = [at for at in range(2, len(words)) if words[at - 1].low in _OF and not words[at].text.islower()]
    begins = next((at for at, word in enumerate(words) if not word.text.islower()), 0)
    if of and words[0].text[1:].islower():
        begins = of[0]
    own = list(takewhile(lambda word: not word.text.islower(), words[begins:]))
    head = list(words[:begins])
    while head and head[-1].low in _SMALL:
        head.pop()
    named = [" ".join(word.low for word in some) for some in (own or words, head)]
    return [name for name in named if name] or [NOTHING]


def names(words: Sequence[Token], thing: range, switched: Switched, language: str) -> frozenset[str]:
    """Return the words of a label that are a name: "Lenn" of "Lenn Bridge"."""
    places = {low for place in switched.places for low in place.lower().split()}
    stops = phrases(language).classes
    named = (word for at, word in enumerate(words) if at not in thing and not word.text.islower())
    return frozenset(word.low for word in named if thing and word.low not in places and word.low not in stops)


def meaning(words: str, group: str, listed: Listed) -> set[str]:
    """Return the phrases that mean a value: its own words, and what the lexicon has for it in the thing's group."""
    low = " ".join(token.low for token in read(words).tokens)
    bare = without_be(low)
    values = {
        v[1] for p, v in listed.items() if v[0] == "value" and (v[1] in {low, bare} or p in {low, bare, f"is {bare}"})
    }
    fitting = {p for p, v in listed.items() if v[0] == "value" and v[1] in values and (not group or group in v[2:])}
    return {phrase for phrase in (*fitting, low, bare) if phrase}


def in_present(values: Collection[str], language: str) -> set[str]:
    """Return the forms of headlines: "closes", "suspends", "shuts"."""
    if not language.startswith("en"):
        return set()
    ended = [value for value in values if value.endswith("ed") and " " not in value and value != _TO_COME]
    return {form for value in ended for form in (f"{value[:-1]}s", f"{value[:-2]}s")} | (
        {"shuts"} if "shut" in values else set()
    )


def without_be(words: str) -> str:
    """Return a value without the verb before it: "closed" of "is closed"."""
    kept = words.split()
    while len(kept) > 1 and kept[0].lower() in BE:
        kept = kept[1:]
    return " ".join(kept)
