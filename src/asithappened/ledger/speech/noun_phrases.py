"""Noun phrases by shallow rules, from their last word: who stands before a verb.

Owns where one that ends at a place begins, its head ("officials" of "officials in Kyiv") and the name in it ("Olga
Lind" of "the head of the union, Olga Lind"). Knows no verb but by what may not be in one. Look next: `phrases_ahead`.
"""

from collections.abc import Sequence
from typing import Final

from asithappened.ledger.speech.clauses import Item
from asithappened.ledger.speech.grammar import Grammar
from asithappened.ledger.speech.phrase import (
    ASIDE,
    JOINING,
    PARTICIPLES,
    POSSESSIVE,
    REACH,
    VERBAL,
    Phrase,
    ends_in_office,
    holds_office,
    in_name,
    name_in,
    opened,
    phrase_of,
)

OWNED: Final = POSSESSIVE | {"’s"}
_TITLE: Final = 9  # items from a comma to a title that ends what it sets off
SOMEONE: Final = frozenset({"someone", "somebody", "everyone", "everybody", "anyone", "those", "one"})
_MET: Final = frozenset({"spoke", "talked", "spoken"})
_BESIDE: Final = frozenset({"behind", "beside", "opposite", "near", "with", "before"})  # "the woman behind me"
_CLOSE: Final = frozenset({"familiar", "close", "involved", "near", "briefed"})  # "those close to him"
_TELLING: Final = frozenset({"sign", "evidence", "new", "hint", "notice"})  # what they say may stand behind "that"
_OF_THEM: Final = frozenset({"one", "some", "many", "most", "both", "several", "all", "few", "two", "three", "another"})
_STANDING_ALONE: Final = frozenset({"another", "some", "many", "others", "most", "both", "several", "few", "one"})
_OUTSIDE: Final = frozenset({"as", "after", "before", "since", "until", "than", "like", "unlike", "despite", "during",
                             "following", "amid", "via", "per", "without", "throughout"})  # fmt: skip
_BREAKING: Final = (*VERBAL, "pronoun", "object", "relative", "subordinator", "conjunction", "complementiser",
                    "question", "negation")  # fmt: skip


