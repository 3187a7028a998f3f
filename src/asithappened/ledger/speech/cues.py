"""Who says what in a sentence: verbs that report, and whose they are.

Owns when a cue counts (`cues.txt` says what it needs), and its subject: before the verb, behind it ("said Lind"), an
agent ("was denied by Lind"), the sentence's for "…, adding that". Look next: `nouns` for cues that are none of a verb,
`attribution` for what becomes of all of them.
"""

from typing import Final

from asithappened.ledger.speech import modified, noun_phrases, phrases_ahead
from asithappened.ledger.speech.agents import QUOTING, agent, passive, quoting
from asithappened.ledger.speech.clauses import Item, Unit
from asithappened.ledger.speech.evidence import NONE, Signed, following, preceding
from asithappened.ledger.speech.grammar import Cue, Grammar
from asithappened.ledger.speech.listeners import past_person
from asithappened.ledger.speech.may_speak import may_speak, nobody
from asithappened.ledger.speech.phrase import Phrase
from asithappened.ledger.speech.said import Said, can_speak, enough, noun_of_speaker
from asithappened.ledger.speech.second_verbs import infinitive, participle, shared
from asithappened.ledger.speech.subjects import behind
from asithappened.ledger.speech.verbs import Verb, verb_at

_HYPOTHETICAL: Final = frozenset({"could", "may", "might", "must", "should", "shall", "can"})
_FUTURE: Final = frozenset({"will", "would", "'ll", "'d"})
_CONDITIONS: Final = frozenset({"if", "unless", "whether", "until", "wenn", "si", "falls"})
# "what the army said was a base"
_WAS: Final = frozenset({"say", "claim", "allege", "insist", "acknowledge", "admit", "concede"})
# Whoever speaks does so by these: "I swear", "as I say" quote nobody.
_PERFORMED: Final = frozenset({"say", "guess", "wonder", "find", "swear", "accept", "agree", "ask", "tell", "reckon",
                               "suggest", "promise", "admit", "concede", "stress", "urge", "guarantee",
                               "want to know", "demand to know", "recall"})  # fmt: skip
# These are said of all whom they ask: "I must warn the press that", "we would urge people to".
_ASKED_OF: Final = frozenset(
    {"warn", "urge", "ask", "advise", "remind", "appeal to", "call on", "encourage", "implore"}
)
_THINGS: Final = frozenset({"it", "that", "this", "what", "implication", "message", "evidence", "picture"})
_FURTHER: Final = frozenset({"more", "other", "such", "few", "further"})
_CALLS: Final = frozenset({"call", "term", "dub", "label"})
_DESCRIBES: Final = frozenset({"describe", "characterise", "characterize", "portray"})
_NAMING: Final = frozenset({"call", "term", "dub"})
_CALLED: Final = 12  # items: how far before "called" the "what" of "what Lind called a farce" may stand
_QUOTED_NEAR: Final = 8  # items behind "called" in which words in quotation marks stand, where it is said of something
_ABOUT: Final = frozenset({"about", "whether", "if", "why", "how", "what", "when"})
_WHEN: Final = frozenset({"when", "where", "if", "how"})  # "what they said when they gave evidence"
_GIVING: Final = 4  # items before "what Lind said" in which it is said that it is given
_GIVES: Final = frozenset({"this", "here", "here's", "quoting", "reading", "remembering", "recalling", "repeating"})
_GOES_ON: Final = frozenset({"continue", "go on", "conclude", "finish", "begin", "reply", "respond", "answer", "joke"})
_TIMED: Final = 5  # items: how long "in the next breath" is between "and" and a second verb
_MORE: Final = frozenset({"more", "most", "less", "least", "very", "too", "so"})
_HEARING: Final = frozenset({"hear", "heard", "hears", "hearing"})
_HEARD: Final = 9  # items: how far behind "heard" a verb may stand whose subject is whom it was heard of
_CAN: Final = frozenset({"confirm", "reveal", "report", "announce", "disclose", "assure"})
_WRITER: Final = frozenset({"i", "we", "i'd", "we'd", "as"})


