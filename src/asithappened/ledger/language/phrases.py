"""Noun phrases behind a number: where one begins, where it ends, and whether one is there.

Owns reading them from word classes of the lexicon `boundaries` and from endings, without a grammar. A plural ends one,
for those counted are many; behind "5%" or "16-day" the noun is one, and a verb ends it. Look next: `counted`.
"""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from asithappened.ledger.language import lexicon
from asithappened.ledger.language.tokens import Token

LONGEST: Final = 7  # words
_NO_PLURAL: Final = ("ss", "us", "is", "ous")
_OPENING: Final = frozenset("“‘\"'")
_SPEAKING: Final = frozenset(
    {"say", "says", "said", "report", "reports", "reported", "told", "tell", "added", "warn", "warned", "claim",
     "claimed", "confirm", "confirmed", "believe", "fear", "estimate", "estimated", "announced", "have", "had", "are",
     "were", "dijo", "dijeron", "informó"}
)  # fmt: skip
_NAMES: Final = frozenset({"US", "IT", "WHO"})  # written small they are other words
_HANGING: Final = frozenset("-‐‑")
_COMPARATIVE: Final = ("er", "more", "less", "worse", "other")
_ADJECTIVES: Final = ("ous", "ful", "able", "ible", "less", "ish")
# What a verb is done to begins so; of what may be a noun too, it makes a verb ("5% back the plan").
_OBJECTS: Final = frozenset({"the", "a", "an", "his", "her", "their", "its", "my", "our", "your", "him", "them", "us"})


class Phrases(NamedTuple):
    """Words of a language that decide where a phrase ends or what a number is, by what they do."""

    classes: Mapping[str, tuple[str, ...]]
    at_time: frozenset[str]
    at_hour: frozenset[str]
    times_of_day: frozenset[str]
    since: frozenset[str]
    settles: frozenset[str]
    old: frozenset[str]
    of_age: frozenset[str]
    tallies: frozenset[str]
    halves: frozenset[str]
    determiners: frozenset[str]
    compares: frozenset[str]
    no_share: frozenset[str]
    reports: frozenset[str]
    ratios: frozenset[str]
    aged: frozenset[str]
    dates: frozenset[str]


@lexicon.kept
def phrases(language: str) -> Phrases:
    """Return a language's words."""
    contexts = lexicon.load(language, "contexts")

    def having(kind: str) -> frozenset[str]:
        return frozenset(phrase for phrase, values in contexts.items() if kind in values)

    return Phrases(
        lexicon.load(language, "boundaries"),
        having("at_time"),
        having("at_hour"),
        having("day_part"),
        having("since"),
        having("settles"),
        having("old"),
        having("of_age"),
        having("tally"),
        having("half_of"),
        having("determiner"),
        having("compares"),
        having("no_share"),
        having("reports"),
        having("ratio"),
        having("aged"),
        frozenset(
            word for word, values in lexicon.load(language, "calendar").items() if values[0] in {"month", "weekday"}
        ),
    )


_BEHIND_VERBS: Final = frozenset(
    {"from", "the", "a", "an", "as", "at", "into", "up", "down", "his", "her", "their", "its"}
)
_SET_BY: Final = frozenset({"by", "on", "in", "at", "for", "out", "aside", "last", "earlier", "this"})
_OWNING: Final = frozenset({"women", "men", "children", "people"})


def low_at(tokens: Sequence[Token], at: int) -> str:
    """Return a token's small letters, empty beyond either end."""
    return tokens[at].low if 0 <= at < len(tokens) else ""


def is_plural(low: str, language: str) -> bool:
    """Say whether a word is a plural, by the lexicon or by its ending."""
    classes = phrases(language).classes.get(low, ())
    if classes and "either" not in classes:
        return "plural" in classes or "compound" in classes
    if language.startswith("de"):
        return low.endswith(("en", "er", "e", "n", "s"))
    return len(low) > 2 and low.endswith("s") and not low.endswith(_NO_PLURAL)


def noun_follows(tokens: Sequence[Token], at: int, language: str, *, plural: bool = False) -> bool:
    """Say whether a noun phrase begins at a token; `plural`: one that ends with a plural."""
    phrase = noun_phrase(tokens, at, language, many=plural)
    if phrase is None:
        return False
    return not plural or any(is_plural(token.low, language) for token in tokens[phrase[0] : phrase[1]])


