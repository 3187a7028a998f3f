"""Whose a cue is when its verb is turned round: "was denied by Lind", "Reuters quoted Lind as saying", "I was told".

Owns the passive, and verbs of quoting, whose speaker is whom they quote. Look next: `cues`.
"""

from typing import Final

from asithappened.ledger.speech import noun_phrases, phrases_ahead
from asithappened.ledger.speech.clauses import Item, Unit
from asithappened.ledger.speech.evidence import following
from asithappened.ledger.speech.grammar import Cue, Grammar
from asithappened.ledger.speech.phrase import Phrase
from asithappened.ledger.speech.said import Said, noun_of_speaker
from asithappened.ledger.speech.verbs import Verb

# Said by somebody where it says by whom, though a clause is needed otherwise.
_REPORTED: Final = frozenset({"describe", "say", "state", "note", "suggest", "reveal", "write", "tweet",
                              "call"})  # fmt: skip
_BY_MEANS: Final = frozenset({"say", "tell", "confirm", "announce", "add", "report", "warn", "inform"})
_IMAGES: Final = "picture photo image video photograph selfie pictures photos images map"
PICTURES: Final = frozenset(_IMAGES.split())
_TOLD: Final = frozenset({"tell", "inform", "notify", "warn", "remind", "advise"})
QUOTING: Final = frozenset({"quote", "cite"})
_OF_WHAT: Final = 12  # items of what somebody is accused of, before "by" whom
_AS_SAYING: Final = 14  # items: how far behind "quoted" its "as saying" may stand


def quoting(items: tuple[Item, ...], at: int, last: int, cue: Cue, verb: Verb, grammar: Grammar) -> Said | None:
    """Read "Reuters quoted Lind as saying", "quoted by Reuters as saying", "CNN quotes him: “": Lind, not Reuters."""
    ends = range(last + 1, min(last + _AS_SAYING, len(items) - 1))
    saying = next(
        (n + 1 for n in ends if items[n + 1].low == "saying" and (items[n].low == "as" or _whom(items, last + 1, n))),
        -1,
    )
    who: Phrase | None
    if verb.form in {"passive", "reduced"} or (last + 1 < len(items) and items[last + 1].low == "by"):
        who = noun_phrases.before(items, verb.left, grammar) if saying > 0 else None
    else:
        who = phrases_ahead.after(items, last + 1, grammar)
    if who is None or (who.kind == "noun" and not noun_of_speaker(items, who, grammar)):
        return None
    if saying > 0:
        told = next(iter(grammar.cues.get("saying", ())), cue)
        sign = following(items, saying + 1, told, grammar)
        return Said(
            saying, saying, cue.lemma, cue.cue_class, "active", who, sign.sign or "thing", max(sign.at, 0) or saying
        )
    if who.last + 1 < len(items) and items[who.last + 1].may("relative") and items[who.last + 1].low != "that":
        return None  # "quotes two traders who say that"
    follows = following(items, who.last + 1, cue._replace(person=False), grammar)
    if follows.sign not in {"quote", "colon", "that"}:
        return None
    return Said(at, last, cue.lemma, cue.cue_class, "active", who, follows.sign, follows.at)


def _whom(items: tuple[Item, ...], first: int, last: int) -> bool:
    """Say whether items can be whom somebody quotes: "quotes him saying", "quoted Ana Ruiz saying"."""
    return all(item.capital or item.may("object", "determiner", "possessive") for item in items[first : last + 1])


def agent(items: tuple[Item, ...], last: int, cue: Cue, verb: Verb, grammar: Grammar) -> Said | None:
    """Return whose a cue is that somebody stands behind: "was denied by Lind", "the cuts announced by the council"."""
    by = next((n for n in range(last + 1, min(last + 5, len(items))) if items[n].low in {"by", "von", "por"}), -1)
    if by > last + 1 and not items[by - 1].may("adverb", "time"):
        return None
    if any(item.kind != "word" or item.may("be", "have", "modal", "pronoun") for item in items[last + 1 : by]):
        return None
    if by < 0 or by + 1 >= len(items) or len(cue.words) > 1:
        return None
    if cue.need not in {"always", "thing", "words"} and not cue.person and cue.lemma not in _REPORTED:
        return None
    if cue.lemma == "ask" and (verb.left < 0 or verb.form == "reduced" or items[verb.left].text == ","):
        return None  # "Asked by the Herald whether it was over, Lind said"
    if cue.lemma == "tweet" and verb.left >= 0 and items[verb.left].low in PICTURES:
        return None
    if items[by + 1].low.endswith("ing") and grammar.cue_at((items[by + 1].low,), 0):
        return None  # "answered the report by saying"
    agent = phrases_ahead.after(items, by + 1, grammar)
    if agent is None or agent.kind == "pronoun":
        return None
    if agent.kind != "name" and not noun_of_speaker(items, agent, grammar):
        return None
    if agent.kind == "noun" and agent.first == agent.last and not agent.plural and cue.lemma in _BY_MEANS:
        return None  # "said by email that"
    if cue.person and cue.need == "clause":
        told = following(items, agent.last + 1, cue._replace(person=False), grammar)
        if told.sign not in {"that", "quote", "colon", "to", "clause"}:
            return None  # "briefed by the ministry about it", "encouraged by Lind, she left"
    if cue.need == "words" and cue.lemma not in _REPORTED and not _as_quoted(items, agent.last + 1):
        return None
    return Said(last, last, cue.lemma, cue.cue_class, "passive", agent, "thing", max(verb.left, 0))