def said_in(unit: Unit, grammar: Grammar) -> list[Said]:
    """Return what verbs report in a sentence, in order."""
    items, lows = unit.items, unit.lows
    found = list[Said]()
    at = 0
    skip = {n for phrase in grammar.not_cues.find(lows)
            if not (unit.inside and _of_the_writer(phrase.phrase)) and not (phrase.first and phrase.phrase[-1] == ":")
            for n in range(phrase.first, phrase.last)}  # fmt: skip
    while at < len(items):
        cue = grammar.cue_at(lows, at) if items[at].kind == "word" and at not in skip else None
        one = _read(unit, at, cue, found, grammar) if cue else _unlisted(unit, at, grammar)
        if cue and one is None and len(cue.words) > 1:
            single = grammar.cue_at(lows[at : at + 1], 0)
            one = _read(unit, at, single, found, grammar) if single else None
        if one:
            found.append(one)
        at = one.last + 1 if one else at + 1
    return found


def _unlisted(unit: Unit, at: int, grammar: Grammar) -> Said | None:
    """Read a verb of no list that stands where only one of saying does: "“What a save!” yelps Tom Hall."."""
    items, item = unit.items, unit.items[at]
    if not at or items[at - 1].kind != "quote" or item.kind != "word" or item.roles or item.capital:
        return None
    if not item.low.endswith(("s", "ed")) or item.low.endswith(("ss", "'s")) or len(item.low) < 4:
        return None
    quote = items[at - 1].text
    if len(quote.split()) < 3 or quote[-2:-1] not in {",", "!", "?", ".", "…"}:
        return None
    found = phrases_ahead.after(items, at + 1, grammar)
    behind = items[found.last + 1] if found and found.last + 1 < len(items) else None
    if (
        found is None
        or found.kind == "pronoun"
        or (behind is not None and behind.text not in {",", ".", ":", ";", "("})
    ):
        return None
    if found.kind != "name" and not noun_of_speaker(items, found, grammar):
        return None
    return Said(at, at, item.low, "assert", "inverted", found, "before", at - 1)


def _of_the_writer(phrase: str) -> bool:
    """Say whether a phrase is none because the writer says it, "as I said": in somebody else's words it is one."""
    return phrase.split(" ", maxsplit=1)[0] in _WRITER