def noun_phrase(
    tokens: Sequence[Token], at: int, language: str, *, many: bool, within: bool = False, nominal: bool = False
) -> tuple[int, int] | None:
    """Return the tokens (one past the last) of the noun phrase that begins at a token, None where none does.

    `many`: a number stands before it, so that a plural is its head. `within`: what stands before is part of it ("a
    31-month high"), so that an adjective may be its head. `nominal`: no verb can begin there, behind "of" or "a".
    """
    begins = _skipped(tokens, at, language, many=many)
    if begins is None or (low_at(tokens, begins + 1) == "than" and low_at(tokens, begins).endswith(_COMPARATIVE)):
        return None  # "5% deeper than last year"
    if low_at(tokens, begins + 2) == low_at(tokens, begins) and low_at(tokens, begins + 1) in {"on", "over"}:
        return None  # "6% year on year"
    at, end, seen, of = begins, begins, False, nominal
    while end < len(tokens) and end - at < LONGEST:
        token = tokens[end]
        if end > at and not _touching(tokens[end - 1], token):
            break
        owners = many and seen and token.low == "'s" and end == at + 1 and tokens[at].low in _OWNING
        if owners and _plural_within(tokens, end + 1, language):
            at, end, seen = end + 1, end + 1, False  # "12 women's shelters"
            continue
        if token.low == "'s" and not seen and end > at:
            while end + 1 < len(tokens) and end - at < LONGEST and tokens[end + 1].kind == "number":
                end += 1  # "1% of the bank's 100,000 tellers"
            if many and not _stands_before_noun(tokens, end, language):
                break  # "three RBI's"
            at, end = end + 1, end + 1  # "five Turkey's soldiers" counts no Turkey
            continue
        if (
            token.text in {"’", "'"}
            and end > at
            and end + 1 < len(tokens)
            and seen
            and _touching(token, tokens[end + 1])
        ):
            at, end, seen, nominal = end + 1, end + 1, False, True  # "two weeks' notice"
            continue
        if _hangs(tokens, end) and end > at:
            end, seen = end + 2, False  # "coal- and gas-fired plants"
            continue
        if many and not seen and (inner := _compound_number(tokens, end)):
            end = inner  # "two 24-hour strikes", "five 250kg bombs"
            continue
        if token.kind != "word" and not (token.kind == "name" and not seen):
            if token.text == "," and end == at + 1 and of and _qualified(tokens, at, language):
                end += 1  # "8 inches of heavy, wet snow"
                continue
            if (
                token.text == ","
                and many
                and not seen
                and end > at
                and _plural_within(tokens, end + 1, language, of=True)
            ):
                end += 1
                continue
            break
        opens = nominal and (end == at or _qualifies(tokens[end - 1], language))
        if _ends_before(
            tokens, end, language, first=end == at, seen=seen, many=many, within=within, nominal=opens, of=nominal
        ):
            break
        hyphened = "-" in token.low and _plural_within(tokens, end + 1, language)  # "four plain-clothes officers"
        seen = seen or (is_plural(token.low, language) and not hyphened)
        end += 1
    while end > at and _trails(tokens[end - 1], language, within=within):
        end -= 1
    if many and end - at > 1 and not seen and not of and _compounds(tokens, at, end, language):
        return at, at + 1  # "a six vehicle crash" is one of six vehicles
    return (at, end) if end > at else None


def _qualified(tokens: Sequence[Token], at: int, language: str) -> bool:
    """Say whether an adjective, a comma, another adjective and a noun stand at a token."""
    if low_at(tokens, at + 1) != "," or not all(_qualifies(token, language) for token in tokens[at : at + 3 : 2]):
        return False
    return at + 3 < len(tokens) and tokens[at + 3].kind == "word" and _touching(tokens[at + 2], tokens[at + 3])


def _compounds(tokens: Sequence[Token], at: int, end: int, language: str) -> bool:
    """Say whether no word of a phrase is a plural, and the first is a noun written small."""
    first = tokens[at]
    plain = first.kind == "word" and first.text.islower() and not _qualifies(first, language) and "-" not in first.low
    return plain and not any(is_plural(token.low, language) for token in tokens[at:end])


def _stands_before_noun(tokens: Sequence[Token], at: int, language: str) -> bool:
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if after is None or after.kind != "word" or not _touching(tokens[at], after):
        return False
    return "stop" not in phrases(language).classes.get(after.low, ())


