"""Whether what stands around wrong words tells them from those of the error: another's name, a number, another time.

Owns evidence that needs no list of words for what an error was about. Look next: `sweep_words`, which weighs it.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Final

from asithappened.ledger.changes import Corrected, Text
from asithappened.ledger.geography import same_place
from asithappened.ledger.geography.gazetteer import folded
from asithappened.ledger.language import clause, lexicon
from asithappened.ledger.language.clause import Sentence
from asithappened.ledger.language.phrases import phrases
from asithappened.ledger.language.quotes import quotes
from asithappened.ledger.language.roles import roles
from asithappened.ledger.language.said_when import When, times_in
from asithappened.ledger.language.tokens import Token, read
from asithappened.ledger.stale import wrong_names
from asithappened.ledger.stale.around import Spot
from asithappened.ledger.views import Part, PartView

_BY: Final = 4  # tokens before wrong words in which a name is whose they are
_PARTICIPLE: Final = re.compile(r"(ab|an|auf|aus|ein|fest|um|vor|zu|zusammen|weg|los|nieder|)ge(\w{4,}?)(?:en|t)")
_STEM: Final = 5  # letters of a verb
_WITHIN: Final = frozenset({"in", "near", "en", "bei"})
_SOURCE: Final = 6  # tokens of who said something
_PERSON: Final = ("man", "woman")
_PIECES: Final = frozenset({Part.CARD, Part.CAPTION, Part.QUOTE, Part.SOCIAL})
_SINCE: Final = frozenset({"since", "seit", "desde"})
_WAY: Final = 6  # tokens
_FEW: Final = 60  # tokens of a part in which whoever is quoted tells of one thing


def times(sentence: Sentence, at: datetime | None, told: frozenset[str], language: str) -> list[When]:
    """Return a sentence's times, but for those that the error was told of too, and those since when something is so."""
    return [
        one
        for one in times_in(sentence, at, language)
        if not all(token.low in told for token in sentence.tokens[one.first : one.last])
        and not any(token.low in _SINCE for token in sentence.tokens[max(sentence.first, one.first - 2) : one.first])
    ]


def is_of_another_month(sentence: Sentence, told: frozenset[str], language: str) -> bool:
    """Say whether a sentence tells of a month that the error did not: "In February an innkeeper was attacked"."""
    calendar = lexicon.load(language, "calendar")
    return any(
        calendar.get(token.low, ("",))[0] == "month"
        and token.low not in told
        and token.text[0].isupper() == (not language.startswith("es"))
        for token in sentence.tokens[sentence.first : sentence.last]
    )


def is_of_another_day(sentence: Sentence, spot: Spot, told: frozenset[str]) -> bool:
    """Say whether a sentence tells of a day that was over, and the error did not: "yesterday", "last year"."""
    passed = (mark for mark in sentence.marks if {"passed", "far"} & mark.kinds)
    return any(
        not (mark.first < spot.past and spot.first < mark.last)
        and not all(token.low in told for token in sentence.tokens[mark.first : mark.last])
        for mark in passed
    )


def is_counted(sentence: Sentence, spot: Spot, language: str) -> bool:
    """Say whether there are several: "three knives"."""
    if spot.first == sentence.first:
        return False
    before = sentence.tokens[spot.first - 1]
    values = lexicon.load(language, "numbers").get(before.low, ("",))
    return before.kind == "number" or (values[0] == "number" and float(values[1]) > 1)


def others(sentence: Sentence, wrong: Sequence[str], language: str) -> frozenset[str]:
    """Return the stems of names in a sentence, but for those of places: "the museum of Valmar"."""
    tokens, given = sentence.tokens, lexicon.load("en", "given_names")
    placing = roles(language)["placing"] | roles(language)["belongs"]
    kept, placed, opened = list[Token](), False, True
    for at in range(sentence.first, sentence.last):
        token = tokens[at]
        name = token.kind == "word" and token.text[0].isupper()
        placed = name and token.low not in given and (placed or (at > sentence.first and tokens[at - 1].low in placing))
        if name and not placed and (token.low in given or not opened):
            kept.append(token)
        opened = opened and token.kind == "mark"
    return wrong_names.names(kept, language) - frozenset(map(clause.stem, wrong))


