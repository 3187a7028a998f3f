"""Whether a sentence says something as what holds now, or marks it as past, denied, possible or another time's.

Owns the rules of language for it, each by words in the same clause or beside it. What no rule marks is asserted: a post
that records its moment says it to whoever reads it later. Look next: `superseded_times`, `superseded_states`.
"""

from typing import Final

from asithappened.ledger.language import inflections
from asithappened.ledger.language.clause import Sentence
from asithappened.ledger.language.roles import roles
from asithappened.ledger.stale.around import Around
from asithappened.ledger.stale.superseded_times import dated, far, known_when, of_then, reading

_BESIDE: Final = frozenset(
    {"the", "a", "an", "its", "their", "that", "of", "at", "just", "still", "some", "only", "den", "die", "der", "bei",
     "auf", "en", "in", "fue", "era", "es", "los", "las", "el", "la", "un", "una", "de", "total", "“", '"', "‘"}
)  # fmt: skip
_REACHES: Final = frozenset(
    {"reach", "rise", "exceed", "be", "climb", "top", "pass", "hit", "increase", "grow", "go", "approach", "come",
     "get", "stand", "surpass", "total", "number", "to", "as", "high", "even", "yet", "soon", "still", "past", "above",
     "beyond", "make", "win", "take", "more", "than", "over", "at", "least", "well", "up", "have", "risen", "reached",
     "the", "also", "a", "an", "of", "crowd", "attendance", "majority", "lead", "turnout", "toll", "llegar", "subir",
     "superar", "alcanzar", "ser", "los", "las", "hasta", "auf", "bis", "zu"}
)  # fmt: skip
_TO: Final = frozenset({"to", "auf", "a", "hasta", "→"})
_HAD: Final = frozenset({"had", "hatte", "hatten", "había", "habían"})
_BE: Final = frozenset({"be", "werden", "ser"})
_WERDEN: Final = frozenset({"wird", "werden"})
_FOLLOWED: Final = frozenset({"after", "against", "nach", "gegen", "tras", "contra"})
_TIMED: Final = frozenset({"at", "yesterday", "earlier", "um", "am", "gestern", "ayer", "anoche"})
_NOW: Final = frozenset({"now", "jetzt", "ahora"})
_SPOKE: Final = frozenset({"spoke", "spoken", "talked", "wrote", "assumed"})
_WHO: Final = frozenset({"who", "whose", "already", "so"})
_BUT: Final = frozenset({"but", "sondern", "sino"})
_OPENS: Final = frozenset('“„«»"')
_THE: Final = frozenset({"the", "die", "los", "las"})
_THE_OTHERS: Final = frozenset({"other", "remaining", "anderen", "übrigen", "otros", "otras"})
_CLOSING: Final = frozenset("”»«")
_OF: Final = frozenset({"of", "von", "de"})
_TOTAL: Final = frozenset({"total", "número", "zahl", "number", "more", "más", "mehr"})
_REACH: Final = 12  # tokens at the beginning of the next sentence
_NEAR: Final = 4
_LONG: Final = 9


def why(around: Around) -> str:
    """Return why something is not asserted as what holds now ("past", "dated" …), empty where it is."""
    for rule in (
        _asked,
        _beside,
        _was,
        _had,
        _was_still,
        _past,
        known_when,
        reading,
        _said,
        _wrong,
        _denied,
        _may,
        _conditional,
        _part,
        _since,
        far,
        of_then,
        dated,
    ):
        if reason := rule(around):
            return reason
    return ""


def in_common(around: Around) -> str:
    """Return why something that is no figure is not asserted, by what marks everything."""
    for rule in (_asked, _beside, _past, _wrong, _denied, _conditional, _since, far):
        if reason := rule(around):
            return reason
    return ""


def why_words(around: Around) -> str:
    """Return why corrected words are no error where they stand: a note that says so, or somebody who denies them."""
    sentence = around.sentence
    if any("note" in mark.kinds and not _is_speech(sentence, mark.first) for mark in sentence.marks):
        return "note"
    for rule in (_beside, _is_wrong, _denied, _contrasted, _possible, far):
        if reason := rule(around):
            return reason
    return ""


def _is_speech(sentence: Sentence, at: int) -> bool:
    """Say whether a token is in somebody's own words, who is not the newsroom."""
    opened = False
    for token in sentence.tokens[sentence.first : at]:
        opened = token.text in _OPENS if token.text in _OPENS or token.text in _CLOSING else opened
    return opened


def _asked(around: Around) -> str:
    tokens, last, past = around.sentence.tokens, around.sentence.last, around.spot.past
    asks = any(token.text == "?" for token in tokens[max(past, last - 3) : last])
    if asks and _is_exclaimed(around):
        return ""
    # another speech is asked, or what stands behind a label: "63 dead: was it arson?"
    closed = any(token.text in _CLOSING or token.text == ":" for token in tokens[past : max(past, last - 3)])
    return "asked" if asks and not closed else ""