def _skipped(tokens: Sequence[Token], at: int, language: str, *, many: bool) -> int | None:
    """Return where a noun phrase begins behind "more", "the most" and quotation marks; None where it cannot."""
    classes = phrases(language).classes
    while at < len(tokens):
        if tokens[at].text in _OPENING:
            if not _stands_before_word(tokens, at):
                return None
        elif not (
            "skip" in classes.get(tokens[at].low, ())
            or (many and tokens[at].low in {"most", "least", "very"} and _plural_within(tokens, at + 1, language))
        ):
            break
        at += 1
    return at


def _hangs(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a hyphen hangs there, to be gone on with: "low- and middle-income", "two- or three-year"."""
    hanging = tokens[at].text in _HANGING and at > 0 and tokens[at - 1].end == tokens[at].start
    return hanging and low_at(tokens, at + 1) in {"and", "or", "to", "und", "oder", "bis"}


def _compound_number(tokens: Sequence[Token], at: int) -> int:
    """Return one past a number with what is glued to it, 0 where none stands there."""
    if tokens[at].kind != "number" or at + 1 >= len(tokens) or tokens[at + 1].start > tokens[at].end:
        return 0
    if tokens[at + 1].kind == "word":
        return at + 2
    hyphened = tokens[at + 1].text in _HANGING and _stands_before_word(tokens, at + 1)
    return at + 3 if hyphened else 0


def _trails(token: Token, language: str, *, within: bool) -> bool:
    """Say whether a word at a phrase's end is none of it: a mark, "and", an adjective that no noun followed."""
    if token.kind == "mark" or token.low in {"and", "'s", "overnight"}:
        return True
    return not within and "soft" in phrases(language).classes.get(token.low, ())


def _qualifies(token: Token, language: str) -> bool:
    """Say whether a word is an adjective, behind which a noun still has to come."""
    kinds = phrases(language).classes.get(token.low, ())
    return "soft" in kinds or "skip" in kinds or _verbal(token) or (not kinds and _adjective(token.low))


def _predicates(token: Token, language: str) -> bool:
    """Say whether a word may say what became of those counted, rather than what they are: "63 homeless, …"."""
    kinds = phrases(language).classes.get(token.low, ())
    return ("soft" in kinds and "quality" not in kinds) or _verbal(token)


def _adjective(low: str) -> bool:
    return len(low) > 4 and low.endswith(_ADJECTIVES)


def _touching(before: Token, after: Token) -> bool:
    return after.start - before.end <= 1


def _stands_before_word(tokens: Sequence[Token], at: int) -> bool:
    return at + 1 < len(tokens) and tokens[at + 1].start == tokens[at].end and tokens[at + 1].kind == "word"


def _plural_within(tokens: Sequence[Token], at: int, language: str, *, of: bool = False) -> bool:
    """Say whether the next words are adjectives and a plural: "small, empty boats", "electric or hybrid cars".

    `of`: a comma stands before them, so that it is none who speaks ("63 homeless, officials said").
    """
    classes = phrases(language).classes
    for place, token in enumerate(tokens[at : at + 4], start=at):
        if token.low in {"and", "or"} and token is not tokens[at]:
            continue
        if token.kind != "word" or {"stop", "verb"} & set(classes.get(token.low, ())):
            return False
        if token.low in lexicon.load(language, "numbers"):
            return False
        if is_plural(token.low, language):
            speaks = of and (token.low in _SPEAKING or low_at(tokens, place + 1) in _SPEAKING)
            return not speaks and (not token.text[0].isupper() or language.startswith("de"))
    return False


def _ends_before(
    tokens: Sequence[Token],
    at: int,
    language: str,
    *,
    first: bool,
    seen: bool,
    many: bool,
    within: bool,
    nominal: bool,
    of: bool,
) -> bool:
    """Say whether a noun phrase ends before a word. `seen`: a plural stands in it already. `nominal`: a noun is due.

    `of`: it is not what a number counts itself, so that it may be one thing ("1% of the sales force").
    """
    token, classes = tokens[at], phrases(language).classes
    kinds = classes.get(token.low, ()) if token.text not in _NAMES else ()
    if token.text[0].isupper() and token.low in phrases(language).dates:
        return True
    noun_after = _noun_ahead(tokens, at + 1, language, nominal=nominal)
    lists = many and not noun_after and low_at(tokens, at + 1) in {",", "and", "or"}
    if lists and not _predicates(token, language):  # "two glorious, warm days"
        noun_after = _plural_within(tokens, at + 2, language, of=low_at(tokens, at + 1) == ",")
    noun_after = noun_after or (of and _qualified(tokens, at, language))
    named = first and token.text[:1].isupper() and token.text[1:].islower() and tokens[at - 1].kind != "mark"
    if "stop" in kinds and not (named and at + 1 < len(tokens) and tokens[at + 1].text[:1].isupper()):
        joins = token.low in {"and", "or", "&", "y", "und"} and many and not seen and not first
        return not (joins and _plural_within(tokens, at + 1, language))
    if "verb" in kinds:
        return not nominal
    if token.low == "set" and not first and low_at(tokens, at + 1) in _SET_BY:
        return True  # "the $26 offering price set on Wednesday"
    if "either" in kinds and not nominal:
        alone = first and many and not token.low.endswith("s") and not (noun_after and tokens[at + 1].text.islower())
        after_many = alone or (
            seen and not token.low.endswith("s") and "compound" not in classes.get(tokens[at - 1].low, ())
        )
        if after_many or _acts(tokens, at, language, first=first) or (first and within and token.low.endswith("s")):
            return True
    if "soft" in kinds:
        return (not noun_after and not within) or seen
    if not seen:
        if first:
            acts = token.low.endswith("ly") or (token.low.endswith("ing") and "noun" not in kinds and not nominal)
            return (acts or _verbal(token) or _adjective(token.low)) and not noun_after
        if many or not is_plural(tokens[at - 1].low, language):
            acts = _verbal(token) or (token.low.endswith("ing") and "noun" not in kinds)
            return acts and not noun_after
    if _verbal(token) or token.low.endswith("ly") or (token.low.endswith("ing") and "noun" not in kinds):
        return True
    if many and not is_plural(token.low, language):
        compound = "compound" in classes.get(tokens[at - 1].low, ())
        return not (compound and (of or _plural_within(tokens, at, language)))
    if many and seen and language.startswith("en") and tokens[at - 1].text.islower() and token.text.islower():
        compound = "compound" in classes.get(tokens[at - 1].low, ())
        acts = low_at(tokens, at + 1) in _BEHIND_VERBS or (at + 1 < len(tokens) and tokens[at + 1].kind == "number")
        if acts and is_plural(tokens[at - 1].low, language) and not compound:
            return True  # "3,000 workers ranges from", but "12 expenses claims"
    return many and token.text[:1].isupper() and tokens[at - 1].text.islower() and not language.startswith("de")


def _noun_ahead(tokens: Sequence[Token], at: int, language: str, *, nominal: bool) -> bool:
    """Say whether a noun follows, behind adjectives: "seriously injured men", but not "announced earlier"."""
    classes, ending = phrases(language).classes, {"stop", "skip"} if nominal else {"stop", "verb", "skip"}
    for place in range(at, min(at + 4, len(tokens))):
        token = tokens[place]
        if token.kind != "word" or not _touching(tokens[place - 1], token):
            return False
        if lexicon.load(language, "numbers").get(token.low, ("",))[0] == "number":
            return False  # "a bond dropped eight points"
        kinds = classes.get(token.low, ()) if token.text not in _NAMES else ()
        if ending & set(kinds):
            return False
        if "soft" not in kinds and not token.low.endswith("ly"):
            return True
    return False


def _acts(tokens: Sequence[Token], at: int, language: str, *, first: bool) -> bool:
    """Say whether a word that may be a noun is a verb, by what it is done to; not so in "two trains an hour"."""
    after = low_at(tokens, at + 1)
    if not first and at + 1 < len(tokens) and _touching(tokens[at], tokens[at + 1]) and tokens[at].text.islower():
        signs = lexicon.load(language, "units").get(after, ("",))[0] == "money" and not after.isalpha()
        if signs or tokens[at + 1].kind == "number" or tokens[at + 1].text[0].isupper():
            return True  # "the shutdown cost $24bn", "a 27ft wave hit Porth"
    if after in {"a", "an"} and lexicon.load(language, "units").get(low_at(tokens, at + 2), ("",))[0] == "duration":
        return False
    return after in _OBJECTS


def _verbal(token: Token) -> bool:
    return token.low.endswith("ed") and not token.low.endswith("eed") and len(token.low) > 4 and token.text.islower()