def _read(unit: Unit, at: int, cue: Cue, found: list[Said], grammar: Grammar) -> Said | None:
    items, lows = unit.items, unit.lows
    last = at + len(cue.words) - 1
    if items[at].capital and at and items[at - 1].text != ":" and _within_name(items, at):
        return None
    if at and items[at - 1].low in _MORE and "perfect" in cue.forms:
        return None  # "the more stressed banks"
    if at and items[at - 1].low in _FURTHER and not cue.forms & {"past", "ing"}:
        return None  # "some more snaps"
    shouted = items[at].text.isupper() and len(items[at].text) > 3
    if shouted and items[at].low in grammar.nouns:
        return None  # "JOBLESS CLAIMS 4-WK AVG"
    it_does = at > 0 and items[at - 1].may("pronoun") and not items[at - 1].may("possessive")  # "which it claims was"
    noun = items[at].low in grammar.nouns and last + 1 < len(items) and not it_does
    if noun and _follows_noun(items, last + 1, grammar):
        return None
    if _only_leads(items, last + 1, grammar):
        return None
    if "base" in cue.forms and (one := _heard(items, at, last, cue, grammar)):
        return one
    verb = verb_at(items, at, cue, grammar)
    if verb.negated or not verb.form:
        return None
    if cue.lemma == "accuse" and verb.form == "past" and last + 1 < len(items) and items[last + 1].low == "of":
        verb = verb._replace(form="reduced")  # "the guard accused of lying", "he stands accused of fraud"
    if _is_noun(items, at, last, cue, grammar):
        return None
    if verb.form == "present" and "base" in cue.forms and last + 1 < len(items) and verb.left == at - 1:
        plural = at and items[at - 1].kind == "word" and not items[at - 1].roles and items[at - 1].low.endswith("s")
        if plural and cue.need != "always" and items[last + 1].may("be", "have", "modal"):
            return None  # "the chemical weapons attack is"
    many = items[at - 1].may("number") and items[at - 1].low != "one" if at else False  # "two tweets"
    counted = at and (items[at - 1].kind == "number" or many) and not (at > 1 and items[at - 2].capital)
    if counted and "present" in cue.forms and "past" not in cue.forms:
        return None  # "in all 50 states", but "No 10 says"
    priced = cue.cue_class == "estimate" and at > 1 and items[at - 1].low == "times" and items[at - 2].kind == "number"
    if priced:
        return None  # "at 22 times forecast sales"
    called = cue.lemma in _CALLS | _DESCRIBES and "what" in lows[max(at - _CALLED, 0) : at]
    if called and (one := _so_called(unit, at, last, cue, grammar)):
        return one
    if cue.lemma in _NAMING and _names_it(items, last + 1) and "“”" not in lows[last + 1 : last + _QUOTED_NEAR]:
        return None
    asks = unit.inside and _mine(items, verb.left) and cue.lemma in _ASKED_OF
    if (
        verb.modal in _HYPOTHETICAL
        and not (asks and verb.modal == "must")
        and not (verb.modal in {"can", "could"} and (cue.lemma in _CAN or cue.lemma.startswith("be heard")))
    ):
        return None
    if (
        verb.form == "past"
        and not verb.modal
        and "perfect" in cue.forms
        and cue.lemma not in QUOTING
        and (one := agent(items, last, cue, verb, grammar))
    ):
        return one._replace(first=at)
    if cue.lemma in QUOTING and (one := quoting(items, at, last, cue, verb, grammar)):
        return one
    if cue.lemma in QUOTING and verb.form in {"passive", "reduced"}:
        return None  # "Lund, quoted by Reuters, said": it only passed on what he said
    match verb.form:
        case "passive" | "reduced":
            return passive(unit, at, last, cue, verb, grammar)
        case "ing":
            return participle(unit, at, last, cue, verb, found, grammar)
        case "base":
            return infinitive(unit, at, last, cue, verb, found, grammar)
        case _:
            return _finite(unit, at, last, cue, verb, found, grammar)


def _is_noun(items: tuple[Item, ...], at: int, last: int, cue: Cue, grammar: Grammar) -> bool:
    """Say whether a form with -s is a noun that speaks: "senior figures say", no "Lind figures that", "tweets Lind"."""
    noun = cue.need == "that" and "present" in cue.forms and not cue.forms & {"past"}
    if not noun or grammar.speaker(items[at].low) is None or last + 1 >= len(items):
        return False
    behind = items[last + 1]
    return behind.kind == "word" and not (behind.capital or behind.low == "that" or behind.may("pronoun"))


def _mine(items: tuple[Item, ...], at: int) -> bool:
    """Say whether whoever is quoted speaks of himself: "I must warn the press that", "we would urge people to"."""
    return at >= 0 and items[at].low.split("'")[0].split("’")[0] in {"i", "we"}


def _only_leads(items: tuple[Item, ...], at: int, grammar: Grammar) -> bool:
    """Say whether another cue right behind says what was said: "responded by saying", "went on to warn"."""
    if at + 1 >= len(items) or items[at].low not in {"by", "to"}:
        return False
    cue = grammar.cue_at(tuple(item.low for item in items[at + 1 : at + 4]), 0)
    return cue is not None and ("ing" if items[at].low == "by" else "base") in cue.forms


def _heard(items: tuple[Item, ...], at: int, last: int, cue: Cue, grammar: Grammar) -> Said | None:
    """Read "heard Lind say that …", "hear him make clear that …"."""
    if at < 2 or _HEARING.isdisjoint(item.low for item in items[max(at - _HEARD, 0) : at - 1]):
        return None
    ear = next(n for n in range(at - 2, -1, -1) if items[n].low in _HEARING)
    who = phrases_ahead.after(items[:at], ear + 1, grammar)
    follows = following(items, last + 1, cue, grammar)
    if who is None or who.last != at - 1 or follows.sign not in {"that", "quote", "clause", "colon"}:
        return None
    return Said(at, last, cue.lemma, cue.cue_class, "active", who, follows.sign, follows.at)


