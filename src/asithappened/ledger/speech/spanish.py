"""Spanish: who says what in a sentence, with its subject before the verb, behind it, or in the verb alone.

Owns what English has not: a subject behind the verb ("ha dicho la alcaldesa") or left out ("…, agregó"), the perfect
("ha informado de que"), "según informó la policía", and noun phrases whose adjectives and names stand behind the noun.
Look next: `cues` for English, `german`.
"""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from asithappened.ledger.language import lexicon
from asithappened.ledger.language.wordings import Wordings
from asithappened.ledger.speech.clauses import Item, Unit
from asithappened.ledger.speech.evidence import NONE, Signed
from asithappened.ledger.speech.grammar import Cue, Grammar, Speaker
from asithappened.ledger.speech.phrase import Phrase
from asithappened.ledger.speech.said import How, Said, enough

_MARKS: Final = frozenset({",", ":", ";", "–", "—", "(", ")", ".", "!", "?", "…", "¡", "¿"})
_HAVE: Final = frozenset({"ha", "han", "había", "habían", "he", "haya", "hayan"})
_BEING: Final = frozenset({"fue", "fueron", "sido", "es", "son", "ser"})
_CLITICS: Final = frozenset({"se", "le", "les", "lo", "la", "me", "nos", "los"})
_ADVERBS: Final = frozenset({"también", "ya", "además", "después", "luego", "entonces", "asimismo", "tampoco", "aún",
                             "todavía", "así", "hoy", "ayer", "ahora"})  # fmt: skip
_NO: Final = frozenset({"no", "nunca", "tampoco", "jamás", "ni", "nadie", "ninguno"})
_ASKING: Final = frozenset({"que", "si", "cómo", "cuándo", "cuánto", "cuántos", "dónde", "quién", "qué"})
_STEPS: Final = frozenset({"a", "al", "en", "ante", "durante", "tras", "desde", "con", "por", "este", "esta", "de",
                           "del", "sobre", "hoy", "ayer", "para", "mediante"})  # fmt: skip
_WHERE: Final = frozenset({"en", "a", "al", "ante", "por", "desde", "con", "durante"})
_AS: Final = frozenset({"según", "como"})
_DETERMINERS: Final = frozenset(
    {"el", "la", "los", "las", "un", "una", "unos", "unas", "su", "sus", "este", "esta", "estos", "estas", "varios",
     "varias", "algunos", "algunas", "muchos", "muchas", "dos", "tres", "ambos", "otro", "otra", "otros", "otras", "lo"}
)  # fmt: skip
_OF: Final = frozenset({"de", "del"})
_IN_NAMES: Final = frozenset({"de", "del", "la", "las", "los", "y", "el"})
_NO_SUBJECT: Final = frozenset({"que", "quien", "quienes", "yo", "nosotros", "esto", "eso", "ello"})
_PRONOUNS: Final = frozenset({"él", "ella", "ellos", "ellas"})
_BOTH_WAYS: Final = frozenset({"y", "e", "pero", "o"})
_REACH: Final = 12  # items from a verb to "que"
_WHOLE: Final = 3  # words: a shorter quotation may be one thing in a list
_LONGEST: Final = 14  # items of a noun phrase
_DENIED: Final = frozenset({"acusaciones", "acusación", "versión", "informaciones", "rumores", "denuncias", "cargos"})


class _Group(NamedTuple):
    """A cue's verb with its helper: where it begins with its pronouns, and where it ends."""

    first: int
    last: int


@lexicon.kept
def _leads(language: str) -> Wordings:
    return Wordings(lexicon.load(language, "source_phrases"))