def names_person(corrected: Corrected) -> bool:
    """Say whether a corrected sentence has somebody's first name."""
    given = lexicon.load("en", "given_names")
    return any(token.text[0].isupper() and token.low in given for token in read(corrected.sentence).tokens)


def is_witnessed(part: PartView, sentence: Sentence, spot: Spot, language: str) -> bool:
    """Say whether one who is quoted at no length has it of one thing: "he had a knife in his hand"."""
    before = sentence.tokens[spot.first - 1].low if spot.first > sentence.first else ""
    tokens = read(part.text).tokens
    if before not in roles(language)["determiner"] | roles(language)["indefinite"] or len(tokens) > _FEW:
        return False
    return is_quoted(part, spot) and "stop" not in phrases(language).classes.get(sentence.tokens[spot.first].low, ())


def is_spoken_of(part: PartView, sentence: Sentence, spot: Spot, own: frozenset[str], language: str) -> bool:
    """Say whether one who is quoted at no length speaks of it, and names nobody else: "They've done him for arson"."""
    tokens, words = sentence.tokens, roles(language)
    before = tokens[spot.first - 1].low if spot.first > sentence.first else ""
    led = words["determiner"] | words["placing"] | words["his"] | words["belongs"] | words["of"] | words["spoken_of"]
    if len(read(part.text).tokens) > _FEW or before not in led or is_elsewhere(sentence, spot):
        return False
    if spot.past < sentence.last and adjoins(tokens, spot.past) and tokens[spot.past].text[0].isupper():
        return False
    within = quotes(part.text, tokens)
    said = [one for one in within if one.first <= spot.first < one.last]
    if not said and part.kind not in {Part.QUOTE, Part.SOCIAL}:
        return False
    first, last = (said[0].first, said[0].last) if said else (sentence.first, sentence.last)
    spoken = sentence._replace(first=max(first, sentence.first), last=min(last, sentence.last))
    return not (others(spoken, (), language) - own) or language.startswith("de")


def of_block(text: Text, part: PartView, language: str) -> Iterator[Sentence]:
    """Yield the sentences that a card, a caption or a quotation has in other parts: its title, who signs it."""
    for one in text.view.parts if part.kind in _PIECES else ():
        if one.block == part.block and one is not part:
            yield from clause.sentences(one.text, language)


def is_quoted(part: PartView, spot: Spot) -> bool:
    """Say whether somebody's own words have it."""
    tokens = read(part.text).tokens
    said = any(one.first <= spot.first < one.last for one in quotes(part.text, tokens))
    return said or part.kind in {Part.QUOTE, Part.SOCIAL}


def is_known_thing(
    sentences: Sequence[Sentence], number: int, spot: Spot, about: frozenset[str], language: str
) -> bool:
    """Say whether a quantity was spoken of ("the 15-minute wait"), or is a sentence that the next one is about."""
    sentence = sentences[number]
    before = sentence.tokens[spot.first - 1].low if spot.first > sentence.first else ""
    if before in roles(language)["definite"] and about & sentence.stems:
        return True
    words = [token for token in sentence.tokens[sentence.first : sentence.last] if token.kind != "mark"]
    whole = sum(token.kind != "mark" for token in sentence.tokens[spot.first : spot.past]) == len(words)
    return whole and number + 1 < len(sentences) and bool(about & sentences[number + 1].stems)