def _names_it(items: tuple[Item, ...], at: int) -> bool:
    """Say whether a bare noun follows, which is only what something is called: "cells called neurons"."""
    return at < len(items) and items[at].kind == "word" and not items[at].roles


def _so_called(unit: Unit, at: int, last: int, cue: Cue, grammar: Grammar) -> Said | None:
    """Read "what Lind called a farce", "what she described as a farce": it is called so by somebody."""
    items = unit.items
    subject = noun_phrases.before(items, verb_at(items, at, cue, grammar).left, grammar)
    if subject is None or not subject.whole or items[subject.whole - 1].low != "what" or last + 1 >= len(items):
        return None
    follows = items[last + 1]
    named = follows.kind in {"word", "name", "quote"} and (follows.low == "as" or not follows.may("be", "modal"))
    bare = follows.kind == "word" and not follows.roles and last + 2 < len(items) and items[last + 2].may("be", "modal")
    named = named and not bare  # "what they call home is a tent"
    said = named and (cue.lemma in _CALLS or follows.low == "as") and can_speak(unit, subject, grammar)
    return Said(at, last, cue.lemma, cue.cue_class, "active", subject, "clause", last + 1) if said else None


def _follows_noun(items: tuple[Item, ...], at: int, grammar: Grammar) -> bool:
    """Say whether a verb follows, so that what may be one itself is a noun: "local media reports said …"."""
    if items[at].may("modal") or items[at].low in {"has", "have", "had", "was", "were", "is", "are"}:
        return True
    cue = grammar.cue_at(tuple(item.low for item in items[at : at + 3]), 0)
    if cue is not None and len(cue.words) > 1 and items[at].low.endswith("s"):
        return True  # "the Lind report calls for"
    cue = grammar.cue_at((items[at].low,), 0)
    finite = cue is not None and bool(cue.forms & {"past", "present", "base", "ing"})
    return finite and items[at].low not in grammar.nouns


def _within_name(items: tuple[Item, ...], at: int) -> bool:
    """Say whether a capital makes a cue's word part of a name: "the Warren Report", not a headline's verb."""
    capitals = sum(item.capital for item in items)
    words = sum(item.kind == "word" for item in items)
    small = sum(item.kind == "word" and not item.capital and not item.roles and len(item.low) > 3 for item in items)
    return capitals * 2 < words or (items[at - 1].capital and small > 1)


