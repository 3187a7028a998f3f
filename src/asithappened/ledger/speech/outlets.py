"""Outlets and agencies that a sentence names: listed ("Reuters"), or called one by the text ("the news agency Plexus").

Owns where an outlet's name begins and ends, with what belongs to it ("Mida radio").
Says nothing of whether it passed anything on: `relays` does.
"""

import re
from collections.abc import Sequence
from functools import partial
from typing import Final, NamedTuple

from asithappened.ledger.geography import gazetteer
from asithappened.ledger.language import lexicon
from asithappened.ledger.language.wordings import Wordings
from asithappened.ledger.speech import outlets_elsewhere
from asithappened.ledger.speech.clauses import Item, Unit
from asithappened.ledger.speech.grammar import Grammar
from asithappened.ledger.speech.phrase import words


class Outlet(NamedTuple):
    """An outlet's name in a sentence, items `first` to `last` (one past), and its usual name.

    `kind`: the list's, "called" of one that the text calls so, "again" of "the news agency", which stands for a name.
    """

    first: int
    last: int
    name: str
    kind: str = ""


ELSEWHERE: Final = frozenset({"de", "es"})  # languages that name outlets in other ways than English
_LOWER: Final = frozenset({"magazine", "programme", "program", "newspaper", "radio", "show", "news", "website"})
# Last words of names that are often printed small: "the Wall Street journal".
_LOWERED: Final = frozenset({"journal", "times", "post", "herald", "newspaper", "network"})
_FURTHER: Final = frozenset({"the", "a", "an", "to", "with", "on", "in", "by", "for", "at", "of"})
# What stands behind an outlet's name and belongs to it: "Mida radio", "Time magazine".
_BELONGS: Final = frozenset({"radio", "television", "tv", "magazine", "programme", "program", "podcast", "channel"})
_SHOWS: Final = frozenset({"programme", "program", "show", "podcast", "breakfast"})
_FIRST_WORDS: Final = frozenset(
    {"radio", "tv", "télé", "rádio", "canal", "kanal", "channel", "telewizja", "televisión"}
)
# Names that say where something is from, or what it is like, more often than that it is an outlet.
_ADJECTIVES: Final = frozenset({"australian", "independent", "national", "atlantic", "european", "hindu", "fortune",
                                "nikkei", "namibian", "pioneer", "african"})  # fmt: skip
_COUNTRIES: Final = frozenset({"us", "uk", "eu", "un"})  # "US TV" is no outlet's name
# Agencies whose letters are read as a word, and printed as one: "Sana", "Tass".
_AS_WORDS: Final = frozenset({"SANA", "TASS", "IRNA", "ISNA", "ANSA"})
# Last words of names that stand for them: "told the Post".
_SHORT: Final = frozenset({"post", "times", "herald", "journal", "tribune", "telegraph", "examiner", "chronicle",
                           "gazette", "inquirer", "globe", "courier", "playbook"})  # fmt: skip
_STATION: Final = re.compile(r"[WK][A-Z]{2,3}(?:-?(?:TV|FM|AM)\d*|\d+)")
_DOMAINS: Final = frozenset(
    {"com", "net", "org", "ru", "ua", "tv", "info", "fr", "de", "it", "es", "pl", "gr", "hu", "nl", "co", "io", "ie"}
)
# Last words that end other names as well: "Royal Mail", "North Star". With "the" before them they may be an outlet's.
_OTHER_THINGS: Final = frozenset(
    {"mail", "star", "express", "record", "standard", "press", "media", "review", "register", "citizen", "monitor",
     "reporter", "independent", "globe", "mirror", "bee", "echo", "mercury", "ledger", "bulletin", "daily", "magazine"}
)  # fmt: skip
_ARTICLES: Final = frozenset({"de", "het", "le", "la", "les", "el", "los", "die", "der", "das", "il", "lo"})
# What stands for an outlet that was named before: "told the news agency".
_AGAIN: Final = frozenset({"newspaper", "magazine", "broadcaster", "tabloid", "outlet", "news agency"})
# What is more often something else: it stands for an outlet only where one was named, and names one only before it.
BROAD: Final = frozenset({"site", "website", "portal", "paper", "station", "channel", "network", "agency", "programme"})
_OTHERS: Final = frozenset({"agency", "station", "channel", "network", "programme"})  # of names that others have too
# Whom a name of no list behind these is told, or who quotes: "told Nieuwsuur", "first reported by Plexus".
_WITH: Final = frozenset({("reported", "by"), ("quoted", "by"), ("writing", "in"), ("writes", "in"), ("article", "in"),
                          ("column", "in"), ("op-ed", "in"), ("editorial", "in")})  # fmt: skip