def before(items: Sequence[Item], at: int, grammar: Grammar) -> Phrase | None:
    """Return the noun phrase whose last item stands at a place, with what is set off by commas, dashes or brackets."""
    if at < 0:
        return None
    item = items[at]
    if item.text == "," and at and items[at - 1].text == ")":
        return before(items, at - 1, grammar)  # "The minutes (see below), show"
    if item.text == "%" and at and items[at - 1].kind == "number":
        return Phrase(at - 1, at, at - 1, "noun", plural=True)  # "40% said"
    if item.kind == "quote":
        return _before_title(items, at, grammar)
    if item.text in {",", "–", "—", ")", "-"}:
        return _with_aside(items, at, grammar)
    if item.may("pronoun"):
        return Phrase(at, at, at, "pronoun")
    if item.may("object") and at > 1 and items[at - 1].low == "of" and items[at - 2].low in _OF_THEM:
        return Phrase(at - 2, at, at - 2, "noun", plural=items[at - 2].low != "one")
    if item.kind == "number" and at and items[at - 1].low == "no" and items[at - 1].capital:
        return Phrase(at - 1, at, at - 1, "name", at - 1, at)  # "No 10"
    if (
        item.may("object") and at > 2 and items[at - 1].low == "to" and items[at - 2].low in _CLOSE
    ):  # "those close to him"
        near = at - 3
        if items[near].low in SOMEONE or grammar.speaker(items[near].low) is not None:
            return Phrase(near, at, near, "noun", plural=True)
    if at > 2 and item.kind == "word" and not item.capital and items[at - 1].may("be", "have"):
        who = next((n for n in range(at - 2, max(at - _TITLE, 0), -1) if items[n].low == "who"), -1)
        if who > 0:
            return antecedent(items, who, grammar)  # "a cook who did not want to be named said"
    if item.low in {"to", "with"} and at > 2 and items[at - 1].low in _MET and items[at - 2].may("pronoun"):
        return before(items, at - 3, grammar)  # "people we spoke to said"
    if item.may("object") and at > 1 and items[at - 1].low in _BESIDE | {"to"}:
        near = at - 2 - (items[at - 1].low == "to")
        if items[at - 1].low != "to" or items[at - 2].low in {"next", "close", "opposite"}:
            return before(items, near, grammar) if near >= 0 and items[near].kind == "word" else None
    if (noun := _past_participle(items, at)) >= 0:
        met = noun > 1 and items[noun].may("pronoun") and items[noun - 1].kind == "word" and not items[noun - 1].roles
        return before(items, noun - 1 if met else noun, grammar)  # "the experts we interviewed"
    if item.may("relative"):
        if item.low == "whom" and at > 1 and items[at - 1].low == "of":  # "many of whom"
            return Phrase(at - 2, at - 2, at - 2, "noun", plural=True) if items[at - 2].low in _STANDING_ALONE else None
        if item.low == "that":
            return _that(items, at, grammar)
        return antecedent(items, at, grammar) if item.low in {"who", "which"} else None
    if item.low in _STANDING_ALONE and (at == 0 or not items[at - 1].may("determiner", "possessive")):
        return Phrase(at, at, at, "noun", plural=item.low not in {"another", "one"})
    if item.roles and item.may(
        "preposition", "determiner", "possessive", "conjunction", "subordinator", "be", "have", "modal"
    ):
        return None
    found = _run(items, at, grammar)
    if found is not None and items[found.head].low == "year-old":
        return _aged(items, found)
    if found is not None and (name := _apposed(items, found, grammar)):
        return name
    if found is not None and found.first > 1 and items[found.first].low == "out" and items[found.first + 1].low == "by":
        noun = _past_participle(items, found.first - 1)  # "an audit carried out by the bank"
        return before(items, noun, grammar) if noun >= 0 else found
    if found is not None and found.whole > 2 and items[found.whole - 1].low == "by":  # "a report released by the bank"
        noun = _past_participle(items, found.whole - 2)
        return (before(items, noun, grammar) if noun >= 0 else None) or found
    return found


def _before_title(items: Sequence[Item], at: int, grammar: Grammar) -> Phrase | None:
    """Read "Olga Lind, in her memoir “Mida,” says" from the title that ends what is set off."""
    if items[at].text[-2:-1] != ",":
        return None
    comma = next((n for n in range(at - 1, max(at - _TITLE, 0), -1) if items[n].text == ","), -1)
    titled = comma > 0 and items[comma - 1].capital and items[comma + 1].may("preposition")
    return before(items, comma - 1, grammar) if titled else None


def nearest(items: Sequence[Item], at: int, grammar: Grammar) -> Phrase | None:
    """Return the noun phrase that ends at a place, up to the nearest preposition."""
    return _run(items, at, grammar, short=True)


def _that(items: Sequence[Item], at: int, grammar: Grammar) -> Phrase | None:
    """Return the document that a "that" stands for: "an email that showed", no "the claim that shows"."""
    known = grammar.speaker(items[at - 1].low) if at and items[at - 1].kind == "word" else None
    if known is None or known.what != "document" or items[at - 1].capital or at + 1 >= len(items):
        return None
    does = grammar.cue_at((items[at + 1].low,), 0)
    told = items[at - 1].low in grammar.nouns or items[at - 1].low.rstrip("s") in _TELLING
    if told and not (does is not None and "past" in does.forms) and not items[at + 1].may(*VERBAL):
        return None  # "there are signs that order books grow", "reports that claims of fraud were made"
    return _run(items, at - 1, grammar, short=True)


def _aged(items: Sequence[Item], found: Phrase) -> Phrase:
    """Let "a 19-year-old from Mida" begin with its number and article."""
    first = found.first
    if first > 1 and items[first - 1].text == "-" and items[first - 2].kind == "number":
        first -= 2
    if first and items[first - 1].may("determiner"):
        first -= 1
    return found._replace(first=first)


