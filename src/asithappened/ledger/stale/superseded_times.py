"""Whether a sentence says something of another time: dated, a reading of its hour, another year's.

Owns telling when something was said or counted from when it happened: only the first marks it as past. Look next:
`said_when` for what a time is.
"""

from datetime import datetime
from typing import Final

from asithappened.ledger.language.clause import Sentence
from asithappened.ledger.language.said_when import When, times_in
from asithappened.ledger.stale.around import Around

STATUS: Final = frozenset({"cut off", "missing", "closed", "displaced", "evacuated", "cancelled"})  # true at a time
_SINCE: Final = frozenset({"since", "seit", "desde"})
_BUILT: Final = frozenset({"built", "founded", "begun", "born", "held", "won", "made"})
_STOOD: Final = frozenset({"stood", "was", "were", "had", "lag", "waren", "hatte", "era", "eran"})
_KNOWN: Final = frozenset(
    {"known", "thought", "believed", "feared", "missing", "confirmed", "reported", "bekannt", "vermisst", "gemeldet"}
)  # fmt: skip
_READ: Final = frozenset(
    {"stood", "was", "were", "measured", "read", "reached", "lag", "stand", "betrug", "erreichte", "estaba", "era",
     "eran", "alcanzó"}
)  # fmt: skip
_PEAKED: Final = frozenset({"peaked"})
_WHEN: Final = frozenset({"when", "als", "cuando"})
_THOUGHT: Final = frozenset(
    {"spoke", "thought", "talked", "counted", "rede", "sprach", "ausging", "ausgingen", "sprachen",
     "glaubten", "zählten", "glaubte", "hieß", "zählte", "hablaba",
     "hablábamos", "decía", "creía", "pensaba", "contaban", "hablaban"}
)  # fmt: skip
_PARTICIPLES: Final = ("ado", "ada", "ados", "adas", "ido", "ida", "idos", "idas")
_AUXILIARIES: Final = frozenset(
    {"ha", "han", "he", "hemos", "había", "habían", "haber", "fue", "fueron", "es", "son", "ser", "sido", "está",
     "están", "según", ""}
)  # fmt: skip
_RELATED: Final = _WHEN | {"which", "denen", "dem", "der"}
_OF: Final = frozenset({"of", "from", "de", "del", "von", "vom", "am"})
_EARLY: Final = frozenset({"the", "this", "early", "late", "la", "las", "esta", "el", "los", "heute", "dem"})
_DAYTIMES: Final = frozenset(
    {"morning", "afternoon", "noon", "midday", "lunchtime", "evening", "yesterday", "dawn", "breakfast", "mañana",
     "mediodía", "tarde", "ayer", "madrugada", "morgen", "mittag", "nachmittag", "vormittag", "gestern", "abend"}
)  # fmt: skip
_ORDINALS: Final = frozenset(
    {"first", "second", "initial", "primera", "original", "previous", "primer", "segunda", "segundo", "anterior",
     "ersten", "zweiten", "vorigen", "ursprünglichen"}
)  # fmt: skip
_THAN: Final = frozenset({"than", "as", "als", "wie", "que", "gegenüber"})
_NEAR: Final = 4


def introduced(sentence: Sentence, at: datetime | None, language: str) -> str:
    """Return why words that a sentence leads to ("On Monday the mayor said:") do not hold now, empty where they may."""
    if sentence.tokens[sentence.last - 1].text != ":" or not sentence.said:
        return ""
    if any({"past", "said"} & mark.kinds for mark in sentence.marks):
        return "past"
    return "dated" if any(one.kind == "passed" for one in times_in(sentence, at, language)) else ""


def known_when(around: Around) -> str:
    """Find "when 63 were known to be dead": the figure is what was known then."""
    sentence, spot = around.sentence, around.spot
    tokens, clause = sentence.tokens, sentence.clauses[around.own]
    for at in range(max(clause.first, spot.first - _NEAR - 2), spot.first):
        if tokens[at].low in _WHEN:
            between = {token.low for token in tokens[at : spot.first]}
            behind = {token.low for token in tokens[spot.past : min(spot.past + _NEAR + 2, clause.last)]}
            return "when" if between & (_STOOD | _THOUGHT) or behind & (_KNOWN | _THOUGHT) else ""
    return ""


def reading(around: Around) -> str:
    """Find "stood at 6.2 metres at 6am": a reading with its own hour is of that hour, and a peak is over."""
    sentence, spot = around.sentence, around.spot
    clause = sentence.clauses[around.own]
    before = {token.low for token in sentence.tokens[max(clause.first, spot.first - 3) : spot.first]}
    if before & _PEAKED:
        return "reading"
    if not before & _READ:
        return ""
    for one in around.times:
        hour = one.kind != "far" and (sentence.tokens[one.first].kind == "number" or _is_noon(sentence, one))
        if hour and (around.of_clause(one.first, one.last) or around.leads(one.first)):
            return "reading"
    return ""


