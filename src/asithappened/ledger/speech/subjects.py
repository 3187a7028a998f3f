"""The speaker of a cue with no speaker right before it: after it ("said Lind"), or the clause's ("…, adding that").

Owns the subject of a clause and of a sentence. Look next: `cues`, which calls this, `noun_phrases`.
"""

from collections.abc import Sequence
from typing import Final

from asithappened.ledger.speech import noun_phrases, phrases_ahead
from asithappened.ledger.speech.clauses import Item, Unit
from asithappened.ledger.speech.grammar import Cue, Grammar
from asithappened.ledger.speech.phrase import Phrase
from asithappened.ledger.speech.verbs import between

# These are not followed by their speaker: in "told Lind" she is the listener.
_NEVER_BEHIND: Final = frozenset(
    {"tell", "inform", "remind", "assure", "reassure", "notify", "brief", "accuse", "blame"}
)
_BRACKET: Final = 8  # items from a cue in brackets to where they close
_BACK: Final = 45  # items before a place, in which its subject is looked for
_TURNED_TO: Final = frozenset({"on", "to", "off", "up", "back", "through", "into"})
_HELPING: Final = ("be", "have", "do", "modal")


def behind(unit: Unit, at: int, last: int, cue: Cue, grammar: Grammar) -> Phrase | None:
    """Return the speaker after a cue that itself follows what was said: "“Never,” said Lind"."""
    items = unit.items
    if (
        not cue.forms & {"past", "present", "base"}
        or last + 1 >= len(items)
        or len(cue.words) > 2
        or cue.lemma in _NEVER_BEHIND
    ):
        return None
    left = items[at - 1] if at else None
    quoted = (left is None and unit.after_quote) or (
        left is not None and (left.kind == "quote" or left.text in {"–", "—", ","} or left.low in {"so", "as"})
    )
    bracketed = left is not None and left.text == "("  # "Talks resume (reports Ana Ruiz)"
    if (
        bracketed
        and cue.need != "quote"
        and items[last + 1].capital
        and any(item.text == ")" for item in items[last + 2 : last + _BRACKET])
    ):
        found = phrases_ahead.after(items, last + 1, grammar)
        return found if found is not None and found.kind == "name" else None
    if (
        not quoted
        and not (left is None and unit.ends_with(":"))
        and not (left is None and ":" in unit.lows[last + 1 : last + 8])
    ):
        return None
    after = items[last + 1]
    if after.kind not in {"word", "name", "number"}:
        return None
    named = left is not None and left.kind == "quote" and at > 1 and items[at - 2].may("determiner", "possessive")
    if named:
        return None  # "the “Immediate Decision” outlined the views"
    if after.low == "that" or (after.may("object", "complementiser") and not after.may("determiner")):
        return None
    beside_quote = left is None or left.kind == "quote"
    if not beside_quote and cue.lemma == "read":
        return None  # "To know more, read the report"
    whom = cue.cue_class == "accuse" or cue.need == "words"
    if not beside_quote and left is not None and left.text == "," and whom:
        return None  # "Lind, who lost, attacked Osei", "opened the talks, welcomed the guests": they are the object
    found = phrases_ahead.after(items, last + 1, grammar)
    if found is None or ("base" in cue.forms and "past" not in cue.forms and not found.plural):
        return None
    follows = items[found.last + 1] if found.last + 1 < len(items) else None
    if follows is not None and cue.person and not beside_quote and follows.low in {"to", "that", "whether"}:
        return None  # "The judge agrees, warns the lawyers to be brief, and rises"
    if follows is not None and follows.kind == "quote" and not beside_quote:
        return None  # "Lind, the mayor, says the new minutes “send a message”"
    if follows is not None and (follows.may("be", "have", "modal", "do", "verb") or follows.low.endswith("ed")):
        return None
    if follows is not None and not beside_quote and _goes_on(items, found.last + 1):
        return None
    known = grammar.speaker(items[found.head].low)
    ends = cue.need == "always" and items[found.first].low == "the" and (follows is None or follows.text == ".")
    if found.kind == "noun" and known is None and not ends and (left is None or left.kind != "quote"):
        return None
    return found