_NUMBERED: Final = frozenset({"radio", "tv", "channel", "canal", "kanal", "europe", "antena", "npo", "rai"})
_NATIONAL: Final = ("ian", "ish", "ese", "can", "lic", "utch", "ench", "reek")  # "Belgian radio" is no outlet's name


# What a country's own broadcaster is called, with the country's name before it.
_OF_STATE: Final = frozenset({"state television", "state tv", "state radio", "state broadcaster"})


@lexicon.kept
def _outlets(language: str) -> Wordings:
    return Wordings(lexicon.load(language, "outlets"))


@lexicon.kept
def _kinds(language: str) -> Wordings:
    return Wordings(lexicon.load(language, "outlet_kinds"))


@lexicon.kept
def _last_words(language: str) -> frozenset[str]:
    return frozenset(lexicon.load(language, "outlet_words"))


def outlets_in(unit: Unit, grammar: Grammar) -> list[Outlet]:
    """Return the outlets that a sentence names, in order."""
    if grammar.language in ELSEWHERE:
        return [Outlet(*one) for one in outlets_elsewhere.named_in(unit, grammar.language)]
    items, found, taken = unit.items, list[Outlet](), set[int]()
    for one in _outlets(grammar.language).find(unit.lows):
        usual = one.values[-1]
        if _is_named(items[one.first : one.last], usual) and not _part_of_name(items, one.first, one.last, grammar):
            last = _lengthened(items, one.first, one.last, grammar)
            if last > one.last and one.values[0] == "site":
                continue  # another's name that begins with the same letters
            named = usual if last == one.last else words(items, one.first, last - 1)
            found.append(Outlet(one.first, last, named, one.values[0]))
            taken.update(range(one.first, last))
    for word in _kinds(grammar.language).find(unit.lows):
        if not taken.isdisjoint(range(word.first - 1, word.last + 2)):
            continue
        if word.phrase in BROAD:
            end = _run(items, word.last) if items[word.first - 1].text not in {"and", "&"} else word.last
            if end > word.last and items[word.last].low not in grammar.genders:
                kind = "maybe" if word.phrase in _OTHERS else "called"
                found.append(Outlet(word.last, end, words(items, word.last, end - 1), kind))
                taken.update(range(word.first, end))
            elif (begin := _the(items, word.first)) >= 0 and not _described(items, word.last):
                found.append(Outlet(begin, word.last, words(items, begin, word.last - 1), "again"))
                taken.update(range(begin, word.last))
            continue
        whole = _of_a_state(items, word.first, word.last) if word.phrase in _OF_STATE else None
        if run := whole or _beside(items, word.first, word.last, grammar) or _set_off(items, word.first, word.last):
            found.append(Outlet(*run, words(items, run[0], run[1] - 1), "called"))
            taken.update(range(*run))
        elif word.phrase in _AGAIN and (begin := _the(items, word.first)) >= 0:
            span = begin, word.last
            found.append(Outlet(*span, words(items, span[0], span[1] - 1), "again"))
            taken.update(range(*span))
    for first, last in (*map(partial(_numbered, items), _capitals(items)), *_domains(items)):
        if taken.isdisjoint(range(first, last)) and _called_one(items, first, last, grammar):
            on_air = last < len(items) and items[last].low in _SHOWS
            on_air = on_air or items[first].low in _FIRST_WORDS or items[last - 1].kind == "number"
            kind = "broadcaster" if on_air else "called"
            found.append(Outlet(first, last, words(items, first, last - 1), kind))
    found = [one for one in found if items[min(one.last, len(items) - 1)].low != "affiliate"]
    return _whole(items, sorted(found))


