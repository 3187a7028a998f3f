"""Whose a cue is that has no subject of its own: "resigned and said", "…, adding that", "went on to say".

Owns finding the subject that such a verb goes on with. Look next: `cues`, `subjects`.
"""

from collections.abc import Sequence
from typing import Final

from asithappened.ledger.speech import noun_phrases, phrases_ahead
from asithappened.ledger.speech.clauses import Item, Unit
from asithappened.ledger.speech.evidence import NONE, Signed, following
from asithappened.ledger.speech.grammar import Cue, Grammar
from asithappened.ledger.speech.phrase import Phrase
from asithappened.ledger.speech.said import Said, can_speak, enough
from asithappened.ledger.speech.subjects import clause_subject, subject_of
from asithappened.ledger.speech.verbs import Verb

# Behind these "saying" is a noun: "accused him of saying", "without saying".
_NO_PARTICIPLE: Final = frozenset(
    {"of", "for", "from", "without", "to", "about", "not", "against", "with", "than", "like", "through"}
)
_PUBLISHING: Final = """
published publishes issued issues released releases out sent sends posted posts made makes filed written wrote
"""
_WRITES: Final = frozenset({"wrote", "written", "writes", "writing", "spoke", "emailed", "texted"})
_PUBLISHES: Final = frozenset(_PUBLISHING.split())
# What may stand before "to say" where somebody does say it.
_LEADS: Final = """
intervenes intervened interrupts interrupted rises gets got jumps jumped stops stopped pauses writes wrote calls
touch update updated released issued intervened rang rose stood paused returned stepped popped rushed hastened
forced obliged compelled
went go goes going gone used use uses using posted posts took takes taken take tweeted wrote called calls chose moved
appeared appears emerged continued continues came come comes wants quick keen first telegram twitter facebook instagram
tweets pains rang rings sought seeks tried tries managed courage known decided chooses
emails emailed texts texted phones phoned seems seemed way address speech statement interview message conference
"""
_MAKES: Final = frozenset({"prompted", "prompting", "prompts", "led", "leading", "leads", "forced", "forcing", "moved",
                           "drove", "compelled", "pushed"})  # fmt: skip
_KEEPS: Final = frozenset({"keep", "keeps", "kept", "starts", "started", "began", "begins"})
# Before where somebody says it, and not before who does: "has been on Mida News saying".
_WHERE: Final = frozenset({"on", "at", "via"})
_NEAR: Final = 14  # items between a verb in the passive and one that goes on with it
_FRONTED: Final = 24  # items between a participle that begins a sentence and its subject
_TRIES: Final = 3  # verbs that are gone back over
_INFERRED: Final = frozenset({"indicate", "show", "suggest", "signal", "imply", "demonstrate", "reflect"})
_FAILS_TO: Final = frozenset({"declined", "refused", "failed", "not", "unable", "wants"})
# Of these a thing is said as well: "and denied the charge".
_WEIGHTY: Final = frozenset({"accuse", "deny", "announce", "acknowledge"})
_LEADS_TO: Final = frozenset(_LEADS.split())


def shared(
    unit: Unit, at: int, last: int, cue: Cue, verb: Verb, follows: Signed, found: list[Said], grammar: Grammar
) -> Said | None:
    """Give a second verb the subject of the first: "Lind resigned and said that …"."""
    items = unit.items
    left = items[verb.left] if verb.left >= 0 else None
    if left is None or not (left.low in {"and", "but", "then", "und", "y", "or"} or left.text in {",", "–"}):
        return None
    sign = enough(cue, follows, NONE)
    weighty = cue.need == "thing" and cue.cue_class in _WEIGHTY and left.low in {"and", "but"}
    weak = sign is None or sign.sign == "" or (sign.sign == "thing" and not weighty)
    if sign is None or (weak and cue.need != "always"):
        return None
    spoke, nearest = _spoke(found), clause_subject(items, at, grammar)
    if cue.person and _passive_before(unit, max(nearest[0] - 2 if nearest else 0, at - _NEAR, 0), at):
        return None  # "residents were warned and advised to leave"
    main = nearest[1] if nearest is not None and nearest[1].whole == 0 else None
    if spoke is None or (main is not None and nearest is not None and nearest[0] > spoke.last):
        subject = main or _subject(unit, at, found, grammar)
    else:
        subject = spoke.source
    human = sign.sign in {"quote", "colon"} and subject is not None and unit.items[subject.first].may("determiner")
    if not _may(unit, subject, found, grammar) and not human:  # "The former notary smiled and replied: “"
        inner = nearest[1] if nearest is not None and _may(unit, nearest[1], found, grammar) else None
        further = _further_back(unit, nearest, found, grammar) if left.low in {"and", "but", "then"} else None
        subject = further or (inner if left.low in {"and", "but"} else None)
    if subject is None:
        return None
    return Said(at, last, cue.lemma, cue.cue_class, "shared", subject, sign.sign, sign.at)