def said_in(unit: Unit, grammar: Grammar) -> list[Said]:
    """Return what is said in a sentence, in order."""
    found, at = list[Said](), 0
    never = {n for one in grammar.not_cues.find(unit.lows) for n in range(one.first, one.last)}
    while at < len(unit.items):
        item = unit.items[at]
        verb = item.kind == "word" and at not in never and (not item.capital or at == 0)
        cue = grammar.cue_at(unit.lows, at) if verb else None
        one = _read(unit, at, cue, found, grammar) if cue is not None else None
        if cue is None and verb:
            one = _unlisted(unit, at, grammar)
        if one is None and verb and item.low in grammar.nouns:
            one = _noun(unit, at, grammar)
        if one is not None:
            found.append(one)
        at = one.last + 1 if one is not None and one.last >= at else at + 1
    taken = {at for one in found for at in range(one.first - 2, one.last + 1)}
    found += [one for one in _ahead(unit, grammar, never) if one.first not in taken]
    return sorted(found, key=lambda one: one.first)


# ── Noun phrases ─────────────────────────────────────────────────────────────────────────────────────────────────


def _plain(item: Item) -> bool:
    return item.kind in {"word", "name"} and not item.roles


def after(items: Sequence[Item], at: int, grammar: Grammar) -> Phrase | None:
    """Return the noun phrase that begins at a place: "la alcaldesa de Mida, Elena Prior", "fuentes policiales"."""
    if at < len(items) and items[at].low in _PRONOUNS:
        return Phrase(at, at, at, "pronoun")
    first = at
    while (
        at < len(items) and items[at].low in _DETERMINERS and not (items[at].capital and _in_title(items, at, grammar))
    ):
        at += 1
    if at >= len(items) or not (_plain(items[at]) or items[at].capital) or _verbal(items, at, grammar):
        return None
    nouns, last = at, at
    while at + 1 < min(len(items), first + _LONGEST):
        behind = items[at + 1]
        if behind.low in _IN_NAMES and at + 2 < len(items) and _goes_on(items, at + 1):
            at += 1
            while at + 1 < len(items) and items[at + 1].low in _DETERMINERS:
                at += 1
            continue
        if not (_plain(behind) or behind.capital) or behind.kind == "mark" or _verbal(items, at + 1, grammar):
            break
        other = _speaker(behind.low, grammar)  # "informan a la agencia fuentes de la investigación"
        named = items[at].low in grammar.kinds or _speaker(items[at].low, grammar) is not None
        if named and other is not None and other.what in {"people", "voice"} and at == last:
            break
        at += 1
        last = at
    return _phrase(items, first, nouns, last, grammar)


def _in_title(items: Sequence[Item], at: int, grammar: Grammar) -> bool:
    """Say whether an article is part of a name, "El País": a sentence's first word has a capital in any case."""
    if at + 1 >= len(items) or not items[at + 1].capital:
        return False
    return at > 0 or f"{items[at].low} {items[at + 1].low}" in grammar.outlets or items[at + 1].low in grammar.kinds


def _goes_on(items: Sequence[Item], at: int) -> bool:
    """Say whether "de" goes on with a noun phrase: "un portavoz de los bomberos", no "informó de los daños"."""
    if items[at].low in _OF:
        ahead = at + 1
        while ahead < len(items) and items[ahead].low in _DETERMINERS:
            ahead += 1
        return ahead < len(items) and (_plain(items[ahead]) or items[ahead].capital) and not items[ahead].may("time")
    return items[at - 1].capital and items[at + 1].capital and items[at].low in {"y", "la"}


def _verbal(items: Sequence[Item], at: int, grammar: Grammar) -> bool:
    """Say whether a word is a cue's verb, so that no noun phrase holds it."""
    cue = grammar.cue_at((items[at].low,), 0) if not items[at].capital else None
    return cue is not None and bool(cue.forms & {"past", "present", "ing"})


