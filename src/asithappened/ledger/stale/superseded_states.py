"""Whether a sentence says a state as what holds now: "is closed", and not "was closed for two hours".

Owns what is told of states alone: the perfect and the present assert, what happened at a time does not. Look next:
`superseded` for what they have in common with figures.
"""

from collections.abc import Collection, Sequence
from typing import Final

from asithappened.ledger.language.clause import Clause, Sentence
from asithappened.ledger.language.roles import roles
from asithappened.ledger.language.said_when import When
from asithappened.ledger.stale import superseded
from asithappened.ledger.stale.around import Around
from asithappened.ledger.stale.state_words import BE

_FROM: Final = frozenset({"from", "between", "von", "zwischen", "desde", "entre", "de"})
_UNTIL: Final = frozenset({"to", "until", "and", "bis", "und", "hasta", "a", "y", "–"})
_HOURS: Final = frozenset(
    {"noon", "midday", "midnight", "mittag", "mitternacht", "mediodía", "medianoche", "one", "two", "three",
     "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "eins", "zwei", "drei", "vier", "fünf",
     "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf", "una", "dos", "tres", "cuatro",
     "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce"}
)  # fmt: skip
_STANDS: Final = frozenset(
    {"is", "are", "has", "have", "remains", "remain", "stays", "still", "now", "ist", "sind", "bleibt", "bleiben",
     "está", "están", "sigue", "siguen", "hat", "haben", "ha", "han"}
)  # fmt: skip
_A: Final = frozenset({"a", "an", "the", "one", "its", "another"})
_ACTS: Final = frozenset({"issued", "declared", "announced", "imposed", "ordered", "sounded"})
_SINCE: Final = frozenset({"since", "seit", "desde"})
_LASTED: Final = frozenset({"for", "during", "until", "till"})
_ASKING: Final = frozenset({"who", "what", "where", "how", "why", "wer", "was", "wo", "wie", "quién", "qué", "dónde"})
_NEAR: Final = 4  # tokens before a value
_IN: Final = frozenset({"in", "im", "en"})
_AT: Final = frozenset({"at", "um", "a"})
_YEAR: Final = 4  # digits
_SEASONS: Final = frozenset(
    {"spring", "summer", "autumn", "winter", "frühjahr", "frühling", "sommer", "herbst", "primavera", "verano", "otoño",
     "invierno"}
)  # fmt: skip
_UNDONE: Final = frozenset(
    {"no", "not", "never", "if", "may", "could", "will", "ends", "ended", "lifted", "false", "test", "drill",
     "warned", "expected", "planned", "without", "nicht", "kein", "keine", "ohne", "ende", "beendet", "aufgehoben",
     "könnte", "droht", "geplant", "erwartet", "probe", "fin", "sin", "si", "termina", "levantan", "podría",
     "simulacro"}
)  # fmt: skip
_AFTER: Final = frozenset({"after", "following", "nach", "tras"})  # before a thing: it was over by then


def why(around: Around) -> str:
    """Return why a state is not asserted as what holds now. "Was closed" records its moment, "had been closed" not."""
    sentence, own = around.sentence, around.sentence.clauses[around.own]
    before = [token.low for token in sentence.tokens[max(sentence.first, around.spot.first - 3) : around.spot.first]]
    lows = {token.low for token in sentence.tokens[max(own.first, around.spot.first - _NEAR) : around.spot.first]}
    near = max(own.first, around.spot.first - _NEAR)
    if sentence.having("had", near, around.spot.first) or ({"was", "were"} & lows and before[-1:] in (["at"], ["on"])):
        return "had"
    behind = sentence.tokens[around.spot.past : min(around.spot.past + 1, sentence.last)]
    words = roles(around.language)
    if any(token.low in words["then"] for token in (*sentence.tokens[near : around.spot.first], *behind)):
        return "was"  # "während die Sperrzone in Kraft war"
    opens = next((token.low for token in sentence.tokens[own.first : around.spot.first] if token.kind != "mark"), "")
    if opens in words["when"]:
        return "if"  # "Wenn der Tunnel zu ist, steht das ganze Tal"
    if before[-2:] == ["used", "to"] or "briefly" in before:
        return "had"
    for mark in sentence.having("said", own.first, own.last):
        if sentence.tokens[mark.first].low not in {"already", "first"}:
            return "said"
    reason = superseded.in_common(around)
    if reason == "if" and opens in words["while"]:
        reason = ""  # "as long as the line is shut": it is
    if reason == "far" and any(token.low in words["lasts"] for token in sentence.tokens[near : around.spot.past]):
        reason = ""  # "who has been in prison since January remains on hunger strike"
    return _of_any(around) or reason or _ended(around) or _happened(around) or _over(around)


def _of_any(around: Around) -> str:
    """Find "wird ein Junge vermisst", whose state it is in the midst of German words that say it."""
    said = around.sentence.tokens[around.spot.first + 1 : around.spot.past - 1]
    german = around.language.startswith("de")
    return "other" if german and any(token.low in roles("de")["indefinite"] for token in said) else ""


def _over(around: Around) -> str:
    """Find "Nach der Sperrung rollt der Verkehr wieder": what follows is as it was before."""
    words, sentence, first = roles(around.language), around.sentence, around.spot.first
    before = [token.low for token in sentence.tokens[max(sentence.first, first - 2) : first]]
    again = any(token.low in words["again"] for token in sentence.tokens[sentence.first : sentence.last])
    return "over" if again and any(low in words["since"] for low in before) else ""


