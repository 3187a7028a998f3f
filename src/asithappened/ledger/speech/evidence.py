"""The signs that a cue reports something: words after the cue, or before its speaker.

Owns the signs: "that", a quotation, a colon, a clause, an infinitive, a noun phrase ("thing"). Does not decide whether
a cue counts: `cues` does.
"""

from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

from asithappened.ledger.speech.bare_clauses import REACH, bare_clause, past_amount
from asithappened.ledger.speech.clauses import Item
from asithappened.ledger.speech.grammar import Cue, Grammar
from asithappened.ledger.speech.listeners import FINITE, past_person

Sign = Literal["that", "quote", "colon", "clause", "to", "thing", "before", ""]

_BESIDE: Final = 5  # items: the most between a cue and a quotation right beside it
_OWNED: Final = frozenset({"'s", "’s", "’"})
_APPOSED: Final = 12  # items: the longest apposition after a name, such as an office
_CITED: Final = frozenset({"citing", "quoting", "referring", "according", "without", "using", "in", "on"})
_ASIDE: Final = 8  # items: the longest end of an aside after its verb, as in "he explained later in the hearing"
_CALLED: Final = 40  # items from a verb to "as" what it calls something
_CALLING: Final = frozenset({"call for", "call on", "call upon", "appeal to", "appeal for", "urge"})
_NOT_WHOM: Final = frozenset({"for", "about", "of", "against", "to", "how"})
# Nouns whose own infinitive follows them: "told the crew of a plan to sail".
_THINGS_TO_DO: Final = """
plan plans way ways bid attempt attempts permission right rights chance time decision need ability effort efforts
move moves vote offer deal duty power powers reason reasons desire going used able
"""
_TO_DO: Final = frozenset(_THINGS_TO_DO.split())
_NEARBY: Final = 8  # items from "reiterated" to the "that" of what was said before
_RUMOURS: Final = frozenset({"rumour", "rumours", "rumor", "rumors", "speculation", "talk"})
_FEARS: Final = frozenset({"fears", "concerns", "worries"})
_PARTICLES: Final = frozenset({"out", "up", "back", "in", "off", "on", "away", "aloud", "loudly", "simply", "and"})
_ASIDES: Final = frozenset({"though", "however", "too", "then", "meanwhile", "again"})
_NO_STEP: Final = frozenset({";", "!", "?"})
_STOPS: Final = frozenset({".", "!", "?"})
_ENDS: Final = frozenset({".", "!", "?", ";", "…", ":", ")", "-", "–", "—"})


class Signed(NamedTuple):
    """A sign, and the first item of what was said (for "before", its last item)."""

    sign: Sign
    at: int


NONE: Final = Signed("", -1)


def following(items: Sequence[Item], at: int, cue: Cue, grammar: Grammar) -> Signed:
    """Return the best sign after a cue, whose last item is before `at`."""
    here = at
    if here >= len(items):
        return NONE
    thing = _thing(items, here, grammar)
    if cue.person:
        here = past_person(items, here, grammar)
        spoken = grammar.cue_at((items[here].low,), 0) if at < here < len(items) else None
        if (spoken is not None and spoken.need == "always") or (here < len(items) and items[here].low == "told"):
            return NONE  # "economists who advise the government told"
    comma = here < len(items) and items[here].text == ","
    if comma:
        here += 1
    if cue.need == "quote":
        found = _beside(items, at, grammar) or (_beside(items, here, grammar) if cue.person else None)
        return found or (Signed("thing", at) if thing else NONE)  # "emailed us “Hello”"
    if cue.need == "words":
        found = _further(items, at, grammar, described=True)
        if found and found.sign in {"quote", "colon"}:
            return found
        if cue.cue_class == "deny" and _rejected(items, at, grammar):
            return Signed("that", at)
        if far := _as_quoted(items, at, grammar) or _what_for(items, at, cue):
            return far
        return Signed("thing", at) if thing else NONE
    if cue.need == "measure":
        return _measure(items, at)
    if here < len(items) and items[here].low == "to" and cue.to and _infinitive(items, here):
        return Signed("to", here)
    if cue.to and here + 1 < len(items) and items[here].low == "not" and items[here + 1].low == "to":
        return Signed("to", here)  # "advised people not to travel"
    if found := _complement(items, here, grammar):
        return found
    if cue.person and cue.to and (to := _to_do(items, at, cue, grammar)):
        return to
    if cue.person and here < len(items) and here > at + 1 and items[here].may(*FINITE):
        return Signed("clause", here - 1)  # "told the BBC passengers had …": two noun phrases were read as one
    if comma and here < len(items) and items[here].low in _CITED and (aside := _behind_aside(items, here, grammar)):
        return aside
    if not comma and (clause := bare_clause(items, here, grammar, strict=cue.need == "that")) >= 0:
        return Signed("clause", clause)
    if here < len(items) and _steps(items[here]) and (found := _further(items, here, grammar)):
        return found
    if thing and cue.need == "clause" and (found := _introduced(items, here) or _quoted(items, here)):
        return found
    near = {item.low for item in items[at : at + _NEARBY]}
    if thing and cue.lemma in {"reiterate", "repeat"} and near & {"that", "of"} and _rejected(items, at, grammar):
        return Signed("that", at)  # "reiterated warnings that …"
    return Signed("thing", at) if thing else NONE


