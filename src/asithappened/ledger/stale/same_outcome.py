"""What became of those whom a figure counts: what a series says did, something else, or it is over for them.

Owns the words that say so around a figure, and those that tell it without saying so. Look next: `same_figure`.
"""

from typing import Final

from asithappened.ledger.language import lexicon
from asithappened.ledger.language.clause import Telling, outcome_of
from asithappened.ledger.stale import figure_series
from asithappened.ledger.stale.figure_series import Here, Series

_BEFORE: Final = 5  # tokens between a figure and what became of those counted
_BEHIND: Final = 7
_REACHED: Final = 9
_SHORT: Final = 4
_REACHES: Final = frozenset(
    {"pass", "passes", "passed", "top", "tops", "topped", "reach", "reaches", "reached", "exceed", "exceeds",
     "exceeded", "surpass", "surpasses", "hit", "hits", "übersteigen", "übersteigt", "überschreiten", "überschreitet",
     "erreichen", "erreicht", "superan", "supera", "superaron", "alcanzan", "alcanza", "rebasan", "rebasa", "rozan"}
)  # fmt: skip
_MOVES: Final = frozenset(
    {"climb", "climbs", "climbed", "rise", "rises", "risen", "rose", "grow", "grows", "jump", "jumps", "stand",
     "stands", "steigen", "steigt", "stieg", "klettern", "klettert", "wächst", "wachsen", "liegt", "suben",
     "sube", "llegan", "llega", "ascienden", "asciende", "crecen"}
)  # fmt: skip
_UP_TO: Final = (["to"], ["at"], ["auf"], ["bei"], ["a"], ["hasta"])
_AND: Final = frozenset({"and", "but", "while", "und", "aber", "y", "pero"})
_BODIES: Final = frozenset(
    {"bodies", "body", "corpses", "victims", "fatalities", "leichen", "opfer", "cuerpos", "cadáveres", "víctimas"}
)  # fmt: skip
# What one word says of homes, of flights; of prisoners as of hostages.
_ALSO: Final = {
    "lost": frozenset({"destroyed", "cancelled", "burned"}),
    "destroyed": frozenset({"burned"}),
    "held": frozenset({"arrested"}),
    "displaced": frozenset({"evacuated"}),
    "evacuated": frozenset({"displaced"}),
    "freed": frozenset({"rescued"}),
    "cut off": frozenset({"trapped", "stranded"}),
    "trapped": frozenset({"cut off", "stranded"}),
    "stranded": frozenset({"cut off", "trapped"}),
}
_NOT: Final = frozenset({"not", "never", "yet", "nicht", "noch", "no", "aún", "todavía"})
_DENIES: Final = 3  # tokens
_NOUNS: Final = frozenset({"dead", "missing", "injured", "wounded", "homeless", "killed"})
_ASIDE: Final = frozenset({"among", "including", "most", "many", "some", "mostly", "mainly", "half", "all", "aged"})
_LIVES: Final = frozenset({"lives", "life", "leben", "menschenleben", "vidas"})
_PERSONS: Final = frozenset({("anyone",), ("kind",), ("alone",)})


def outcome(here: Here, wanted: str) -> str:
    """Return "same", "other" or nothing for what became of those counted."""
    own = outcome_of(here.found.outcome)
    if wanted == "killed" and lives(here):
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
    low = max(low, quantity.first - (_REACHED if _reaches(here) else _BEFORE))
    high = min(high, quantity.past + _BEHIND)
    near = {outcome for at, outcome in sentence.outcomes.items() if low <= at < high and not _is_noun(here, at)}
    near = near or _headed(here) or _behind_aside(here)
    if not near or not wanted:
        return ""
    if wanted == "killed" and "lost" in near and _are_persons(here.found.counted, here.language):
        return "same"
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
    elif sentence.relative(sentence.clauses[number]):
        pass  # "63 Menschen, die heute Morgen getötet wurden"
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


def also(wanted: str) -> frozenset[str]:
    """Return an outcome, and those that say it of others."""
    return frozenset({wanted}) | _ALSO.get(wanted, frozenset())


def tells(here: Here, one: Series, counted: str) -> str:
    """Say whether words near by tell the outcome of those counted: "police are holding 14 people", "118 are infected".

    `counted`: whether they are the series'. Where nobody is named, only what cannot be of anything else tells it.
    Returns "sure" or "likely", empty where nothing does.
    """
    wanted, named = one.outcome or one.told, here.found.counted
    likely = bool(one.told) or counted in {"same", "perhaps", "unlike"}
    if not wanted or one.moved.figure == "money":
        return ""
    thing = figure_series.group_of(named, here.language)[1:] == ("thing",)
    if counted != "same" and thing:
        return ""
    other = (named and not likely) or (one.told and counted in {"other", "unlike"} and one.group[1:] != ("thing",))
    sentence, quantity = here.sentence, here.found.quantity
    clause = sentence.clauses[sentence.clause_at(quantity.core)]
    reaches = not named and _reaches(here)
    before = quantity.first - (_REACHED if reaches else _BEFORE)
    first = max(here.previous.quantity.past if here.previous is not None else sentence.first, before)
    end = min(here.next.quantity.first if here.next is not None else sentence.last, quantity.past + _BEHIND)
    found = [
        telling.sure
        for at, telling in sentence.tells.items()
        if first <= at < end
        and not (telling.before and at > quantity.first)
        and any(
            (told == "affected" and told in one.own) or wanted in {told, *_ALSO.get(told, ())}
            for told in telling.outcomes
        )
        and (
            telling.sure
            if other
            else likely or _is_told(telling, at, quantity.past) or (reaches and at < quantity.first)
        )
        and (likely or clause.first <= at < clause.last)
    ]
    return "sure" if any(found) else "likely" if found else ""


def _reaches(here: Here) -> bool:
    """Say whether a figure is what something before it has come to: "Power outages in Calloway pass 140,000"."""
    tokens, first = here.sentence.tokens, here.found.quantity.first
    lows = [token.low for token in tokens[max(here.sentence.first, first - _SHORT) : first]]
    return not _REACHES.isdisjoint(lows[-2:]) or (lows[-1:] in _UP_TO and not _MOVES.isdisjoint(lows))


def _is_told(telling: Telling, at: int, past: int) -> bool:
    """Say whether words tell it of a number without a noun: "63 did not survive", "46 are alive"."""
    return telling.clear or past <= at <= past + 1


def is_undone(here: Here, undone: frozenset[str]) -> bool:
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


def is_to_come(here: Here, wanted: str) -> bool:
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


def lives(here: Here) -> bool:
    """Say whether "lost" and "claimed" mean dead: "lost 63 men", "claimed 63 lives"."""
    counted = here.found.counted.lower()
    return (
        counted in _LIVES
        or figure_series.head_of(counted, here.language) in _BODIES
        or (here.found.outcome == "lost" and (not counted or _are_persons(counted, here.language)))
    )


def _are_persons(counted: str, language: str) -> bool:
    return figure_series.group_of(counted, language)[1:] in _PERSONS


def toll(here: Here) -> bool:
    """Say whether the sentence names a toll, and nothing that it would be of but persons."""
    counted = here.found.counted
    sentence = here.sentence
    number = sentence.clause_at(here.found.quantity.core)
    clause = sentence.clauses[number]
    short = number and clause.last - clause.first <= _SHORT  # "the toll, currently 63, is …"
    first = sentence.clauses[number - 1].first if short else clause.first
    if not any(first <= at < clause.last for at in sentence.tolls):
        return False
    return not counted or figure_series.group_of(counted, here.language)[1:] != ("thing",)
