"""Whether the subject of a cue can be whose words they are: no "prices", no "nobody", no talks that "opened".

Look next: `cues`, which finds the subject, `said` for what any verb's subject can say.
"""

from typing import Final

from asithappened.ledger.speech.clauses import Item, Unit
from asithappened.ledger.speech.evidence import Signed
from asithappened.ledger.speech.grammar import Cue, Grammar
from asithappened.ledger.speech.phrase import Phrase, named_by_time

_FAR: Final = 3  # items: how far behind whom it is said of a colon stands, if it is a verb that is between them
# What happens does these as well: "the talks opened “in earnest”".
_HAPPENS: Final = frozenset({"begin", "open", "finish", "conclude", "continue", "go on", "kick off", "break in"})
# What these show may be an inference of the writer's: only who or what can speak says it.
_SHOWING: Final = frozenset({"suggest", "show", "indicate", "imply", "signal", "underline", "underscore", "highlight",
                             "demonstrate", "illustrate", "hint", "reveal", "find", "raise the prospect",
                             "raise the possibility", "conclude", "reflect"})  # fmt: skip
# What somebody does by these is not said: "Lind has shown that she can win".
_DOES: Final = frozenset({"show", "demonstrate", "illustrate", "prove"})
_INDEFINITE: Final = frozenset({"no", "nobody", "no-one", "none", "neither"})


def nobody(items: tuple[Item, ...], subject: Phrase) -> bool:
    """Say whether it is said of nobody that they said it: "no officials", "neither side"; "No 10" is somebody."""
    if items[subject.last].kind == "number":
        return False
    before = items[subject.first - 1].low if subject.first else ""
    if before == "no" and items[subject.first].kind == "number":
        before = ""  # "No 10 sources"
    if before == "nor":
        return True
    return not _INDEFINITE.isdisjoint({items[subject.head].low, items[subject.first].low, before})


def may_speak(unit: Unit, subject: Phrase, cue: Cue, sign: Signed, grammar: Grammar) -> bool:
    items, head = unit.items, unit.items[subject.head]
    if cue.lemma in _DOES and _is_person(items, subject):
        return False
    if cue.lemma in _DOES and head.low in {"it", "this", "that"} and sign.at > 0 and items[sign.at].low == "how":
        return False  # "It shows how quickly things change"
    if cue.lemma in _HAPPENS and sign.sign == "quote" and not _is_somebody(items, subject, grammar):
        return False
    if subject.kind == "pronoun":
        return head.low.split("'")[0] not in ({"there", "you"} if unit.inside else {"there", "i", "you", "we"})
    if head.kind == "name":
        return True
    counts = subject.last > subject.head and items[subject.head + 1].low == "of"
    if head.may("number") and counts:  # "one of the passengers"
        return True
    if head.low.endswith("year-old") or (head.low == "old" and items[subject.head - 1].low.endswith("year")):
        return True  # "the 19-year old from Mida"
    if head.kind == "number" and subject.last > subject.head and items[subject.last].text == "%":
        return True  # "while 40% said"
    if head.may("time", "adverb", "preposition", "number", "question") and not named_by_time(items, subject.head):
        return False
    if sign.sign == "colon" and subject.last == 0 and sign.at == len(items) and "present" in cue.forms:
        return True  # "mida1999 asks:", as readers call themselves
    known = grammar.speaker(head.low)
    if cue.lemma == "encourage" and known is not None and known.what == "document":
        return False
    if head.capital or known is not None:
        return True
    if cue.lemma in _SHOWING and sign.sign in {"that", "clause", "thing"}:
        return False
    if cue.lemma == "encourage":
        return False  # "signs of recovery are encouraging firms to hire"
    first = items[subject.first]
    marked = (
        first.may("determiner", "possessive", "number")
        or first.kind == "number"
        or any(item.low in {"'s", "’"} for item in items[subject.first : subject.last])
    )
    if cue.need == "always":
        return sign.sign != "thing" or items[sign.at].kind != "number"  # "the scoreboard says 3-0"
    if sign.sign == "colon" and sign.at > subject.last + _FAR and "past" not in cue.forms:
        return False  # "prescription charges from £7 to £10:", "some more snaps from the match:"
    if sign.sign in {"quote", "colon", "before", "to"} or items[sign.at - 1].low in {"that", "whether"}:
        return marked or head.low.endswith("s")
    if sign.sign == "thing":
        return cue.need == "thing" and (first.low == "the" or first.may("possessive")) and "past" in cue.forms
    return sign.sign == "clause" and marked and cue.need == "clause" and "past" in cue.forms


def _is_person(items: tuple[Item, ...], subject: Phrase) -> bool:
    """Say whether a subject is a person or has a name, by its form alone."""
    if subject.kind == "pronoun":
        return items[subject.head].low.split("'")[0] in {"he", "she", "i", "we", "you"}
    return subject.kind == "name"


def _is_somebody(items: tuple[Item, ...], subject: Phrase, grammar: Grammar) -> bool:
    """Say whether a subject is a person or a body: no "talks", no "work" that begins a sentence."""
    known = grammar.speaker(items[subject.head].low)
    begins = subject.head == 0 and items[0].low not in grammar.genders
    return (subject.kind != "noun" and not begins) or (known is not None and known.what != "document")