def _finite(unit: Unit, at: int, last: int, cue: Cue, verb: Verb, found: list[Said], grammar: Grammar) -> Said | None:
    items = unit.items
    follows = following(items, last + 1, cue, grammar)
    bare = verb.left == at - 1
    inverted = behind(unit, at, last, cue, grammar) if bare else None
    subject = noun_phrases.before(items, verb.left, grammar)
    which = verb.left >= 0 and items[verb.left].may("relative")  # "the files leaked by Lind, which show"
    if subject is not None and not which and (whole := modified.around_relative(items, subject, grammar)):
        subject = whole
    if (joined := _joined_before_time(items, verb.left, grammar)) >= 0:
        subject, verb = None, verb._replace(left=joined)
    inside = items[verb.left].may("relative") and items[verb.left - 1].text != ","  # "women who have accused"
    if subject is not None and not inside and (named := phrases_ahead.set_off_from(items, subject, grammar)):
        subject = named
    if bare and subject is not None and (named := _without_comma(items, last, subject, grammar)):
        return Said(at, last, cue.lemma, cue.cue_class, "inverted", named, "before", at - 1)
    if cue.lemma == "ask" and _was_asked(items, verb.left, last):
        return None
    set_off = items[verb.left].text in {",", "–", "—"}
    none_before = subject is None or (verb.left >= 0 and items[verb.left].text == "(")
    if inverted and (none_before or (subject and set_off and not _aside_fits(items, subject, follows))):
        return Said(at, last, cue.lemma, cue.cue_class, "inverted", inverted, "before", at - 1)
    if found and found[-1].last == verb.left and (shown := _said_to(items, found[-1], grammar)):
        sign = enough(cue, follows, NONE)
        return Said(at, last, cue.lemma, cue.cue_class, "active", shown, sign.sign, sign.at) if sign else None
    if subject is None and verb.left > 0 and items[verb.left].text == ":" and verb.form == "present":
        label = noun_phrases.before(items, verb.left - 1, grammar)  # "Kern's Lind: Expects growth"
        sign = enough(cue, follows, NONE)
        if label is not None and label.whole == 0 and items[label.head].capital and sign and sign.sign:
            return Said(at, last, cue.lemma, cue.cue_class, "active", label, sign.sign, sign.at)
    if subject is None:
        return shared(unit, at, last, cue, verb, follows, found, grammar)
    made = grammar.speaker(items[subject.head].low)
    if cue.lemma in {"post", "publish", "issue", "share"} and made is not None and made.what == "document":
        return None  # "In a statement posted to Telegram, …"
    if nobody(items, subject) or (cue.words[0] in {"is", "was", "been"} and items[subject.head].low in _THINGS):
        return None
    left = items[subject.whole - 1] if subject.whole else None
    if left is not None and left.low in _CONDITIONS and not items[verb.left].may("relative"):
        return None
    past = past_person(items, last + 1, grammar) if cue.person and last + 1 < len(items) else last + 1
    was = items[last + 1] if last + 1 < len(items) else None
    if (
        left is not None
        and left.low == "what"
        and subject.whole > 1
        and was is not None
        and was.may("be")
        and cue.lemma in _WAS
    ):
        return Said(at, last, cue.lemma, cue.cue_class, "active", subject, "clause", last + 1)
    if left is not None and left.low == "what" and subject.whole == 1 and was is not None and was.low in {"was", "is"}:
        that = last + 3 < len(items) and items[last + 2].low == "that" and cue.lemma in _WAS
        if that:  # "What Lind said was that the road was shut"
            return Said(at, last, cue.lemma, cue.cue_class, "active", subject, "that", last + 3)
    told = left is not None and left.low == "what" and cue.person and cue.lemma == "tell" and last + 1 < past
    if told and subject.whole > 1 and past < len(items) and items[past].may("be", "modal", "have"):
        return Said(at, last, cue.lemma, cue.cue_class, "active", subject, "clause", past)
    if left is not None and left.may("be") and items[0].low == "here":
        return None  # "Here are some pictures from the protest:"
    near = follows.at == last + 1 or cue.need == "words"
    asked = near and follows.sign == "that" and last + 1 < len(items) and items[last + 1].low in _WHEN
    if left is not None and left.low == "what" and (asked or not (follows.sign in {"quote", "that"} and near)):
        if (
            (cue.lemma not in {"say", "tell"} and not unit.ends_with(":"))
            or follows.sign == "clause"
            or not _presents(items, subject.whole - 1)
        ):
            return None
        return Said(at, last, cue.lemma, cue.cue_class, "active", subject, "colon", len(items))
    precedes = preceding(items, subject.whole, past, after_quote=unit.after_quote)
    reads = cue.lemma == "read" and made is not None and made.what == "document"  # "…, a statement reads"
    speaks = subject.kind in {"name", "pronoun"} or (made is not None and made.what != "document")
    goes_on = speaks and cue.lemma in _GOES_ON and verb.form == "present" and _ends(items, last + 1)
    beside = precedes.at < 0 or items[precedes.at].kind == "quote" or reads or goes_on
    if cue.need == "quote" and precedes.sign and not beside:
        precedes = NONE
    timed = follows.sign == "thing" and cue.need == "clause" and _says_when(items, last + 1)
    of_that = cue.need == "that" and len(cue.words) > 1  # "as Lind expressed concern about the plan"
    as_said = left is not None and left.low in {"as", "wie", "como"} and cue.need != "quote" and not of_that
    if as_said and (timed or not follows.sign):
        precedes = Signed("before", max(subject.whole - 2, 0))
    of_it = left is not None and left.may("relative") and subject.whole > 1 and last + 1 < len(items)
    if of_it and items[last + 1].may("be", "have", "modal", "do") and cue.need in {"clause", "that", "thing"}:
        follows = Signed("clause", last + 1)  # "who the report states will lead it", "which it claims was mined"
    sign = enough(cue, NONE if timed and precedes.sign else follows, precedes)
    if sign is None and cue.need == "thing" and _of_noun(items, subject.whole - 1) and not follows.sign:
        sign = Signed("thing", subject.whole - 1)  # "the charge, which Lind denied", "the cuts that Kern has announced"
    doing = any(item.low.endswith("ing") and grammar.cue_at((item.low,), 0) for item in items[last + 1 : -1])
    describes = unit.ends_with(":") and follows.sign == "thing" and not doing  # no "defends himself saying:"
    if sign is None and describes and cue.need in {"words", "clause", "that"}:
        sign = Signed("colon", len(items))  # "describes the new rules:", and what follows describes them
    if sign is None or (verb.modal in _FUTURE and (sign.sign in {"", "thing"} or _is_kept_back(items, cue, sign))):
        return None
    if unit.inside and not _quotes(unit, subject, cue, verb, sign):
        return None
    if not may_speak(unit, subject, cue, sign, grammar):
        return None
    if unit.ends_with("?") and _asks(items) and sign.sign != "before":
        return None
    return Said(at, last, cue.lemma, cue.cue_class, "active", subject, sign.sign, sign.at)


