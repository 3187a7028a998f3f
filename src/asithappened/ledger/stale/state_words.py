"""What a state series is called in a text, and the phrases that mean its values.

Owns reading its label and its values by the lexicon `states`. Look next: `sweep_states`, which finds both.
"""

import re
from collections.abc import Collection, Mapping, Sequence, Set
from itertools import takewhile
from typing import Final

from asithappened.ledger.changes import Switched
from asithappened.ledger.language.phrases import phrases
from asithappened.ledger.language.tokens import Token, read
from asithappened.ledger.language.wordings import Found

BE: Final = frozenset({"is", "are", "has", "have", "been", "was", "were", "remains", "remain", "be", "now", "still"})
OR: Final = " or "
NOTHING: Final = "\u2400"  # a phrase that no text has, for a list without any
_CORE: Final = 3  # words of a value that has a preposition and a noun behind an adjective
_WITHIN: Final = frozenset({"on", "in", "under", "auf", "unter", "en", "bajo"})
_RUNS: Final = frozenset({"on", "under way", "running", "resumed", "holding", "agreed", "open", "restored"})
_RESTS: Final = frozenset(
    {"over", "cancelled", "closed", "out", "adjourned", "postponed", "suspended", "abandoned", "called off",
     "collapsed", "broken off", "broken"}
)  # fmt: skip
_KIN: Final = (
    frozenset({"border", "border crossing"}),
    frozenset({"match", "game", "play"}),
    frozenset({"ceasefire", "truce"}),
    frozenset({"trial", "hearing"}),
    frozenset({"road", "motorway"}),
    frozenset({"polls", "polling"}),
)
_MEANT: Final = {
    "way": frozenset({"the route", "the link", "the crossing", "the span", "the building", "the site", "the facility",
                      "the road", "der weg", "die route", "die verbindung", "la vía", "la ruta", "el paso"}),
    "session": frozenset({"the game", "the match", "the tie", "the contest", "the event", "the meeting", "the hearing",
                          "die partie", "die begegnung", "el encuentro", "el acto", "la sesión"}),
    "strike": frozenset({"the walkout", "the action", "the stoppage", "the industrial action", "der ausstand",
                         "die arbeitsniederlegung", "el paro"}),
    "alert": frozenset({"the warning", "the order", "the measure", "the restrictions", "the notice", "the alarm",
                        "the alert", "the ban", "the rule", "die warnung", "die anordnung", "die maßnahme",
                        "das verbot", "der alarm", "el aviso", "la alerta", "la orden", "la medida", "la prohibición"}),
    "service": frozenset({"the service", "the operation", "the mission", "the hunt", "der verkehr", "der betrieb",
                          "die suche", "el servicio", "la operación", "la búsqueda"}),
    "truce": frozenset({"the truce", "the deal", "the agreement", "the pause", "die waffenruhe", "la tregua",
                        "el acuerdo"}),
    "supply": frozenset({"the supply", "die versorgung", "el suministro"}),
    "blaze": frozenset({"the blaze", "the fire", "the flames", "das feuer", "der brand", "el fuego", "las llamas"}),
    "person": frozenset({"the man", "the woman", "the suspect", "the fugitive", "the gunman", "the child", "the girl",
                         "the boy", "the teenager", "der mann", "die frau", "der täter", "el hombre", "la mujer",
                         "el sospechoso"}),
    "patient": frozenset({"the patient", "the victim", "the man", "the woman", "the child"}),
}  # fmt: skip
_GENERAL: Final = frozenset(
    {"mount", "lake", "river", "port", "north", "south", "east", "west", "new", "old", "st", "san"}
)
_VERSUS: Final = frozenset({"v", "vs", "versus", "gegen", "contra"})
_NUMBERED: Final = frozenset({"flight", "flug", "vuelo", "train", "zug", "tren", "line", "linie", "línea", "bus"})
_ROADS: Final = {
    "en": frozenset({"M", "A", "B", "I"}),
    "de": frozenset({"A", "B"}),
    "es": frozenset({"A", "AP", "N", "M", "R"}),
}
_TO_COME: Final = "announced"  # "announces" it for later
_HEADS: Final = frozenset({"level", "status", "notice", "advisory", "order", "warning", "alert", "stufe"})
_PREPOSITIONS: Final = frozenset(
    {"of", "for", "in", "at", "on", "near", "over", "off", "by", "from", "to", "with", "after", "between", "von", "für",
     "bei", "auf", "im", "am", "zwischen", "nach", "um", "de", "del", "en", "por", "para", "entre", "sobre"}
)  # fmt: skip
TELLING: Final = frozenset(
    {
        "of",
        "for",
        "against",
        "at",
        "in",
        "on",
        "de",
        "del",
        "en",
        "contra",
        "para",
        "von",
        "bei",
        "am",
        "über",
        "mit",
        "gegen",
        "für",
    }
)  # before what a thing is told from others by
_OF: Final = frozenset({"of", "for", "de", "del", "von", "für", "para"})
_PARTICLES: Final = frozenset(
    {"ab", "an", "auf", "aus", "ein", "fest", "fort", "lahm", "los", "nicht", "nieder", "statt", "still", "um", "vor",
     "weg",
     "weiter", "zu", "zurück"}
)  # fmt: skip
_SPLIT: Final = re.compile(rf"({'|'.join(sorted(_PARTICLES - {'nicht'}))}|)ge(.{{3,}})t")
_FORMED: Final = 5  # letters that a value needs for its other forms
_SMALL: Final = _OF | {"the", "der", "des", "die", "das", "el", "la", "los", "las"}

