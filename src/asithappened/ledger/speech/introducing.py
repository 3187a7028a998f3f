"""Whose words come next: "Ana Ruiz: …", "From the mayor:", "Ana Ruiz, the mayor, is not so sure:".

Owns whether a name before a colon, or a sentence without a cue, gives what follows as somebody's. Look next:
`attribution`.
"""

from typing import Final

from asithappened.ledger.geography import gazetteer
from asithappened.ledger.speech import noun_phrases, phrases_ahead
from asithappened.ledger.speech.agents import PICTURES
from asithappened.ledger.speech.clauses import Item, Unit
from asithappened.ledger.speech.giving import names_whose
from asithappened.ledger.speech.grammar import Grammar
from asithappened.ledger.speech.nouns import speaks_for_itself
from asithappened.ledger.speech.outlets import outlets_in
from asithappened.ledger.speech.phrase import Phrase, name_of
from asithappened.ledger.speech.said import Said, can_speak
from asithappened.ledger.speech.speakers import Discourse
from asithappened.ledger.speech.subjects import subject_of
from asithappened.ledger.speech.verbs import verb_at
from asithappened.ledger.views import Part, PartView

Whose = tuple[str, int, int]  # a name, and where it is printed in the post: both 0 where it is not
_HELPERS: Final = 4  # words between somebody and what they do: "has just now begun"
_NEAR: Final = 6  # words from "begun" to "speech"
_NOT_YET: Final = frozenset({"will", "would", "could", "may", "might", "should", "due", "to", "not", "never", "n't",
                             "who", "which", "that", ",", "expected"})  # fmt: skip
_SPEAKS: Final = """
speaking speaks spoke spoken responding responds responded reacting reacts reacted replying replies replied testifying
testifies testified addressing addresses addressed tweeting tweets tweeted
"""
_SPEAKING: Final = frozenset(_SPEAKS.split())
_GIVES: Final = """
begun began begins beginning started starts starting giving gives gave given making makes made delivering delivers
delivered issuing issues issued releasing releases released publishing published publishes posting posts posted sending
sends sent reading reads read taking takes took put puts ending ends ended closes closed opens opened finishes finished
"""
_GIVING: Final = frozenset(_GIVES.split())
_SAYINGS: Final = """
speech statement address evidence testimony remarks interview letter tweet tweets message post tribute eulogy sermon
reply answer response reaction questions verdict
"""
_GIVEN: Final = frozenset(_SAYINGS.split())
_SHORT: Final = 10  # items: "Here's a flavour of it:"
_PARTS: Final = frozenset({"extract", "excerpt", "flavour", "flavor", "taste", "snippet", "sample", "quote", "quotes",
                           "passage", "highlights", "text"})  # fmt: skip
_BEHIND: Final = frozenset((",", word) for word in ("on", "in", "at", "during", "after", "speaking", "to", "before"))
NOBODY: Final[Whose] = ("", 0, 0)


def introduces(part: PartView, unit: Unit, intro: Said, talk: Discourse, rules: Grammar) -> bool:
    """Say whether a name and a colon give what follows as that name's words."""
    items = unit.items
    assert intro.source is not None
    if part.kind is Part.SOCIAL and items[intro.source.head].text.startswith("@"):
        return True  # "RT @mida: The bridge is shut"
    if intro.last + 1 >= len(items):
        return bool(outlets_in(unit, rules)) or part.kind is Part.HEADING
    if items[intro.last + 1].kind == "quote":
        return True
    if part.kind in {Part.TITLE, Part.HEADING} and speaks_for_itself(unit, intro, rules):
        return True
    named = any(outlet.last == intro.first for outlet in outlets_in(unit, rules))
    name = name_of(items, intro.source)
    if part.kind in {Part.TITLE, Part.HEADING} and talk.knows(name, people=True):
        return True
    if gazetteer.find(name) is not None and not named:
        return False  # "Paris: In a briefing, …"
    known = talk.knows(name) or (name.isupper() and len(name) > 2) or items[intro.source.head].kind == "number"
    clause = any(item.may("be", "have", "do", "modal", "verb", "pronoun") for item in items[intro.last + 1 :])
    clause = clause or any(_acts(items, at) for at in range(intro.last + 2, len(items) - 1))
    return named or (known and clause)


def _acts(items: tuple[Item, ...], at: int) -> bool:
    """Say whether a word of no list is a verb, as far as its form and its neighbours show: "PM retains full"."""
    item = items[at]
    plain = item.kind == "word" and not item.roles and not item.capital and items[at - 1].capital
    return plain and len(item.low) > 3 and item.low.endswith(("s", "ed")) and not item.low.endswith("ss")


