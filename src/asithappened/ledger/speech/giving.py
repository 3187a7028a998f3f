"""Whose words come next, where a sentence says nothing itself: "More from the Herald:", "Here is Lind's letter".

Owns the wordings that give somebody's words. Look next: `introducing`, which asks, `nouns` for cues that are no verb.
"""

from typing import Final

from asithappened.ledger.geography import gazetteer
from asithappened.ledger.language import lexicon
from asithappened.ledger.speech import noun_phrases, phrases_ahead
from asithappened.ledger.speech.clauses import Item, Unit
from asithappened.ledger.speech.grammar import Grammar
from asithappened.ledger.speech.phrase import Phrase, name_of

_VERBS: Final = ("be", "have", "do", "modal", "verb")
_HERE: Final = frozenset({"here", "here's"})
_LEADS: Final = frozenset({"and", "but", "so", "meanwhile", "now", "finally", "also"})
_COPY: Final = frozenset({"details", "story", "report", "quote", "quotes", "latest", "round-up", "roundup", "account",
                          "interview", "background", "take", "full", "write-up", "analysis"})  # fmt: skip
_MAKES_OF: Final = frozenset({"makes", "made", "sees", "saw", "thinks", "thought", "put", "puts", "reacted", "sums",
                              "summed", "views", "explains", "explained", "reacts", "responded", "responds", "began",
                              "begins", "opened", "opens", "ended", "ends", "concluded", "finished"})  # fmt: skip
_OVER_TO: Final = frozenset({("over", "to"), ("back", "to")})
_GENITIVES: Final = frozenset({"'s", "’s", "’"})
_THIRD: Final = frozenset({"his", "her", "its", "their"})
_WROTE: Final = frozenset({"wrote", "sent", "posted", "tweeted", "gave"})
_OFFICE: Final = 12  # items: how long an office set off behind a name is
_OF_OTHERS: Final = frozenset({"to", "on", "with", "against", "over", "about", "by"})
GIVEN: Final = frozenset(
    {
        "statement",
        "reply",
        "answer",
        "message",
        "tweet",
        "analysis",
        "comment",
        "comments",
        "quote",
        "words",
        "explanation",
        "warning",
        "post",
        "take",
        "response",
        "reaction",
        "full",
        "report",
        "version",
        "verdict",
        "view",
        "views",
        "update",
        "updates",
        "thoughts",
        "account",
        "summary",
        "material",
        "remarks",
        "extract",
        "excerpt",
        "letter",
        "email",
        "note",
        "text",
        "tweets",
        "reasoning",
        "assessment",
        "argument",
        "speech",
        "address",
        "interview",
        "testimony",
        "column",
    }
)
_NO_NAMES: Final = frozenset(
    {"more", "also", "now", "new", "latest", "full", "here", "here's", "again", "first", "next"}
)
_SENDS: Final = frozenset(
    {"sends", "sent", "has", "have", "posted", "published", "released", "issued", "snapped", "filed", "writes"}
)
INTRODUCES: Final = 12  # words: "Ana Ruiz, the mayor of Mida:" is no sentence
LIKE: Final = 4  # words from "'s" to what is somebody's: "typically blunt view"


def names_whose(unit: Unit, grammar: Grammar) -> Phrase | None:
    """Return whose words come next: "Ana Ruiz of Mida:", "More from the report:", "The club has sent this:"."""
    if led := _led(unit):
        inner = names_whose(unit._replace(items=unit.items[led:], lows=unit.lows[led:]), grammar)
        return inner.moved(led) if inner is not None else None
    items, lows = unit.items, unit.lows
    if not items or unit.ends_with("?"):
        return None
    finite = any(item.may("be", "have", "do", "modal", "verb", "pronoun") for item in items)
    begin = (
        2 if lows[:2] in {("here", "'s"), ("here", "is")} else 1 if lows[0] == "here's" else 0
    )  # "Here's Ana Ruiz of Mida:"
    owner = phrases_ahead.after(items, begin, grammar)
    if owner and lows[0] == "more":
        owner = None
    if owner and owner.last == 0 and (lows[0] in _NO_NAMES or lows[0].endswith(("ed", "ing", "ly"))):
        owner = None  # "More from the Herald:", "Asked about the vote, Lind:"
    if begin and owner and items[owner.head].capital and _on(items, owner.last + 1):
        return owner  # "Here's Ana Ruiz, the party's leader, on the vote"
    if owner and items[owner.head].capital and _has_it(lows, owner.last + 1):
        return owner  # "Reuters has the details:"
    shows = begin > 0 or lows[0] in {*_HERE, "this", "these"}
    if (lows[0] in _HERE or begin or lows[:2] == ("this", "is")) and (whose := _given_here(items, lows, grammar)):
        return whose
    short = len(items) <= INTRODUCES + 3 and not finite and "’" not in lows
    alone = owner is not None and owner.last + 1 + unit.ends_with(":") >= len(items)
    if owner and owner.kind == "noun" and short and alone and _all_capitals(items, owner):
        return owner  # "Kern Corporate Treasury", above its words
    if owner and owner.kind == "name" and short:
        return owner if owner.last + 1 < len(items) or unit.ends_with(":") or len(items) > 1 else None
    if lows[:2] in _OVER_TO and not finite and (next_ := phrases_ahead.after(items, 2, grammar)) is not None:
        return next_ if items[next_.head].capital and not is_place(items, next_, grammar) else None
    if lows[0] in {"from", "via"} and unit.ends_with(":") and not any(item.may(*_VERBS) for item in items):
        return phrases_ahead.after(items, 1, grammar)  # "From Reuters:"
    for at, low in enumerate(lows[:-1]):
        if shows and items[at].may("possessive") and low in _THIRD and _gives(items, at + 1):
            return Phrase(at, at, at, "pronoun")  # "Here is her statement:"
        if low == "from" and {"here", "here's", "more", "this", "excerpt", "extract"}.intersection(lows[:at]):
            sender = phrases_ahead.after(items, at + 1, grammar)
            if sender is None or is_place(items, sender, grammar):
                continue  # "this update from Mida"
            if maker := _made_it(items, sender, grammar):
                return maker
            named = sender.kind != "noun" or items[sender.head].capital
            known = grammar.speaker(items[sender.head].low) is not None
            return sender if named or known else None  # no "the harbour, seen from afar", "from the Reuters terminal"
        given = unit.ends_with(":") and low == "from" and not GIVEN.isdisjoint(lows[max(at - 2, 0) : at])
        if given and not any(item.may(*_VERBS) for item in items[:at]):
            return phrases_ahead.after(items, at + 1, grammar)  # "Some background material from the Kern Institute:"
        presented = low == "'s" and (
            (at > 1 and lows[0] in {"here", "here's", "this"}) or (unit.ends_with(":") and not finite)
        )
        if presented and _gives(items, at + 1):  # "Here is Ana Ruiz's typically blunt view:"
            given = lows[0] in {"here", "here's", "this"}
            whose = (noun_phrases.before if given else noun_phrases.nearest)(items, at - 1, grammar)
            return whose._replace(first=max(whose.first, begin)) if whose is not None else None
    sends = next((n for n, low in enumerate(lows) if low in _SENDS), -1)
    begun = owner is not None and (owner.last > 0 or owner.kind == "pronoun")
    if (
        owner
        and begun
        and owner.last < sends <= owner.last + 3
        and {"this", "following", "these"}.intersection(lows[sends:])
    ):
        return owner
    return None