def is_the_one(sentence: Sentence, spot: Spot, about: frozenset[str], language: str, *, persons: bool = False) -> bool:
    """Say whether a thing is the one that is known, by its article and by nothing that tells it from others.

    "The knife has not been found", and neither "the knife of the chef" nor "the knife attack in Holt". `persons`: the
    error was about somebody, so that "her knife" is known too.
    """
    words, tokens, short = roles(language), sentence.tokens, language[:2]
    before = tokens[spot.first - 1].low if spot.first > sentence.first else ""
    if persons and before in words["his"] and before != "its":
        return spot.past >= sentence.last or not tokens[spot.past].text[0].isupper()
    if before not in words["definite"] | words["genitive"] or (short == "en" and before != "the"):
        return False
    if spot.past >= sentence.last or not adjoins(tokens, spot.past):
        return True
    behind, classes = tokens[spot.past], phrases(language).classes
    if behind.kind != "word" or behind.low == "'s":
        return True
    if behind.low in words["belongs"] | words["of"] | words["genitive"]:
        told = {clause.stem(token.low) for token in tokens[spot.past + 1 : min(spot.past + _BY, sentence.last)]}
        return bool(told & about)
    if clause.stem(behind.low) in about:
        return True
    if short == "en":
        verbal = {"stop", "verb"} & set(classes.get(behind.low, ())) or behind.low in words["finite"]
        return bool(verbal) or spot.past in sentence.said or behind.low.endswith(("ed", "ly"))
    return behind.text.islower()


def is_anothers(sentence: Sentence, spot: Spot, own: frozenset[str], language: str) -> bool:
    """Say whether a German name stands at wrong words that is none of those whom the error was about.

    Every noun has a capital, so a name is two that stand together: "Ulla Frey, die Staatssekretärin".
    """
    first, last = max(sentence.first, spot.first - _BY), min(sentence.last, spot.past + 2)
    small = roles(language)["determiner"] | roles(language)["indefinite"] | roles(language)["placing"]
    for one, other in pairwise(sentence.tokens[first:last]):
        both = one.kind == other.kind == "word" and one.text[0].isupper() and other.text[0].isupper()
        names = frozenset(map(clause.stem, (one.low, other.low)))
        if both and one.low not in small and other.start - one.end == 1 and not names & own:
            return True
    return False


def is_place(sentence: Sentence, spot: Spot, language: str) -> bool:
    """Say whether a surname is a place's here: "in Holt", "the town of Holt", "la calle Ferrer"."""
    before = [token.low for token in sentence.tokens[max(sentence.first, spot.first - 2) : spot.first]]
    if not before:
        return False
    words, around = roles(language), lexicon.load(language, "surroundings")
    if before[-1] in _WITHIN:
        return True
    noun = before[0] if before[-1] in words["belongs"] and len(before) > 1 else before[-1]
    return noun in words["street"] or bool({"town", "region", "geo"} & set(around.get(noun, ())))


def is_called_after(sentence: Sentence, spot: Spot, about: frozenset[str], language: str) -> bool:
    """Say whether something else has the name of a place: "el barrio de Puente Nuevo"."""
    before = [token.low for token in sentence.tokens[max(sentence.first, spot.first - 2) : spot.first]]
    if len(before) < 2 or before[1] not in roles(language)["belongs"] or before[1] in _WITHIN:
        return False
    kinds = set(lexicon.load(language, "surroundings").get(before[0], ()))
    return bool({"town", "geo"} & kinds) and not before[0].endswith("s") and clause.stem(before[0]) not in about


def beside(corrected: Corrected, language: str) -> frozenset[str]:
    """Return the stem of the word that wrong ones say more of: "tanker" of "a Norwegian tanker"."""
    at = corrected.sentence.find(corrected.was)
    behind = read(corrected.sentence[at + len(corrected.was) :]).tokens[:1] if at >= 0 else ()
    return clause.stems((token.low for token in behind if token.kind == "word" and token.text.islower()), language)


def verbs(corrected: Corrected, language: str) -> frozenset[str]:
    """Return what German participles have in common with the nouns of them: "absturz" of "abgestürzt"."""
    if not language.startswith("de"):
        return frozenset()
    lows = (folded(token.low) for token in read(corrected.sentence).tokens if token.text[0].islower())
    found = (_PARTICIPLE.fullmatch(low) for low in lows)
    return frozenset(one[1] + one[2][:_STEM] for one in found if one)