def _apposed(items: Sequence[Item], role: Phrase, grammar: Grammar, *, within: bool = False) -> Phrase | None:
    """Return the name that an office stands behind with one comma alone: "Olga Lind, head of the union said".

    `within`: the name may be another's part, "a note from Olga Lind, head of the union, who said".
    """
    if (
        role.kind != "noun"
        or role.first < 3
        or items[role.first - 1].text != ","
        or items[role.first].may("determiner")
    ):
        return None
    offices = (grammar.speaker(item.low) for item in items[role.first : role.last + 1] if not item.capital)
    known = next((one for one in offices if one is not None), None)
    if known is None or known.what not in {"person", "voice"}:
        return None
    name = _run(items, role.first - 2, grammar, short=within)
    whole = name is not None and name.name_last - name.name_first > 0 and name.last == role.first - 2
    if name is None or not whole or (not within and name.first and items[name.first - 1].may("preposition")):
        return None
    return name


def _past_participle(items: Sequence[Item], at: int) -> int:
    """Return the noun before a participle that says more of it: "a report published", "officials cited"; -1: none."""
    if items[at].low not in PARTICIPLES or items[at].capital or at == 0:
        return -1
    left = at - 1
    while left > 0 and (items[left].may("adverb") or items[left].low.endswith("ly")):
        left -= 1
    noun = items[left]
    return (
        left if noun.kind == "word" and (not noun.roles or noun.may("pronoun", "number")) and noun.low != "'s" else -1
    )


def _with_aside(items: Sequence[Item], at: int, grammar: Grammar) -> Phrase | None:
    """Read "The head of X, Y," and "Y, the head of X," and "Y (Greens)" and "Y – who left –" from behind."""
    opening = "(" if items[at].text == ")" else items[at].text
    for start in range(at - 1, max(at - ASIDE, 0) - 1, -1):
        if items[start].text == opening:
            break
        if items[start].text in {";", ":", "("} or (items[start].kind == "quote" and items[at].text == ","):
            return None
    else:
        return None
    if start < 1:
        return None
    outer = before(items, start - 1, grammar) if items[start - 1].text != "," else None
    if outer is None or outer.kind == "pronoun":
        return outer
    another = ends_in_office(items, outer.head, outer.last, grammar)
    if start + 1 <= at - 1 and outer.name_first < 0 and opening != "(" and not another:
        inner = _placed(items, start, at, grammar) or name_in(items, start + 1, at - 1, grammar)
        # "The head of the union, Olga Lind": what is set off is a name, with a title at most.
        if (
            inner
            and (inner[1] == at - 1 or items[inner[1] + 1].may("preposition"))
            and (
                grammar.speaker(items[outer.head].low) is not None
                or _whose(items, outer, inner, start)
                or (items[outer.head].low in {"one", "another"} and inner[0] == start + 1)  # "one of them, Olga Lind,"
                or (inner == (start + 1, at - 1) and _plain(items, outer))  # "the engine maker, Castell & Rowe,"
            )
            and not outer.plural
            and all(not item.may("preposition", *VERBAL) for item in items[start + 1 : inner[1] + 1])
        ):
            return Phrase(start + 1, inner[1], inner[1], "name", *inner, begin=outer.whole)
    return outer


def _placed(items: Sequence[Item], comma: int, at: int, grammar: Grammar) -> tuple[int, int] | None:
    """Return a full name behind a comma with where it is from: "one traveller, Olga Lind from Mida,"."""
    origin = next((n for n in range(comma + 3, at - 1) if items[n].low in {"from", "of"}), -1)
    if origin < 0 or any(item.kind != "word" for item in items[comma + 1 : at]):
        return None
    inner = name_in(items, comma + 1, origin - 1, grammar)
    return inner if inner == (comma + 1, origin - 1) else None


def _plain(items: Sequence[Item], outer: Phrase) -> bool:
    """Say whether a noun phrase has no more behind its noun, such as a place: no "the man from Mida, Kern,"."""
    return outer.last == outer.head and items[outer.first].may("determiner", "number")