def _as_quoted(items: Sequence[Item], at: int, grammar: Grammar) -> Signed | None:
    """Find words in quotation marks that something is called: "welcomed the news that it is over as “a relief”"."""
    for here in range(at + 1, min(at + _CALLED, len(items) - 2)):
        if items[here].text in _NO_STEP or (items[here].text == "," and items[here + 1].may("conjunction")):
            return None
        cue = grammar.cue_at((items[here].low,), 0)
        if cue is not None and cue.need == "words":
            return None
        if items[here].low == "as":
            quote = here + 1 + items[here + 1].may("determiner")
            return Signed("quote", quote) if items[quote].kind == "quote" else None
    return None


def _what_for(items: Sequence[Item], at: int, cue: Cue) -> Signed | None:
    """Find what somebody is attacked for doing: "slammed the union for walking out", no "attacked Lind for hours"."""
    if cue.cue_class != "accuse" or cue.words[-1] in {"about", "of"}:
        return None
    for here in range(at + 1, min(at + _APPOSED, len(items) - 1)):
        what = items[here + 1]
        timed = what.may("time", "number") or what.kind == "number" or items[min(here + 2, len(items) - 1)].may("time")
        if what.low.endswith("ing") if items[here].low == "over" else items[here].low == "for" and not timed:
            return Signed("that", here + 1)
        if items[here].kind in {"mark", "quote"} or items[here].may(*FINITE, "relative", "subordinator"):
            return None
    return None


def _introduced(items: Sequence[Item], at: int) -> Signed | None:
    """Find a quotation after a noun phrase and a colon: "pointed out the difference: “…”"."""
    for here in range(at, min(at + _APPOSED, len(items) - 1)):
        if items[here].text == ":":
            return Signed("quote", here + 1) if items[here + 1].kind == "quote" else None
        if items[here].kind in {"mark", "quote"} or items[here].may(*FINITE, "relative"):
            return None
    return None


def _quoted(items: Sequence[Item], at: int) -> Signed | None:
    """Find quoted words at the end of a noun phrase: "stressed the importance of “unity”"."""
    for here in range(at + 1, min(at + _APPOSED, len(items))):
        if items[here].kind == "quote":
            return Signed("quote", here) if items[here - 1].may("preposition") else None
        ends = items[here].may(*FINITE, "relative", "subordinator") or items[here].low == "to"
        if ends or items[here].kind == "mark":
            return None
    return None


def _behind_aside(items: Sequence[Item], at: int, grammar: Grammar) -> Signed | None:
    """Find "that" or a quotation after words between commas: "tweets, citing a journalist, that …"."""
    for here in range(at, min(at + _APPOSED, len(items) - 1)):
        if items[here].text == ",":
            found = _complement(items, here + 1, grammar)
            return found if found is not None and found.sign in {"that", "quote"} else None
        if items[here].kind == "quote" or items[here].may("be", "have", "modal"):
            return None
    return None


def _rejected(items: Sequence[Item], at: int, grammar: Grammar) -> bool:
    """Say whether the thing that is rejected was said: "dismissed the union's claims"."""
    if items[at].low in {"that", "this", "it"} and at + 1 < len(items) and items[at + 1].low == "as":
        return True  # "dismissed that as a fabrication"
    for item in items[at : at + 7]:
        if item.kind != "word" or item.may("be", "have", "modal", "relative", "subordinator") or item.low == "by":
            return False
        if item.low in _FEARS and "that" in {one.low for one in items[at : at + 9]}:
            return True
        if not item.capital and (item.low in grammar.nouns or item.low in _RUMOURS):
            return grammar.nouns.get(item.low, "claim") not in {"announce", "deny"}
    return False


