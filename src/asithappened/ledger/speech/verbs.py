"""A cue's verb with its helpers: "has since said", "will not confirm", "officials in Kyiv say".

Owns what stands between somebody and what they do, and whether a form that may be a noun is a verb there. Look next:
`cues`, for whether it counts and whose it is.
"""

from typing import Final, Literal, NamedTuple

from asithappened.ledger.speech import modified, noun_phrases
from asithappened.ledger.speech.clauses import Item
from asithappened.ledger.speech.grammar import Cue, Form, Grammar
from asithappened.ledger.speech.phrase import NO_ADVERBS, named_by_time

_GOING: Final = frozenset({"going", "expected", "due", "set", "about", "likely"})
_REPORTED: Final = frozenset({"said", "reported", "believed", "thought", "understood", "alleged", "known", "claimed",
                             "rumoured", "appears", "seems", "claims"})  # fmt: skip
_BEFORE_NOUN: Final = ("determiner", "possessive", "preposition", "object")
_PLURAL: Final = frozenset({"people", "police", "many", "some", "others", "both", "who", "media", "men", "women",
                            "staff", "most", "several", "few", "data"})  # fmt: skip
# A verb follows, so that what may be one itself is none: "the Herald report says".
_VERBS: Final = frozenset({"says", "said", "has", "is", "was", "claims", "shows", "on"})
# Forms with -s that are no nouns, so that a name that ends in "'s" owns none: "Kern's says", "Kern's claims".
_NEVER_NOUNS: Final = """
says tells warns reckons predicts insists argues adds writes confirms admits announces reveals suggests explains
describes urges denies accuses agrees concludes concedes asks maintains recommends wants
"""
_NO_NOUNS: Final = frozenset(_NEVER_NOUNS.split())


class Verb(NamedTuple):
    """A verb with what stands before it: `left` is the item before its helpers, `form` what it is among them."""

    left: int
    form: Form | Literal["passive", "reduced", ""]
    negated: bool
    modal: str


def verb_at(items: tuple[Item, ...], at: int, cue: Cue, grammar: Grammar) -> Verb:
    """Return the verb that a cue at a place is; without a form, where it is none."""
    left, helpers, negated, modal = at - 1, list[Item](), False, ""
    while left >= 0:
        item = items[left]
        if item.low == "'s" and left and items[left - 1].may("pronoun"):  # "he's", which is two tokens
            form: Form | None = "ing" if "ing" in cue.forms else "perfect" if "perfect" in cue.forms else None
            if form == "perfect" and items[left - 1].low in {"it", "that", "this", "there"}:
                form = None  # "as soon as it's confirmed"
            return Verb(left - 1, "present" if form and not negated else "", negated, modal)
        if item.may("pronoun") and item.may("be", "have", "modal"):  # "they've"
            helpers.append(item)
            modal = item.low if item.may("modal") else modal
            break
        if item.may("be", "have", "do", "modal") and not item.capital:
            helpers.append(item)
            negated |= item.may("negation")
            modal = item.low if item.may("modal") else modal
        elif item.low == "to" and left > 1 and items[left - 1].low in _GOING and items[left - 2].may("be"):
            left, modal = left - 1, "will"
        elif item.low == "to" and left > 1 and items[left + 1].low == "have" and items[left - 1].low in _REPORTED:
            left -= not items[left - 1].low.endswith("s")  # "is said to have told", "appears to have said"
        elif item.may("negation") and not item.may("determiner", "preposition", "pronoun"):
            negated = True
        elif not between(items, left):
            break
        left -= 1
    owned = left >= 0 and items[left].low in {"'s", "’", "'"} and not helpers
    after = items[at + 1] if at + 1 < len(items) else None
    stated = after is not None and after.kind == "word" and not after.roles and not after.capital  # "its stated aim"
    owned = owned and (stated or not cue.forms & {"past"})
    if owned and items[at].low not in _NO_NOUNS:
        return Verb(left, "", negated, modal)  # "his country's demands"
    return _formed(items, at, left, cue, helpers[0] if helpers else None, negated, modal, grammar)


def _formed(
    items: tuple[Item, ...],
    at: int,
    left: int,
    cue: Cue,
    near: Item | None,
    negated: bool,
    modal: str,
    grammar: Grammar,
) -> Verb:
    forms = cue.forms
    if near is None:
        if left >= 0 and items[left].low == "to" and "base" in forms:
            return Verb(left, "base", negated, modal)
        if "ing" in forms:
            return Verb(left, "ing", negated, modal)
        behind = left >= 0 and items[left].text in {",", "–", "—", "“”"}
        if forms & {"past"}:
            return Verb(left, "past", negated, modal)
        shown = left >= 0 and items[left].low in _NO_NOUNS  # "a film that it says shows"
        named = shown or _names_behind(items, at + len(cue.words), left)
        named = named or (items[at].low in _NO_NOUNS and left > 1 and items[left].capital)  # "Friends of the Lake says"
        if forms & {"present"} and (named or not _plural_before(items, left, grammar)):
            return Verb(left, "present", negated, modal)
        if forms & {"base"} and (behind or _plural_subject(items, left, cue, grammar) or _turned(items, left, grammar)):
            return Verb(left, "present", negated, modal)
        return Verb(left, "reduced" if "perfect" in forms else "", negated, modal)
    if modal == "will" and near.may("be") and "base" in forms:
        return Verb(left, "present", negated, modal)
    if near.may("be") and "ing" in forms:
        return Verb(left, "present", negated, modal)
    if near.may("be") and "perfect" in forms:
        return Verb(left, "passive", negated, modal)
    if near.may("have") and "perfect" in forms:
        return Verb(left, "past", negated, modal or ("would" if near.low == "'d" and "past" not in forms else ""))
    if near.may("do", "modal") and "base" in forms:
        return Verb(left, "present", negated, modal)
    return Verb(left, "past" if "past" in forms and near.may("have") else "", negated, modal)


