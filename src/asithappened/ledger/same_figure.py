"""Whether a figure in a text is of a series: of its kind and unit, the same counted, with the same outcome and place.

Owns the evidence for and against. The value is not asked here but for how distinct it is: 4,617 is hardly twice in one
live blog, 12 is. Look next: `same_value` for values, `same_place` for places.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from asithappened.ledger import gazetteer, lexicon, same_place
from asithappened.ledger.changes import Moved
from asithappened.ledger.clause import Sentence, outcome_of, outcomes_in, stem
from asithappened.ledger.figures import Found
from asithappened.ledger.phrases import phrases
from asithappened.ledger.tokens import read
from asithappened.ledger.views import PartView

_DISTINCT: Final = 1000  # a smaller number may count anything
_BEFORE: Final = 5  # tokens between a figure and what became of those counted
_BEHIND: Final = 7
_SHORT: Final = 4
_RARE: Final = 20  # of a noun that stands for nobody else
_AND: Final = frozenset({"and", "but", "while", "und", "aber", "y", "pero"})
_POINTING: Final = frozenset({"he", "she", "his", "her", "it", "they", "their", "this", "that", "him", "them"})
_BODIES: Final = frozenset(
    {"bodies", "body", "corpses", "victims", "fatalities", "leichen", "opfer", "cuerpos", "cadáveres", "víctimas"}
)  # fmt: skip
_BACK: Final = frozenset(
    {"wieder", "restored", "reconnected", "restore", "restores", "reconnects", "again", "wiederhergestellt"}
)
_UNDONE: Final = {
    "missing": frozenset(
        {"found", "alive", "safe", "accounted", "gefunden", "wohlbehalten", "encontrados", "vivos"}
    ),
    "cut off": _BACK,
    "evacuated": frozenset({"returned", "return", "back", "home"}),
    "cancelled": frozenset({"reinstated", "resumed"}),
    "closed": frozenset({"reopened", "reopen"}),
}  # fmt: skip
_OWNED: Final = frozenset({"cancelled", "closed", "cut off", "lost", "sold", "created"})
_ALSO: Final = {"lost": frozenset({"destroyed", "cancelled"})}  # what one word says of homes, of flights
_NOT: Final = frozenset({"not", "never", "yet", "nicht", "noch", "no", "aún", "todavía"})
_DENIES: Final = 3  # tokens
_NOUNS: Final = frozenset({"dead", "missing", "injured", "wounded", "homeless", "killed"})
_ASIDE: Final = frozenset({"among", "including", "most", "many", "some", "mostly", "mainly", "half", "all", "aged"})
_COSTS: Final = frozenset(map(stem, ("cost", "bill", "price", "damage", "value", "worth")))
_LIVES: Final = frozenset({"lives", "life", "leben", "menschenleben", "vidas"})
_PERSONS: Final = frozenset({("anyone",), ("kind",), ("alone",)})


class Here(NamedTuple):
    """A figure where it stands.

    `previous`, `next`: the figures on either side in its sentence; `before`: the place spoken of before that;
    `context`: stems of the words of the sentence before.
    """

    found: Found
    part: PartView
    sentence: Sentence
    previous: Found | None
    next: Found | None
    before: same_place.Where | None
    context: frozenset[str]
    language: str


class Series(NamedTuple):
    """What a series is told by, read once.

    `words`: stems of its label's; `outcome`: its own or its label's; `names`: stems of the names in its label;
    `told`: the outcome that those counted have by their name ("cases").
    """

    moved: Moved
    words: frozenset[str]
    outcome: str
    group: tuple[str, ...]
    head: str
    adjectives: frozenset[str]
    names: frozenset[str]
    told: str


def series(moved: Moved, language: str) -> Series:
    """Read what a series is told by."""
    places = " ".join(moved.places).lower()
    lows = [token.low for token in read(moved.label).tokens if token.kind == "word"]
    outcome = outcome_of(moved.outcome) or next(iter(outcomes_in(lows, language)), "")
    stops = phrases(language).classes
    words = {
        stem(low) for low in lows if "stop" not in stops.get(low, ()) and low not in places.split() and len(low) > 2
    }
    counted = moved.counted or ("" if outcome or moved.figure != "count" else moved.label)
    head = _head(counted, language)
    named = [token for token in read(moved.label).tokens if token.kind == "word" and not token.text.islower()]
    if named and named[0].start == 0 and not (len(lows) > 1 and lows[1] == head):  # "Labour seats", but "People killed"
        named = named[1:]
    names = frozenset(stem(token.low) for token in named) & words
    told = "" if outcome else next(iter(lexicon.load(language, "tells").get(head, ())), "")
    if moved.figure != "count":
        words |= {stem(head)} if head else set[str]()
        listed = lexicon.load(language, "tells")
        words |= {stem(listed[low][0]) for low in lows if low in listed}  # "area scorched" is an area burned
    return Series(moved, frozenset(words), outcome, _group(counted, language), head, _names(counted), names, told)


def is_of(here: Here, one: Series) -> int:
    """Return how surely a figure is of a series, 0 to 100; 0 where it is another's."""
    found, moved = here.found, one.moved
    if found.kind != moved.figure or found.unit != moved.unit:
        return 0
    place = _place(here, moved.places)
    if place == "other":
        return 0
    sure = _what(here, one)
    return min(95, sure + 5) if sure and place == "same" else sure