Listed = Mapping[str, tuple[str, ...]]


def called(words: Sequence[Token]) -> list[str]:
    """Return how a thing that no list has is called: "A8" of "A8 bei Ulm", "alert level" of "Alert level of Etna"."""
    of = [at for at in range(2, len(words)) if words[at - 1].low in _OF and not words[at].text.islower()]
    begins = next((at for at, word in enumerate(words) if not word.text.islower()), 0)
    if of and words[0].text[1:].islower():
        begins = of[0]
    own = list(takewhile(lambda word: not word.text.islower(), words[begins:]))
    head = list(takewhile(lambda word: word.low not in _PREPOSITIONS, words[:begins] or words))
    while head and head[-1].low in _SMALL:
        head.pop()
    while head and head[0].low in _SMALL:
        head.pop(0)
    named = [" ".join(word.low for word in some) for some in (own or words, head)]
    if len(own) > 1 and own[0].low in _GENERAL:
        named.append(own[-1].low)  # "Sello" of "Mount Sello"
    if len(head) > 1 and head[-1].low in _HEADS:
        named += [head[-2].low, f"the {head[-1].low}"]  # "alert" and "the level" of "alert level"
    elif len(head) > 1:
        named.append(f"the {head[-1].low}")  # "the leak" of "gas main leak"
    return [name for name in named if name] or [NOTHING]


def kind_of(words: Sequence[Token], language: str) -> tuple[str, str]:
    """Return the thing and its group that a label is of by its form alone: "M47" is a road, "Town v Rovers" a match."""
    if any(word.low in _VERSUS and 0 < at < len(words) - 1 for at, word in enumerate(words)):
        at = next(at for at, word in enumerate(words) if word.low in _VERSUS)
        if not words[at - 1].text.islower() and not words[at + 1].text.islower():
            return "match", "session"
    letters = words[0].text.rstrip("0123456789").rstrip("-") if words else ""
    numbered = bool(letters) and letters != words[0].text and words[0].text[-1].isdecimal()
    alone = numbered and all(word.low not in _NUMBERED for word in words)
    return ("road", "way") if alone and letters in _ROADS.get(language.partition("-")[0], _ROADS["en"]) else ("", "")


def initials(label: Sequence[Token]) -> frozenset[str]:
    """Return what the words of a name are called for short: "sb" of "Senate Bill 12"."""
    named = list(takewhile(lambda word: word.text[0].isupper(), label))
    return frozenset({"".join(word.low[0] for word in named)}) if len(named) > 1 else frozenset()


def told_by(words: Sequence[Token]) -> frozenset[str]:
    """Return what a label tells its thing from others by: "king" of "Statue of the king"."""
    at = next((at for at, word in enumerate(words) if at and word.low in TELLING), len(words))
    return frozenset(word.low for word in words[at + 1 :] if word.low not in _SMALL and len(word.low) > 1)