def between(items: tuple[Item, ...], at: int) -> bool:
    """Say whether an item may stand between somebody and what they do: "also", "on Tuesday", "repeatedly"."""
    item = items[at]
    if (item.capital and not item.may("time")) or named_by_time(items, at):
        return False
    if item.may("adverb") or (item.low.endswith("ly") and len(item.low) > 4 and item.low not in NO_ADVERBS):
        return True
    if item.low == "here":
        return at > 0 and items[at - 1].low in _PLURAL  # "people here say"
    if item.low in {"himself", "herself", "itself", "themselves", "all", "both"}:
        return at > 0
    if item.may("time"):
        return at > 0 and (
            items[at - 1].may("preposition", "time", "adverb", "determiner")
            or items[at - 1].low in {"last", "next"}
            or item.low in {"today", "yesterday", "tonight", "overnight", "recently"}
            or item.capital
        )
    after = items[at + 1] if at + 1 < len(items) else None
    if item.low in {"at", "first"} and at > 0 and items[at + (item.low == "at")].low == "first":
        return item.low == "at" or items[at - 1].low == "at"  # "had at first denied"
    if item.kind == "number" or item.low in {"last", "late", "early", "next", "this"}:
        return after is not None and (
            after.may("time") or (at > 0 and _says_when(items[at - 1]) and item.kind == "number")
        )
    return (
        item.low in {"on", "in", "at", "during"}
        and after is not None
        and (after.may("time") or after.kind == "number" or after.low in {"last", "late", "early"})
    )


def _turned(items: tuple[Item, ...], left: int, grammar: Grammar) -> bool:
    """Say whether "did" stands before whoever does it: "Only on Tuesday did Lind say that"."""
    if left < 2 or not (items[0].low == "only" or (items[0].low, items[1].low) in {("not", "until"), ("not", "since")}):
        return False
    found = noun_phrases.before(items, left, grammar)
    return found is not None and found.whole > 0 and items[found.whole - 1].low in {"did", "does", "do"}


def _says_when(item: Item) -> bool:
    """Say whether a preposition before a number belongs to a verb: "in 2010 said", no "figures from 2010 show"."""
    return item.may("preposition") and item.low not in {"of", "from", "for"}


def _names_behind(items: tuple[Item, ...], behind: int, left: int) -> bool:
    """Say whether a cue stands between a comma and who says it: "…, reports Ana Ruiz"."""
    return left >= 0 and items[left].text == "," and behind < len(items) and items[behind].capital


def _plural_before(items: tuple[Item, ...], left: int, grammar: Grammar) -> bool:
    """Say whether a form with -s cannot be of the present, since many stand before it: "many promises that …"."""
    if left < 0 or items[left].may("pronoun", "relative"):
        return False
    found = noun_phrases.before(items, left, grammar)
    return (
        found is not None and found.plural and found.kind == "noun" and items[found.head].low not in {"police", "media"}
    )


def _plural_subject(items: tuple[Item, ...], left: int, cue: Cue, grammar: Grammar) -> bool:
    """Say whether a bare form can be of the present: "officials say", "they claim", not "the claim"."""
    if left < 0:
        return False
    item = items[left]
    if item.may("pronoun"):
        return item.low in {"they", "we", "i", "you"}
    if item.text in {",", ")", "–"} or item.may("relative"):
        return True
    if item.low in {"him", "her", "them"} and items[left - 1].low == "to":  # "those close to her say"
        near = noun_phrases.before(items, left, grammar)
        return near is not None and near.plural
    if item.kind == "number":  # "figures from 2010 show"
        dated = noun_phrases.before(items, left, grammar)
        return dated is not None and dated.plural and dated.last > dated.head
    if item.may("preposition", "object") or item.kind != "word" or item.low == "'s":
        return False
    if item.may("determiner", "possessive"):
        return item.low in _PLURAL
    found = noun_phrases.before(items, left, grammar)
    whole = modified.around_relative(items, found, grammar) if found is not None and not found.plural else None
    if whole is not None and whole.plural and cue.lemma not in grammar.nouns:
        return True  # "people living near the plant say"
    if found is not None and found.plural and found.last > found.head and cue.lemma not in grammar.nouns:
        return True
    body = grammar.speaker(item.low)
    if body is not None and body.what == "body" and len(cue.words) > 1:
        return True  # "the opposition call for Lind to quit"
    if cue.lemma == "say" and found is not None and found.plural:
        return True  # "Mr Lind and Ms Osei say"
    behind = left + 2
    if item.capital and (item.text.isupper() or (behind < len(items) and items[behind].low in _VERBS)):
        return False
    if item.low in _PLURAL or item.low.endswith("s"):
        return True
    if cue.lemma == "say" and item.capital and found is not None and found.kind == "name":
        return found.first > 0 and items[found.first - 1].text == ","  # "…, Downing Street say"
    return found is not None and found.plural