def _what(here: Here, one: Series) -> int:
    outcome, near = _outcome(here, one.outcome), _labelled(here, one)
    if outcome == "other":
        return 0
    counted = _counted(here, one)
    if outcome != "same" and _tells(here, one, counted):
        return 80
    if (undone := _UNDONE.get(one.outcome)) and _is_undone(here, undone):
        return 0
    if _is_to_come(here, one.outcome):
        return 0
    if _of_another(here, one):
        return 0
    if one.moved.figure != "count":
        return 75 if near or _place(here, one.moved.places) == "same" else 85 if counted == "same" else 0
    if counted == "other" and not (one.outcome == "killed" and _lives(here)):
        return 0
    told = here.found.quantity.low >= _DISTINCT
    if one.outcome:
        if outcome == "same":
            return 90 if counted == "same" or here.found.outcome else 80
        if _toll(here):
            return 80
        if counted == "same":
            return 70 if near > 1 or (told and (near or one.group[1:] != ("anyone",))) else 0
        return 60 if not here.found.counted and near > 1 else 0
    if counted == "same":
        if near or not one.words:
            return 85
        named = not one.names or one.names & (here.sentence.stems | here.context)
        return 60 if named and here.found.quantity.low >= _RARE and not one.group[1:] else 0
    return 75 if near and (not here.found.counted or not one.head) else 0


def _outcome(here: Here, wanted: str) -> str:
    """Return "same", "other" or nothing for what became of those counted."""
    own = outcome_of(here.found.outcome)
    if wanted == "killed" and _lives(here):
        return "same"
    if own and not _mentions(here):
        if not wanted:
            return "other" if own == "lost" else ""
        return "same" if own == wanted or wanted in _ALSO.get(own, ()) else "other"
    quantity, sentence = here.found.quantity, here.sentence
    clause = sentence.clauses[sentence.clause_at(quantity.core)]
    ends = [at for at in range(quantity.past, clause.last) if sentence.tokens[at].low in _AND]
    low = max(clause.first, here.previous.quantity.past) if here.previous is not None else clause.first
    high = min([clause.last, *ends[:1], *([here.next.quantity.first] if here.next is not None else [])])
    low, high = max(low, quantity.first - _BEFORE), min(high, quantity.past + _BEHIND)
    near = {outcome for at, outcome in sentence.outcomes.items() if low <= at < high and not _is_noun(here, at)}
    near = near or _headed(here) or _behind_aside(here)
    if not near or not wanted:
        return ""
    return "same" if wanted in near else "other"


def _is_noun(here: Here, at: int) -> bool:
    """Say whether an outcome behind a figure is somebody else's: "63 people gathered to mourn the dead"."""
    tokens, past = here.sentence.tokens, here.found.quantity.past
    of_them = at == past + 2 and tokens[past].low == "of"  # "all 12 of the injured"
    return at > past and not of_them and tokens[at].low in _NOUNS and tokens[at - 1].low == "the"


def _mentions(here: Here) -> bool:
    """Say whether all that says what became of those counted is such a noun."""
    sentence, quantity = here.sentence, here.found.quantity
    clause = sentence.clauses[sentence.clause_at(quantity.core)]
    near = [at for at in sentence.outcomes if clause.first <= at < clause.last]
    return bool(near) and all(_is_noun(here, at) for at in near)


def _behind_aside(here: Here) -> set[str]:
    """Return what became of those counted, behind more about them: "63 people, among them a child, were killed"."""
    sentence, quantity = here.sentence, here.found.quantity
    number = sentence.clause_at(quantity.core) + 1
    if number >= len(sentence.clauses) or quantity.past + _SHORT < sentence.clauses[number - 1].last:
        return set()
    first = sentence.tokens[sentence.clauses[number].first].low
    if first in _ASIDE:
        number += 1
    elif lexicon.load(here.language, "counted_as").get(first, ())[1:] not in {("some",), ("alone",), ("kind",)}:
        return set()  # "63 men, women and children died"
    if number >= len(sentence.clauses):
        return set()
    clause = sentence.clauses[number]
    high = min(clause.last, clause.first + _BEHIND)
    return {outcome for at, outcome in sentence.outcomes.items() if clause.first <= at < high}


