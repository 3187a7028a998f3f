"""German: who says what in a sentence, by where its verb stands.

Owns what English has not: a verb that is second, last ("wie die Polizei mitteilte") or first behind what was said
("…, sagte Lohe"), its particle ("teilte … mit"), the perfect ("hat … erklärt"), and the words that are no verb: "so
Lohe", "dem Sprecher zufolge", "hieß es". Look next: `german_phrases`, and `cues` for English.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from asithappened.ledger.language import lexicon
from asithappened.ledger.language.wordings import Wordings
from asithappened.ledger.speech import german_phrases
from asithappened.ledger.speech.clauses import Item, Unit
from asithappened.ledger.speech.evidence import NONE, Signed
from asithappened.ledger.speech.grammar import Cue, Grammar, grammar
from asithappened.ledger.speech.phrase import Phrase
from asithappened.ledger.speech.said import Said, enough

_MARKS: Final = frozenset({",", ":", ";", "–", "—", "(", ")", ".", "!", "?", "…"})
_ASKING: Final = frozenset({"dass", "daß", "ob", "wie", "warum", "wann", "wer", "was", "wo", "weshalb", "wieso", "wen"})
_NO_CONTENT: Final = frozenset({"und", "aber", "doch", "sondern", "weil", "nachdem", "als", "während", "obwohl",
                                "bevor", "wenn", "um", "damit", "so", "sodass", "denn", "bis", "falls", "oder",
                                "da"})  # fmt: skip
_RELATIVE: Final = frozenset({"der", "die", "das", "den", "dem", "denen", "deren", "dessen", "welche", "welcher"})
_HAVE: Final = frozenset({"hat", "haben", "habe", "hatte", "hatten", "hätte", "hätten"})
_BE: Final = frozenset({"wird", "werden", "wurde", "wurden", "worden", "ist", "sind", "war", "waren", "sei", "seien"})
_FINITE: Final = _HAVE | _BE | {"kann", "können", "könnte", "muss", "müssen", "soll", "sollen", "will", "wollen"}
_SUBORDINATE: Final = frozenset({"nachdem", "als", "während", "obwohl", "weil", "da", "bevor", "sobald"})
_CONDITIONS: Final = frozenset({"wenn", "falls", "auf", "nach"})
_NEGATED: Final = frozenset({"nicht", "nie", "niemals", "weder", "kaum", "kein", "keine", "niemand", "keiner"})
_NOTHING: Final = frozenset({"man", "es", "ich", "wir"})
_THIS: Final = frozenset({"das", "dies", "dieses"})
_JOINING: Final = frozenset({"und", "aber", "doch", "denn", "sondern", "oder"})
_OF_WHAT: Final = frozenset({"vor", "von", "über", "zu", "zum", "zur", "vom"})
_BY: Final = frozenset({"von", "vom", "durch"})
_SAID_OF_ONESELF: Final = frozenset({"beklagen", "äußern"})
_FAR: Final = 9  # items from a verb to its subject
_SO: Final = 5  # items behind "so Lohe": "am Abend weiter"
_SAID_SO: Final = frozenset({"hieß", "heißt", "geheißen"})
_FROM: Final = frozenset({"aus", "von", "vom", "bei", "beim", "seitens"})
# Who gives these is not said: "ersten Erkenntnissen zufolge".
_NOBODYS: Final = ("berichten", "erkenntnissen", "informationen", "vermutungen", "gerüchten", "schätzungen")
_GIVEN: Final = "angaben"  # "nach Polizeiangaben"
_THEIRS: Final = frozenset({"ihren", "seinen", "eigenen", "deren", "dessen"})
_WHOLE: Final = 3  # words: a shorter quotation may be a title
_SUBJUNCTIVE: Final = """
sei seien habe werde könne müsse solle wolle dürfe gebe komme gehe stehe liege bleibe laufe wisse brauche gelte finde
handle handele befinde arbeite drohe bestehe fehle führe halte lasse nehme sehe spreche verlaufe bekomme erhalte
"""
_REPORTED: Final = frozenset(_SUBJUNCTIVE.split())


class _Verb(NamedTuple):
    """A form of a cue. `particle`: what must stand at its clause's end; `last`: it stands there itself."""

    cue: Cue
    particle: str = ""
    last: bool = False
    perfect: bool = False
    base: bool = False