def unlisted_in(unit: Unit, grammar: Grammar) -> list[Outlet]:
    """Return single names of no list that stand where an outlet's does: it may be somebody's surname as well."""
    items, found = unit.items, list[Outlet]()
    for at in range(1, len(items)):
        item, pair = items[at], (items[at - 2].low if at > 1 else "", items[at - 1].low)
        if not item.capital or item.kind != "word" or item.roles or _run(items, at) != at + 1:
            continue
        if pair[1] not in {"told", "tells"} and pair not in _WITH:
            continue
        known = item.low in grammar.genders or item.low in grammar.titles or grammar.speaker(item.low) is not None
        placed = item.low in lexicon.load(grammar.language, "places") or gazetteer.find(item.text) is not None
        behind = items[at + 1] if at + 1 < len(items) else None
        plain = behind is not None and behind.kind == "word" and not behind.roles  # "told Belgian radio"
        owner = plain or (behind is not None and behind.low in {"'s", "’s", "’", "and"})
        if not known and not placed and not owner and item.text[:1] != "@" and len(item.text) > 1:
            found.append(Outlet(at, at + 1, item.text, "maybe"))
    return found


def _run(items: Sequence[Item], at: int) -> int:
    """Return one past where capitals end that begin at a place."""
    while at < len(items) and items[at].capital and items[at].kind == "word" and not items[at].may("time", "pronoun"):
        at += 1
    return at


def _described(items: Sequence[Item], at: int) -> bool:
    """Say whether more is said of which one it is: "the site of the fire", "the paper that"."""
    return at < len(items) and (items[at].may("preposition", "relative") or items[at].kind == "number")


def _numbered(items: Sequence[Item], run: tuple[int, int]) -> tuple[int, int]:
    """Return a run of capitals with the number of a station: "NPO Radio 1", "Channel 12"."""
    first, last = run
    numbered = items[last - 1].low in _NUMBERED and last < len(items) and items[last].kind == "number"
    return (first, last + 1) if numbered else run


def _the(items: Sequence[Item], at: int) -> int:
    """Return the article of what stands for an outlet, "the magazine", "the tech magazine"; -1 without one."""
    if at and items[at - 1].low == "the":
        return at - 1
    described = at > 1 and items[at - 1].kind == "word" and not items[at - 1].capital and not items[at - 1].roles
    return at - 2 if described and items[at - 2].low == "the" else -1


def _lengthened(items: Sequence[Item], first: int, last: int, grammar: Grammar) -> int:
    """Return one past a name in capital letters with more of it behind: "RT Actualidad", "BBC Radio Mida"."""
    if last - first > 1 or not items[first].text.isupper():
        return last
    end = last
    while end < len(items) and items[end].capital and not items[end].roles and items[end].kind == "word":
        known = items[end].low in grammar.genders or grammar.speaker(items[end].low) is not None
        if known or items[end].low in grammar.titles or items[end].low in {"'s", "’s"}:
            return last
        end += 1
    return end if end - last <= 2 else last  # more than two: somebody's name, or a headline


def _whole(items: Sequence[Item], found: list[Outlet]) -> list[Outlet]:
    """Let names hold what belongs to them, "ORF radio", and join two that are one, "ITV's Daybreak"."""
    whole = list[Outlet]()
    for one in found:
        before = whole[-1] if whole else None
        owned = before is not None and before.last + 1 == one.first and items[before.last].low == "'s"
        if owned and not _SHOWS.isdisjoint(item.low for item in items[one.last - 1 : one.last + 1]):
            continue  # "Radio 4's Today programme"
        if before is not None and owned:
            whole[-1] = before._replace(last=_with_more(items, one.last))
        elif before is None or one.first >= before.last:
            last = one.last if one.kind == "again" else _with_more(items, one.last)
            if one.kind == "broadcaster" and one.name == words(items, one.first, one.last - 1) and last == one.last:
                last += last < len(items) and items[last].low == "show" and len(one.name.split()) == 2
            named = words(items, one.first, last - 1) if one.kind == "called" else one.name
            whole.append(one._replace(last=last, name=named))
    return whole