def _passive_before(unit: Unit, first: int, at: int) -> bool:
    """Say whether the verb before is done to its subject: "were warned of fires and advised to leave"."""
    lows = unit.lows
    return any(
        lows[n] in {"been", "was", "were", "are", "is", "be"} and lows[n + 1].endswith(("ed", "en", "ld"))
        for n in range(first, at - 1)
    )


def _further_back(unit: Unit, nearest: tuple[int, Phrase] | None, found: list[Said], grammar: Grammar) -> Phrase | None:
    """Return the subject of an earlier verb, where the nearest one's can say nothing: "… the tanks, and said"."""
    for _ in range(_TRIES):
        if nearest is None:
            return None
        nearest = clause_subject(unit.items, nearest[0], grammar)
        if nearest is not None and not _subordinate(unit, nearest[1]) and _may(unit, nearest[1], found, grammar):
            return nearest[1]
    return None


def participle(
    unit: Unit, at: int, last: int, cue: Cue, verb: Verb, found: list[Said], grammar: Grammar
) -> Said | None:
    items = unit.items
    left = items[verb.left] if verb.left >= 0 else None
    follows = following(items, last + 1, cue, grammar)
    sign = enough(cue, follows, NONE)
    if sign is None or not sign.sign:
        return None
    if left is None:
        return _fronted(unit, at, last, cue, sign, grammar)
    quoting = found[-1] if found and left.low == "as" and found[-1].lemma in {"quote", "cite"} else None
    if quoting is not None:  # "quotes a volunteer at the school as saying"
        whom = phrases_ahead.after(items, quoting.last + 1, grammar)
        return Said(at, last, cue.lemma, cue.cue_class, "shared", whom, sign.sign, sign.at) if whom else None
    if left.low == "for" and sign.sign in {"that", "quote"}:
        return _for_saying(unit, at, last, cue, verb, sign, found, grammar)
    if cue.words[0] in grammar.nouns and sign.sign in {"thing", "to"} and left.kind == "word" and not left.roles:
        return None  # "with its profit warning lifting no spirits"
    him = left.may("object") and left.low not in {"her", "you"}
    if not him and (left.may("determiner", "possessive") or left.low == "'s" or left.low in _NO_PARTICIPLE):
        return None
    if (him and not left.may("possessive")) or left.low in {"one", "another", "some", "others", "many"}:
        return Said(
            at,
            last,
            cue.lemma,
            cue.cue_class,
            "active",
            Phrase(verb.left, verb.left, verb.left, "pronoun"),
            sign.sign,
            sign.at,
        )
    joined = (
        left.kind in {"quote", "mark"}
        or left.low in _KEEPS
        or left.may("conjunction", "preposition", "subordinator", "time", "adverb")
    )
    if not joined:
        owner = noun_phrases.before(items, verb.left, grammar)
        near = grammar.speaker(items[verb.left].low) if not items[verb.left].capital else None
        if owner is not None and owner.head != verb.left and near is not None and near.what == "document":
            owner = noun_phrases.nearest(items, verb.left, grammar)  # "14 pages to a report warning that"
        if owner is not None and owner.kind == "name" and (paper := _document_in(unit, owner, grammar)):
            return Said(at, last, cue.lemma, cue.cue_class, "active", paper, sign.sign, sign.at)
        known = grammar.speaker(items[owner.head].low) if owner else None
        if owner and known and known.what == "document" and (by := _publisher(unit, owner, grammar)):
            return Said(at, last, cue.lemma, cue.cue_class, "shared", by, sign.sign, sign.at)
        where = owner is not None and owner.kind != "pronoun" and owner.first and items[owner.first - 1].low in _WHERE
        wrote = owner is not None and (_written_to(unit, owner) or items[owner.first].low in _WRITES)
        where = where and owner is not None and items[owner.head].capital
        if (
            owner
            and not where
            and not wrote
            and owner.kind != "pronoun"
            and (
                grammar.speaker(items[owner.head].low)
                or (items[owner.head].capital and owner.first and items[owner.first - 1].kind == "mark")
            )
        ):
            return Said(at, last, cue.lemma, cue.cue_class, "active", owner, sign.sign, sign.at)
        if owner and owner.first and items[owner.first - 1].low == "with" and owner.kind != "pronoun":
            return Said(at, last, cue.lemma, cue.cue_class, "active", owner, sign.sign, sign.at)  # "with Lind saying"
        if not where and not wrote and sign.sign not in {"quote", "that", "colon"}:
            return None
    chained = found[-1] if found and left.low in {"and", "but"} else None
    goes_on = chained is not None and chained.how == "shared" and items[chained.first].low.endswith("ing")
    subject = chained.source if chained is not None and goes_on else _subject(unit, at, found, grammar)
    if not _may(unit, subject, found, grammar):
        subject = _main_subject(unit, at, found, grammar) if left.text == "," else None
    if not _may(unit, subject, found, grammar):
        return None
    spoken = left.low in {"after", "by"} and subject is not None and _speaks(unit, subject, grammar)
    if (
        cue.lemma in _INFERRED
        and not spoken
        and subject is not None
        and not any(one.source == subject for one in found)
    ):
        known = grammar.speaker(items[subject.head].low)
        if known is None or known.what != "document":
            return None  # "prices fell, indicating that …"
    return Said(at, last, cue.lemma, cue.cue_class, "shared", subject, sign.sign, sign.at)