def _phrase(items: Sequence[Item], first: int, nouns: int, last: int, grammar: Grammar) -> Phrase:
    head = items[nouns]
    known = _speaker(head.low, grammar)
    named = nouns if head.capital and (known is None or known.what == "body") else -1
    if named < 0:
        named = next((n for n in range(nouns + 1, last + 1) if items[n].capital), -1)
        inner = any(one.low in _OF for one in items[nouns:named]) and items[named].low not in grammar.genders
        within = named > 0 and items[named - 1].low not in _OF | _DETERMINERS and not inner  # "de la calle Luna"
        rest = items[named : last + 1] if within else ()
        named = named if rest and all(one.capital or one.low in _IN_NAMES for one in rest) else -1
    if named >= 0:
        return Phrase(first, last, last, "name", named, last)
    comma = last + 1
    office = known is not None and known.what in {"person", "voice"}
    if office and comma + 2 < len(items) and items[comma].text == "," and items[comma + 1].capital:
        end = comma + 1
        while end + 1 < len(items) and (items[end + 1].capital or (items[end + 1].low in _IN_NAMES
                                        and end + 2 < len(items) and items[end + 2].capital)):  # fmt: skip
            end += 1
        closed = end + 1 >= len(items) or items[end + 1].text in {",", ".", ":"} or items[end + 1].kind == "quote"
        if closed and end > comma + 1:
            return Phrase(comma + 1, end, end, "name", comma + 1, end, begin=first)
    return Phrase(first, last, nouns, "noun", plural=known is not None and known.what == "people")


def _can_speak(items: Sequence[Item], found: Phrase, grammar: Grammar) -> bool:
    return found.kind != "noun" or items[found.first].low in _DETERMINERS or _named(items, found, grammar)


# ── Verbs ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _bound(item: Item) -> bool:
    return item.kind == "quote" or item.text in _MARKS


def _begins(items: Sequence[Item], at: int) -> int:
    while at > 0 and not _bound(items[at - 1]):
        at -= 1
    return at


def _ends(items: Sequence[Item], at: int) -> int:
    while at < len(items) and not _bound(items[at]):
        at += 1
    return at


def _group(unit: Unit, at: int, cue: Cue) -> _Group | None:
    """Return the verb that a cue is, with its helper; None where it is no finite one."""
    lows, first = unit.lows, at
    while first > 0 and lows[first - 1] in _ADVERBS and first - 1 > 0:
        first -= 1
    helped = first > 0 and lows[first - 1] in _HAVE
    if helped:
        first -= 1
    elif cue.forms & {"past", "present"}:
        first = at
    else:
        return None
    while first > 0 and lows[first - 1] in _CLITICS:
        first -= 1
    return _Group(first, at + len(cue.words) - 1)


def _read(unit: Unit, at: int, cue: Cue, found: Sequence[Said], grammar: Grammar) -> Said | None:
    items, lows = unit.items, unit.lows
    if (passive := _passive(unit, at, cue, grammar)) is not None:
        return passive
    group = _group(unit, at, cue)
    if group is None or (group.first > 0 and lows[group.first - 1] in _NO):
        return None
    article = group.first < at and lows[group.first] in _DETERMINERS and lows[group.first] not in {"lo", "la", "los"}
    if article or (at > 0 and lows[at - 1] in _DETERMINERS - _CLITICS):
        return None  # "el anuncio", "una denuncia"
    first = _begins(items, group.first)
    ahead = group.first
    if lows[ahead - 1 : ahead] and lows[ahead - 1] in _AS:
        return _as_said(unit, group, cue, grammar)
    nobody = lows[group.first] == "se" and group.first < at and len(cue.words) == 1
    subject, how, begun = _subject(unit, group, first, cue, grammar)
    if subject is None and found and first == group.first - 1 and lows[first] in _BOTH_WAYS:
        subject, how = found[-1].source, "shared"  # "Los vecinos dicen que …, y piden que"
    object_ = group.first < at and lows[at - 1] in {"lo", "la", "los", "las"}
    if object_ and cue.need == "thing":
        return None  # "lo reconoció una cajera"
    if nobody:
        subject, how = None, "nobody"
    past = subject.last + 1 if subject is not None and subject.first > group.last else group.last + 1
    follows = _follows(unit, past, group, cue)
    precedes = NONE
    if begun == group.first and _behind_something(items, begun):
        precedes = Signed("before", begun - 1 if items[begun - 1].kind == "quote" else begun - 2)
    elif begun == group.first == 0 and unit.after_quote:
        precedes = Signed("before", -1)
    over = past >= len(items) or _bound(items[past]) or items[past].may("preposition", "time") or lows[past] in _STEPS
    if precedes.sign and not over:
        precedes = NONE
    sign = enough(cue, follows, precedes)
    if sign is None or (subject is None and sign.sign in {"thing", ""}):
        return None
    if subject is not None and (lows[subject.head] in _NO_SUBJECT or not _can_speak(items, subject, grammar)):
        return None
    if unit.ends_with("?") and sign.sign != "before":
        return None
    return Said(at, group.last, cue.lemma, cue.cue_class, how, subject, *sign)


