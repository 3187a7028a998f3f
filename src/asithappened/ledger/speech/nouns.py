"""Cues that are no verb: "according to Lind", "Lind's claim that …", "a warning by police that …", "Lind: “…”".

Owns whose such a cue is. Look next: `cues` for verbs.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from asithappened.ledger.language import lexicon
from asithappened.ledger.language.wordings import Wordings
from asithappened.ledger.speech import german_phrases, noun_phrases, phrases_ahead, spanish
from asithappened.ledger.speech.clauses import Item, Unit
from asithappened.ledger.speech.evidence import Signed
from asithappened.ledger.speech.giving import GIVEN, INTRODUCES, LIKE, genitive, is_place
from asithappened.ledger.speech.grammar import Grammar, Speaker
from asithappened.ledger.speech.outlets import outlets_in
from asithappened.ledger.speech.phrase import Phrase
from asithappened.ledger.speech.said import Said
from asithappened.ledger.speech.subjects import clause_subject
from asithappened.ledger.suggestions import CueClass

_OWNER: Final = frozenset({"by", "from", "of", "von", "de", "por"})
_TO_DO: Final = frozenset(
    {
        "call",
        "calls",
        "demand",
        "demands",
        "plea",
        "appeal",
        "request",
        "promise",
        "pledge",
        "vow",
        "assurance",
        "assurances",
        "claim",
        "claims",
    }
)
_ADVISING: Final = frozenset(
    {"advice", "message", "recommendation", "recommendations", "warning", "answer", "response"}
)
_MAKES: Final = frozenset(
    {
        "issue",
        "issued",
        "issues",
        "make",
        "made",
        "makes",
        "making",
        "launch",
        "launched",
        "issuing",
        "give",
        "gives",
        "gave",
        "given",
        "giving",
        "dropped",
        "repeated",
        "repeats",
    }
)
_GIVES: Final = frozenset({"has", "have", "had", "sends", "sent", "offers", "offered", "gives", "gave", "delivered"})
# "By Lind's account, …", "in her words, …"
_ACCOUNTS: Final[Mapping[str, CueClass]] = {
    **dict.fromkeys(("account", "telling", "words", "view", "opinion"), "assert"),
    **dict.fromkeys(("reckoning", "estimation"), "estimate"),
}
_PLEAS: Final = 10  # items between a plea and what is pleaded for
_CLAIMING: Final = frozenset({"claim", "claims", "allegation", "allegations", "assertion", "suggestion", "suggestions"})
_DOCUMENT: Final = Speaker("document", "")
_MADE: Final = frozenset({"made", "issued", "voiced", "levelled", "put", "given", "repeated"})
# Between a noun and what is said in it.
_OF_WHAT: Final = frozenset({"of", "for", "about", "as", "over", "against"})
# What these are of is what they are about.
_TOPICS: Final = frozenset({"point", "story", "report", "reports", "argument", "statement", "message", "position"})
_FINITE: Final = ("be", "have", "do", "modal", "verb", "pronoun")


# Languages whose noun phrases are other than English ones.
_PHRASES: Final[Mapping[str, Callable[[Sequence[Item], int, Grammar], Phrase | None]]] = {
    "de": german_phrases.after, "es": spanish.after,
}  # fmt: skip


@lexicon.kept
def _leads(language: str) -> Wordings:
    return Wordings(lexicon.load(language, "source_phrases"))


def nouns_in(unit: Unit, grammar: Grammar) -> list[Said]:
    """Return what a sentence attributes without a verb, in order."""
    items, found = unit.items, list[Said]()
    for lead in _leads(grammar.language).find(unit.lows):
        owner = phrases_ahead.after(items, lead.last, grammar)
        if owner is not None and unit.items[owner.head].low not in _NO_SOURCE:
            leading = not lead.first or (lead.first == 1 and items[0].kind == "word")  # "But according to Lind, …"
            content = min(owner.last + 1, len(items) - 1) if leading else lead.first - 1
            cue_class = grammar.lead_class(lead.values)
            found.append(
                Said(lead.first, lead.last - 1, lead.phrase, cue_class, "noun", owner, "before", max(content, 0))
            )
    for outlet in outlets_in(unit, grammar) if "per" in unit.lows else ():
        at = outlet.first - (2 if outlet.first > 1 and unit.lows[outlet.first - 1] == "the" else 1)
        if at > 0 and unit.lows[at] == "per" and (owner := phrases_ahead.after(items, at + 1, grammar)):
            found.append(Said(at, at, "per", "assert", "noun", owner, "before", at - 1))
    for at in range(2, len(items) - 1):
        owner = _owner_before(items, at, grammar) if unit.lows[at] in _ACCOUNTS else None
        by = owner.whole - 1 if owner is not None and not items[owner.head].may("question") else -1
        if owner is not None and by >= 0 and unit.lows[by] in {"by", "in"} and items[at + 1].text in {",", "."}:
            content = at + 1 if by == 0 else max(by - 1 - (items[by - 1].text == ","), 0)
            found.append(Said(at, at, unit.lows[at], _ACCOUNTS[unit.lows[at]], "noun", owner, "before", content))
    for at, low in enumerate(unit.lows[1:-1], 1):
        owner = phrases_ahead.after(items, at + 1, grammar) if low == "per" and items[at - 1].text == "," else None
        if owner is not None and grammar.speaker(items[owner.head].low) is not None:  # "…, per the coastguard"
            found.append(Said(at, at, "per", "assert", "noun", owner, "before", at - 1))
    for at, item in enumerate(items):
        named = item.low in grammar.nouns and item.kind == "word" and not item.capital
        if named and (one := _noun(items, at, grammar)):
            found.append(one)
    return found


def introduced(unit: Unit, grammar: Grammar) -> Said | None:
    """Return whose words a sentence gives that is a name and a colon: "Lind: “Never.”", "Reuters: Talks resume"."""
    items = unit.items
    colon = next((n for n, item in enumerate(items[: INTRODUCES + 1]) if item.text == ":"), -1)
    if colon < 1 or any(found.first == 0 and found.last == colon + 1 for found in grammar.not_cues.find(unit.lows)):
        return None
    if (reader := _PHRASES.get(grammar.language)) is not None:
        named = reader(items, 0, grammar)
        if named is None or named.last + 1 != colon or named.kind != "name":
            return None
        return Said(colon, colon, ":", "assert", "colon", named, "colon", min(colon + 1, len(items) - 1))
    if unit.lows[0] == "here" and colon > 2 and unit.lows[1] in {"'s", "is"}:  # "Here's Ana Ruiz: “Never.”"
        named = phrases_ahead.after(items, 2, grammar)
        more = items[named.last + 1 : colon] if named is not None else ()
        finite = any(item.may(*_FINITE) for item in more)
        if named is None or named.kind != "name" or finite or is_place(items, named, grammar):
            return None
        return Said(colon, colon, ":", "assert", "colon", named, "colon", min(colon + 1, len(items) - 1))
    owner = noun_phrases.before(items, colon - 1, grammar)
    if owner is not None and owner.first == 0 and items[owner.head].low in GIVEN and not items[owner.head].capital:
        owned = next((n for n in range(owner.head - 1, 0, -1) if items[n].low in {"'s", "’"}), 0)
        if not owned and items[owner.head + 1].low == "from" and owner.head + 2 < colon:
            sender = phrases_ahead.after(items, owner.head + 2, grammar)  # "An email from Ana Ruiz: “Never.”"
            placed = sender is None or is_place(items, sender, grammar)  # "A report from Mida:"
            if sender is not None and not placed and sender.kind == "name" and sender.last == colon - 1:
                return Said(colon, colon, ":", "assert", "colon", sender, "colon", min(colon + 1, len(items) - 1))
        owner = noun_phrases.before(items, owned - 1, grammar) if owned else None  # "Lind's reaction: “Never.”"
    elif (source := next((n for n in range(1, min(colon, 5)) if items[n].low == "from"), 0)) and not any(
        item.may(*_FINITE) for item in items[:colon]
    ):
        quoted = colon + 1 < len(items) and items[colon + 1].kind == "quote"
        named = phrases_ahead.after(items, source + 1, grammar) if quoted else None  # "This from Ana Ruiz: “Never.”"
        if named is not None and named.kind == "name":
            return Said(colon, colon, ":", "assert", "colon", named, "colon", colon + 1)
        return None
    elif (owner is None or owner.whole > 0) and not any(item.may(*_FINITE) for item in items[:colon]):
        first = phrases_ahead.after(
            items, 0, grammar
        )  # "Ana Ruiz, head of Mida Energy: “Never.”", "Lind on the vote: “…"
        goes_on = first is not None and (
            items[first.last + 1].text in {",", "("} or items[first.last + 1].may("preposition")
        )
        quoted = colon + 1 < len(items) and items[colon + 1].kind == "quote"
        apposed = (
            first is not None and first.begin >= 0 and first.last + 1 == colon
        )  # "The treasurer, Ana Ruiz: “Never.”"
        follows = goes_on and (quoted or colon + 1 == len(items))
        owner = first if first and (follows or apposed) and first.kind == "name" else None
    if owner is None or owner.kind == "pronoun" or owner.whole > 0 or not items[owner.head].capital:
        return None
    return Said(colon, colon, ":", "assert", "colon", owner, "colon", min(colon + 1, len(items) - 1))


def speaks_for_itself(unit: Unit, label: Said, grammar: Grammar) -> bool:
    """Say whether who stands before a headline's colon is one who speaks: "Police: two held", no "Mida: two held"."""
    assert label.source is not None
    known = grammar.speaker(unit.items[label.source.head].low)
    return known is not None and known.what != "document" and len(unit.items) > label.last + 2