def _whose(items: Sequence[Item], outer: Phrase, inner: tuple[int, int], comma: int) -> bool:
    """Say whether a full name alone stands behind what somebody is to another: "her running mate, Olga Lind,"."""
    full = inner[0] == comma + 1 and inner[1] > inner[0]
    return full and outer.kind == "noun" and items[outer.first].may("possessive")


def antecedent(items: Sequence[Item], at: int, grammar: Grammar) -> Phrase | None:
    left = at - 1
    if (
        left > 1 and items[left].low in JOINING and items[at].low == "who"
    ):  # "…, who lived near, and who told the court"
        further = next((n for n in range(left - 1, max(left - ASIDE, 0), -1) if items[n].low == "who"), -1)
        return antecedent(items, further, grammar) if further > 0 else None
    if left >= 0 and items[left].text in {",", "–", "—"}:
        left -= 1
        if left > 1 and items[left].kind == "number" and items[left - 1].text == "," and items[left - 2].capital:
            left -= 2  # "Olga Lind, 71, who said"
    while left >= 0 and items[left].may("preposition"):  # "of whom"
        left -= 1
    found = _run(items, left, grammar) if left >= 0 else None
    if items[at].low == "which" and (thing := _made_by(items, found, grammar)):
        return thing
    if found is not None and left == at - 2 and (name := _apposed(items, found, grammar, within=True)):
        return name  # "Olga Lind, chief executive of Kern, who said"
    many = at + 1 < len(items) and items[at + 1].low in {"have", "are", "were"} and left == at - 1
    if found is not None and many and not found.plural and items[left].low.endswith(("men", "people", "s")):
        return _run(items, left, grammar, short=True)  # "the lawyer for a number of women who have said"
    more = found is not None and found.head == 0 and items[0].low == "more"
    if found is None or (found.kind == "name" and not more) or found.last == found.head:
        return found
    nobody = grammar.speaker(items[found.head].low) is None
    if items[left].capital and (more or not items[found.head].capital) and nobody:
        return _run(items, left, grammar, short=True)  # "bad news from Kern, which blamed", "More from Lind, who says"
    near = grammar.speaker(items[left].low)
    if near is not None and near.what in {"person", "people", "voice"}:  # "the hall with people who said"
        first = next(n for n in range(left, found.first - 1, -1) if n == found.first or items[n - 1].may("preposition"))
        return phrase_of(items, first, left, left, None, grammar)
    return found


def _made_by(items: Sequence[Item], found: Phrase | None, grammar: Grammar) -> Phrase | None:
    """Return the thing that "which" stands for behind a person's name: "the files leaked by Olga Lind, which"."""
    if found is None or found.name_first < 0 or items[found.name_first].low not in grammar.genders:
        return None
    by = next((n for n in range(found.name_first - 1, max(found.name_first - 6, 1), -1) if items[n].low == "by"), -1)
    noun = _past_participle(items, by - 1) if by > 1 else -1
    return _run(items, noun, grammar, short=True) if noun >= 0 else None