def _beside(items: Sequence[Item], at: int, grammar: Grammar) -> Signed | None:
    """Find a quotation or a colon right after a cue and the few words that belong to it: "shouted at him: “"."""
    for here in range(at, min(at + _BESIDE + 3, len(items))):
        item = items[here]
        if here > at and _second(items, here, grammar):
            return None  # "smiled and replied: “"
        if item.text == ":":
            return Signed("colon", here + 1) if here - at < _BESIDE else None
        if item.kind == "quote":
            close = all(
                one.may("adverb") or one.text == "," or one.low in _PARTICLES or (one.low == "to" and n == here - 1)
                for n, one in enumerate(items[at:here], at)
            )  # "threatened to “act”"
            return Signed("quote", here) if close or items[here - 1].text in {",", ":"} else None
        if item.text in _NO_STEP | {"."} or (here > at and item.may("subordinator", "be", "have", "do", "modal")):
            return None
        if here > at and items[here - 1].text == "," and item.low.endswith("ing") and _says(item, grammar):
            return None  # "shouting, adding: “"
    return None


def preceding(items: Sequence[Item], first: int, behind: int, *, after_quote: bool) -> Signed:
    """Return a sign before a speaker who begins at `first`, if nothing that was said can follow at `behind`."""
    if not _over(items, behind):
        return NONE
    if first == 0:
        return Signed("before", -1) if after_quote else NONE
    left = items[first - 1]
    if left.kind == "quote":
        return Signed("before", first - 1)
    if left.text == "," and first >= 3 and items[first - 2].low in _ASIDES:  # "“…,” though, Lind went on"
        quote = next((n for n in (first - 3, first - 4) if n >= 0 and items[n].kind == "quote"), -1)
        if quote >= 0:
            return Signed("before", quote)
    if left.low == "so" and first >= 3 and items[first - 2].low in {"or", "and"}:
        return Signed("before", first - 3 - (items[first - 3].text == ","))  # "The road is shut, or so Lind claims."
    if left.text in {"(", "["} and first >= 3 and behind < len(items) and items[behind].text in {")", "]"}:
        return Signed("before", first - 2)  # "The road is closed (Reuters reports)."
    inside = behind < len(items) and items[behind].text == "," and behind + 1 < len(items)  # "All of it, he says, is"
    if not inside and left.text == "," and behind < len(items) and items[behind].may("time", "adverb", "preposition"):
        closes = next((n for n in range(behind, min(behind + _ASIDE, len(items))) if items[n].text == ","), -1)
        finite = any(item.may(*FINITE, "pronoun", "object") for item in items[behind:closes])
        inside = closes > 0 and not finite and closes + 1 < len(items) and items[closes + 1].may("be", "have", "modal")
    if left.text in {",", "–", "—"} and first >= 2 and (inside or _clausal(items[: first - 1])):
        return Signed("before", first - 2)
    return NONE


def _clausal(items: Sequence[Item]) -> bool:
    """Say whether items can be what was said: a clause, not "In May" or "Asked why"."""
    if any(item.kind == "quote" for item in items):
        return True
    verbal = len(items[0].low) > 4 and items[0].low.endswith(("ing", "ed")) and items[0].low != "nothing"
    adverbial = items[0].may("preposition", "subordinator", "adverb", "time") or verbal
    if adverbial and not any(item.text == "," for item in items):
        begun = items[0].may("adverb", "time", "conjunction")  # "Earlier the road was open, he says"
        opened = begun or (items[0].may("preposition") and not items[0].may("subordinator"))
        if verbal:  # "Leaving would cost jobs, he says", but "Asked why, he says"
            return any(item.may("be", "have", "do", "modal") for item in items[1:4])
        return opened and any(item.may(*FINITE) or item.low.endswith("ed") for item in items[2:])
    return any(item.may(*FINITE) or item.low.endswith("ed") for item in items) or len(items) > 4


def _measure(items: Sequence[Item], at: int) -> Signed:
    for here in range(at, min(at + _APPOSED, len(items) - 1)):
        amount = items[past_amount(items, here + 1)]
        digits = amount.kind == "quote" and any(letter.isdigit() for letter in amount.text)
        if items[here].low == "at" and (
            amount.kind == "number" or amount.may("number") or amount.text in {"$", "£", "€"} or digits
        ):
            return Signed("clause", at)
        if items[here].kind in {"mark", "quote"}:
            break
    return NONE


