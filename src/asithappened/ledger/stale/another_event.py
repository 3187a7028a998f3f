"""Whether a figure is of something else than the series is about: another's, a second one, the last one, a difference.

Owns the words for it. Look next: `same_figure`, which asks it.
"""

from typing import Final

from asithappened.ledger.amounts import units
from asithappened.ledger.language import lexicon
from asithappened.ledger.language.clause import Sentence, stem
from asithappened.ledger.language.phrases import is_plural, phrases
from asithappened.ledger.language.roles import roles
from asithappened.ledger.stale.figure_series import Here, Series, stems_of

_ARTICLES: Final = frozenset({"a", "an", "ein", "eine", "un", "una"})
_SECOND: Final = frozenset(
    {"second", "third", "another", "zweiter", "zweite", "zweites", "anderer", "segundo", "segunda", "otro", "otra"}
)
_OWNED: Final = frozenset({"cancelled", "closed", "cut off", "lost", "sold", "created"})
_CAUSES: Final = frozenset(
    {"snow", "heat", "storm", "fog", "ice", "wind", "rain", "flood", "flooding", "fire", "blaze", "water", "mud", "ash",
     "smoke", "strike", "blast", "bomb", "quake", "earthquake", "lightning", "hail", "debris", "police", "army",
     "schnee", "hitze", "sturm", "nebel", "eis", "regen", "hochwasser", "feuer", "brand", "wasser", "streik",
     "unwetter", "polizei", "feuerwehr", "nieve", "calor", "viento", "niebla", "lluvia", "fuego", "incendio", "agua",
     "temporal", "tormenta", "huelga", "policía", "derrumbe", "alud", "terremoto"}
)  # fmt: skip
_OPENING: Final = frozenset(":–—“„«‘\"'•")
_COMMON: Final = ("ly", "ing", "ed", "tion", "ment", "ness")
_VERB_ENDINGS: Final = ("á", "án", "ó", "ron", "é")


def is_told(here: Here, one: Series) -> bool:
    """Say whether a figure's clause tells something of another event or owner than the series'."""
    return _of_another(here, one) or _is_change(here, one) or _is_rate(here, one)


def _of_another(here: Here, one: Series) -> bool:
    """Say whether somebody else has or does what is counted: "Gatwick has cancelled", "the Conservatives have won"."""
    if one.outcome and one.outcome not in _OWNED:
        return False
    sentence, quantity = here.sentence, here.found.quantity
    clause = sentence.clauses[sentence.clause_at(quantity.core)]
    if here.language.startswith("de"):
        return False  # every noun has a capital
    begins = next((at for at in range(sentence.first, quantity.first) if sentence.tokens[at].kind != "mark"), 0)
    subject = [
        stem(token.low)
        for at, token in enumerate(sentence.tokens[clause.first : quantity.first], start=clause.first)
        if token.kind == "word"
        and token.text[0].isupper()
        and not ((at == begins or sentence.tokens[at - 1].text in _OPENING) and _is_common(sentence, at, here.language))
        and token.low not in phrases(here.language).classes
        and token.low not in lexicon.load(here.language, "counted_as")
    ]
    own = one.names | {low for place in one.places for low in stems_of(place)} if one.outcome else one.names
    others = set(subject) - one.words
    return bool(own) and bool(others) and not own & (sentence.stems | here.context)


def _is_change(here: Here, one: Series) -> bool:
    """Say whether a figure is by how much something moved: "fell by 4.8%", of a series of how much there is."""
    sentence, first = here.sentence, here.found.quantity.first
    own = sentence.clauses[sentence.clause_at(here.found.quantity.core)]
    if first <= own.first or sentence.tokens[first - 1].low not in roles(here.language)["by_how_much"]:
        return False
    moved = roles(here.language)["moved"]
    if one.moved.figure in {"money", "percent"} and here.language.startswith("en"):
        return not one.words & frozenset(map(stem, moved))  # "overspent by £87m"
    moves = any(at in sentence.moves or sentence.tokens[at].low in moved for at in range(own.first, own.last))
    return moves and not one.words & frozenset(map(stem, moved))


def _is_rate(here: Here, one: Series) -> bool:
    """Say whether a figure is of each month or year, where the series' is not: "48 Millionen im Jahr"."""
    tokens, past = here.sentence.tokens, max(here.found.quantity.past, here.found.quantity.last)
    if past + 1 >= here.sentence.last or tokens[past].low not in roles(here.language)["per"]:
        return False
    dated = past + 2 < here.sentence.last and tokens[past + 2].kind == "number"  # "im Jahr 2031"
    time = tokens[past + 1].low
    return units.is_time(time, here.language) and not dated and stem(time) not in one.words


def _of_the_last(here: Here, one: Series) -> bool:
    """Say whether a sentence is about the one before: "The last budget got 312 votes"."""
    tokens, words = here.sentence.tokens, roles(here.language)
    return any(
        tokens[at].low in words["last"]
        and tokens[at - 1].low in words["definite"]
        and stem(tokens[at + 1].low) in one.words
        for at in range(here.sentence.first + 1, here.found.quantity.first - 1)
    )


def _in_another(here: Here, one: Series) -> bool:
    """Say whether those counted are in or on another thing: "96 people fell ill on a sister ship"."""
    sentence, words = here.sentence, roles(here.language)
    own, tokens = sentence.clauses[sentence.clause_at(here.found.quantity.core)], sentence.tokens
    return any(
        tokens[at].low in words["other"] | words["neighbouring"]
        and tokens[at - 1].low in words["indefinite"]
        and tokens[at - 2].low in words["placing"] | words["belongs"]
        and tokens[at + 1].kind == "word"
        and not units.is_time(tokens[at + 1].low, here.language)  # "for a second day"
        and stem(tokens[at].low) not in one.words
        for at in range(max(own.first + 2, here.found.quantity.past), own.last - 1)
    )


def _is_common(sentence: Sentence, at: int, language: str) -> bool:
    """Say whether a word that a sentence begins with has its capital for that alone: "Snow", "Airlines"."""
    token = sentence.tokens[at]
    if at + 1 < sentence.last and sentence.tokens[at + 1].text[0].isupper() and not language.startswith("de"):
        return False
    listed = lexicon.load(language, "counted_as")
    if token.low.endswith(_COMMON):
        return True
    plural = is_plural(token.low, language) and not language.startswith("es")
    verb = language.startswith("es") and token.low.endswith(_VERB_ENDINGS)  # "Irá a la cárcel"
    return (
        plural
        or verb
        or token.low in lexicon.load(language, "function_words")
        or token.low in _CAUSES
        or token.low in listed
        or token.low in lexicon.load(language, "speakers")
        or at in sentence.tells
        or at in sentence.outcomes
    )


def is_second(here: Here, one: Series) -> bool:
    """Say whether a sentence begins with another event: "A second fire, near Tolm, has burned 3,400 hectares"."""
    if _of_the_last(here, one) or _in_another(here, one):
        return True
    begins = here.sentence.tokens[here.sentence.first : min(here.sentence.first + 4, here.found.quantity.first)]
    lows = [token.low for token in begins if token.kind != "mark"]
    words = roles(here.language)
    lows = lows[1:] if lows[:1] and lows[0] in words["placing"] | words["leading"] else lows
    lows = lows[1:] if lows[:1] and lows[0] in _ARTICLES else lows
    return len(lows) > 1 and lows[0] in _SECOND
