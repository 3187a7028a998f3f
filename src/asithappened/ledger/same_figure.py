"""Whether a figure in a text is of a series: of its kind and unit, the same counted, with the same outcome and place.

Owns the evidence for and against. The value is not asked here but for how distinct it is: 4,617 is hardly twice in one
live blog, 12 is. Look next: `same_value` for values, `same_place` for places.
"""

from collections.abc import Sequence
from typing import Final

from asithappened.ledger import figure_series, lexicon, same_outcome, same_place
from asithappened.ledger.clause import stem
from asithappened.ledger.figure_series import Here, Series
from asithappened.ledger.phrases import phrases
from asithappened.ledger.tokens import read

_DISTINCT: Final = 1000  # a smaller number may count anything
_RARE: Final = 20  # of a noun that stands for nobody else
_POINTING: Final = frozenset({"he", "she", "his", "her", "it", "they", "their", "this", "that", "him", "them"})
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
    "held": frozenset({"released", "freed", "free"}),
}  # fmt: skip
_OWNED: Final = frozenset({"cancelled", "closed", "cut off", "lost", "sold", "created"})
_DEFINITE: Final = frozenset({"the", "all", "those", "these", "die", "den", "alle", "allen", "los", "las"})
_COSTS: Final = frozenset(map(stem, ("cost", "bill", "price", "damage", "value", "worth")))


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
    outcome, near = same_outcome.outcome(here, one.outcome), _labelled(here, one)
    if outcome == "other":
        return 0
    counted = _counted(here, one)
    if one.told in _UNDONE and same_outcome.is_undone(here, _UNDONE[one.told]):
        return 0
    if outcome != "same" and same_outcome.tells(here, one, counted):
        return 80
    if (undone := _UNDONE.get(one.outcome)) and same_outcome.is_undone(here, undone):
        return 0
    if same_outcome.is_to_come(here, one.outcome):
        return 0
    if _of_another(here, one):
        return 0
    if one.moved.figure != "count":
        return 75 if near or _place(here, one.moved.places) == "same" else 85 if counted == "same" else 0
    if counted == "other" and not (one.outcome == "killed" and same_outcome.lives(here)):
        return 0
    told = here.found.quantity.low >= _DISTINCT
    if one.outcome:
        if outcome == "same":
            return 90 if counted == "same" or here.found.outcome else 80
        if same_outcome.toll(here):
            return 80
        if counted == "same":
            return 70 if near > 1 or (told and (near or one.group[1:] != ("anyone",))) else 0
        return 60 if not here.found.counted and near > 1 else 0
    if counted == "same":
        if near or not one.words:
            return 85
        named = not one.names or one.names & (here.sentence.stems | here.context)
        if named and one.group[1:] == ("kind",) and _is_definite(here):
            return 60  # "all 14 hostages": those that were spoken of
        return 60 if named and here.found.quantity.low >= _RARE and not one.group[1:] else 0
    return 75 if near and (not here.found.counted or not one.head) else 0


def _is_definite(here: Here) -> bool:
    first = here.found.quantity.first
    return first > here.sentence.first and here.sentence.tokens[first - 1].low in _DEFINITE


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
    mine, theirs = figure_series.group_of(counted, here.language), one.group
    if figure_series.names_in(counted) and one.adjectives and not figure_series.names_in(counted) & one.adjectives:
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
    numbers, tokens = lexicon.load(here.language, "numbers"), here.sentence.tokens
    for at in range(here.sentence.first + 1, here.sentence.last):
        values, before = listed.get(tokens[at].low, ()), tokens[at - 1]
        if values[1:] in {("some",), ("alone",)} and values[0] != group:
            counted = before.kind == "number" or numbers.get(before.low, ("",))[0] == "number"
            if counted or not _are_listed(here, at):
                return True
    return False


def _are_listed(here: Here, at: int) -> bool:
    """Say whether a noun goes on with those counted: "63 men, women and children"."""
    past, tokens = here.found.quantity.past, here.sentence.tokens
    words = [token.low for token in tokens[past : at + 1]]
    listed = lexicon.load(here.language, "counted_as")
    return at >= past and all(low in {",", "and", "und", "y"} or low in listed for low in words)


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