def _unlisted(unit: Unit, at: int, grammar: Grammar) -> Said | None:
    """Read a verb of no list that stands where only one of saying does: "«Sin carretera», protesta Nieves Otero"."""
    items, lows = unit.items, unit.lows
    first = at - 1 if lows[at - 1 : at] == ("se",) else at
    if first < 2 or items[first - 1].text != "," or items[first - 2].kind != "quote" or items[at].roles:
        return None
    if not lows[at].endswith(("a", "e", "ó", "an", "en", "on")) or len(items[first - 2].text.split()) < _WHOLE:
        return None
    found = after(items, at + 1, grammar)
    behind = items[found.last + 1] if found is not None and found.last + 1 < len(items) else None
    over = behind is None or _bound(behind) or behind.may("preposition", "time") or behind.low in _STEPS
    if found is None or not over or not (_named(items, found, grammar) or lows[found.first] in _DETERMINERS):
        return None
    return Said(at, at, lows[at], "assert", "inverted", found, "before", first - 2)


def _subject(unit: Unit, group: _Group, first: int, cue: Cue, grammar: Grammar) -> tuple[Phrase | None, How, int]:
    """Return whose a verb is, how that was found, and where its clause begins behind what was said."""
    items, lows = unit.items, unit.lows
    begin = first
    while begin < group.first and (lows[begin] in _BOTH_WAYS | _ADVERBS or items[begin].may("time")):
        begin += 1
    if begin < group.first:
        found = after(items, begin, grammar)
        if found is not None and found.last == group.first - 1:
            return found, "active", begin
        if lows[group.first - 1] in _BOTH_WAYS and found is not None:
            return found, "shared", begin  # "Brando llegó a Mida y dijo"
    behind = after(items, group.last + 1, grammar)
    at = group.last + 1
    while behind is None and begin >= group.first and lows[at : at + 1] and lows[at] in _WHERE:
        where = after(items, at + 1, grammar)  # "dijo en Radio Mida el presidente"
        at = where.last + 1 if where is not None else len(items)
        behind = after(items, at, grammar)
    if behind is not None and begin >= group.first and items[behind.first].low not in {"lo"}:
        stops = behind.last + 1 >= len(items) or items[behind.last + 1].low not in _BEING
        known = _named(items, behind, grammar) or behind.kind == "pronoun"
        closes = behind.last + 1 >= len(items) or _bound(items[behind.last + 1]) or lows[behind.last + 1] == "que"
        alone = begin == group.first and closes and cue.need in {"always", "clause"} and _behind_something(items, begin)
        if stops and _can_speak(items, behind, grammar) and (known or alone):
            return behind, "inverted", group.first
    if begin < group.first and lows[group.first - 1] == "que" and cue.need != "words":
        whose = _antecedent(items, group.first - 2, grammar)
        return whose, "active" if whose is not None else "nobody", begin
    if begin == group.first - 1 and lows[begin] == "que" and cue.need != "words":
        return _antecedent(items, begin - 1, grammar), "active", begin
    if begin < group.first and lows[group.first - 1] == "que":
        found = after(items, _begins(items, 0 if items[0].kind != "quote" else 1), grammar)
        return (found, "shared", begin) if found is not None and found.last < group.first else (None, "nobody", begin)
    if begin == group.first and first > 1 and items[first - 1].text == ",":
        aside = _before_aside(unit, first - 1, group, grammar)
        if aside is not None:
            return aside, "active", begin - 1
    if begin < group.first:
        inverted = behind if behind is not None and _named(items, behind, grammar) else None
        return inverted, "inverted" if inverted else "nobody", begin
    return None, "nobody", group.first