def compounds(sentence: Sentence, verbs: frozenset[str]) -> int:
    """Return how many of some verbs a sentence has a noun of, also in a compound: "Flugzeugabsturz"."""
    words = [folded(token.low) for token in sentence.tokens[sentence.first : sentence.last] if token.text[0].isupper()]
    return sum(any(verb in word for word in words) for verb in verbs)


def stands_there(sentence: Sentence, spot: Spot, corrected: Corrected, about: frozenset[str], language: str) -> bool:
    """Say whether a place only tells which thing a sentence begins with: "The school in Lower Marden"."""
    tokens, head, words = sentence.tokens, spot.first - 2, roles(language)
    if head != sentence.first + 1 or tokens[head - 1].low not in words["definite"]:
        return False
    own, known = clause.stem(tokens[head].low), frozenset(map(clause.stem, words["scene"] | words["happened"]))
    if own == subject(corrected, language):
        return False  # "The wall in Marsh Lane", where a wall has fallen
    at = corrected.sentence.find(corrected.was)
    there = [clause.stem(low) for low in corrected.sentence[: max(at, 0)].lower().split()[-2:]]
    return own in about and own not in known and own not in there


def without_source(corrected: Corrected, language: str) -> str:
    """Return a corrected sentence without who said it behind it: "…, the ministry says"."""
    at, text = corrected.sentence.find(corrected.was), corrected.sentence
    for sentence in clause.sentences(text, language)[-1:] if at >= 0 else ():
        last = sentence.clauses[-1]
        first = sentence.tokens[last.first].start
        short = last.last - last.first <= _SOURCE and len(sentence.clauses) > 1
        if short and first > at and any(last.first <= one < last.last for one in sentence.said):
            return text[:first]
    return text


def subject(corrected: Corrected, language: str) -> str:
    """Return the stem of the first noun of a corrected sentence, roughly: "wall" of "A wall has fallen"."""
    classes, words = phrases(language).classes, roles(language)
    small = words["determiner"] | words["definite"] | words["indefinite"]
    for token in read(corrected.sentence).tokens:
        if token.kind == "word" and token.low not in small and "stop" not in classes.get(token.low, ()):
            return clause.stem(token.low)
    return ""


def led_by(corrected: Corrected, language: str) -> tuple[str, ...]:
    """Return the two words before wrong words, if one of them says something: "charged with"."""
    at = corrected.sentence.find(corrected.was)
    lows = tuple(token.low for token in read(corrected.sentence[: max(at, 0)]).tokens[-2:] if token.kind == "word")
    classes, small = phrases(language).classes, lexicon.load(language, "roles")
    told = any(low not in small and "stop" not in classes.get(low, ()) for low in lows)
    return lows if len(lows) == 2 and told else ()


def is_led_alike(sentence: Sentence, spot: Spot, led: tuple[str, ...], language: str) -> bool:
    """Say whether the same words lead to wrong ones, of nobody who is called or told to be another."""
    tokens, words = sentence.tokens, roles(language)
    if tuple(token.low for token in tokens[max(sentence.first, spot.first - 2) : spot.first]) != led:
        return False
    given = lexicon.load("en", "given_names")
    return not any(
        token.low in words["other"] | words["related"] or (token.text[0].isupper() and token.low in given)
        for token in tokens[sentence.first : sentence.last]
    )


def is_at(sentence: Sentence, spot: Spot, language: str) -> bool:
    """Say whether a sentence begins with something that is at a place, and goes on about that: "The inn in Holt"."""
    words = roles(language)
    lows = [token.low for token in sentence.tokens[sentence.first : spot.first]]
    small = words["placing"] | words["definite"] | words["determiner"] | words["housed"] | words["genitive"]
    definite = bool(lows) and lows[0] in words["definite"] and lows[1:2] != [] and lows[1] not in small
    if definite and (lows[1] in words["scene"] | words["happened"] or same_place.is_event(lows[1])):
        return False  # "The fire in Chapel Lane"
    led = bool(words["placing"] & set(lows[2:]) or words["housed"] & set(lows[2:]))
    return definite and led and all(low in small for low in lows[2:])


