"""Who a live blog has named so far: full names, and the offices that they are named with.

Owns finding names in a text ("Defence minister Olga Lind", "Olga Lind, the defence minister,"), one text at a time and
kept, so that a post costs no more in a long blog. Says nothing of who speaks: `speakers` asks.
"""

from collections import defaultdict
from collections.abc import Mapping, Set
from functools import cached_property, lru_cache
from typing import Final, NamedTuple

from msgspec import Struct

from asithappened.ledger.language import lexicon
from asithappened.ledger.language.tokens import Token, read
from asithappened.ledger.speech.grammar import Grammar, grammar

_LINKING: Final = frozenset(
    {"de", "von", "van", "der", "den", "al", "bin", "ibn", "la", "le", "da", "di", "del", "du", "dos"}
)
_ROLE_WORDS: Final = 9  # how long an office may be: "the head of the union's northern branch"
_NO_NAME: Final = ("determiner", "pronoun", "preposition", "conjunction", "subordinator", "question", "time", "be",
                   "have", "do", "modal", "adverb", "possessive", "complementiser", "relative")  # fmt: skip

_FINITE: Final = ("be", "have", "do", "modal")


class Office(NamedTuple):
    """What somebody is said to be: its noun, the other words of it (their first letters, see `stem`), and the name."""

    noun: str
    words: frozenset[str]
    name: str


# No part of a name, with a capital either: "Says Lind: …", "LIND SAYS".
_ENDS: Final = frozenset({"'s", "says", "said", "tells", "told", "asks", "writes", "adds", "tweets", "emails"})


class Named(Struct, frozen=True, dict=True):
    """What a text names. `people`: of its names, those that are a person's for certain: by given name, title …."""

    names: tuple[str, ...]
    offices: tuple[Office, ...]
    people: frozenset[str]

    def beginning(self, words: str) -> Set[str]:
        """Return the longer names that begin with these words."""
        return {name for name in self._by_first.get(words.partition(" ")[0], ()) if name.startswith(f"{words} ")}

    def ending(self, words: str) -> Set[str]:
        """Return the names that are these words, or end in them, also behind a hyphen."""
        ends = (f" {words}", f"-{words}")
        return {name for name in self._by_last.get(words.rpartition(" ")[2], ()) if f" {name}".endswith(ends)}

    @cached_property
    def _by_first(self) -> Mapping[str, Set[str]]:
        found = defaultdict[str, set[str]](set)
        for name in self.names:
            found[name.partition(" ")[0]].add(name)
        return found

    @cached_property
    def _by_last(self) -> Mapping[str, Set[str]]:
        found = defaultdict[str, set[str]](set)
        for name in self.names:
            last = name.rpartition(" ")[2]
            found[last].add(name)
            while "-" in last:
                last = last.partition("-")[2]
                found[last].add(name)
        return found


_TITLES: Final = {"dr": "doctor", "sen": "senator", "gov": "governor", "prof": "professor", "sgt": "sergeant",
                  "capt": "captain", "gen": "general", "col": "colonel", "supt": "superintendent", "insp": "inspector",
                  "cllr": "councillor", "rev": "vicar"}  # fmt: skip
_LETTERS: Final = {"pm": "prime minister", "ceo": "chief executive", "cfo": "chief finance officer"}


def in_words(noun: str) -> tuple[str, frozenset[str]]:
    """Return an office's noun and its other words, where letters may stand for it: "PM"."""
    *more, last = _LETTERS.get(noun, noun).split(" ")
    return last, frozenset(map(stem, more))


def stem(word: str) -> str:
    """Return as much of a word as "Ukraine" and "Ukrainian" share."""
    return word.lower()[:4]


@lru_cache(maxsize=1024)
def named_in(text: str, language: str) -> Named:
    """Return the full names in a text, in order, and the offices beside them."""
    tokens, rules = read.__wrapped__(text).tokens, grammar(language)
    names, offices, people, at = list[str](), list[Office](), set[str](), 0
    while at < len(tokens):
        last = _run(tokens, at, rules)
        if last < at:
            at += 1
            continue
        first = _given(tokens, at, last, rules)
        if last == first == at and (body := _called(tokens, at, rules)):
            offices.append(body)
        if last == first and (short := _set_off(tokens, last, rules)):
            offices.append(short)
        if last > first:
            name = " ".join(token.text for token in tokens[first : last + 1])
            names.append(name)
            held = _offices(tokens, at, first, last, name, rules)
            offices += [*held, *_aged(tokens, last, name)]
            if (held and not _body(held[0].noun, rules)) or _personal(tokens, at, first, last, rules):
                people.add(name)
        at = last + 1
    return Named(tuple(dict.fromkeys(names)), tuple(dict.fromkeys(offices)), frozenset(people))