def labelled_behind(unit: Unit, grammar: Grammar) -> Said | None:
    """Return whose words a headline gives that ends in a dash and who said it: "Talks to resume – report"."""
    items = unit.items
    dash = next((n for n in range(len(items) - 2, max(len(items) - 7, 2), -1) if items[n].text in {"–", "—", "-"}), -1)
    if dash < 3 or items[dash - 1].end == items[dash].start:
        return None
    owner = phrases_ahead.after(items, dash + 1, grammar)
    if owner is None or owner.last + 1 < len(items) or any(item.may(*_FINITE) for item in items[dash + 1 :]):
        return None
    known = grammar.speaker(items[owner.head].low)
    outlet = any(one.first >= dash and one.last == owner.last + 1 for one in outlets_in(unit, grammar))
    if not outlet and (known is None or (known.what == "document" and items[owner.head].low not in _WORD_OF)):
        return None
    return Said(dash, dash, ":", "assert", "colon", owner, "before", dash - 1)


# "according to plan": nobody's word.
_PLANS: Final = """
plan plans schedule norms policy rules law custom tradition protocol standards taste need needs ability size age
procedure procedures principles circumstances merit
"""
_NO_SOURCE: Final = frozenset(_PLANS.split())
_WORD_OF: Final = frozenset({"report", "reports", "study", "poll", "survey", "research"})