def _joined_before_time(items: tuple[Item, ...], last: int, grammar: Grammar) -> int:
    """Return the "and" before when or where a second verb is done: "…, and in the next announces", "and at 1pm said".

    `last`: the item before the verb. -1 where what stands there is somebody, or nothing of the sort.
    """
    for at in range(last, max(last - _TIMED, 1), -1):
        item = items[at]
        if item.may("preposition") and at < last:
            return at - 1 if items[at - 1].low in {"and", "but", "then"} else -1
        somebody = item.capital or grammar.speaker(item.low) is not None or item.may("pronoun", "object")
        if item.low in {"am", "pm"} and items[at - 1].kind == "number":
            continue
        if item.kind not in {"word", "number"} or (somebody and not item.may("time", "determiner", "possessive")):
            return -1
        if item.may("determiner", "possessive") and not items[at - 1].may("preposition"):
            return -1  # "and in Mida the crews said"
    return -1


def _without_comma(items: tuple[Item, ...], last: int, before: Phrase, grammar: Grammar) -> Phrase | None:
    """Return who stands behind a cue without a comma before it: "The road is shut says Lind."."""
    word = items[before.head]
    plain = before.first == before.last and before.first > 1 and not before.plural and not word.capital
    if not plain or before.kind == "pronoun" or word.roles or grammar.speaker(word.low) is not None:
        return None
    found = phrases_ahead.after(items, last + 1, grammar)
    over = found is not None and (found.last + 1 >= len(items) or items[found.last + 1].text in {".", ",", "!"})
    return found if over and found is not None and found.kind == "name" else None


def _said_to(items: tuple[Item, ...], outer: Said, grammar: Grammar) -> Phrase | None:
    """Return the document of which somebody says what it shows: "a letter that Kern says shows"."""
    before = outer.source.whole - 1 if outer.source is not None else -1
    if before > 0 and items[before].low in {"that", "which"}:
        before -= 1
    paper = noun_phrases.nearest(items, before, grammar) if before > 0 and items[before].kind == "word" else None
    known = grammar.speaker(items[paper.head].low) if paper is not None else None
    return paper if known is not None and known.what == "document" else None