def is_named(words: Sequence[Token], one: Found) -> bool:
    """Say whether a thing is a word of a name in a label: "Mill" of "Cordon on Mill Lane"."""
    behind = one.last < len(words) and words[one.last].text[0].isupper()
    return one.first > 0 and behind and words[one.first].text[0].isupper()


def is_placed(words: Sequence[Token], one: Found) -> bool:
    """Say whether a thing is a name behind a preposition: "Torre" of "Tranvía 4 de Torre"."""
    return one.first > 0 and words[one.first].text[0].isupper() and words[one.first - 1].low in TELLING


def head(found: Sequence[Found], words: Sequence[Token], language: str) -> Found | None:
    """Return the thing that a label is of: the last one, but the first in Spanish and before "of"."""
    if not found:
        return None
    last = found[0].last
    of = last < len(words) and words[last].low in _SMALL | {"at", "in", "bei", "en", "on", "near"}
    return found[0] if of or language.startswith("es") else found[-1]


def names(words: Sequence[Token], thing: range, switched: Switched, language: str) -> frozenset[str]:
    """Return the words of a label that are a name: "Lenn" of "Lenn Bridge"."""
    places = {low for place in switched.places for low in place.lower().split()}
    stops = phrases(language).classes
    named = (word for at, word in enumerate(words) if at not in thing and not word.text.islower())
    return frozenset(word.low for word in named if thing and word.low not in places and word.low not in stops)


def meanings(values: Sequence[str]) -> list[str]:
    """Return the values that a phrase of the list may mean: "broken or injured", of a truce or of a player."""
    return values[1].split(OR)


def values_of(words: str, listed: Listed) -> set[str]:
    """Return what the lexicon calls a value."""
    low = " ".join(token.low for token in read(words).tokens)
    own = {low, bare := without_be(low)}
    return {
        one
        for p, v in listed.items()
        if v[0] == "value"
        for one in meanings(v)
        if one in own or p in own or p == f"is {bare}"
    }


def widened(values: Collection[str], others: Collection[str]) -> set[str]:
    """Return what contradicts other values as some do: "abandoned" as "suspended" does, once it is running again."""
    found = set(values)
    for one, other in (_RUNS, _RESTS), (_RESTS, _RUNS):
        if one & found and other & set(others) and not one & set(others):
            found |= one
    return found


def phrases_of(words: str, values: Set[str], group: str, listed: Listed) -> set[str]:
    """Return the phrases that mean a value: its own words, and what the lexicon has for it in the thing's group."""
    low = " ".join(token.low for token in read(words).tokens)
    fitting = {
        p
        for p, v in listed.items()
        if v[0] == "value" and (not group or group in v[2:]) and not values.isdisjoint(meanings(v))
    }
    return {phrase for phrase in (*fitting, low, without_be(low), _core(low)) if phrase}


def _core(low: str) -> str:
    """Return a value without the adjective before it: "on bail" of "free on bail"; empty where it has none."""
    kept = low.split()
    return " ".join(kept[1:]) if len(kept) == _CORE and kept[1] in _WITHIN else ""


def group_of(words: str, listed: Listed) -> str:
    """Return the group that a value is of, for a thing that no list has."""
    return next((v[2] for p, v in listed.items() if v[0] == "value" and p == without_be(words.lower())), "")


def told(values: Collection[str], kinds: Collection[str], listed: Listed) -> set[str]:
    """Return the phrases that tell a value of a thing, or of its group, without naming it: "no flights in or out"."""
    own = set(kinds)
    own_values = set(values)
    return {p for p, v in listed.items() if v[0] == "said" and own & set(v[2:]) and own_values & set(meanings(v))}


def is_general(low: str) -> bool:
    """Say whether a word of a name is of many: "Mount", "North"."""
    return low in _GENERAL


def meant(group: str) -> frozenset[str]:
    """Return what a thing of a group is called that a text has spoken of: "the route", of a road."""
    return _MEANT.get(group, frozenset())


def kin(label: str) -> frozenset[str]:
    """Return the labels of what is called like a thing too: a final is a match."""
    return next((one for one in _KIN if label in one), frozenset({label}))