def _headed(here: Here) -> set[str]:
    """Return what a label right before a figure says became of those counted: "Deaths: 63"."""
    sentence, quantity = here.sentence, here.found.quantity
    number = sentence.clause_at(quantity.core)
    if not number or sentence.clauses[number].first != quantity.first or not sentence.heads(number - 1):
        return set()
    head = sentence.clauses[number - 1]
    return {outcome for at, outcome in sentence.outcomes.items() if head.first <= at < head.last}


def _tells(here: Here, one: Series, counted: str) -> bool:
    """Say whether words near by tell the outcome of those counted: "police are holding 14 people", "118 are infected".

    `counted`: whether they are the series'. Where nobody is named, only what cannot be of anything else tells it.
    """
    wanted, named = one.outcome or one.told, here.found.counted
    likely = bool(one.told) or counted in {"same", "perhaps"}
    if not wanted or (named and not likely):
        return False
    if counted != "same" and _group(named, here.language)[1:] == ("thing",):
        return False
    sentence, quantity = here.sentence, here.found.quantity
    clause = sentence.clauses[sentence.clause_at(quantity.core)]
    first = max(here.previous.quantity.past if here.previous is not None else sentence.first, quantity.first - _BEFORE)
    end = min(here.next.quantity.first if here.next is not None else sentence.last, quantity.past + _BEHIND)
    return any(
        telling.outcome == wanted and (likely or (telling.clear and clause.first <= at < clause.last))
        for at, telling in sentence.tells.items()
        if first <= at < end and not (telling.before and at > quantity.first)
    )


def _is_undone(here: Here, undone: frozenset[str]) -> bool:
    """Say whether it is over for those counted: "12 who had been missing have been found"."""
    sentence, quantity = here.sentence, here.found.quantity
    end = here.next.quantity.first if here.next is not None and not _is_of(here) else sentence.last
    start = here.previous.quantity.past if here.previous is not None else sentence.first
    near = (*range(start, quantity.first), *range(quantity.past, end))
    return any(sentence.tokens[at].low in undone and not _is_negated(here, at) for at in near)


def _is_negated(here: Here, at: int) -> bool:
    """Say whether a word is denied, or to come: "have not been found", "yet to be found"."""
    before = here.sentence.tokens[max(here.sentence.first, at - _DENIES) : at]
    return any(token.low in _NOT or token.low.endswith(("n't", "n’t")) for token in before)


def _is_to_come(here: Here, wanted: str) -> bool:
    """Say whether what became of those counted is to come: "34 are waiting to be rescued"."""
    sentence, past = here.sentence, here.found.quantity.past
    end = min(sentence.last, past + _BEHIND + 1, here.next.quantity.first if here.next is not None else sentence.last)
    for at in range(past + 2, end):
        if sentence.outcomes.get(at) == wanted:
            before = [token.low for token in sentence.tokens[at - 2 : at]]
            return before == ["to", "be"]
    return False


def _is_of(here: Here) -> bool:
    tokens, first = here.sentence.tokens, here.sentence.first
    return [token.low for token in tokens[max(first, here.found.quantity.first - 2) : here.found.quantity.first]] == [
        "of",
        "the",
    ]


def _of_another(here: Here, one: Series) -> bool:
    """Say whether somebody else has or does what is counted: "Gatwick has cancelled", "the Conservatives have won"."""
    if one.outcome and one.outcome not in _OWNED:
        return False
    sentence, quantity = here.sentence, here.found.quantity
    clause = sentence.clauses[sentence.clause_at(quantity.core)]
    classes = phrases(here.language).classes
    subject = [
        stem(token.low)
        for token in sentence.tokens[clause.first : quantity.first]
        if token.kind == "word" and token.text[0].isupper() and token.low not in classes
    ]
    own = one.names | {low for place in one.moved.places for low in _stems(place)} if one.outcome else one.names
    others = set(subject) - one.words
    return bool(own) and bool(others) and not own & (sentence.stems | here.context)


def _lives(here: Here) -> bool:
    """Say whether "lost" and "claimed" mean dead: "lost 63 men", "claimed 63 lives"."""
    counted = here.found.counted.lower()
    return (
        counted in _LIVES
        or _head(counted, here.language) in _BODIES
        or (here.found.outcome == "lost" and _are_persons(counted, here.language))
    )


def _are_persons(counted: str, language: str) -> bool:
    return _group(counted, language)[1:] in _PERSONS


def _toll(here: Here) -> bool:
    """Say whether the sentence names a toll, and nothing that it would be of but persons."""
    counted = here.found.counted
    sentence = here.sentence
    number = sentence.clause_at(here.found.quantity.core)
    clause = sentence.clauses[number]
    short = number and clause.last - clause.first <= _SHORT  # "the toll, currently 63, is …"
    first = sentence.clauses[number - 1].first if short else clause.first
    if not any(first <= at < clause.last for at in sentence.tolls):
        return False
    return not counted or _group(counted, here.language)[1:] != ("thing",)