def _written_to(unit: Unit, whom: Phrase) -> bool:
    """Say whether somebody is only who was written to: "she wrote to the mayor saying that"."""
    near = unit.lows[max(whom.first - 4, 0) : whom.first]
    return near[-1:] == ("to",) and not _WRITES.isdisjoint(near)


def _main_subject(unit: Unit, at: int, found: list[Said], grammar: Grammar) -> Phrase | None:
    """Return who spoke in the sentence, or whom it is about, where the nearest verb's subject says nothing.

    "Lind said the jobs were not safe, adding that …", "Lind praised the crews as the lights went out, saying …".
    """
    spoke = _spoke(found)
    if spoke is not None:
        return spoke.source
    subject = subject_of(unit, at, grammar)
    first = unit.items[0].low
    things = subject is not None and subject.last == 0 and first.endswith("s") and grammar.speaker(first) is None
    return None if things else subject  # "Prices fell, saying goodbye to …"


def _document_in(unit: Unit, where: Phrase, grammar: Grammar) -> Phrase | None:
    """Return a document that stands before where it was printed or to whom it went: "a letter to Lind calling on"."""
    at = where.first - 1
    if at < 1 or unit.items[at].low not in {"in", "to"}:
        return None
    paper = noun_phrases.before(unit.items, at - 1, grammar)
    known = grammar.speaker(unit.items[paper.head].low) if paper is not None else None
    return paper if known is not None and known.what == "document" else None


def _fronted(unit: Unit, at: int, last: int, cue: Cue, sign: Signed, grammar: Grammar) -> Said | None:
    """Read a participle before its subject: "Accusing the US of lying, Putin warned that …"."""
    items = unit.items
    if at or (sign.sign not in {"that", "quote", "clause"} and cue.cue_class != "accuse"):
        return None
    for comma in range(last + 1, min(last + _FRONTED, len(items) - 2)):
        begun = items[comma].kind == "quote" and items[comma + 1].may("pronoun")  # "Accusing him of “lies” she said"
        if items[comma].text == "," or begun:
            subject = phrases_ahead.after(items, comma + 1, grammar)
            if subject is not None and _speaks(unit, subject, grammar) and _does(items, subject.last + 1, grammar):
                return Said(at, last, cue.lemma, cue.cue_class, "shared", subject, sign.sign, sign.at)
    return None


def _does(items: Sequence[Item], at: int, grammar: Grammar) -> bool:
    """Say whether a verb stands at a place: "…, Putin warned", "…, she has left"."""
    if at >= len(items):
        return False
    item = items[at]
    if item.may("be", "have", "do", "modal", "verb") or (item.low.endswith("ed") and not item.capital):
        return True
    cue = grammar.cue_at((item.low,), 0)
    return cue is not None and bool(cue.forms & {"past", "present"})


def _speaks(unit: Unit, subject: Phrase, grammar: Grammar) -> bool:
    """Say whether a subject is somebody who speaks, and no document: what it shows may be an inference."""
    known = grammar.speaker(unit.items[subject.head].low)
    return can_speak(unit, subject, grammar) and (known is None or known.what != "document")


def _for_saying(
    unit: Unit, at: int, last: int, cue: Cue, verb: Verb, sign: Signed, found: list[Said], grammar: Grammar
) -> Said | None:
    """Read "apologised for saying that", whose subject says it, and "attacked Lind for saying that", whose object."""
    items = unit.items
    before = items[verb.left - 1] if verb.left else None
    if before is None:
        return None
    if before.low.startswith("apolog"):
        asked = verb.left > 2 and items[verb.left - 2].low == "to"  # "urged Lind to apologise for saying that"
        whom = noun_phrases.before(items, verb.left - 3, grammar) if asked else None
        subject = whom if whom is not None and whom.kind == "name" else _subject(unit, at, found, grammar)
    else:
        subject = noun_phrases.before(items, verb.left - 1, grammar)
    if subject is None or not _speaks(unit, subject, grammar):
        return None
    return Said(at, last, cue.lemma, cue.cue_class, "shared", subject, sign.sign, sign.at)