def _speaker(low: str, grammar: Grammar) -> Speaker | None:
    """Return what a noun says of who speaks, also of a deputy or one who was it: "subdelegado", "exalcalde"."""
    bases = (low, *(low.removeprefix(part) for part in ("sub", "vice", "ex")))
    return next((one for one in map(grammar.speaker, bases) if one is not None), None)


def _antecedent(items: Sequence[Item], at: int, grammar: Grammar) -> Phrase | None:
    """Return whom "que" stands for: "los Verdes, que piden …"."""
    end = at - 1 if at > 0 and items[at].text == "," else at
    for first in range(max(0, end - 4), end + 1):
        begins = items[first].low in _DETERMINERS or items[first].capital
        found = after(items, first, grammar) if begins else None
        if found is not None and found.last == end and _named(items, found, grammar):
            return found if not first or items[first - 1].low not in _OF else None
    return None


def _named(items: Sequence[Item], found: Phrase, grammar: Grammar) -> bool:
    """Say whether a phrase behind a verb is who says it, and no thing that is said: "dijo la policía"."""
    return found.kind == "name" or _speaker(items[found.head].low, grammar) is not None


def _before_aside(unit: Unit, comma: int, group: _Group, grammar: Grammar) -> Phrase | None:
    """Return whose verb stands behind what is set off: "El presidente, Luis Brando, prometió"."""
    items = unit.items
    opening = next((n for n in range(comma - 1, 0, -1) if items[n].text == ","), -1)
    over = group.last + 1 >= len(items) or items[group.last + 1].text in {".", ","}
    if opening < 1 or over:
        return None
    found = after(items, _begins(items, opening - 1), grammar)
    return found if found is not None and found.last in {opening - 1, comma - 1} else None


def _behind_something(items: Sequence[Item], first: int) -> bool:
    return first > 0 and (items[first - 1].kind == "quote" or (first > 1 and items[first - 1].text in {",", "–", "—"}))


def _follows(unit: Unit, past: int, group: _Group, cue: Cue) -> Signed:
    """Return the sign behind a verb that something was said."""
    items, lows = unit.items, unit.lows
    end = _ends(items, past)
    quote = next((n for n in range(past, len(items)) if items[n].kind == "quote"), -1)
    if cue.need == "words":
        near = quote > 0 and not any(one.text in {".", ";"} for one in items[past:quote])
        return Signed("quote", quote) if near else NONE
    stepped = past
    for at in range(past, min(end, past + _REACH)):
        if lows[at] in _ASKING and (at == past or stepped > past or lows[at - 1] in {"de", "en", "a"}):
            return Signed("that", at + 1 if at + 1 < len(items) else at)
        infinitive = lows[at].removesuffix("se").endswith(("ar", "er", "ir")) and not items[at].capital
        if cue.to and infinitive and (at == past or lows[at - 1] == "a"):
            return Signed("to", at)
        if at == past and not (lows[at] in _STEPS or items[at].may("preposition", "time", "adverb")):
            break
        stepped = at + 1
    for at in (past, end):
        if at < len(items) and items[at].text == ":":
            return Signed("colon", at + 1)
        if at < len(items) and items[at].kind == "quote":
            return Signed("quote", at)
    comma = end < len(items) and items[end].text == ","
    if comma and end + 1 < len(items) and items[end + 1].kind == "quote":
        return Signed("quote", end + 1)
    if cue.need in {"thing", "always"} and past < end:
        thing = lows[past] in _DETERMINERS | {"de", "del", "a", "al"} or items[past].capital or _plain(items[past])
        step = lows[past] in {"este", "esta", "en"}
        if cue.cue_class == "accuse":
            thing = "de" in lows[past + 1 : end]
        if cue.cue_class == "deny" and cue.lemma == "rechazar":
            thing = not _DENIED.isdisjoint(lows[past:end])
        if thing or step:
            return Signed("thing", past)
    return Signed("thing", past - 1) if cue.need == "always" and past > group.last + 1 else NONE