def whose_words_follow(part: PartView, unit: Unit, talk: Discourse, rules: Grammar) -> Whose:
    """Return whom a sentence without a cue names as the one whose words come next."""
    items = unit.items
    owner = names_whose(unit, rules)
    if owner is None:
        return _about(unit, talk, rules), 0, 0
    return (
        talk.resolve(unit, owner),
        part.start + items[owner.first].start,
        part.start + items[owner.last].end,
    )


def _about(unit: Unit, talk: Discourse, rules: Grammar) -> str:
    """Return whom a sentence is about that ends in a colon, or says that somebody speaks.

    "Ana Ruiz, the mayor, is not so sure:", "Ana Ruiz has begun her speech.".
    """
    subject = subject_of(unit, len(unit.items), rules)
    if not unit.ends_with(":") and (subject is None or not _speaks(unit, subject.last + 1)):
        return ""
    if subject is None or not can_speak(unit, subject, rules) or outlets_in(unit, rules):
        return ""
    name = name_of(unit.items, subject)
    sole = subject.kind == "name" and " " not in name
    if sole and not talk.knows(name):
        return ""
    if not any(item.may("be", "have", "do", "modal", "verb") for item in unit.items[subject.last + 1 :]):
        return ""
    kept = talk.aside()
    name = talk.resolve(unit, subject)
    talk.back(kept)
    return name


def _speaks(unit: Unit, at: int) -> bool:
    """Say whether somebody is said to speak, and not what: "is speaking now", "has just issued a statement"."""
    lows = unit.lows[at:]
    verb = next((n for n, low in enumerate(lows) if low in _SPEAKING or low in _GIVING), -1)
    if not 0 <= verb <= _HELPERS or not _NOT_YET.isdisjoint(lows[:verb]) or unit.ends_with("?"):
        return False
    return lows[verb] in _SPEAKING or not _GIVEN.isdisjoint(lows[verb + 1 : verb + 1 + _NEAR])


def named_behind(unit: Unit, talk: Discourse, rules: Grammar) -> Phrase | None:
    """Return whom a sentence behind words set off names with what they are on: "Ana Ruiz, on the new bill."."""
    was = 2 if unit.lows[:2] == ("that", "was") else 0  # "That was Ana Ruiz on the new bill."
    whose = phrases_ahead.after(unit.items, was, rules)
    if whose is None or whose.kind != "name" or whose.last + 2 >= len(unit.items):
        return None
    if was:
        return whose if talk.knows(name_of(unit.items, whose), people=True) else None
    return whose if (unit.lows[whose.last + 1], unit.lows[whose.last + 2]) in _BEHIND else None


def posted(unit: Unit, grammar: Grammar) -> Said | None:
    """Return who has posted what comes next: "Lind has been tweeting about it.", above a post of hers."""
    for at, low in enumerate(unit.lows):
        cue = grammar.cue_at(unit.lows, at) if low.startswith(("tweet", "retweet")) else None
        verb = verb_at(unit.items, at, cue, grammar) if cue else None
        if cue is None or verb is None or verb.negated or verb.form not in {"past", "present"} or verb.modal:
            continue
        counted = at > 0 and (unit.items[at - 1].kind == "number" or unit.items[at - 1].may("number"))
        if counted or _other_picture(unit.lows[at + 1 : at + 4]):
            continue  # "two tweets", "tweeted another photograph"
        subject = noun_phrases.before(unit.items, verb.left, grammar)
        if subject is not None and can_speak(unit, subject, grammar):
            return Said(at, at, cue.lemma, cue.cue_class, "active", subject, "colon", len(unit.items))
    return None


def _other_picture(follows: tuple[str, ...]) -> bool:
    """Say whether another picture was sent than the one that comes next: "tweeted a photo", no "this photo"."""
    return not PICTURES.isdisjoint(follows) and follows[0] not in {"this", "these"}


def aside(unit: Unit) -> bool:
    """Say whether a sentence stands in brackets, and says nothing of what comes next."""
    return unit.lows[0] in {"(", "["} and unit.items[-1].text in {")", "]", "."}


def gives_part(unit: Unit) -> bool:
    """Say whether a sentence gives a part of what somebody said or wrote, and does not say whose: "Here's a taste."."""
    here = unit.lows[0] in {"here", "here's"} and len(unit.items) < _SHORT
    return here and not _PARTS.isdisjoint(unit.lows)


def leads_in(unit: Unit) -> bool:
    """Say whether a sentence without a cue only leads to what comes next: "Here is more:", no "As we wrote:"."""
    if not {"i", "we"}.isdisjoint(unit.lows[:3]):
        return False
    return unit.ends_with(":") or unit.lows[0] in {"here", "here's", "more", "this"}