def _noun(items: tuple[Item, ...], at: int, grammar: Grammar) -> Said | None:
    if at and items[at].low.endswith("s") and items[at - 1].low in grammar.nouns and not items[at - 1].capital:
        return None  # "the union's report calls for"
    owner = _owner_before(items, at, grammar)
    behind = at + 1
    if owner is None and behind < len(items) and (items[behind].low in _OWNER or _made_by(items, behind)):
        behind += 0 if items[behind].low in _OWNER else 1
        owner = phrases_ahead.after(items, behind + 1, grammar)
        if owner is not None and owner.first == owner.last and items[owner.first].low.endswith("ing"):
            return None  # "answered the report by saying that"
        behind = owner.last + 1 if owner else behind
    if behind < len(items) and items[behind].text == "(":  # "the club's claim (see above) that"
        behind = next((n + 1 for n in range(behind, min(behind + 6, len(items))) if items[n].text == ")"), behind)
    if owner is None and (maker := _maker(items, at, grammar)):
        owner, behind = maker, _behind_when(items, behind)
        to = _called_to(items, behind) if items[at].low in _TO_DO else -1
        if to > 0:
            return Said(at, at, items[at].low, grammar.nouns[items[at].low], "noun", owner, "to", to)
    if owner is not None and (quote := _called_so(items, owner, behind)) >= 0:
        return Said(at, at, items[at].low, grammar.nouns[items[at].low], "noun", owner, "before", quote)
    if owner is None and (colon := _message(items, at)) > 0 and (found := clause_subject(items, at - 1, grammar)):
        return Said(at, at, items[at].low, grammar.nouns[items[at].low], "noun", found[1], "colon", colon)
    if owner is None or behind + 1 >= len(items):
        return None
    behind = _behind_listener(items, _behind_when(items, behind), grammar)
    if behind + 1 >= len(items):
        return None
    noun, cue_class = items[at].low, grammar.nouns[items[at].low]
    if items[behind].low in {"is", "was"}:
        if (colon := _it_is(items, behind)) > 0:
            return Said(at, at, noun, cue_class, "noun", owner, "colon", colon)
        if items[behind + 1].low == "to" and noun in _TO_DO | _ADVISING and behind + 2 < len(items):
            return Said(at, at, noun, cue_class, "noun", owner, "to", behind + 1)  # "the council's advice is to stay"
        behind += items[behind + 1].low == "that"  # "the union's argument is that"
        if behind + 1 >= len(items):
            return None
    follows, after = items[behind], items[behind + 1]
    if noun not in _TOPICS and (words := _in_quotes(items, behind)):
        return Said(at, at, noun, cue_class, "noun", owner, words.sign, words.at)
    owned = at > 0 and (items[at - 1].low == "'s" or items[at - 1].text in {"’", "'"})
    if owned and noun in _CLAIMING and behind == at + 1 and _clause_begins(items, behind, grammar):
        return Said(at, at, noun, cue_class, "noun", owner, "clause", behind)  # "Lind's claims they were late"
    if follows.low == "that" and not after.may("be", "have", "modal", "do", "verb") and after.kind == "word":
        return Said(at, at, noun, cue_class, "noun", owner, "that", behind + 1)
    if follows.low == "for" and noun in _TO_DO:  # "her call for the mayor to resign"
        to = _called_to(items, behind)
        return Said(at, at, noun, cue_class, "noun", owner, "to", to) if to > 0 and to + 1 < len(items) else None
    if follows.low == "to" and noun in _TO_DO and not after.may("determiner", "possessive") and not after.capital:
        return Said(at, at, noun, cue_class, "noun", owner, "to", behind)
    return None