def _led(unit: Unit) -> int:
    """Return where "here's" or a name stands behind what leads to it: "And here's", "…, but here's Ana Ruiz"."""
    lows = unit.lows
    if len(lows) > 2 and lows[0] in _LEADS:
        return 2 if lows[1] == "," else 1
    for at in range(1, len(lows) - 2):
        if lows[at] in _HERE and lows[at - 1] in {",", "but", "and", "so", "–", "—"}:
            return at
    return 0


def _on(items: tuple[Item, ...], at: int) -> bool:
    """Say whether "on" stands behind a name and its office."""
    if at + 1 < len(items) and items[at].text == "," and items[at + 1].low == "on":
        return True
    if at < len(items) and items[at].text == ",":
        at = next((n + 1 for n in range(at + 1, min(at + _OFFICE, len(items))) if items[n].text == ","), len(items))
    return at < len(items) and items[at].low == "on"


def _has_it(lows: tuple[str, ...], at: int) -> bool:
    """Say whether somebody has what comes next: "has the details:", "has a good report on the talks"."""
    near = lows[at + 1 : at + 5]
    if lows[at : at + 1] not in {("has",), ("had",), ("have",)} or near[:1] == ("been",):
        return False
    more = near[:1] in {("more",), ("this",)} and near[1:2] in {("on",), ("from",), ("about",), (":",)}
    return more or not _COPY.isdisjoint(near)


def _made_it(items: tuple[Item, ...], sender: Phrase, grammar: Grammar) -> Phrase | None:
    """Return whose what comes next is from: "More from Ana Ruiz's speech"."""
    for at in range(sender.last - 1, sender.first, -1):
        if items[at].low in _GENITIVES and _gives(items, at + 1):
            return noun_phrases.nearest(items, at - 1, grammar)
    return None


def _given_here(items: tuple[Item, ...], lows: tuple[str, ...], grammar: Grammar) -> Phrase | None:
    """Return whose words "Here's what Lind makes of it:", "Here's the letter that Lind wrote", "…, by Lind:" give."""
    for at in range(1, len(lows) - 1):
        if lows[at] in {"what", "how"} and at < LIKE + 1:
            who = phrases_ahead.after(items, at + 1, grammar)
            if who is not None and who.last + 1 < len(lows) and lows[who.last + 1] in _MAKES_OF:
                return who
        if lows[at] in _WROTE and (who := noun_phrases.before(items, at - 1, grammar)) and who.kind == "name":
            return who
        who = phrases_ahead.after(items, at + 1, grammar) if lows[at] == "by" else None
        if who is not None and who.name_last > who.name_first >= 0:
            return who
    return None


def _all_capitals(items: tuple[Item, ...], owner: Phrase) -> bool:
    return owner.last > owner.first and all(item.capital for item in items[owner.first : owner.last + 1])


def _gives(items: tuple[Item, ...], at: int) -> bool:
    """Say whether words of somebody's are named at a place, or behind what they are like."""
    for item in items[at : at + LIKE]:
        if item.low in GIVEN:
            return True
        if item.kind != "word" or item.capital or (item.roles and not item.may("adverb")):
            return False
    return False


def is_place(items: tuple[Item, ...], sender: Phrase, grammar: Grammar) -> bool:
    name = name_of(items, sender) if sender.kind == "name" else ""
    listed = name.lower() in lexicon.load(grammar.language, "places")
    return bool(name) and name.lower() not in grammar.outlets and (listed or gazetteer.find(name) is not None)


def genitive(items: tuple[Item, ...], at: int, grammar: Grammar) -> Phrase | None:
    """Return whose something is: of "the answer of Mida to Kern's claims" Kern, of "the head of a union's" that."""
    owner = noun_phrases.before(items, at, grammar)
    if (
        owner is not None
        and items[at].capital
        and not _OF_OTHERS.isdisjoint(one.low for one in items[owner.first : at])
    ):
        return noun_phrases.nearest(items, at, grammar)
    return owner