def _is_exclaimed(around: Around) -> bool:
    """Say whether a quotation begins with it and asks about more: "“Thirty-four arrests out of all these?”"."""
    sentence, spot = around.sentence, around.spot
    before = sentence.tokens[sentence.first : spot.first]
    quoted = bool(before) and before[-1].text in _OPENS and all(token.kind == "mark" for token in before)
    return quoted and spot.past < sentence.last and sentence.tokens[spot.past].text != "?"


def _direct(around: Around, kind: str) -> bool:
    """Say whether a mark stands right before the spot, over articles and "toll of"."""
    sentence, at = around.sentence, around.spot.first
    for _ in range(_NEAR + 1):
        if any(mark.last == at and kind in mark.kinds for mark in sentence.marks):
            return True
        at -= 1
        if at < sentence.first or not (sentence.tokens[at].low in _BESIDE or at in sentence.tolls):
            return False
    return False


def _beside(around: Around) -> str:
    if _is_to_move(around):
        return ""
    if _direct(around, "instead"):
        return "instead"
    sentence, spot = around.sentence, around.spot
    if _follows_another(around):
        return "from"
    if not _direct(around, "from"):
        return ""
    if any(at in sentence.moves for at in range(max(sentence.first, spot.first - _NEAR), spot.first)):
        return "from"  # "revised upwards from 63"
    if len(around.figures) < 2:
        return ""
    to = {token.low for token in sentence.tokens[spot.past : min(spot.past + 6, sentence.last)]}
    return "from" if _TO & to or (around.language.startswith("en") and sentence.moves) else ""


def _follows_another(around: Around) -> bool:
    """Say whether a figure has a time of its own, and another one of its kind came later: "8.4, after 7.9 at six"."""
    sentence, spot = around.sentence, around.spot
    if around.place <= 0 or sentence.tokens[spot.first - 1].low not in _FOLLOWED:
        return False
    behind = {token.low for token in sentence.tokens[spot.past : min(spot.past + 3, sentence.last)]}
    return not behind.isdisjoint(_TIMED)


def _is_to_move(around: Around) -> bool:
    """Say whether something starts from what is so: "is expected to rise from 63"."""
    sentence, at = around.sentence, around.spot.first
    if at == sentence.first or sentence.tokens[at - 1].low != "from" or len(around.figures) > 1:
        return False
    return bool(sentence.having("foreseen", sentence.clauses[around.own].first, at))


def _was(around: Around) -> str:
    return "was" if not around.lasting and _direct(around, "was") else ""


def _had(around: Around) -> str:
    """Find "had put the toll at 63"; "said that it had confirmed 63" is what was said then."""
    sentence, clause = around.sentence, around.sentence.clauses[around.own]
    for mark in sentence.having("had", clause.first, around.spot.first):
        ends = clause.last if around.language.startswith("de") else min(mark.last + _NEAR, around.spot.first)
        said = [at for at in sentence.said if mark.last <= at < ends]  # German has its participle at the end
        before = any(at < mark.first for at in sentence.said)
        if said and not before and around.alone(mark.first, mark.last):
            return "had"
    return ""


def _was_still(around: Around) -> str:
    """Find "Um halb sieben sah es noch nach 17,4 Prozent aus": who says so knows that it went on."""
    sentence, own = around.sentence, around.sentence.clauses[around.own]
    words, lows = roles(around.language), {token.low for token in sentence.tokens[own.first : own.last]}
    then = lows & words["then"]
    timed = [one for one in around.times if own.first <= one.first < own.last]
    if any(one.kind == "passed" for one in timed) and then - words["was"]:
        return "was"  # "Ayer se hablaba de 17 muertos"
    return (
        "was" if (timed or sentence.having("morning", own.first, own.last)) and lows & words["lasts"] and then else ""
    )


def _past(around: Around) -> str:
    sentence = around.sentence
    if sentence.heads(0) and sentence.having("past", sentence.first, sentence.clauses[0].last):
        return "past"  # "Zum Vergleich: Im Februar waren es …, im Schnitt …"
    for mark in sentence.marks:
        if "past" in mark.kinds and (around.of_clause(mark.first, mark.last) or around.leads(mark.first)):
            return "past"
        if "past" in mark.kinds and around.follows(mark.first):
            return "past"
    return ""


def _said(around: Around) -> str:
    """Find "earlier" and "first" with a verb of saying or a toll beside them."""
    sentence = around.sentence
    for mark in sentence.marks:
        if "said" not in mark.kinds:
            continue
        had = {token.low for token in sentence.tokens[max(sentence.first, mark.first - 2) : mark.first]} & _HAD
        if not had and not _told(sentence, mark.first, mark.last):
            continue
        if around.of_clause(mark.first, mark.last) or around.follows(mark.first):
            return "said"
        if around.leads(mark.first):
            return "said"
    return ""