def _in_quotes(items: tuple[Item, ...], at: int) -> Signed | None:
    """Find quoted words that a noun's own are: "her plea for “calm”", "a warning from Lind of “dark days”".

    `at`: the item behind the noun, or behind whose it is.
    """
    if items[at].low not in _OF_WHAT:
        return None
    for here in range(at + 1, min(at + _PLEAS, len(items))):
        if items[here].kind == "quote":
            titled = items[here - 1].capital or (here == at + 1 and items[here].text[1:2].isupper())
            beside = Signed("quote", here) if here == at + 1 else Signed("that", at + 1)
            return None if titled else beside  # no "her report on “The Hand”"
        if items[here].kind == "mark" or items[here].may(*_FINITE, "relative", "subordinator"):
            return None
    return None


def _called_so(items: tuple[Item, ...], owner: Phrase, behind: int) -> int:
    """Return the quotation that somebody's words are said to be: "“Never again,” was Lind's verdict."; -1: none."""
    is_ = owner.whole - 1
    ends = behind >= len(items) or items[behind].text in {".", ",", ";"} or items[behind].may("preposition")
    said = is_ > 0 and items[is_].low in {"is", "was"} and items[is_ - 1].kind == "quote"
    return is_ - 1 if said and ends and owner.last < behind - 1 else -1


def _message(items: tuple[Item, ...], at: int) -> int:
    """Return where the words begin that somebody has for others: "Lind had this message for them: “Run.”"; -1: none."""
    if at < 3 or items[at - 1].low not in {"a", "this", "some"} or items[at - 2].low not in _GIVES:
        return -1
    colon = next((n for n in range(at + 1, min(at + _PLEAS, len(items))) if items[n].text == ":"), -1)
    if colon < 0 or any(item.may(*_FINITE) or item.kind == "quote" for item in items[at:colon]):
        return -1
    return colon + 1


def _it_is(items: tuple[Item, ...], at: int) -> int:
    """Return where what is said begins in "her message was simple: stay out"; -1 where it does not."""
    colon = next((n for n in range(at + 1, min(at + LIKE + 1, len(items) - 1)) if items[n].text == ":"), -1)
    plain = all(item.kind == "word" and not item.capital for item in items[at:colon])
    return colon + 1 if colon > at + 1 and plain else -1