def _with_more(items: Sequence[Item], last: int) -> int:
    """Return one past where a name ends with the words that belong to it."""
    belongs = last < len(items) and items[last].low in _BELONGS and not items[last].capital
    return last + 1 if belongs else last


def _capitals(items: Sequence[Item]) -> list[tuple[int, int]]:
    """Return the runs of capitals."""
    found, first = list[tuple[int, int]](), -1
    for at, item in enumerate(items):
        if item.capital and item.kind == "word" and not item.may("determiner", "time"):
            first = at if first < 0 else first
        elif first >= 0:
            found.append((first, at))
            first = -1
    return [*found, (first, len(items))] if first >= 0 else found


def _domains(items: Sequence[Item]) -> list[tuple[int, int]]:
    """Return names that are addresses: "Gazeta.ru"."""
    return [
        (at - 1, at + 2)
        for at in range(1, len(items) - 1)
        if items[at].text == "."
        and items[at + 1].low in _DOMAINS
        and items[at - 1].end == items[at].start
        and items[at].end == items[at + 1].start
        and items[at - 1].kind == "word"
    ]


def _called_one(items: Sequence[Item], first: int, last: int, grammar: Grammar) -> bool:
    """Say whether a name that is not listed is an outlet's: "the Mida Herald", "Radio Mida", "the Midonian reports"."""
    article = first > 0 and items[first - 1].low == "the"
    behind = items[last].low if last < len(items) else ""
    if items[last - 1].low in _DOMAINS and last - first == 3 and items[last - 2].text == ".":
        return True
    if items[last - 1].kind == "number":
        return True  # "Channel 12"
    if last - first > 1:
        last_word = items[last - 1].low
        if (
            last_word in _last_words(grammar.language)
            and items[first].low not in grammar.genders
            and items[first].low != "royal"
            and not (last - first == 2 and items[first].low in _COUNTRIES)
        ):
            return article or last_word not in _OTHER_THINGS
        if items[first].low in _FIRST_WORDS:
            return True
        if "news" in {item.low for item in items[first + 1 : last]}:
            return True  # "Action News Mida"
    if last - first == 1 and _STATION.fullmatch(items[first].text):
        return True
    hosts = last + 1 < len(items) and items[last + 1].low in {"host", "presenter", "show"}
    national = items[last - 1].low.endswith(_NATIONAL)
    if behind in {"radio", "television", "tv"} and not (items[last].capital or article or hosts or national):
        return True  # "told Mida radio"
    if behind in _SHOWS - {"breakfast"} and first and items[first - 1].low in {"the", "'s", "on"}:
        return True  # "on the Ana Ruiz show"
    told = first > 1 and items[first - 2].low in {"told", "tells"}
    if (
        article
        and last - first == 1
        and items[first].low in _SHORT
        and (told or _reports(items, last, grammar) or (first > 2 and items[first - 3].low == "according"))
    ):
        return True  # "told the Post", "the Post has reported"
    reports = behind in {"reports", "reported"} or (
        behind in {"is", "has"} and last + 1 < len(items) and items[last + 1].low in {"reporting", "reported"}
    )
    according = first > 2 and items[first - 3].low == "according"
    within = first > 1 and items[first - 2].may("preposition")  # "the update from the force reports"
    return (
        article
        and reports
        and not according
        and not within
        and not any(grammar.speaker(item.low) for item in items[first:last])
    )


def _reports(items: Sequence[Item], at: int, grammar: Grammar) -> bool:
    """Say whether a verb of saying stands at a place, with its helpers."""
    while at < len(items) and items[at].may("have", "be", "adverb"):
        at += 1
    cue = grammar.cue_at((items[at].low,), 0) if at < len(items) else None
    return cue is not None and cue.lemma in {"report", "say", "claim", "reveal", "write"}