def _told(sentence: Sentence, first: int, last: int) -> bool:
    tokens = sentence.tokens
    if last < sentence.last and tokens[last].low == "than":
        return False
    told = sentence.said | sentence.tolls
    if last < sentence.last and tokens[last].low in _SPOKE:
        return True  # "who first spoke of four dead"
    if first - 1 in told or (
        first - 2 in told - sentence.tolls and first - 2 >= sentence.first and tokens[first - 1].low in {"so", "as"}
    ):
        return True
    short = tokens[first].low in {"first", "already", "erst"}
    if tokens[first].low == "first" and last < sentence.last and tokens[last].low.endswith("ed"):
        return True  # "they first demanded"
    for at in range(last, min(last + (1 if short else _LONG), sentence.last)):
        if at in told:
            return True
        if at in sentence.outcomes:
            return False
    return False


def _is_wrong(around: Around) -> str:
    """Find what says that corrected words are wrong; "no longer" does not: they never were right."""
    for sentence in filter(None, (around.sentence, around.after)):
        for mark in sentence.having("wrong", sentence.first, sentence.last):
            if sentence is around.after and mark.first < sentence.first + _REACH:
                return "wrong"
            if sentence is around.sentence and around.alone(mark.first, mark.last):
                return "wrong"
    return ""


def _wrong(around: Around) -> str:
    sentence = around.sentence
    for mark in sentence.marks:
        if "wrong" in mark.kinds and around.alone(mark.first, mark.last):
            return "wrong"
        told = any(at <= mark.first < one.last for at, one in sentence.tells.items())  # "no longer needed"
        if "over" in mark.kinds and not told and around.alone(mark.first, mark.last):
            return "over"
    if around.after is None:
        return ""
    for mark in around.after.marks:
        if mark.first < around.after.first + _REACH and {"over", "wrong"} & mark.kinds:
            return "over"
    return ""


def _denied(around: Around) -> str:
    clause = around.sentence.clauses[around.own]
    marks = around.sentence.having("denied", clause.first, around.spot.first)
    return "denied" if any(around.alone(mark.first, mark.last) for mark in marks) else ""