def _run(items: Sequence[Item], end: int, grammar: Grammar, *, short: bool = False) -> Phrase | None:
    """Read a noun phrase from its last item to its first. `short`: up to the nearest preposition."""
    first, at, joined = end + 1, end, False
    while at >= 0 and end - at < REACH:
        item = items[at]
        if item.kind == "mark":
            if item.text == ")" and (bracket := opened(items, at)) > 0:
                at = bracket - 1
                continue
            titled = item.text == "." and at > 0 and items[at - 1].low in grammar.titles
            aged = item.text == "-" and at < end and items[at + 1].low.startswith("year")  # "the 52-year-old conductor"
            if not titled and not aged and item.text not in POSSESSIVE and item.text != "&":
                break
        elif item.kind in {"quote", "address"}:
            break
        elif item.low in JOINING:
            if not _joins(items, at, grammar):
                break
            joined = True
        elif item.low in {"that", "according"}:
            break
        elif (item.may("determiner", "possessive") and not item.capital | (at == 0)) or _determines(items, at):
            first = at
            joins = at > 1 and items[at - 1].low in JOINING and at < end and _joins(items, at - 1, grammar)
            if joins and items[at + 1].capital and items[at - 2].capital:
                at -= 1  # "in the US and the EU"
                continue
            if at == 0 or not (items[at - 1].may("preposition") or items[at - 1].low in {"all", "both", "one", "some"}):
                break
        elif item.may("preposition"):
            if item.low in _OUTSIDE or short:
                break
            dated = item.low in {"of", "from", "for"}  # "figures from 2010 show"
            if at == 0 or (first == at + 1 and _temporal(items, at, end) and not dated):
                break
        elif item.may("adverb") and 0 < at < end and items[at - 1].may("determiner", "possessive"):
            first = at  # "the always brilliant Olga Lind"
        elif item.low in SOMEONE and at < end and (items[at + 1].may("preposition") or items[at + 1].low in _CLOSE):
            first = at
            break
        elif item.low == "one" and at < end and items[at + 1].kind == "word" and not items[at + 1].roles:
            first = at  # "one user"
            break
        elif not _owned_noun(items, at) and (_breaks(item) or _is_verb(items, at, end, grammar)):
            break
        else:
            first = at
        at -= 1
    first = _trimmed(items, first, end)
    if first > end:
        return None
    return _whole(items, first, end, joined, grammar)


def _breaks(item: Item) -> bool:
    return item.may(*_BREAKING) or (item.may("adverb", "time") and not item.capital)


def _owned_noun(items: Sequence[Item], at: int) -> bool:
    """Say whether a word for what somebody does is a noun here: "people familiar with its plans"."""
    return at > 0 and items[at].roles == {"verb"} and items[at - 1].may("determiner", "possessive")


def _determines(items: Sequence[Item], at: int) -> bool:
    return items[at].may("determiner", "possessive") and not (at and items[at].capital and items[at - 1].capital)


def _temporal(items: Sequence[Item], at: int, end: int) -> bool:
    return at < end and items[at + 1].may("time")


def _trimmed(items: Sequence[Item], first: int, end: int) -> int:
    """Leave out what stands before a noun phrase and is none of it: "Earlier", "In Kyiv", "and"."""
    while first <= end and (
        items[first].low in JOINING
        or items[first].text in POSSESSIVE
        or (
            items[first].may("adverb", "time", "conjunction", "subordinator")
            and not items[first].may("determiner")
            and not (first < end and items[first + 1].low in OWNED)  # "Tuesday's vote"
        )
        or (items[first].low.endswith("ly") and first < end and items[first].low[0] != "i" and first == 0)
    ):
        first += 1
    if first + 1 < end and items[first].low.endswith("ing") and items[first + 1].may("preposition") and first == 0:
        first += 2  # "Referring to Labour's call"
    if first < end and items[first].may("preposition"):
        inner = next((n for n in range(first + 2, end + 1) if items[n].may("determiner", "possessive")), 0)
        first = inner or next((n for n in range(first + 2, end + 1) if items[n].capital), first + 1)
    return first


def _is_verb(items: Sequence[Item], at: int, end: int, grammar: Grammar) -> bool:
    """Say whether a word that can be a cue is one here, so that no noun phrase holds it."""
    item = items[at]
    if item.capital or (at == end and not item.low.endswith("ed")):
        return False
    if item.low in PARTICIPLES and at < end and items[at + 1].low in {"in", "with", "by"} and at > 0:
        return False  # "others involved in the plan"
    if (
        item.low.endswith("ed")
        and len(item.low) > 4
        and at > 0
        and items[at - 1].low.endswith("s")
        and items[at - 1].low != "'s"
    ):
        return at < end
    cue = grammar.cue_at((item.low,), 0)
    if cue is None or not cue.forms & {"past", "present"}:
        return False
    left = items[at - 1] if at else None
    noun = grammar.speaker(item.low) is not None and at < end and items[at + 1].low in {"in", "of", "from", "at"}
    if noun and left is not None and not left.capital and not left.roles:
        return False  # "many senior figures in Congress"
    return left is not None and not left.may("determiner", "possessive", "preposition") and left.low not in POSSESSIVE


