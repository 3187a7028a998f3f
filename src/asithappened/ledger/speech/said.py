"""Something said by a cue, and what shows that the cue counts.

Owns the value that `cues` and `nouns` find, and what each kind of cue needs beside it (`cues.txt`).
"""

from typing import Literal, NamedTuple

from asithappened.ledger.speech.clauses import Item, Unit
from asithappened.ledger.speech.evidence import Sign, Signed
from asithappened.ledger.speech.grammar import Cue, Grammar
from asithappened.ledger.speech.phrase import Phrase
from asithappened.ledger.suggestions import CueClass

How = Literal["active", "inverted", "passive", "shared", "noun", "colon", "nobody"]


class Said(NamedTuple):
    """Something said: the cue's items (`last` included), whose it is, how that was found, and the sign of content.

    `content`: the item that what is said begins with; for "before", ends with.
    """

    first: int
    last: int
    lemma: str
    cue_class: CueClass
    how: How
    source: Phrase | None
    sign: Sign
    content: int


def enough(cue: Cue, follows: Signed, precedes: Signed) -> Signed | None:
    """Return the sign that makes a cue count; None where it has not what it needs."""
    said = follows.sign in {"that", "quote", "colon", "clause"} or (follows.sign == "to" and cue.to)
    match cue.need:
        case "measure":
            return follows if follows.sign == "clause" else None
        case "quote" | "words":
            if follows.sign in {"quote", "colon", "that"}:
                return follows
            return precedes if precedes.sign and cue.need == "quote" else None
        case "clause" | "that":
            return follows if said else precedes if precedes.sign else None
        case "thing":
            return follows if said or follows.sign == "thing" else precedes if precedes.sign else None
        case "always":
            if said:
                return follows
            if precedes.sign:
                return precedes
            return follows if follows.sign != "to" else Signed("to", follows.at)


def noun_of_speaker(items: tuple[Item, ...], found: Phrase, grammar: Grammar) -> bool:
    return grammar.speaker(items[found.head].low) is not None


def can_speak(unit: Unit, subject: Phrase, grammar: Grammar) -> bool:
    """Say whether the subject of another verb can be who says something: no "prices", no "I" of the writer."""
    head = unit.items[subject.head]
    if subject.kind == "pronoun":
        return unit.inside or head.low.split("'")[0] not in {"i", "we", "you", "there"}
    return subject.kind == "name" or head.capital or grammar.speaker(head.low) is not None