def _over(items: Sequence[Item], behind: int) -> bool:
    """Say whether only a time or a place can follow in a cue's clause: "…, the mayor said on Tuesday."."""
    if behind >= len(items):
        return True
    item = items[behind]
    return (
        item.text in {",", *_ENDS}
        or item.may("time", "adverb", "preposition", "subordinator", "conjunction", "object")
        or (item.low.endswith("ly") or item.low in {"last", "this", "reporters", "afterwards", "earlier"})
    )


def _complement(items: Sequence[Item], at: int, grammar: Grammar) -> Signed | None:
    """Find "that", "whether", a question word, a quotation or a colon at an item."""
    if at >= len(items):
        return None
    item = items[at]
    if item.kind == "quote":
        return Signed("quote", at)
    if item.text == ":":
        return Signed("colon", at + 1)
    if item.low == "that" and at + 1 < len(items) and not _demonstrative(items, at):
        return Signed("that", at + 1)
    if item.low in {"whether", "if", "dass", "ob", "que", "daß"}:
        return Signed("that", at)
    if item.may("question") and at + 1 < len(items):
        return Signed("that", at) if items[at + 1].text not in _STOPS else None  # "They want to know why."
    return None


def _demonstrative(items: Sequence[Item], at: int) -> bool:
    """Say whether "that" is a demonstrative: "said that." and "denied that charge"."""
    after = items[at + 1]
    if at and items[at - 1].low in {"on", "with", "about"} and after.kind == "mark":
        return True  # "agreed with Lind on that, as far as it goes"
    return after.kind == "mark" and after.text not in {"“", ",", "‘", '"', "–", "$", "£", "€", ":"}


def _steps(item: Item) -> bool:
    """Say whether a phrase between a cue and what was said may begin so: "in a statement", "on Monday", "later"."""
    return item.may("preposition", "time", "adverb") or item.kind == "mark" or item.low.endswith("ly") or item.low in {
        "last", "late", "early", "this", "reporters", "journalists", "mps", "himself", "herself", "all",
    }  # fmt: skip


def _further(items: Sequence[Item], at: int, grammar: Grammar, *, described: bool = False) -> Signed | None:
    """Find a sign after a listener, a time or a place: "said in a statement on Monday that", "told the inquiry: “".

    `described`: "being" may come between, "described it as being “a farce”".
    """
    commas = 0
    for here in range(at, min(at + REACH, len(items))):
        item = items[here]
        if found := _complement(items, here, grammar):
            plain = found.sign != "that" or here == at
            said = item.low in {"that", "dass", "que"} and not _relative(items, here)
            asked = item.low in {"how", "why"} and items[here - 1].may("time")  # "told the host on Monday how it was"
            asked = asked or (item.low == "whether" and items[here - 1].low in {"on", "about"})
            if plain or asked or (said and not _of_noun(items[here - 1], grammar)):
                return found
        if here > at and item.may("pronoun") and here + 1 < len(items) and _spoke(items[here + 1], grammar):
            return None  # "tears into her after she said “never”"
        if described and here > at and item.low == "said" and items[here - 1].capital:
            return None  # "Asked who slammed it, Lind said: “"
        if here > at and _second(items, here, grammar):
            return None  # "agrees to the request, reminds the witness that", "slammed the door and shouted: “"
        begun = here > at and item.may("pronoun") and here + 1 < len(items) and _acts(items[here + 1])
        if begun and (items[here - 1].may("time", "adverb") or items[here - 1].text == "," or _year(items[here - 1])):
            return Signed("clause", here)
        if item.text in _NO_STEP or item.text == ".":
            return None
        if item.low == "to" and here > at and here + 1 < len(items) and grammar.cue_at((items[here + 1].low,), 0):
            return None  # "posted to Telegram to say that"
        if item.low == "by" and here + 1 < len(items) and _says(items[here + 1], grammar):
            return None  # "responded to the report by saying that"
        if item.text == ",":
            commas += 1
            if commas > 2:
                return None
        if here > at and item.may("subordinator", "relative") and not item.may("preposition", "determiner"):
            return _of_those_who(items, here, grammar) if described and item.low == "who" else None
        doing = here > at and item.low.endswith("ing") and grammar.cue_at((item.low,), 0)
        if doing and (described or items[here - 1].text == ","):
            return None  # "responded to the report, saying that"
        if here > at and item.may("be", "have", "do", "modal") and not (described and item.low in {"being", "to"}):
            return None
    return None