class _Clause(NamedTuple):
    """Where the clause of a verb begins and ends (one past), between marks."""

    first: int
    last: int


@lexicon.kept
def _verbs(language: str) -> Mapping[str, tuple[_Verb, ...]]:
    found: dict[str, list[_Verb]] = {}
    for cues in grammar(language).cues.values():
        for cue in cues:
            verb, particle = cue.words[0], cue.words[-1] if len(cue.words) > 1 else ""
            if cue.forms & {"present", "past"}:
                found.setdefault(verb, []).append(_Verb(cue, particle))
                if particle:
                    found.setdefault(particle + verb, []).append(_Verb(cue, last=True))
            if "perfect" in cue.forms:
                found.setdefault(verb, []).append(_Verb(cue, perfect=True))
            if cue.forms == {"base"} and not particle:
                found.setdefault(verb, []).append(_Verb(cue, base=True))
    return {verb: tuple(sorted(forms, key=lambda one: not one.particle)) for verb, forms in found.items()}


@lexicon.kept
def _leads(language: str) -> Wordings:
    return Wordings(lexicon.load(language, "source_phrases"))


def said_in(unit: Unit, grammar: Grammar) -> list[Said]:
    """Return what is said in a sentence, in order."""
    verbs, found = _verbs(grammar.language), list[Said]()
    never = {at for one in grammar.not_cues.find(unit.lows) for at in range(one.first, one.last)}
    for at, low in enumerate(unit.lows):
        if at in never:
            continue
        if unit.items[at].kind == "word" and (not unit.items[at].capital or at == 0):
            read = (_read(unit, at, verb, grammar) for verb in verbs.get(low, ()))
            told = next((one for one in read if one is not None), None) or _unlisted(unit, at, grammar)
            if told is not None:
                found.append(told)
            if low in _SAID_SO and (one := _it_was_said(unit, at, grammar)):
                found.append(one)
            if low == "so" and (one := _so(unit, at, grammar)):
                found.append(one)
        if low in {"zufolge", "nach"} and (one := _behind(unit, at, grammar)):
            found.append(one)
        if low in grammar.nouns and (one := _noun(unit, at, grammar)):
            found.append(one)
    taken = {at for one in found for at in range(one.first, one.last + 1)}
    found += [one for one in _ahead(unit, grammar) if one.first not in taken]
    return sorted(found, key=lambda one: one.first)


def is_reported(unit: Unit) -> bool:
    """Say whether a sentence goes on with what somebody said, by its subjunctive alone: "Die Lage sei ernst."."""
    lows = unit.lows
    if unit.ends_with("?") or lows[0] in _REPORTED or not {"ich", "wir", "man"}.isdisjoint(lows):
        return False
    forms = (n for n, low in enumerate(lows) if low in _REPORTED and not unit.items[n].capital)
    at = next((n for n in forms if not _last_of_subordinate(unit, n)), -1)
    if at < 1 or lows[at + 1 : at + 2] == ("denn",) or lows[0] == "gott":
        return False
    main = next((n for n, low in enumerate(lows) if low in _FINITE), at)
    return main >= at and not (lows[0] in _SUBORDINATE | {"dass", "ob", "wenn"} and "," not in lows[:at])


def _last_of_subordinate(unit: Unit, at: int) -> bool:
    """Say whether a verb ends a clause of another: "…, wann er es gelesen habe, …"."""
    here = _clause(unit.items, at)
    begins = unit.lows[here.first]
    return at + 1 == here.last and begins in _SUBORDINATE | _ASKING | _RELATIVE | _CONDITIONS and at > here.first + 1


# ── Verbs ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _bound(items: Sequence[Item], at: int) -> bool:
    item = items[at]
    if item.kind == "quote":
        return not german_phrases.is_title(items, at)
    dotted = item.text == "." and at + 1 < len(items) and items[at + 1].capital  # "Dr. Lohe"
    return item.text in _MARKS and not dotted


def _clause(items: Sequence[Item], at: int) -> _Clause:
    first, last = at, at + 1
    while first > 0 and not _bound(items, first - 1):
        first -= 1
    while last < len(items) and not _bound(items, last):
        last += 1
    return _Clause(first, last)