def _publisher(unit: Unit, document: Phrase, grammar: Grammar) -> Phrase | None:
    """Return who published what says something: "the council issued a statement saying …"."""
    left = unit.lows[max(document.whole - 3, 0) : document.whole]
    if _PUBLISHES.isdisjoint(left):
        return None
    found = clause_subject(unit.items, document.whole, grammar)
    return found[1] if found else None


def infinitive(
    unit: Unit, at: int, last: int, cue: Cue, verb: Verb, found: list[Said], grammar: Grammar
) -> Said | None:
    items = unit.items
    sign = enough(cue, following(items, last + 1, cue, grammar), NONE)
    if sign is None:
        return None
    asks = sign.sign == "to" and cue.person  # "had to plead with the bank to wait"
    if not asks and sign.sign not in {"that", "quote", "colon", "clause"} and cue.cue_class != "accuse":
        return None
    whom = noun_phrases.nearest(items, verb.left - 1, grammar) if verb.left > 1 else None
    if whom is not None and whom.first and items[whom.first - 1].low in _MAKES and can_speak(unit, whom, grammar):
        return Said(at, last, cue.lemma, cue.cue_class, "active", whom, sign.sign, sign.at)  # "prompted Lind to ask"
    window = unit.lows[max(verb.left - 6, 0) : verb.left]
    leads = window[-1:] == ("had",) or not _LEADS_TO.isdisjoint(window)
    if not leads or not _FAILS_TO.isdisjoint(window):
        return None
    subject = _accused(items, at, found, grammar) or _subject(unit, at, found, grammar)
    if not _may(unit, subject, found, grammar) or (cue.lemma in _INFERRED and "keen" in window):
        return None  # "has been keen to show that it takes no sides"
    return Said(at, last, cue.lemma, cue.cue_class, "shared", subject, sign.sign, sign.at)


def _accused(items: Sequence[Item], at: int, found: list[Said], grammar: Grammar) -> Phrase | None:
    """Return whom somebody accused of what they did to say it: "accused Lind of using the flood to argue that"."""
    outer = found[-1] if found else None
    if outer is None or outer.cue_class != "accuse" or outer.how not in {"active", "shared"}:
        return None
    whom = phrases_ahead.after(items, outer.last + 1, grammar)
    if whom is None or whom.last + 2 >= at or items[whom.last + 1].low not in {"of", "for"}:
        return None
    return whom if items[whom.last + 2].low.endswith("ing") else None


def _spoke(found: list[Said]) -> Said | None:
    """Return the last cue of a verb that is somebody's."""
    for at in range(len(found) - 1, -1, -1):
        one, outer = found[at], found[at - 1] if at else None
        object_ = outer is not None and outer.cue_class == "accuse" and one.how == "shared"
        if object_ and one.source and outer and one.source.first == outer.last + 1:
            continue  # "accused Lind of using the flood to argue that …, and said"
        if one.source and one.how in {"active", "shared", "inverted"}:
            return one
    return None


def _subject(unit: Unit, at: int, found: list[Said], grammar: Grammar) -> Phrase | None:
    """Return the subject that a verb without one of its own goes on with: that of the nearest verb before it."""
    spoke = _spoke(found)
    nearest = clause_subject(unit.items, at, grammar)
    begun = nearest
    while nearest is not None and _subordinate(unit, nearest[1]):  # "refused, whether it was so or not, saying"
        nearest = clause_subject(unit.items, nearest[1].first, grammar)
    nearest = nearest or begun
    if spoke is not None and (nearest is None or nearest[0] <= spoke.last):
        return spoke.source
    if nearest is not None:
        return nearest[1]
    return subject_of(unit, at, grammar)


def _subordinate(unit: Unit, subject: Phrase) -> bool:
    """Say whether a subject is that of a clause inside another."""
    if subject.whole == 0:
        return False
    left = unit.items[subject.whole - 1]
    return left.may("complementiser", "subordinator", "question") and left.low not in {"but", "so", "while"}


def _may(unit: Unit, subject: Phrase | None, found: list[Said], grammar: Grammar) -> bool:
    """Say whether a subject can be whose a cue is: it said something before, or it is who or what can."""
    if subject is None:
        return False
    return any(one.source == subject for one in found) or can_speak(unit, subject, grammar)