def _joins(items: Sequence[Item], at: int, grammar: Grammar) -> bool:
    """Say whether an "and" joins two that speak, rather than two clauses."""
    if at == 0 or at + 1 >= len(items):
        return False
    left, right = items[at - 1], items[at + 1]
    if left.kind != "word" or left.may("time", "adverb", "pronoun", "object"):
        return False
    if right.may("preposition") and not right.may("subordinator"):
        return not _clause_before(items, at, grammar)  # "observers in Mida and around the country"
    if left.capital and right.capital:
        return not _clause_before(items, at, grammar)
    named = at + 2 < len(items) and items[at + 2].capital and right.low == "the"
    if left.capital and named and (items[at - 2].may("preposition") or items[at - 2].low == "the"):
        return at > 2 and items[at - 2 - (items[at - 2].low == "the")].may("preposition")  # "in the US and the EU"
    return not left.capital and not right.capital and not _clause_before(items, at, grammar)


def _clause_before(items: Sequence[Item], at: int, grammar: Grammar) -> bool:
    for back in range(at - 1, max(at - REACH, -1), -1):
        item = items[back]
        if item.kind == "quote" or item.may(*VERBAL, "subordinator", "complementiser", "pronoun"):
            return True
        if item.text in {",", ";", ":", "–", "—"}:
            return back == at - 1
        if (
            not item.capital
            and item.low.endswith("ed")
            and back
            and not items[back - 1].may("determiner", "possessive")
        ):
            return True
        if (cue := grammar.cue_at((item.low,), 0)) and cue.forms & {"past"} and not item.capital:
            return True
    return False


def _whole(items: Sequence[Item], first: int, last: int, joined: bool, grammar: Grammar) -> Phrase | None:
    base = next(
        (n - 1 for n in range(first + 1, last + 1) if items[n].may("preposition") and not in_name(items, n)), last
    )
    head = base
    while head > first and (items[head].low in POSSESSIVE or items[head].kind in {"number", "mark"}):
        head -= 1
    if head > first and items[head].low in PARTICIPLES and grammar.speaker(items[head - 1].low):
        head -= 1  # "people familiar with the talks", "those close to her"
    until = base + (base < last)  # "people living near the plant"
    doing = next(
        (n for n in range(first + 1, until) if items[n].low.endswith("ing") and grammar.speaker(items[n - 1].low)), -1
    )
    if doing > 0 and not items[doing].capital:  # "a policeman adjusting barricades"
        return phrase_of(items, first, doing - 1, doing - 1, None, grammar)
    if joined:
        named = name_in(items, first, last, grammar)
        joint = next((n for n in range(last, first, -1) if items[n].low in JOINING), first)
        titles = grammar.speaker(items[joint - 1].low) and joint + 1 < (named[0] if named else 0)
        if named and titles and not items[joint - 1].capital and not items[joint + 1].capital:
            return phrase_of(items, first, last, last, named, grammar)  # "the writer and broadcaster Olga Lind"
        return Phrase(
            first, last, last if base == last else head, "name" if items[last].capital else "noun", plural=True
        )
    if holds_office(items, base, last, grammar):
        return phrase_of(items, first, last, last, None, grammar)
    named = name_in(items, first, base, grammar)
    if named and named[1] < base:
        named = None  # "Smith's lawyer", "the Putin ally"
    if named is None and base < last and items[base].low in grammar.speakers:
        tail = name_in(items, base + 2, last, grammar)  # "the mayor of Kyiv Vitali Klitschko"
        if tail and tail[1] == last and tail[1] > tail[0] and items[tail[0]].low in grammar.genders:
            named = tail
    if items[head].kind not in {"word", "name"}:
        return None
    return phrase_of(items, first, last, head, named, grammar)