@lru_cache(maxsize=1024)
def named_in_all(texts: tuple[str, ...], language: str) -> Named:
    """Return what several texts name, those of a post's parts."""
    read = [named_in(text, language) for text in texts]
    return Named(
        tuple(name for one in read for name in one.names),
        tuple(office for one in read for office in one.offices),
        frozenset(name for one in read for name in one.people),
    )


def _aged(tokens: tuple[Token, ...], last: int, name: str) -> list[Office]:
    """Return somebody's age as what they are called by: "Olga Lind, 44," is "the 44-year-old"."""
    behind = tokens[last + 1 : last + 4]
    told = len(behind) > 2 and behind[0].text == "," and behind[1].text.isdigit() and len(behind[1].text) == 2
    return [Office(f"{behind[1].text}-year-old", frozenset(), name)] if told and behind[2].text in {",", "."} else []


def _called(tokens: tuple[Token, ...], at: int, rules: Grammar) -> Office | None:
    """Return what a name of one word is called: "the rating agency Kern", "the Kern agency"."""
    for noun, words in ((at - 1, range(max(at - 4, 0), at - 1)), (at + 1, range(0))):
        if 0 <= noun < len(tokens) and _body(tokens[noun].low, rules) and tokens[noun].text.islower():
            others = (tokens[n] for n in words if rules.role(tokens[n].low).isdisjoint(_NO_NAME))
            return Office(tokens[noun].low, frozenset(stem(other.low) for other in others), tokens[at].text)
    return None


def _set_off(tokens: tuple[Token, ...], last: int, rules: Grammar) -> Office | None:
    """Return what a surname alone is said to be behind it: "Lund, the minister, said"."""
    if last + 4 >= len(tokens) or (tokens[last + 1].text, tokens[last + 2].low) != (",", "the"):
        return None
    noun = rules.speaker(tokens[last + 3].low)
    closed = tokens[last + 4].text == "," and noun is not None and noun.what == "person"
    return Office(tokens[last + 3].low, frozenset(), tokens[last].text) if closed else None


def _personal(tokens: tuple[Token, ...], run: int, first: int, last: int, rules: Grammar) -> bool:
    """Say whether a name is a person's: by its given name, a title before it, or an age behind it."""
    if tokens[first].low in rules.genders or (first > run and tokens[first - 1].low in rules.titles):
        return True
    behind = tokens[last + 1 : last + 4]
    aged = len(behind) > 1 and behind[0].text == "," and behind[1].kind == "number" and len(behind[1].text) == 2
    return aged and len(behind) > 2 and behind[2].text in {",", "."}


def _run(tokens: tuple[Token, ...], at: int, rules: Grammar) -> int:
    """Return the last token of a run of capitals; one before it, if none begins there."""
    first, last = at, at - 1
    while at < len(tokens) and at - last < 4:  # two small words, of "Olga von der Heide"
        token = tokens[at]
        if token.kind != "word" or (token.low in _LINKING and not token.text[0].isupper()):
            if token.kind == "word" and last >= 0 and (rules.language == "en" or _begun(tokens, first, rules)):
                at += 1
                continue
            break
        if (
            not (token.text[0].isupper() or token.low.startswith(("al-", "el-")))
            or not rules.role(token.low).isdisjoint(_NO_NAME)
            or token.low in _ENDS
        ):
            break
        last = at
        at += 1
    return last


def _begun(tokens: tuple[Token, ...], first: int, rules: Grammar) -> bool:
    """Say whether a run begins with a given name: "Olga von der Heide", no "Sprecher von Heide"."""
    return tokens[first].low in rules.genders


def _given(tokens: tuple[Token, ...], first: int, last: int, rules: Grammar) -> int:
    """Return where a run's name begins, behind titles and offices with capitals."""
    for at in range(last - 1, first - 1, -1):
        if tokens[at].low in rules.titles or tokens[at].low in rules.speakers:
            return at + 1
    known = next((at for at in range(first, last) if tokens[at].low in rules.genders), None)
    return known if known is not None else first