def _as_said(unit: Unit, group: _Group, cue: Cue, grammar: Grammar) -> Said | None:
    """Read "según informó la policía", "como ha explicado Lobo", "según publica El País"."""
    items, start = unit.items, group.first - 1
    while start > 0 and unit.lows[start - 1] in {"tal", "y"}:
        start -= 1
    subject = after(items, group.last + 1, grammar)
    if subject is not None and not _can_speak(items, subject, grammar):
        return None
    if unit.lows[group.first - 1] == "como" and subject is None:
        return None
    end = _ends(items, subject.last + 1 if subject is not None else group.last + 1)
    content = start - 2 if _behind_something(items, start) else end
    content = start - 1 if start > 0 and not _bound(items[start - 1]) else content
    how: How = "active" if subject is not None else "nobody"
    sign = Signed("before", min(max(content, 0), len(items) - 1))
    return Said(group.last, group.last, cue.lemma, cue.cue_class, how, subject, *sign)


def _passive(unit: Unit, at: int, cue: Cue, grammar: Grammar) -> Said | None:
    """Read "fue confirmada por el ministerio"."""
    lows = unit.lows
    if "perfect" not in cue.forms or cue.forms & {"past", "present"} or (at and lows[at - 1] not in _BEING):
        return None
    if lows[at + 1 : at + 2] != ("por",) or cue.need not in {"thing", "always"}:
        return None
    found = after(unit.items, at + 2, grammar)
    if found is None or found.kind == "pronoun" or not _named(unit.items, found, grammar):
        return None
    return Said(at, at, cue.lemma, cue.cue_class, "passive", found, "thing", max(_begins(unit.items, at), 0))


# ── Words that are no verb ───────────────────────────────────────────────────────────────────────────────────────


def _ahead(unit: Unit, grammar: Grammar, never: set[int]) -> Iterator[Said]:
    """Read "según la policía", "de acuerdo con el parte médico", "a juicio de la oposición"."""
    items, lows = unit.items, unit.lows
    for lead in _leads(grammar.language).find(lows):
        owner = after(items, lead.last, grammar)
        if owner is None or owner.first != lead.last or lead.first in never or owner.kind == "pronoun":
            continue
        known = _named(items, owner, grammar)
        apart = (lead.first == 0 or _bound(items[lead.first - 1])) and (
            owner.last + 1 >= len(items) or _bound(items[owner.last + 1])
        )
        definite = lows[owner.first] in _DETERMINERS
        if not known and not (apart and definite):
            continue  # "según avanza la tarde", "varían según la zona"
        content = min(owner.last + 1, len(items) - 1) if lead.first == 0 else lead.first - 1
        cue_class = grammar.lead_class(lead.values)
        yield Said(lead.first, lead.last - 1, lead.phrase, cue_class, "noun", owner, "before", max(content, 0))


def _noun(unit: Unit, at: int, grammar: Grammar) -> Said | None:
    """Read "el anuncio del ministro de que dimitirá", "la advertencia de Lobo: “…”"."""
    items, lows = unit.items, unit.lows
    if lows[at + 1 : at + 2] not in (("de",), ("del",)):
        return None
    behind = at + 2
    owner = after(items, behind, grammar)
    if owner is None or owner.kind == "pronoun" or not _named(items, owner, grammar):
        return None
    that = owner.last + 1
    if lows[that : that + 2] != ("de", "que") or that + 2 >= len(items):
        return None
    return Said(at, at, lows[at], grammar.nouns[lows[at]], "noun", owner, "that", that + 2)