def is_of_a_new_one(sentence: Sentence, about: frozenset[str], language: str) -> bool:
    """Say whether a sentence begins with somebody or something that was not spoken of before: "A dog was …"."""
    tokens, words = sentence.tokens, roles(language)
    first = sentence.first
    if first + 1 >= sentence.last or tokens[first].low not in words["indefinite"]:
        return False
    noun = tokens[first + 1].low
    anyone = noun in phrases(language).aged or clause.stem(noun) in about or noun.endswith(_PERSON)
    return not anyone and tokens[first + 1].kind != "number"


def is_of_person(sentence: Sentence, spot: Spot, known: frozenset[str], names: frozenset[str], language: str) -> bool:
    """Say whether wrong words say more of a person, who is nothing that the error was about."""
    if spot.past >= sentence.last or not adjoins(sentence.tokens, spot.past):
        return False
    low = sentence.tokens[spot.past].low
    behind = sentence.tokens[spot.past + 1].low if spot.past + 1 < sentence.last else ""
    if clause.stem(behind) in names:
        return False  # "Slovak skipper Jana Kovač"
    return lexicon.load(language, "speakers").get(low, ("",))[0] == "person" and clause.stem(low) not in known


def is_of_other(sentence: Sentence, spot: Spot, about: frozenset[str], language: str) -> bool:
    """Say whether wrong words are of another: "the head teacher of another school", "the mayor of Gera"."""
    words, behind = roles(language), sentence.tokens[spot.past : min(spot.past + 2, sentence.last)]
    if len(behind) < 2 or behind[0].low not in words["belongs"] | words["of"]:
        return False
    name = behind[1].kind == "word" and behind[1].text[0].isupper() and clause.stem(behind[1].low) not in about
    return behind[1].low in words["other"] or (name and behind[0].low in words["of"])


def is_noun(sentence: Sentence, spot: Spot, language: str) -> bool:
    """Say whether an article stands before a German surname, which is a noun then: "ein Brand", "nach dem Brand"."""
    words = roles(language)
    before = sentence.tokens[spot.first - 1].low if spot.first > sentence.first else ""
    return before in words["determiner"] | words["indefinite"] | words["housed"]


def is_attributive(sentence: Sentence, spot: Spot, language: str, *, of_events: bool = False) -> bool:
    """Say whether a name only says which of the noun behind it: "Chapel Lane primary school".

    `of_events`: also of what happened there or who came, which is told of the place itself.
    """
    if spot.past >= sentence.last or not adjoins(sentence.tokens, spot.past):
        return False
    behind = sentence.tokens[spot.past]
    if not of_events and same_place.is_event(behind.low):
        return False  # "the Marlow East crash"
    classes = phrases(language).classes.get(behind.low, ())
    verbal = behind.low.endswith("ed") or {"stop", "verb"} & set(classes)
    return behind.kind == "word" and behind.text.islower() and behind.low != "'s" and not verbal


def is_elsewhere(sentence: Sentence, spot: Spot) -> bool:
    """Say whether a place is where somebody comes from, or the end of a way: "from Holt to Marlow East"."""
    clause_ = sentence.clauses[sentence.clause_at(spot.first)]
    before = [token.low for token in sentence.tokens[max(clause_.first, spot.first - _WAY) : spot.first]]
    return before[-1:] in (["from"], ["aus"], ["desde"]) or (before[-1:] == ["to"] and "from" in before)


def words_behind(sentence: Sentence, spot: Spot) -> frozenset[str]:
    """Return the stems of the words right behind a spot."""
    tokens = sentence.tokens
    behind = [token.low.strip("-") for token in tokens[spot.past : min(spot.past + 2, sentence.last)]]
    return frozenset(map(clause.stem, behind))


def adjoins(tokens: Sequence[Token], at: int) -> bool:
    """Say whether at most a space is before a token."""
    return tokens[at].start - tokens[at - 1].end <= 1
