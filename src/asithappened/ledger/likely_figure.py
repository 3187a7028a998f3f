"""What a figure most likely counts where no word beside it says so: in a live blog of one event, the series' own.

Owns the rules for it: an old value of the same things is theirs ("340 homes under water"), so are those who were spoken
of ("all 14"), and a number that stands for itself ("340 homes!") or was said of the series before. Words of the list
`otherwise` overrule them. Look next: `same_figure`, which asks it last.
"""

from typing import Final

from asithappened.ledger import clause, figure_series
from asithappened.ledger.clause import Sentence, outcome_of
from asithappened.ledger.figure_series import Here, Series
from asithappened.ledger.phrases import phrases

LABELS: Final = frozenset({"cost", "gust", "magnitude", "lead", "attended", "turnout", "share"})  # no outcomes
_MEASURED: Final = frozenset({"measure", "percent", "duration", "multiple"})
_OF: Final = frozenset({"of", "von", "der", "des", "de", "del"})
_DEFINITE: Final = frozenset(
    {"the", "all", "those", "these", "our", "die", "der", "den", "alle", "aller", "allen", "unsere", "los", "las",
     "estos", "estas", "esos", "esas"}
)  # fmt: skip
_LEAST: Final = 10  # a smaller number counts anything
_RARE: Final = 100  # a number without a noun
_PERSONS: Final = frozenset({("anyone",), ("kind",), ("alone",), ("some",)})
_OPENING: Final = frozenset("“‘\"'«„•¡¿–—-:")
_CLOSING: Final = frozenset(".!?,;:…”’\"'»“–—")
_FOR: Final = frozenset({"for", "für", "por"})
_OF_US: Final = (["of", "us"], ["of", "them"], ["von", "uns"], ["von", "ihnen"], ["de", "nosotros"])
_WERE: Final = frozenset({"was", "were", "war", "waren", "era", "eran", "fue", "fueron"})
_BE: Final = frozenset({"is", "are", "ist", "sind", "es", "son"})


def is_otherwise(here: Here, one: Series, *, fits: bool) -> bool:
    """Say whether a figure's clause tells something else of those counted: "340 homes have been saved".

    `fits`: they may be the series', so that what they are called tells nothing else.
    """
    sentence, quantity = here.sentence, here.found.quantity
    wanted = {one.outcome, one.told}
    counted = here.found.counted_start, here.found.counted_end
    own = sentence.clauses[sentence.clause_at(quantity.core)]
    first = max(own.first, here.previous.quantity.past if here.previous is not None else own.first)
    end = min(own.last, here.next.quantity.first if here.next is not None else own.last)
    told = [(at, telling.last) for at, telling in sentence.tells.items() if telling.outcomes & wanted]
    return any(
        first <= at < end
        and (not against or against & wanted)
        and not (fits and counted[0] <= sentence.tokens[at].start < counted[1])
        and not any(begins <= at < ends for begins, ends in told)  # "did not survive"
        for at, against in sentence.otherwise.items()
    )


def by_default(here: Here, one: Series, counted: str, *, known: bool, spoken: bool) -> int:
    """Return how surely a figure is the series', where it has its value and nothing speaks against it.

    `known`: its text has said before what the number is of; `spoken`: it has words of the series' label.
    """
    fits = counted in {"same", "perhaps"} or not here.found.counted
    if not fits or counted == "other" or _tells_another(here, one):
        return 0
    if _is_topic(here, one, counted, known=known):
        return 55
    if one.moved.figure in _MEASURED:
        return 55 if spoken and _is_distinct(here) and not _is_owned(here, one) and not _had(here) else 0
    if one.moved.figure != "count":
        return 0
    small = abs(here.found.quantity.low) < _LEAST
    any_of = one.group[1:] in _PERSONS or not one.group[0] or bool(one.told) or _of_many(here)
    if (known or not small) and is_definite(here) and any_of:
        return 60
    named = one.outcome or not one.names or one.names & (here.sentence.stems | here.context)
    own = figure_series.group_of(here.found.counted, here.language)
    kind = counted == "same" and own[1:] not in {("anyone",), ("alone",), ("some",)}
    return 60 if kind and named and not small else 0