def _ended(around: Around) -> str:
    """Find how long a state lasted: "was closed for two hours", "from 12.40pm to 5.30pm"."""
    sentence, spot, own = around.sentence, around.spot, around.sentence.clauses[around.own]
    behind = sentence.clauses[around.own + 1 : around.own + 2]
    if any(_lasted(sentence, clause) for clause in (own, *behind)):
        return "ended"
    tokens = sentence.tokens
    words = roles(around.language)
    was = any(token.low in words["was"] for token in tokens[max(sentence.first, spot.first - 3) : spot.first])
    if was and any(token.low in words["while"] for token in tokens[own.first : spot.first]):
        return "ended"  # "while the curfew was in force"
    if was and _is_counted(sentence, spot.past, words["times"]):
        return "ended"
    if was and _of_a_time(sentence, spot.past, own.last, words["while"]):
        return "ended"
    lasted = {token.low for token in tokens[spot.past - 1 : min(spot.past + 3, sentence.last - 1)]} & _LASTED
    return "ended" if was and lasted else ""


def _is_counted(sentence: Sentence, first: int, times: Collection[str]) -> bool:
    """Say whether words right behind a state count how often it was: "was suspended 14 times"."""
    return any(token.low in times for token in sentence.tokens[first : min(first + _NEAR, sentence.last)])


def _of_a_time(sentence: Sentence, first: int, last: int, meanwhile: Collection[str]) -> bool:
    """Say whether words right behind a state tell when it was: "was injured in the spring", "in 2019"."""
    tokens = sentence.tokens
    for at in range(first, min(first + _NEAR, last)):
        if tokens[at].low in meanwhile and tokens[at].low != "as":
            return True
        behind = [token.low for token in tokens[at + 1 : min(at + 3, last)]]
        if tokens[at].low in _IN and behind and (_is_year(behind[0]) or behind[-1] in _SEASONS):
            return True
        if tokens[at].low in _AT and behind and behind[0] in _HOURS:
            return True
    return False


def _is_year(low: str) -> bool:
    return len(low) == _YEAR and low.isdecimal() and low[:2] in {"18", "19", "20"}


def _lasted(sentence: Sentence, clause: Clause) -> bool:
    """Say whether a clause tells from when to when."""
    tokens = sentence.tokens
    for at in range(clause.first, clause.last - 3):
        if tokens[at].low in _FROM and _number_near(sentence, at + 1, clause.last):
            until = range(at + 2, min(at + 9, clause.last - 1))
            if any(tokens[to].low in _UNTIL and _number_near(sentence, to + 1, clause.last) for to in until):
                return True
    return False


def _number_near(sentence: Sentence, first: int, last: int) -> bool:
    at = first + (first < last and sentence.tokens[first].low in {"las", "la", "about", "etwa"})
    return at < last and (sentence.tokens[at].kind == "number" or sentence.tokens[at].low in _HOURS)


def _happened(around: Around) -> str:
    """Find what was done at a time, and an act that nothing undoes: "was closed at 12.40pm", "was issued"."""
    sentence, spot, own = around.sentence, around.spot, around.sentence.clauses[around.own]
    tokens = sentence.tokens[own.first : own.last]
    before = {token.low for token in sentence.tokens[max(own.first, spot.first - _NEAR) : spot.first]}
    lasts = roles(around.language)["lasts"]
    said = {token.low for token in sentence.tokens[spot.first : spot.past]}
    ends = roles(around.language)["ends"]
    until = any(own.first < one.first < own.last and sentence.tokens[one.first - 1].low in ends for one in around.times)
    if _STANDS & before or lasts & said or (_STANDS & said and not until):
        return ""  # "are open, and will be until 8pm" tells its end
    act = sentence.tokens[spot.first].low in _ACTS
    if act and ({"was", "were"} & before or (spot.past < sentence.last and sentence.tokens[spot.past].low in _A)):
        return "happened"  # "was issued", "the agency issued a warning"
    timed = any(own.first <= one.first < own.last or _leads(around, one) for one in around.times)
    return "happened" if timed and not any(token.low in _SINCE for token in tokens) else ""


def _leads(around: Around, one: When) -> bool:
    """Say whether a time before the text's own leads to what is said: "Yesterday, with schools closed, …"."""
    return one.kind == "passed" and around.leads(one.first)


def is_given(sentence: Sentence, first: int) -> bool:
    """Say whether what asks takes a state at a token for granted: "Who is Ada Quill, the prisoner on the run?"."""
    words = [token for token in sentence.tokens[sentence.first : first] if token.kind == "word"]
    own = sentence.clauses[sentence.clause_at(first)]
    says = any(token.low in BE for token in sentence.tokens[own.first : first])
    return len(sentence.clauses) > 1 and not says and any(token.low in _ASKING for token in words[:3])


def is_unsure(sentence: Sentence, at: int, language: str) -> bool:
    """Say whether words right before a token, in its clause, make it possible, denied or to come."""
    begins = max(sentence.clauses[sentence.clause_at(at)].first, at - _NEAR)
    lows = [token.low for token in sentence.tokens[begins:at]]
    if lows[-1:] == ["went"]:
        return True  # "went on strike at four": what happened
    unsure = roles(language)["unsure"]
    return any(low in unsure or low.endswith(("n't", "n’t")) for low in lows)


def is_undone(lows: Sequence[str], thing: int) -> bool:
    """Say whether something denies or ends a thing: "after the curfew", but not "curfew after a night of riots"."""
    return any(low in _UNDONE for low in lows) or any(low in _AFTER for low in lows[:thing])