def _read(unit: Unit, at: int, verb: _Verb, grammar: Grammar) -> Said | None:
    items, lows = unit.items, unit.lows
    here = _clause(items, at)
    inner = lows[here.first : here.last]
    if "sich" in inner and _is_reflexive(verb.cue):
        return None
    if not _NEGATED.isdisjoint(inner) and not {"nur", "sondern"} & set(inner):
        return None
    ends = at + 1 == here.last or (at + 2 == here.last and lows[at + 1] in _HAVE | _BE)
    if verb.perfect:
        if not _HAVE.isdisjoint(inner) and _BE.isdisjoint(inner):
            helper = next(n for n in range(here.first, here.last) if lows[n] in _HAVE)
            return _told(unit, at, helper, here, verb.cue, grammar) if helper < at or ends else None
        if not _BE.isdisjoint(inner):
            return _passive(unit, at, here, verb.cue, grammar)
        return None
    if verb.base and (at == here.first or lows[at - 1] == "zu" or not _FINITE.isdisjoint(inner)):
        return None
    if not _FINITE.isdisjoint(inner) and not verb.last:
        return None  # its helper makes it another form
    if verb.particle:
        particle = next((n for n in range(here.last - 1, at, -1) if lows[n] == verb.particle), -1)
        if particle < 0 or (particle + 1 < here.last and not items[particle + 1].may("preposition", "time")):
            return None
    return _told(unit, at, at, here, verb.cue, grammar)


def _is_reflexive(cue: Cue) -> bool:
    """Say whether a verb with "sich" says nothing: "meldeten sich", "erklärte sich bereit", no "beklagte sich"."""
    return cue.lemma not in _SAID_OF_ONESELF and "sich" not in cue.words and not cue.lemma.startswith("überzeugt")


def _told(unit: Unit, at: int, helper: int, here: _Clause, cue: Cue, grammar: Grammar) -> Said | None:
    """Read a verb, or its participle, whose finite part is `helper`."""
    items, lows = unit.items, unit.lows
    first = here.first + (lows[here.first] in _JOINING and here.first < helper)
    how = "active"
    if lows[first] == "so" and first + 1 == helper:
        first = helper  # "…, so berichtet eine Frau"
    if lows[first] == "wie" and first < helper:
        subject = _subject(items, first + 1 + (lows[first + 1] == "es"), helper, grammar)
        content = here.first - 2 if _behind_something(items, here.first) else here.last
        told = Signed("before", min(content, len(items) - 1))
        return _whose(unit, at, cue, "active", subject, told) if subject is not None else None
    if lows[first] in _SUBORDINATE and first < helper:
        subject = _subject(items, first + 1, helper, grammar)
    elif first == helper:
        subject, how = _subject(items, helper + 1, here.last, grammar), "inverted"
        apposed = subject is not None and subject.begin >= 0
        if subject is None and first > 1 and items[first - 1].text == ",":
            subject, how = _before_aside(items, first - 1, grammar), "active"
        elif (
            subject is not None
            and not apposed
            and here.first == first
            and not (_behind_something(items, first) or unit.after_quote)
        ):
            return None  # "Sagte Lohe die Wahrheit?"
    elif lows[helper - 1] in {"und", "oder"} and helper - 1 > first:
        subject, how = german_phrases.after(items, first, grammar), "shared"
    else:
        subject = german_phrases.after(items, first, grammar)
        this = lows[first] in _THIS and first + 1 == helper
        whole = subject is not None and subject.last < helper and german_phrases.nominative(items, subject)
        if not whole or this or items[first].may("preposition", "adverb", "time"):
            subject, how = _subject(items, helper + 1, here.last, grammar), "inverted"
    if subject is None:
        return None
    follows, precedes = _follows(unit, at, helper, here, cue, subject), NONE
    if how == "inverted":
        begin = first - (lows[first - 1 : first] == ("so",))
        if first == helper and _behind_something(items, begin):
            precedes = Signed("before", begin - 1 if items[begin - 1].kind == "quote" else begin - 2)
        elif first == 0 and unit.after_quote and helper == 0:
            precedes = Signed("before", -1)
        elif lows[first] in _THIS and first + 1 == helper:
            precedes = Signed("before", max(here.last - 1, 0))
    sooner = precedes.sign and follows.sign in {"clause", "thing"} and not _opens_later(unit, first)
    sign = enough(cue, NONE if sooner else follows, precedes)
    return _whose(unit, at, cue, how, subject, sign) if sign is not None else None