def _contrasted(around: Around) -> str:
    """Find "is not 3 June, as we wrote, but 13 June"."""
    sentence, spot = around.sentence, around.spot
    denies = roles(around.language)["denies"]
    near = sentence.tokens[max(sentence.first, spot.first - _REACH // 2) : spot.first]
    behind = {token.low for token in sentence.tokens[spot.past : min(spot.past + _REACH, sentence.last)]}
    return "denied" if any(token.low in denies for token in near) and behind & _BUT else ""


def _may(around: Around) -> str:
    sentence, clause = around.sentence, around.sentence.clauses[around.own]
    for mark in sentence.having("may", clause.first, around.spot.first):
        if (around.foreseen and "foreseen" in mark.kinds) or _is_passive(around, mark.first):
            continue
        between = [token.low for token in sentence.tokens[mark.last : around.spot.first]]
        if len(between) <= _NEAR + 2 and all(low in _REACHES or low.endswith("ly") for low in between):
            return "may"
    for mark in sentence.having("may", around.spot.past, clause.last):
        if around.foreseen and "foreseen" in mark.kinds:
            continue
        # "a vigil for the 63 who died will be held"
        told = any(around.spot.past <= at < mark.first for at in sentence.outcomes)
        is_to_be = mark.last < clause.last and sentence.tokens[mark.last].low in _BE
        if is_to_be and not told and around.alone(mark.first, mark.last):
            return "may"  # "63 homes could be destroyed"; "63 may have died" says it
    return ""


def _is_passive(around: Around, at: int) -> bool:
    """Say whether German "werden" is of what is done: "werden 31 Menschen vermisst", "wird auf 48 geschätzt"."""
    sentence, end = around.sentence, around.sentence.clauses[around.own].last
    if not around.language.startswith("de") or sentence.tokens[at].low not in _WERDEN:
        return False
    while end > around.spot.past and sentence.tokens[end - 1].kind == "mark":
        end -= 1
    done = sentence.tokens[end - 1].low
    foreseen = any("foreseen" in mark.kinds and mark.first <= end - 1 < mark.last for mark in sentence.marks)
    passive = end - 1 in sentence.outcomes or (inflections.is_passive(done) and not foreseen)
    return end - 1 >= around.spot.past and passive


def _conditional(around: Around) -> str:
    """Find "if 63 homes are lost, we have been lucky": nobody says that they are."""
    clause = around.sentence.clauses[around.own]
    marks = around.sentence.having("if", clause.first, around.spot.first)
    if marks and _is_attribute(around):
        return ""  # "unless he pays bail of €2.4m", which is what bail is
    return "if" if any(around.alone(mark.first, mark.last) and not _must(around, mark.last) for mark in marks) else ""


def _must(around: Around, first: int) -> bool:
    """Say whether a condition is one that has to be met: "if she does not pay £63,000, she …"."""
    nots = roles(around.language)["denies"]
    return any(
        token.low in nots or token.low.endswith("n't") for token in around.sentence.tokens[first : around.spot.first]
    )


def _is_attribute(around: Around) -> bool:
    """Say whether a figure only says more of a noun: "una fianza de 2,4 millones", "Honorare in Höhe von"."""
    tokens, at = around.sentence.tokens, around.spot.first - 1
    noun = tokens[at - 1] if at > around.sentence.first else None
    return noun is not None and tokens[at].low in _OF and noun.kind == "word" and noun.low not in _TOTAL


def _possible(around: Around) -> str:
    """Find "may find him guilty of murder only if"."""
    clause = around.sentence.clauses[around.own]
    may = around.sentence.having("may", clause.first, around.spot.first)
    return "may" if may and around.sentence.having("if", clause.first, clause.last) else ""


def _part(around: Around) -> str:
    sentence, past = around.sentence, around.spot.past
    if any(mark.last == around.spot.first and "more" in mark.kinds for mark in sentence.marks):
        return "" if _of_others(around) or _are_the_others(around) else "more"
    if any(mark.first == past and "rest" in mark.kinds for mark in sentence.marks):
        return "" if _of_others(around) else "rest"
    if _are_of_one(around):
        return "rest"
    low = [token.low for token in sentence.tokens[past : min(past + 3, sentence.last)]]
    whole = around.spot.first > sentence.first and sentence.tokens[around.spot.first - 1].low == "all"
    if low[:2] == ["of", "the"] and len(low) == 3 and not whole:
        some = sentence.tokens[past + 2].kind == "number" and _are_those(sentence, past + 3)
        return "rest" if some or past + 2 in sentence.outcomes else ""
    return ""


def _are_of_one(around: Around) -> bool:
    """Say whether those counted are only of one of several: "the 23 detainees of the first wave"."""
    words, tokens, past = roles(around.language), around.sentence.tokens, around.spot.past
    for at in range(past, min(past + _NEAR, around.sentence.last - 1)):
        if tokens[at].low in words["of"]:
            behind = at + 1 + (tokens[at + 1].low in words["definite"])
            return behind < around.sentence.last and tokens[behind].low in words["nth"]
    return False


def _are_those(sentence: Sentence, at: int) -> bool:
    """Say whether a number at a token counts what a series does: "63 of the 89 dead", not "63 of the 200 on board"."""
    behind = sentence.tokens[at : min(at + 3, sentence.last)]
    return any(here in sentence.outcomes for here in range(at, at + 2)) or any(token.low in _WHO for token in behind)


def _are_the_others(around: Around) -> bool:
    """Say whether all others are meant, of whom something is said: "The other 34 are unaccounted for"."""
    sentence, at = around.sentence, around.spot.first - 1
    if at <= sentence.first or sentence.tokens[at].low not in _THE_OTHERS:
        return False
    told = any(around.spot.past <= n < around.spot.past + _NEAR for n in (*sentence.outcomes, *sentence.tells))
    return sentence.tokens[at - 1].low in _THE and told


def _of_others(around: Around) -> bool:
    """Say whether something else became of those before: "63 were killed and another 140 injured"."""
    sentence, at = around.sentence, around.place
    if at <= 0:
        return False
    end = around.figures[at + 1].first if at + 1 < len(around.figures) else sentence.last
    before = {what for n, what in sentence.outcomes.items() if around.figures[at - 1].past <= n < around.spot.first}
    own = {what for n, what in sentence.outcomes.items() if around.spot.past <= n < end}
    return bool(before) and bool(own) and not before & own


def _since(around: Around) -> str:
    behind = around.sentence.tokens[around.spot.past : min(around.spot.past + 2, around.sentence.last)]
    if len(behind) == 2 and behind[0].text in {"[", "("} and behind[1].low in _NOW:
        return "since"  # "63 [now 89]"
    if _moved_since(around.sentence, around.spot.past, around.sentence.last):
        return "since"
    after = around.after
    if after is not None and _moved_since(after, after.first, min(after.last, after.first + _REACH)):
        return "since"
    return ""


def _moved_since(sentence: Sentence, first: int, last: int) -> bool:
    for mark in sentence.having("since", first, last):
        if any(at in sentence.moves for at in range(mark.last, min(mark.last + _NEAR, sentence.last))):
            return True
    return False