def _accuser(items: tuple[Item, ...], at: int, last: int, cue: Cue, verb: Verb, grammar: Grammar) -> Said | None:
    """Read who accuses behind what of: "has been accused of lying by the union"."""
    if last + 1 >= len(items) or items[last + 1].low not in {"of", "for", "on"}:
        return None
    for by in range(last + 2, min(last + _OF_WHAT, len(items) - 1)):
        if items[by].low == "by":
            found = phrases_ahead.after(items, by + 1, grammar)
            if found is None or found.kind == "pronoun":
                return None
            if found.kind != "name" and not noun_of_speaker(items, found, grammar):
                return None
            return Said(at, last, cue.lemma, cue.cue_class, "passive", found, "thing", max(verb.left, 0))
        if items[by].kind in {"mark", "quote"} or items[by].may("be", "have", "modal", "relative", "subordinator"):
            return None
    return None


def _as_quoted(items: tuple[Item, ...], at: int) -> bool:
    """Say whether it is quoted as what: "was dismissed by Lind as “a farce”"."""
    near = items[at : at + 4]
    if not near or near[0].low not in {"as", "for"}:
        return False
    return near[0].low == "for" or any(item.kind == "quote" for item in near)


def passive(unit: Unit, at: int, last: int, cue: Cue, verb: Verb, grammar: Grammar) -> Said | None:
    items = unit.items
    if one := agent(items, last, cue, verb, grammar):
        return one._replace(first=at)
    if cue.cue_class == "accuse" and (one := _accuser(items, at, last, cue, verb, grammar)):
        return one
    if cue.lemma == "accuse" and last + 2 < len(items) and items[last + 1].low == "of" and not unit.ends_with("?"):
        return Said(at, last, cue.lemma, cue.cue_class, "nobody", None, "that", last + 2)  # "is accused of lying"
    if verb.form != "passive":
        return None
    if cue.person:  # "I was told that …": somebody told, but nobody is named
        if _only_happens(items, at, verb, grammar):
            return None
        follows = following(items, last + 1, cue, grammar)
        direct = follows.sign == "clause" and follows.at == last + 1
        told = cue.lemma in _TOLD and (follows.sign == "that" or direct) and not unit.ends_with("?")
        return Said(at, last, cue.lemma, cue.cue_class, "nobody", None, follows.sign, follows.at) if told else None
    if cue.need in {"always", "thing", "clause"} and cue.cue_class not in {"confirm", "deny", "acknowledge"}:
        subject = items[verb.left] if verb.left >= 0 else None
        follows = following(items, last + 1, cue, grammar)
        if subject is not None and subject.low == "it" and follows.sign in {"that", "clause"}:
            return Said(at, last, cue.lemma, cue.cue_class, "nobody", None, follows.sign, follows.at)
        over = last + 1 >= len(items) or items[last + 1].text in {".", ";"}
        if subject is not None and subject.low == "it" and over and verb.left > 1 and items[verb.left - 1].text == ",":
            return Said(
                at, last, cue.lemma, cue.cue_class, "nobody", None, "before", verb.left - 2
            )  # "…, it is claimed"
    return None


def _only_happens(items: tuple[Item, ...], at: int, verb: Verb, grammar: Grammar) -> bool:
    """Say whether that somebody was told is only when or why something happened: "left when they were told"."""
    if any(item.low in {"be", "being"} for item in items[verb.left + 1 : at]):
        return True  # "was surprised to be told that"
    subject = noun_phrases.before(items, verb.left, grammar)
    return subject is not None and subject.whole > 1 and items[subject.whole - 1].low in {"when", "after", "until"}