def _labelled(here: Here, one: Series) -> int:
    """Count the label's words, but for those counted, that the sentence has or points back to ("his price")."""
    words = one.words - {stem(one.head)} if one.moved.figure == "count" else one.words
    stems = here.sentence.stems.union(stem(telling.outcome) for telling in here.sentence.tells.values())
    near = len(stems & words)
    if one.moved.figure == "money" and words - _COSTS and not words - _COSTS & (stems | here.context):
        return 0  # a bill is of something
    return near or (len(here.context & words) if here.sentence.stems & _POINTING else 0)


def _counted(here: Here, one: Series) -> str:
    """Return "same", "perhaps", "other" or nothing for who or what is counted."""
    counted = here.found.counted
    if not counted or not one.head:
        return ""
    mine, theirs = _group(counted, here.language), one.group
    if _names(counted) and one.adjectives and not _names(counted) & one.adjectives:
        return "other"  # "63 Ukrainian soldiers"
    if mine[0] == theirs[0] or stem(mine[0]) == stem(theirs[0]):
        return "same"
    kinds = (mine[1] if len(mine) > 1 else "", theirs[1] if len(theirs) > 1 else "")
    if kinds[0] == "alone" and kinds[1] != "thing":
        return "other" if _beside_others(here, mine[0]) else "same"
    if "thing" in kinds or "some" in kinds:
        return "other"
    if "" in kinds:
        return "perhaps" if "anyone" in kinds else "other"  # "63 miners", "63 pigs"
    return "same" if "anyone" in kinds else "other"


def _beside_others(here: Here, group: str) -> bool:
    """Say whether others are told from those counted: "63 men and 26 women"."""
    listed = lexicon.load(here.language, "counted_as")
    words = here.sentence.tokens[here.sentence.first : here.sentence.last]
    beside = (listed.get(token.low, ()) for token in words)
    return any(values[1:] in {("some",), ("alone",)} and values[0] != group for values in beside)


def _group(counted: str, language: str) -> tuple[str, ...]:
    """Return the group of those counted and what it stands for; the noun alone where no list has it."""
    listed = lexicon.load(language, "counted_as")
    words = [token.low for token in read(counted).tokens if token.kind == "word"]
    for length in (2, 1):
        for at in range(len(words) - length, -1, -1):
            if values := listed.get(" ".join(words[at : at + length])):
                return values
    return (_head(counted, language),)


def _head(counted: str, language: str) -> str:
    words = [token.low for token in read(counted).tokens if token.kind == "word"]
    if not words:
        return ""
    return words[0] if language.startswith("es") else words[-1]


def _names(counted: str) -> frozenset[str]:
    """Return the names in what is counted: "Russian" of "Russian soldiers"."""
    words = counted.split()[:-1]
    return frozenset(gazetteer.folded(word) for word in words if word[:1].isupper())


def _place(here: Here, places: Sequence[str]) -> same_place.Verdict:
    if not places:
        return ""
    text, sentence, found = here.part, here.sentence, here.found
    start, end = sentence.tokens[sentence.first].start, sentence.tokens[sentence.last - 1].end
    standing = same_place.names_in(text, here.language, start, end)
    before = here.previous.end if here.previous is not None else start
    after = here.next.start if here.next is not None else end
    one = same_place.nearest(standing, found.end, after, before) or same_place.nearest(standing, found.end, end, start)
    if one is not None:
        verdict = same_place.compared(one.name, places, here.language)
        if verdict != "other":
            return verdict
        rest = (other for other in standing if other.strong and other is not one)
        # "in Makiivka, in Donetsk": a second name of the same spot
        near = (other for other in rest if abs(other.start - one.end) <= 3 or abs(one.start - other.end) <= 3)
        if any(same_place.compared(other.name, places, here.language) == "same" for other in near):
            return "same"
        wide = same_place.is_wide(one.name, here.language) and any(_stems(place) <= sentence.stems for place in places)
        return "same" if wide else "other"
    if any(same_place.compared(other.name, places, here.language) == "same" for other in standing):
        return "same"
    if any(_stems(place) <= sentence.stems for place in places):
        return "same"
    if any(_stems(place) <= here.context for place in places):
        return "same"
    if sentence.tolls or here.before is None:
        return ""
    return same_place.compared(here.before.name, places, here.language)


def _stems(place: str) -> frozenset[str]:
    """Return the stems of a place's name; of one without any, what stands nowhere."""
    return frozenset(stem(token.low) for token in read(place).tokens if token.kind != "mark") or frozenset({""})