def _of_those_who(items: Sequence[Item], who: int, grammar: Grammar) -> Signed | None:
    """Find quoted words for what those did who are praised or condemned: "praised those who “rallied round”"."""
    for here in range(who + 1, min(who + REACH, len(items))):
        if items[here].kind == "quote":
            return Signed("quote", here)
        cue = grammar.cue_at((items[here].low,), 0)
        if items[here].kind == "mark" or (cue is not None and cue.need in {"always", "clause", "quote"}):
            return None  # "praised the nurse who said “never”"
    return None


def _second(items: Sequence[Item], at: int, grammar: Grammar) -> bool:
    """Say whether a second verb of saying stands at a place, whose own what follows is."""
    item, before = items[at], items[at - 1]
    cue = grammar.cue_at((item.low,), 0) if before.text == "," or before.low in {"and", "but", "then"} else None
    if cue is None or item.capital or item.low in grammar.nouns:
        return False
    return bool(cue.forms & {"past", "present"})


def _spoke(item: Item, grammar: Grammar) -> bool:
    cue = grammar.cue_at((item.low,), 0)
    return cue is not None and cue.need == "always"


def _says(item: Item, grammar: Grammar) -> bool:
    cue = grammar.cue_at((item.low,), 0)
    return cue is not None and "ing" in cue.forms


def _acts(item: Item) -> bool:
    return item.may(*FINITE) or (item.kind == "word" and item.low.endswith("ed") and not item.roles)


def _year(item: Item) -> bool:
    return item.kind == "number" and len(item.text) == 4


def _of_noun(item: Item, grammar: Grammar) -> bool:
    """Say whether "that" belongs to a noun: "asked for an assurance that", but "said in a statement that"."""
    known = grammar.speaker(item.low)
    return item.low in grammar.nouns and (known is None or known.what != "document")


def _relative(items: Sequence[Item], at: int) -> bool:
    """Say whether "that" is a relative pronoun: "told a crowd that had waited"."""
    return items[at].low == "that" and at + 1 < len(items) and items[at + 1].may("be", "have", "modal", "do")


def _to_do(items: Sequence[Item], at: int, cue: Cue, grammar: Grammar) -> Signed | None:
    """Find what those who are told are to do: "urged residents in Mida, Kern and all the valley to be ready".

    Commas may stand in a list, and "for" only where it is called for: "asked for permission to leave".
    """
    if at < len(items) and items[at].low in _NOT_WHOM and cue.lemma not in _CALLING:
        return None
    for here in range(at, min(at + REACH, len(items))):
        item, before = items[here], items[here - 1]
        if item.low == "to" and here > at and _infinitive(items, here):
            return Signed("to", here) if before.low not in _TO_DO and not _of_noun(before, grammar) else None
        listed = item.text == "," and here > at and here + 1 < len(items) and not items[here + 1].may(*FINITE)
        if (item.kind == "mark" and not listed) or item.kind == "quote" or item.may("question"):
            return None
        if item.may(*FINITE, "relative", "subordinator") and not item.may("preposition"):
            return None
        if here > at and item.may("pronoun") and not item.may("object", "determiner", "possessive"):
            return None  # "told police he drove to work"
    return None


def _thing(items: Sequence[Item], at: int, grammar: Grammar) -> bool:
    item = items[at]
    if item.low.endswith("ed") and not item.capital and grammar.cue_at((item.low,), 0):
        return False
    if item.kind in {"mark", "address"}:
        return item.text in {"$", "£", "€"}
    if item.kind == "quote":
        return False
    if item.low == "having" or (item.low == "that" and at + 1 < len(items) and items[at + 1].text in _ENDS):
        return True  # "denies having asked", "denies that."
    if item.may("time") and not item.may("determiner") and not (at + 1 < len(items) and items[at + 1].low in _OWNED):
        return False  # "the review announced yesterday"
    return not item.may("preposition", "subordinator", "conjunction", "relative", "question", "be", "have", "modal")


def _infinitive(items: Sequence[Item], at: int) -> bool:
    after = items[at + 1] if at + 1 < len(items) else None
    return (
        after is not None and after.kind == "word" and not after.may("determiner", "possessive") and not after.capital
    )