def in_present(values: Collection[str], language: str) -> set[str]:
    """Return the forms of headlines: "closes", "suspends", "shuts"."""
    if not language.startswith("en"):
        return set()
    ended = [value for value in values if value.endswith("ed") and " " not in value and value != _TO_COME]
    return {form for value in ended for form in (f"{value[:-1]}s", f"{value[:-2]}s")} | (
        {"shuts"} if "shut" in values else set()
    )


def inflected(words: str, language: str, *, acts: bool = False) -> set[str]:
    """Return other forms of a value: "stands" of "standing", "gesperrte" of "gesperrt", "cortadas" of "cortado".

    `acts`: and what is done in the present to what is so then: "stoppt", "suspende".
    """
    first, _, rest = words.partition(" ")
    behind = f" {rest}" if rest else ""
    if language.startswith("en") and first.endswith("ing") and len(first) > _FORMED:
        base = first[:-3].removesuffix(first[-4]) if first[-4] == first[-5] else first[:-3]
        return {f"{one}{behind}" for one in (base, f"{base}s", f"{base}es", f"{first[:-3]}s", f"{first[:-3]}")}
    if language.startswith("de") and not rest and words[-1:] in {"t", "n"} and len(words) > _FORMED:
        return {f"{words}{ending}" for ending in ("e", "en", "er", "es", "em")} | (_done_now(words) if acts else set())
    ends = next((one for one in ("os", "as", "o", "a") if words.endswith(one)), "")
    if language.startswith("es") and not rest and ends and len(words) > _FORMED:
        root = words.removesuffix(ends)
        now = (
            {f"{root[:-2]}{'e' if root.endswith('id') else 'a'}{n}" for n in ("", "n")}
            if acts and _acts(root)
            else set()
        )
        return {f"{root}{ending}" for ending in ("o", "a", "os", "as")} | now - {words}
    return set()


def _acts(root: str) -> bool:
    return root.endswith(("ad", "id")) and len(root) > _FORMED


def _done_now(participle: str) -> set[str]:
    """Return what a German participle is in the present: "stoppt" of "gestoppt", "sagt … ab" of "abgesagt"."""
    found = _SPLIT.fullmatch(participle)
    if found is None:
        return set()
    before, root = found.groups()
    return {f"{root}t … {before}", f"{root}en … {before}", f"{root}t {before}"} if before else {f"{root}t"}


def split_verbs(phrase: str) -> str:
    """Return a German verb with its particle, with room for words between: "steckt … fest"; empty for no such verb."""
    verb, _, particle = phrase.partition(" ")
    return f"{verb} … {particle}" if particle in _PARTICLES and verb.endswith(("t", "en")) else ""


def bases(words: str, language: str) -> set[str]:
    """Return the forms of a value behind "will not", "refuses to" and "no intention of": "resign" of "resigned"."""
    first, _, rest = words.partition(" ")
    if not language.startswith("en") or len(first) < _FORMED or not first.endswith(("ed", "ing")):
        return set()
    behind = f" {rest}" if rest else ""
    root = first.removesuffix("ing") if first.endswith("ing") else first[:-2]
    twice = root[:-1] if root[-1] == root[-2] else root
    return {f"{one}{behind}" for one in (root, twice, f"{root}e", f"{root}ing", f"{twice}ing")}


def nouns_of(words: Sequence[Token], language: str) -> set[str]:
    """Return what a label itself calls its thing: "tanker" of "Tanker Maren", "exams" of "Final exams in Torr"."""
    until = list(takewhile(lambda word: word.low not in _PREPOSITIONS, words))
    german = language.startswith("de")
    named = {word.low for word in (until[-1:] if len(until) > 1 and not german else until) if word.text.isalpha()}
    if until and until[0].text.isalpha() and (len(until) == 1 or not until[1].text.islower()):
        named.add(until[0].low)  # its first word has a capital anyway
    if language.startswith("es"):
        named = {word.low for word in until[:1]}
        named |= {word.low for word in words[2:3] if words[1].low == "de"}  # "agua", of "Suministro de agua"
    return {low for low in named if len(low) > 2 and low not in _SMALL and not is_general(low)}


def without_be(words: str) -> str:
    """Return a value without the verb before it: "closed" of "is closed"."""
    kept = words.split()
    while len(kept) > 1 and kept[0].lower() in BE:
        kept = kept[1:]
    return " ".join(kept)