def _of_noun(items: tuple[Item, ...], at: int) -> bool:
    """Say whether a relative pronoun stands for the thing that is said: "which", "that" right behind a noun."""
    if at < 1:
        return False
    noun = items[at - 1].kind == "word" and not items[at - 1].roles
    return items[at].low == "which" or (items[at].low == "that" and noun)


def _ends(items: tuple[Item, ...], at: int) -> bool:
    """Say whether a sentence ends at a place: "…, Lind continues."."""
    return at >= len(items) or items[at].text in {".", ":"}


def _presents(items: tuple[Item, ...], at: int) -> bool:
    """Say whether a sentence gives "what Lind said": "Here is what", "but this is what", "worth quoting what"."""
    going_on = any(item.low == "saying" for item in items[at : at + _GIVING + 2])
    if at < 1 or (items[at - 1].may("preposition") and going_on):
        return False  # "a round-up of what experts are saying"
    near = {item.low for item in items[max(at - _GIVING, 0) : at]}
    return items[0].low in {"this", "here", "here's"} or not _GIVES.isdisjoint(near)


def _was_asked(items: tuple[Item, ...], left: int, last: int) -> bool:
    """Say whether somebody was asked, and asks nothing: "Lind, asked about the road, said"."""
    named = left > 0 and items[left].text == "," and items[left - 1].capital
    alone = named and not any(item.text == "," for item in items[:left])
    return alone and last + 1 < len(items) and items[last + 1].low in _ABOUT


def _says_when(items: tuple[Item, ...], at: int) -> bool:
    """Say whether what follows a cue only says when: "as Lind observed all those years ago"."""
    end = next((n for n in range(at, min(at + _TIMED, len(items))) if items[n].kind == "mark"), at)
    if end > at and all(item.may("time", "adverb", "preposition", "determiner") for item in items[at:end]):
        return any(item.may("time") or item.low == "earlier" for item in items[at:end])  # "as Lind noted earlier"
    return any(item.may("time") for item in items[at : at + 4]) and any(
        item.low == "ago" for item in items[at : at + 5]
    )


def _is_kept_back(items: tuple[Item, ...], cue: Cue, sign: Signed) -> bool:
    """Say whether it is only said that somebody will tell: "it would disclose who controls the device"."""
    if cue.cue_class != "announce" or sign.sign != "that" or not 0 <= sign.at < len(items):
        return False
    return items[sign.at].may("question") or items[sign.at].low in {"whether", "if"}


def _quotes(unit: Unit, subject: Phrase, cue: Cue, verb: Verb, sign: Signed) -> bool:
    """Say whether a cue in somebody's words quotes another, or what was said before: "I told him no", no "I say"."""
    mine = unit.items[subject.head].low.split("'")[0] in {"i", "we"}
    weak = sign.sign in {"", "thing"} and cue.cue_class not in {"accuse", "deny", "confirm", "announce"}
    if weak and (unit.marked or mine):
        return False
    me = mine and verb.form == "present" and cue.lemma in _PERFORMED
    you = unit.lows[sign.at - 1 : sign.at] == ("you",) and cue.lemma == "tell"  # "I'm telling you, …"
    asked = verb.modal in {"must", "would", "'d"} and cue.lemma in _ASKED_OF
    return not (me and not asked and ("ing" not in cue.forms or you))


def _aside_fits(items: tuple[Item, ...], subject: Phrase, follows: Signed) -> bool:
    """Say whether "Y, the head of X, said Z" is meant, rather than "…, said Z"."""
    if not follows.sign or follows.sign == "thing":
        return False
    return (
        subject.whole == 0
        or items[subject.whole - 1].text in {",", ";"}
        or items[subject.whole - 1].may("subordinator", "conjunction", "complementiser", "adverb", "time")
    )


def _asks(items: tuple[Item, ...]) -> bool:
    begins = items[1] if len(items) > 1 and items[0].may("conjunction") else items[0]  # "And should it be argued …?"
    return begins.may("question", "relative", "be", "have", "do", "modal") or any(
        item.may("question") for item in items[:3]
    )