def _goes_on(items: Sequence[Item], at: int) -> bool:
    """Say whether a clause continues after a noun phrase, as its subject: "…, said parents still want"."""
    while at < len(items) and items[at].may("adverb"):
        at += 1
    return at < len(items) and items[at].kind == "word" and not items[at].roles and not items[at].capital


def clause_subject(items: Sequence[Item], at: int, grammar: Grammar) -> tuple[int, Phrase] | None:
    """Return the nearest verb before a place that has its subject before it, and that subject."""
    for verb in range(at - 1, max(at - _BACK, -1), -1):
        if items[verb].kind != "word" or not _finite(items, verb, grammar):
            continue
        if items[verb].may("pronoun"):  # "he'll" is a verb with its subject
            return verb, Phrase(verb, verb, verb, "pronoun")
        left = verb - 1
        while left >= 0 and (items[left].may(*_HELPING, "negation") or between(tuple(items), left)):
            left -= 1
        if left + 1 == verb and verb + 1 < len(items) and items[verb + 1].low == "by" and not _by_doing(items, verb):
            continue  # "the bill signed by Lind"
        subject = noun_phrases.before(items, left, grammar)
        if subject is None or items[subject.head].may("time", "adverb", "preposition"):
            continue
        begins = subject.whole == 1 and subject.kind == "name"  # "In one breath Lind praised the crews"
        within = subject.whole and items[subject.whole - 1].may("preposition")
        if within and not items[left].may("relative") and not begins:
            continue
        return verb, subject
    return None


def _finite(items: Sequence[Item], at: int, grammar: Grammar) -> bool:
    item = items[at]
    if item.may(*_HELPING, "verb"):
        return item.low not in {"being", "been", "be", "having"}
    if item.capital or not at or items[at - 1].may("determiner", "possessive", "preposition"):
        return False
    cue = grammar.cue_at(tuple(one.low for one in items[at : at + 3]), 0)  # "said", "hit back"
    if cue is not None and cue.forms & {"past"}:
        return True
    acting = items[at - 1].capital or items[at - 1].may("pronoun", "relative", "adverb")
    if item.low.endswith("s") and _by_doing(items, at) and (acting or _is_somebody(items[at - 1], grammar)):
        return True  # "Lind starts by saying"
    left, right = items[at - 1], items[at + 1] if at + 1 < len(items) else None
    acts = left.capital and item.low.endswith("s") and not item.roles and item.low not in grammar.nouns
    if acts and right is not None and right.low in _TURNED_TO:
        return True  # "Lind moves on to the port, saying"
    describes = right is not None and right.kind == "word" and not right.roles and not right.capital
    if describes and right is not None and right.low.endswith("s") and not left.capital and not left.roles:
        return False  # "light armoured vehicles"
    return item.low.endswith("ed") and len(item.low) > 4


def _is_somebody(item: Item, grammar: Grammar) -> bool:
    known = grammar.speaker(item.low)
    return known is not None and known.what != "document"


def _by_doing(items: Sequence[Item], at: int) -> bool:
    """Say whether "by" and a gerund follow a verb: "begins by thanking", not "signed by Lind"."""
    doing = items[at + 2] if at + 2 < len(items) and items[at + 1].low == "by" else None
    return doing is not None and not doing.capital and len(doing.low) > 4 and doing.low.endswith("ing")


def subject_of(unit: Unit, at: int, grammar: Grammar) -> Phrase | None:
    """Return the subject of a sentence's first clause, if it ends before a place."""
    items, start = unit.items, 0
    while start < at and (items[start].kind in {"mark", "quote"} or items[start].may("adverb", "time", "conjunction")):
        start += 1
    if start < at and (items[start].may("preposition", "subordinator") or items[start].low.endswith("ing")):
        comma = next((n for n in range(start, at) if items[n].text == ","), -1)
        if comma < 0 or comma + 1 >= at:
            return None
        start = comma + 1
    found = phrases_ahead.after(items, start, grammar)
    return found if found and found.last < at else None