def _opens_later(unit: Unit, first: int) -> bool:
    """Say whether the clause before a verb is none that was said: "Als er ankam, sagte Lohe, …"."""
    begins = next((n for n in range(first) if unit.items[n].kind == "word"), 0)
    return unit.lows[begins] in _SUBORDINATE | _CONDITIONS and unit.items[first - 1].text == ","


def _unlisted(unit: Unit, at: int, grammar: Grammar) -> Said | None:
    """Read a verb of no list that stands where only one of saying does: "„Nie wieder so“, ruft Lohe in den Saal."."""
    items, lows = unit.items, unit.lows
    if at < 2 or items[at - 1].text != "," or items[at - 2].kind != "quote" or items[at].roles:
        return None
    if not lows[at].endswith(("t", "te", "en")) or len(items[at - 2].text.split()) < _WHOLE:
        return None
    found = german_phrases.after(items, at + 1, grammar)
    if found is None or not german_phrases.nominative(items, found) or _clause(items, at).first != at:
        return None
    known = found.kind != "noun" or german_phrases.speaker(lows[found.head], grammar) is not None
    return Said(at, at, lows[at], "assert", "inverted", found, "before", at - 2) if known else None


def _whose(unit: Unit, at: int, cue: Cue, how: str, subject: Phrase, sign: Signed) -> Said | None:
    low = unit.lows[subject.head]
    if low in _NOTHING and not (unit.inside and low == "ich"):
        return None
    return Said(at, at, cue.lemma, cue.cue_class, "inverted" if how == "inverted" else "active", subject, *sign)


def _behind_something(items: Sequence[Item], first: int) -> bool:
    """Say whether what was said may stand before a clause: words in quotation marks, or a clause and a comma."""
    if first < 1:
        return False
    return items[first - 1].kind == "quote" or (first > 1 and items[first - 1].text in {",", "–", "—"})


def _subject(items: Sequence[Item], at: int, last: int, grammar: Grammar) -> Phrase | None:
    """Return the first noun phrase between two places that may be a subject, past when and where."""
    stop = min(last, at + _FAR)
    while at < stop:
        item = items[at]
        if item.may("preposition") and not item.may("determiner"):
            inside = german_phrases.after(items, at + 1, grammar)
            at = inside.last + 1 if inside is not None else at + 1
            continue
        found = german_phrases.after(items, at, grammar)
        if found is None:
            if item.kind == "mark":
                return None
            at += 1
        elif german_phrases.nominative(items, found) and not items[found.head].may("time"):
            return found if found.whole < last else None
        else:
            at = found.last + 1
    return None


def _before_aside(items: Sequence[Item], comma: int, grammar: Grammar) -> Phrase | None:
    """Return whose verb stands behind what is set off: "Klaus Lohe, der Trainer, sagte"."""
    opening = next((n for n in range(comma - 1, 0, -1) if items[n].text == ","), -1)
    if opening < 1:
        return None
    first = _clause(items, opening - 1).first
    found = german_phrases.after(items, first, grammar)
    return found if found is not None and opening - 1 <= found.last <= comma else None