def _is_named(items: Sequence[Item], usual: str) -> bool:
    """Say whether a name stands there with its capitals: no "the sun" for "The Sun"."""
    if not any(letter.isupper() for letter in usual):
        return True
    if usual.isupper() and len(items) == 1 and len(usual) <= 4:
        return items[0].text.isupper() or (len(usual) > 3 and items[0].text.istitle() and usual in _AS_WORDS)
    if items[0].kind == "word" and not items[0].capital and items[0].low not in {"the", "a", "an"}:
        return False  # "on TV"
    capitals = sum(item.capital for item in items)
    return (items[-1].low in _LOWER | _LOWERED and capitals > 0 and capitals + 1 >= len(items) - 1) or all(
        item.capital or item.kind != "word" or item.low in _FURTHER | _LOWER | {"and", "de", "della", "'s"}
        for item in items
    )


def _part_of_name(items: Sequence[Item], first: int, last: int, grammar: Grammar) -> bool:
    """Say whether a short name is part of a longer one: "Sky" in "Sky Blues", "Times" in "Times Square"."""
    alone = items[last] if last < len(items) else None
    says = alone is not None and grammar.cue_at((alone.low,), 0) is not None  # "in the Independent says"
    thing = (
        alone is not None
        and not says
        and alone.kind == "word"
        and not alone.capital
        and not alone.roles
        and alone.low != "'s"
    )
    if items[first].low in _ADJECTIVES and last - first == 1 and (thing or not first or items[first - 1].low != "the"):
        return True  # "Australian readers"
    if last - first == 2 and items[first].low == "dow" and first and items[first - 1].low == "the":
        return True  # an index
    if items[first].text.isupper() and last - first == 1:
        return False
    before, behind = items[first - 1] if first else None, items[last] if last < len(items) else None
    plain = (
        before is not None
        and before.capital
        and not before.roles
        and before.low not in _ARTICLES
        and (first > 1 or last - first == 1)
    )
    longer = behind is not None and behind.capital and not behind.roles and behind.low != "'s"
    longer = longer and (last - first == 1 or behind is None or behind.low not in grammar.genders)
    return (plain and last - first == 1) or longer


def _of_a_state(items: Sequence[Item], first: int, last: int) -> tuple[int, int] | None:
    """Return "Midonian state television" whole, where no name of its own stands behind it."""
    named = last < len(items) and items[last].capital
    country = items[first - 1] if first else None
    if country is None or named or not country.capital or country.roles or country.kind != "word":
        return None
    return first - 1, last


def _set_off(items: Sequence[Item], first: int, last: int) -> tuple[int, int] | None:
    """Return the capitals that are said to be an outlet behind a comma: "L1, the regional broadcaster, says"."""
    article = next((n for n in range(first, max(first - 4, 0), -1) if items[n].low in {"the", "a", "an"}), 0)
    if article < 2 or items[article - 1].text != "," or last >= len(items) or items[last].text != ",":
        return None
    at = article - 1
    while at > 0 and items[at - 1].capital and not items[at - 1].may("determiner", "time"):
        at -= 1
    return (at, article - 1) if at < article - 1 else None


def _beside(items: Sequence[Item], first: int, last: int, grammar: Grammar) -> tuple[int, int] | None:
    """Return the capitals beside a word for an outlet: behind it, else before."""
    end = last + 1 if last < len(items) and items[last].text == "," else last
    at = end
    while at < len(items) and items[at].capital and not items[at].may("time"):
        at += 1
    if (
        items[first].low in {"daily", "weekly"}
        and at - end < 2
        and (first == 0 or not items[first - 1].low.endswith("based"))
    ):
        return None  # "the weekly US figures"
    if first and items[first - 1].low in {"and", "&"}:
        return None  # "the writer and broadcaster Ana Ruiz"
    if at > end and grammar.genders.get(items[end].low) and items[first].low in {"broadcaster", "newspaper"}:
        return None  # "the broadcaster Ana Ruiz"
    if at > end and (end == last or (at < len(items) and items[at].text == ",")):
        return end, at
    at = first
    while at > 0 and items[at - 1].capital and not items[at - 1].may("determiner", "time", "preposition"):
        at -= 1
    return (at, first) if at < first and (at > 0 or first - at > 1) else None