def _offices(tokens: tuple[Token, ...], run: int, first: int, last: int, name: str, rules: Grammar) -> list[Office]:
    found = list[Office | None]()
    before = run - 1
    title = first - 1 if first > run else before - 1 if before > 0 and tokens[before].text == "." else -1
    if title >= 0 and (noun := _TITLES.get(tokens[title].low)):
        found.append(Office(noun, frozenset(), name))  # "Dr Ana Ruiz", who is "the doctor"
    comma = before >= 1 and tokens[before].text == ","
    if first > run:  # "President Ana Ruiz", "French President Ana Ruiz"
        found.append(_office(tokens[run:first], name, rules))
    elif before >= 0 and (comma or rules.speaker(tokens[before].low)):
        stop = before - 1 if comma else before
        start = stop
        while (
            start > max(stop - _ROLE_WORDS, -1)
            and tokens[start].kind == "word"
            and tokens[start].low not in {"and", "but", "that"}
            and rules.role(tokens[start].low).isdisjoint(_FINITE)  # no "The institute has figures on Mida, Hart Group"
        ):
            if "determiner" in rules.role(tokens[start].low) and not (
                start and "preposition" in rules.role(tokens[start - 1].low)
            ):
                break
            start -= 1
        one = _office(tokens[start + 1 : stop + 1], name, rules)
        acts = comma and last + 1 < len(tokens) and not rules.role(tokens[last + 1].low).isdisjoint(_FINITE)
        if one is not None and not (acts and _body(one.noun, rules)):  # "According to the council, Ana Ruiz has left"
            found.append(one)
    if last + 2 < len(tokens) and tokens[last + 1].text == ",":
        end = last + 2
        while (
            end < min(last + 2 + _ROLE_WORDS, len(tokens))
            and tokens[end].kind == "word"
            and "relative" not in rules.role(tokens[end].low) - {"determiner"}
        ):
            end += 1
        if "determiner" in rules.role(tokens[last + 2].low) or rules.speaker(tokens[last + 2].low):
            found.append(_office(tokens[last + 2 : end], name, rules))
    return [one for one in found if one is not None]


def _body(noun: str, rules: Grammar) -> bool:
    known = rules.speaker(noun)
    return known is not None and known.what == "body"


def _base(noun: str, rules: Grammar) -> str:
    return noun if noun in rules.speakers else noun[:-1] if noun[:-1] in rules.speakers else noun[:-2]


def _last_office(tokens: tuple[Token, ...], rules: Grammar) -> tuple[Token, ...]:
    """Leave whose spokesman it is: of "a spokesman for the mayor, Olga Lind" she is the mayor."""
    last = rules.speaker(tokens[-1].low) if tokens else None
    to = next((at for at in range(len(tokens) - 2, 0, -1) if "preposition" in rules.role(tokens[at].low)), 0)
    if not to or last is None or last.what != "person" or tokens[-1].text[:1].isupper():
        return tokens
    first = any((one := rules.speaker(token.low)) and one.what in {"person", "voice"} for token in tokens[:to])
    return tokens[to + 1 :] if first else tokens


def _office(tokens: tuple[Token, ...], name: str, rules: Grammar) -> Office | None:
    found_noun, body = False, None
    tokens = _last_office(tokens, rules)
    for at, token in enumerate(tokens):
        if found_noun and "preposition" in rules.role(token.low):
            break  # "analysts at the bank": nobody is the bank
        known = rules.speaker(token.low)
        found_noun = found_noun or (known is not None and known.what in {"person", "voice", "people"})
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        if known and known.what in {"person", "voice", "body"} and not (following and rules.speaker(following.low)):
            others = (other for other in tokens if other is not token and rules.role(other.low).isdisjoint(_NO_NAME))
            noun, more = in_words(_base(token.low, rules))
            held = Office(noun, more | {stem(other.low) for other in others if other.low != "'s"}, name)
            if known.what != "body":
                return held  # "Bank of Mida governor" is a governor, and no bank
            body = body or held
    return body


lexicon.on_other_lists(named_in.cache_clear)
lexicon.on_other_lists(named_in_all.cache_clear)