def _maker(items: tuple[Item, ...], at: int, grammar: Grammar) -> Phrase | None:
    """Return who makes it: "Lind has issued a plea to leaders to act", "the pope made an impassioned plea for"."""
    article = at - 1
    while article > max(at - 4, 0) and items[article].kind == "word" and not items[article].roles:
        article -= 1
    if article < 1 or items[article].low not in {"a", "an", "the", "another"} or items[article - 1].low not in _MAKES:
        return None
    found = clause_subject(items, article, grammar)
    if found is None or found[0] < article - 3 or grammar.speaker(items[found[1].head].low) == _DOCUMENT:
        return None
    head = items[found[1].head]
    if head.low.split("'")[0] in {"i", "we", "you", "it", "which", "that"}:
        return None
    known = found[1].kind in {"name", "pronoun"} or head.capital or grammar.speaker(head.low) is not None
    return found[1] if known else None


def _behind_when(items: tuple[Item, ...], at: int) -> int:
    """Step over when it was: "the pope's appeal yesterday for …", "her call over the weekend that …"."""
    if at + 2 < len(items) and items[at].low in {"on", "over", "at", "in", "last"}:
        here = at + 1
        while here < len(items) - 1 and (items[here].may("time", "determiner") or items[here].low in {"last", "early"}):
            here += 1
        if items[here - 1].may("time") and here - at < 5:
            return here
    while at < len(items) - 1 and items[at].may("time") and not items[at].may("determiner", "preposition"):
        at += 1
    return at


def _behind_listener(items: tuple[Item, ...], at: int, grammar: Grammar) -> int:
    """Step over whom it is said to: "her message to the crowd was that …"."""
    whom = phrases_ahead.after(items, at + 1, grammar) if items[at].low == "to" else None
    is_ = whom is not None and whom.last + 2 < len(items) and items[whom.last + 1].low in {"is", "was"}
    return whom.last + 1 if whom is not None and is_ else at


def _called_to(items: tuple[Item, ...], at: int) -> int:
    """Return where "to do" stands behind whom a plea is made to: "to leaders to act", "for the mayor to resign"."""
    if at + 1 >= len(items) or items[at].low not in {"to", "for"}:
        return -1
    for here in range(at + 1, min(at + _PLEAS, len(items) - 1)):
        if items[here].low == "to" and not items[here + 1].may("determiner", "possessive") | items[here + 1].capital:
            return here
        if items[here].kind in {"mark", "quote"} or items[here].may("be", "have", "modal", "relative"):
            return -1
    return at if items[at].low == "to" and not items[at + 1].may("determiner", "possessive") else -1


def _clause_begins(items: tuple[Item, ...], at: int, grammar: Grammar) -> bool:
    """Say whether a clause begins without "that": a noun phrase, and what it does."""
    subject = phrases_ahead.after(items, at, grammar)
    behind = items[subject.last + 1] if subject is not None and subject.last + 1 < len(items) else None
    return behind is not None and behind.may("be", "have", "do", "modal", "verb")


def _made_by(items: tuple[Item, ...], at: int) -> bool:
    """Say whether it is said who made it: "promises made by Lind", "allegations levelled by"."""
    return items[at].low in _MADE and at + 2 < len(items) and items[at + 1].low == "by"


def _owner_before(items: tuple[Item, ...], at: int, grammar: Grammar) -> Phrase | None:
    """Return the owner in "Lind's latest claim", "her claim", "a Herald report"."""
    for back in range(at - 1, max(at - 4, -1), -1):
        item = items[back]
        if item.low == "'s" or item.text in {"’", "'"}:
            return genitive(items, back - 1, grammar) if back else None
        if item.may("possessive"):
            return (
                Phrase(back, back, back, "pronoun")
                if not item.may("relative") and item.low not in {"my", "your", "our"}
                else None
            )
        if item.capital and back:
            return Phrase(back, back, back, "name")
        if item.kind != "word" or item.roles or (item.low.endswith("ed") and back and items[back - 1].capital):
            return None  # "the State Department rejected allegations by Lind"
    return None