def _follows(unit: Unit, at: int, helper: int, here: _Clause, cue: Cue, subject: Phrase) -> Signed:
    """Return the sign behind a verb's clause that something was said."""
    items, lows, past = unit.items, unit.lows, here.last
    if subject.last >= past:
        past = subject.last + 1  # "der Bürgermeister, Klaus Lohe, sagte"
    quote = next((n for n in range(at + 1, len(items)) if items[n].kind == "quote"), -1)
    if cue.need == "words":
        return Signed("quote", quote) if quote > 0 else NONE
    if past < len(items) and items[past].text == ":":
        return Signed("colon", past + 1)
    if past < len(items) and items[past].kind == "quote":
        return Signed("quote", past)
    if past + 1 < len(items) and items[past].text == ",":
        if items[past + 1].kind == "quote":
            return Signed("quote", past + 1)
        if lows[past + 1] in _ASKING:
            return Signed("that", past + 1)
        verbs = _verbs("de").get(lows[past + 1], ()) if not items[past + 1].capital else ()
        said = any(not one.perfect and not one.last for one in verbs)  # "…, sagte die Polizei"
        if lows[past + 1] not in _NO_CONTENT and not said and not _is_relative(unit, past):
            return Signed("clause", past + 1)
    if cue.need not in {"thing", "always"}:
        return NONE
    ahead = subject.last < at and at > 0 and items[at - 1].kind == "word"
    for n in range(min(at, helper) + 1, min(past, len(items))):
        if n == at or subject.first <= n <= subject.last:
            continue
        thing = items[n].low in _OF_WHAT or items[n].may("determiner") or (items[n].capital and not items[n].roles)
        if thing and cue.cue_class == "deny" and lows[past - 1] == "zurück":
            said = any(
                one in lows[n:past] for one in ("vorwürfe", "vorwurf", "anschuldigungen", "berichte", "behauptung")
            )
            return Signed("thing", n) if said else NONE
        if thing:
            return Signed("thing", n)
    return Signed("thing", here.first) if ahead and at + 1 == here.last and here.first < subject.first else NONE


def _is_relative(unit: Unit, comma: int) -> bool:
    """Say whether a clause says more of the noun before it: "den Anwohnern, die am Fluss wohnen"."""
    items, lows = unit.items, unit.lows
    noun = items[comma - 1].capital and not items[comma - 1].roles
    if not noun or lows[comma + 1] not in _RELATIVE:
        return False
    last = _clause(items, comma + 1).last
    inner = lows[comma + 1 : last]
    if not _REPORTED.isdisjoint(inner) or not _FINITE.isdisjoint(inner[:-1]):
        return False
    return not items[last - 1].capital and inner[-1].endswith(("t", "te", "en")) and inner[-2:-1] != ("zu",)


def _passive(unit: Unit, at: int, here: _Clause, cue: Cue, grammar: Grammar) -> Said | None:
    """Read "wurde vom Ministerium bestätigt"."""
    for by in range(here.first, at):
        if unit.lows[by] in _BY and (found := german_phrases.after(unit.items, by + 1, grammar)) is not None:
            body = found.kind == "name" or german_phrases.speaker(unit.lows[found.head], grammar) is not None
            if found.last < at and body and cue.need in {"thing", "always"}:
                return Said(at, at, cue.lemma, cue.cue_class, "passive", found, "thing", here.first)
    return None


# ── Words that are no verb ───────────────────────────────────────────────────────────────────────────────────────


def _it_was_said(unit: Unit, at: int, grammar: Grammar) -> Said | None:
    """Read "hieß es", "hieß es aus dem Ministerium", "Aus dem Ministerium hieß es", "wie es hieß"."""
    items, lows = unit.items, unit.lows
    here = _clause(items, at)
    inverted = lows[at + 1 : at + 2] == ("es",)
    final = at + 1 == here.last and "es" in lows[here.first : here.first + 2]  # "wie es beim Sender heißt"
    if not inverted and not final and lows[at - 1 : at] != ("es",):
        return None
    first, last = (at, at + 1) if inverted else (at - 1, at) if lows[at - 1] == "es" else (at, at)
    source = next((found for n in range(here.first, here.last) if items[n].low in _FROM
                   and (found := german_phrases.after(items, n + 1, grammar)) is not None), None)  # fmt: skip
    if source is not None and source.kind == "pronoun":
        source = None
    if _behind_something(items, here.first):
        sign = Signed("before", here.first - 1 if items[here.first - 1].kind == "quote" else here.first - 2)
    elif here.last + 1 < len(items) and items[here.last].text in {",", ":"}:
        sign = Signed("clause", here.last + 1)
    else:
        return None
    how = "active" if source is not None else "nobody"
    return Said(first, last, "heißen", "assert", how, source, *sign)  # type: ignore[arg-type]