def of_then(around: Around) -> str:
    """Find "twice the 90 minutes of the early morning", "the 63 of Monday": it is called that time's."""
    tokens, past = around.sentence.tokens, around.spot.past
    end = min(past + _NEAR + 1, around.sentence.last)
    of = next((at for at in range(past, min(past + 2, end)) if tokens[at].low in _OF), 0)
    if not of:
        return ""
    at = of + 1
    while at < end and tokens[at].low in _EARLY:
        at += 1
    named = any(one.first <= at < one.last and one.kind != "far" for one in around.times)
    return "dated" if named or (at < end and tokens[at].low in _DAYTIMES | _ORDINALS) else ""


def _is_noon(sentence: Sentence, one: When) -> bool:
    kinds = {"morning", "noon", "afternoon"}
    return any(mark.first == one.first and kinds & mark.kinds for mark in sentence.marks)


def far(around: Around) -> str:
    sentence, own = around.sentence, around.own
    begins = sentence.clauses[own].first
    if own and {token.low for token in sentence.tokens[begins : begins + 2]} & _RELATED:
        before = sentence.clauses[own - 1]
        if any(one.kind == "far" and before.first <= one.first < before.last for one in around.times):
            return "far"  # "the worst since 1987, when seven people died"
    for one in around.times:
        of_itself = one.first < around.spot.past and around.spot.first < one.last
        if one.kind != "far" or of_itself or _only_compares(sentence, one):
            continue
        if around.of_clause(one.first, one.last):
            return "far"
        number = sentence.clause_at(one.first)
        aside = number == own - 1 and _is_aside(around)  # "in 1997 it was emptied, 12,500 people in all"
        near = number == own + 1 or (number < own <= number + 2 and number == 0) or aside
        near = near or (number == own - 1 and sentence.heads(number))  # "Cape Tully, 2018: 54 dead"
        if near and around.bare(sentence.clauses[number]) and not sentence.relative(sentence.clauses[number]):
            return "far"
    return ""


def _is_aside(around: Around) -> bool:
    """Say whether a clause is short, and nothing in it says what became of those counted."""
    clause = around.sentence.clauses[around.own]
    told = any(clause.first <= at < clause.last for at in (*around.sentence.outcomes, *around.sentence.tells))
    return clause.last - clause.first <= _NEAR + 2 and not told


def _only_compares(sentence: Sentence, one: When) -> bool:
    """Say whether a far time is only what something is compared with, or when a thing was built."""
    tokens, at = sentence.tokens, one.first - 1
    while at > sentence.first and tokens[at].low in {"the", "early", "late", "mid"}:
        at -= 1
    if at <= sentence.first:
        return False
    before = tokens[at - 1]
    if tokens[at].low in _SINCE:
        clause = sentence.clauses[sentence.clause_at(one.first)]
        return any(
            token.low.endswith(("est", "ste", "sten")) or token.low in {"worst", "most", "first", "peor", "mayor"}
            for token in tokens[clause.first : at]
        )
    if any(token.low in _THAN for token in tokens[max(sentence.first, at - 1) : one.first]):
        return True  # "better than last year", "besser als im Vorjahr"
    made = before.low in _BUILT or (before.low.endswith("ed") and at - 1 not in sentence.outcomes)
    return made and at - 1 not in sentence.said


def dated(around: Around) -> str:
    sentence, own = around.sentence, around.own
    for one in around.times:
        if one.kind != "passed" and not (one.kind == "near" and one.by):
            continue
        number = sentence.clause_at(one.first)
        clause = sentence.clauses[number]
        if number == own:
            if not around.alone(one.first, one.last):
                continue
        elif not around.bare(clause) or not (around.follows(one.first) or around.leads(one.first)):
            continue
        if _of_statement(sentence, one, number, around.language):
            return "dated"
    return ""


def _of_statement(sentence: Sentence, one: When, number: int, language: str) -> bool:
    """Say whether a time is when something was said or counted, and not when it happened."""
    if one.by:
        return True
    clause, tokens = sentence.clauses[number], sentence.tokens
    states = {at for at in range(clause.first, clause.last) if tokens[at].low in {"stood", "lag", "estaba"}}
    said = {at for at in sentence.said if not (language.startswith("es") and _is_attribute(sentence, at))}
    told = said | sentence.tolls | states
    anchors = sorted(told | set(sentence.outcomes))
    owned = one.last < sentence.last and tokens[one.last].low == "'s"
    fronted = one.first - clause.first <= 2
    after = [at for at in anchors if one.last <= at < clause.last]
    if fronted and not after and number + 1 < len(sentence.clauses):
        nearest = sentence.clauses[number + 1]
        after = [at for at in anchors if nearest.first <= at < nearest.last]
    before = [at for at in anchors if clause.first <= at < one.first]
    anchor = after[0] if after and (owned or fronted or not before) else before[-1] if before else -1
    return anchor in told or sentence.outcomes.get(anchor, "") in STATUS


def _is_attribute(sentence: Sentence, at: int) -> bool:
    """Say whether a Spanish participle only says more of a noun: "el incendio declarado ayer"."""
    low = sentence.tokens[at].low
    before = sentence.tokens[at - 1].low if at > sentence.first else ""
    return low.endswith(_PARTICIPLES) and before not in _AUXILIARIES