def _is_distinct(here: Here) -> bool:
    """Say whether a number has two digits that tell it from others: "6.2", "142", and not "100"."""
    return len(f"{abs(here.found.quantity.low):g}".replace(".", "").strip("0")) > 1


def _had(here: Here) -> bool:
    """Say whether a clause is in the pluperfect: "hatte 8,4 Prozent verloren"."""
    own = here.sentence.clauses[here.sentence.clause_at(here.found.quantity.core)]
    return bool(here.sentence.having("had", own.first, own.last))


def _is_owned(here: Here, one: Series) -> bool:
    """Say whether a measure is of something that the series does not name: "8.4% of Tessel", "Tessel is down 8.4%"."""
    sentence, quantity = here.sentence, here.found.quantity
    tokens, end = sentence.tokens, max(quantity.past, quantity.last)
    if here.found.counted and clause.stem(figure_series.head_of(here.found.counted, here.language)) not in one.words:
        return True
    if end < sentence.last and tokens[end].low in _OF:
        return not one.words & frozenset(clause.stem(token.low) for token in tokens[end : min(end + 5, sentence.last)])
    if here.language.startswith("de"):
        return False  # every noun has a capital
    own = one.words | {clause.stem(low) for place in one.places for low in place.lower().split()}
    named = {
        clause.stem(token.low)
        for token in tokens[sentence.first : sentence.last]
        if token.kind == "word" and token.text[0].isupper() and token.low not in phrases(here.language).classes
    }
    return bool(one.names) and bool(named - own) and not named & own


def _tells_another(here: Here, one: Series) -> bool:
    """Say whether words beside a figure tell another outcome than the series'."""
    sentence, quantity = here.sentence, here.found.quantity
    own = sentence.clauses[sentence.clause_at(quantity.core)]
    wanted = {one.outcome, one.told, *one.own}
    if here.found.outcome and outcome_of(here.found.outcome) not in wanted:
        return True
    return any(
        own.first <= at < own.last
        and not telling.outcomes & wanted
        and not telling.outcomes <= LABELS
        and not (telling.before and at > quantity.core)
        for at, telling in sentence.tells.items()
    )


def is_definite(here: Here) -> bool:
    """Say whether those counted were spoken of before: "the 14 men", "all 14"."""
    first = here.found.quantity.first
    return first > here.sentence.first and here.sentence.tokens[first - 1].low in _DEFINITE


def _of_many(here: Here) -> bool:
    """Say whether somebody is one of those counted: "one of the seventy-one thousand"."""
    first = here.found.quantity.first
    before = [token.low for token in here.sentence.tokens[max(here.sentence.first, first - 3) : first - 1]]
    return before in (["one", "of"], ["eine", "von"], ["einer", "von"], ["uno", "de"], ["una", "de"])


def _is_topic(here: Here, one: Series, counted: str, *, known: bool) -> bool:
    """Say whether a number stands for itself: "Four thousand three hundred!", "340 homes is not a record"."""
    sentence, quantity = here.sentence, here.found.quantity
    tokens, at = sentence.tokens, quantity.first - 1
    of_us = [token.low for token in tokens[quantity.past : quantity.past + 2]] in _OF_US
    is_said = at >= sentence.first and (
        ((known or of_us) and tokens[at].low in _BE) or (known and tokens[at].low in _WERE and not here.found.counted)
    )
    if at >= sentence.first and tokens[at].text not in _OPENING and not is_said:
        return False
    rare = abs(quantity.low) >= _RARE or here.found.counted or one.moved.figure != "count"
    if not known and not rare:
        return False
    if is_said:
        return True  # "There are 24 of them", of whom was spoken
    end = max(quantity.past, quantity.last)
    if here.found.counted:
        end = next((n for n in range(end, sentence.last) if tokens[n].end >= here.found.counted_end), end - 1) + 1
    if end >= sentence.last or tokens[end].text in _CLOSING:
        return counted in {"same", "perhaps"} or not here.found.counted
    if one.moved.figure != "count" and tokens[end].low in _FOR:
        return True  # "Forty-two million pounds for a man who cannot head a ball!"
    return tokens[end].low in _BE and (counted == "same" or one.moved.figure != "count") and _is_alone(sentence, end)


def _is_alone(sentence: Sentence, at: int) -> bool:
    return not any(here > at for here in sentence.outcomes)