def _so(unit: Unit, at: int, grammar: Grammar) -> Said | None:
    """Read "…, so Lohe", "„…“, so der Kanzler weiter"; no "so der Regen nachlässt"."""
    items = unit.items
    if not _behind_something(items, at):
        return None
    found = german_phrases.after(items, at + 1, grammar)
    if found is None or found.kind == "pronoun" or not german_phrases.nominative(items, found):
        return None
    here = _clause(items, at)
    last = max(here.last, found.last + 1)
    between = items[found.last + 1 : last]
    when = all(one.may("preposition", "time", "adverb", "determiner") or one.capital or one.low in {"weiter", "später"}
               or one.kind == "number" for one in between)  # fmt: skip
    if last - found.last > _SO or not when or found.first != at + 1:
        return None
    if not items[found.first].may("determiner") and not items[found.first].capital:
        return None  # "so viele Menschen"
    content = at - 1 if items[at - 1].kind == "quote" else at - 2
    return Said(at, at, "so", "assert", "noun", found, "before", content)


def _behind(unit: Unit, at: int, grammar: Grammar) -> Said | None:
    """Read what stands before "zufolge": "dem Sprecher zufolge"."""
    if unit.lows[at] != "zufolge":
        return None
    here = _clause(unit.items, at)
    for first in range(here.first, at):
        found = german_phrases.after(unit.items, first, grammar)
        if found is None or found.kind == "pronoun" or found.last != at - 1:
            continue
        if unit.lows[found.head].endswith(_NOBODYS) and not unit.items[found.first].may("determiner"):
            return None
        content = min(at + 1, len(unit.items) - 1) if first == 0 else max(first - 1, 0)
        return Said(at, at, "zufolge", "assert", "noun", found, "before", content)
    return None


def _ahead(unit: Unit, grammar: Grammar) -> Iterator[Said]:
    """Read "laut Polizei", "nach Angaben von Klaus Lohe", "nach Polizeiangaben"."""
    items, lows = unit.items, unit.lows
    for lead in _leads(grammar.language).find(lows):
        at = lead.last + (lows[lead.last : lead.last + 1] in (("von",), ("vom",), ("aus",)))
        owner = german_phrases.after(items, at, grammar)
        if owner is not None and owner.kind != "pronoun" and owner.first == at:
            leading = lead.first == 0 or (lead.first == 1 and items[0].may("conjunction"))
            content = min(owner.last + 1, len(items) - 1) if leading else lead.first - 1
            cue_class = grammar.lead_class(lead.values)
            yield Said(lead.first, lead.last - 1, lead.phrase, cue_class, "noun", owner, "before", max(content, 0))
    for at in range(len(lows) - 1):
        if lows[at] == "nach" and lows[at + 1] in _THEIRS and lows[at + 2 : at + 3] in (("angaben",), ("worten",)):
            content = at + 3 if at == 0 else at - 1
            yield Said(at, at + 2, "nach", "assert", "nobody", None, "before", min(content, len(items) - 1))
        given = lows[at] == "nach" and lows[at + 1].endswith(_GIVEN) and len(lows[at + 1]) > len(_GIVEN)
        if given and german_phrases.speaker(lows[at + 1].removesuffix(_GIVEN).removesuffix("s"), grammar) is not None:
            source = Phrase(at + 1, at + 1, at + 1, "noun")
            content = at + 2 if at == 0 else at - 1
            yield Said(at, at, "nach", "assert", "noun", source, "before", min(content, len(items) - 1))


def _noun(unit: Unit, at: int, grammar: Grammar) -> Said | None:
    """Read "die Aussage des Kapitäns, er habe geschlafen", "die Forderung von Lohe, die Löhne zu erhöhen"."""
    items, lows = unit.items, unit.lows
    behind = at + 1
    if behind + 1 >= len(items) or lows[behind] not in {"des", "der", "von", "vom", "eines", "einer"}:
        return None
    owner = german_phrases.after(items, behind + (lows[behind] in {"von", "vom"}), grammar)
    comma = owner.last + 1 if owner is not None else len(items)
    if owner is None or owner.kind == "pronoun" or comma + 1 >= len(items) or items[comma].text not in {",", ":"}:
        return None
    if lows[comma + 1] in _NO_CONTENT | {"wonach"} - {"wonach"} or _is_relative(unit, comma):
        return None
    return Said(at, at, lows[at], grammar.nouns[lows[at]], "noun", owner, "that", comma + 1)
