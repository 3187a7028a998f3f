"""What a figure most likely counts where no word beside it says so: in a live blog of one event, the series' own.

Owns the rules for it: an old value of the same things is theirs ("340 homes under water"), so are those who were spoken
of ("all 14"), and a number that stands for itself ("340 homes!") or was said of the series before. Words of the list
`otherwise` overrule them. Look next: `same_figure`, which asks it last.
"""

from collections.abc import Sequence
from typing import Final

from asithappened.ledger.language import clause, lexicon
from asithappened.ledger.language.clause import Sentence, outcome_of
from asithappened.ledger.language.phrases import phrases
from asithappened.ledger.language.tokens import Token
from asithappened.ledger.stale import figure_series, same_outcome, topics
from asithappened.ledger.stale.figure_series import Here, Series
from asithappened.ledger.views import Part

LABELS: Final = frozenset(  # no outcomes
    {"cost", "gust", "magnitude", "lead", "attended", "turnout", "share", "aboard", "signed", "voted", "complained"}
)
_MEASURED: Final = frozenset({"measure", "percent", "duration", "multiple"})
_OF: Final = frozenset({"of", "von", "der", "des", "de", "del"})
_LEAST: Final = 10  # a smaller number counts anything
_RARE: Final = 100  # a number without a noun
_PERSONS: Final = frozenset({("anyone",), ("kind",), ("alone",), ("some",)})
_OF_THE: Final = 3  # tokens
_HOUSEHOLDS: Final = frozenset({"families", "homes"})
_OPENING: Final = frozenset("“‘\"'«»„‚•¡¿–—-:")
_CLOSING: Final = frozenset(".!?,;:…”’\"'»«“–—")
_FOR: Final = frozenset({"for", "für", "por"})
_OF_US: Final = (["of", "us"], ["of", "them"], ["von", "uns"], ["von", "ihnen"], ["de", "nosotros"])
_WERE: Final = frozenset({"was", "were", "war", "waren", "era", "eran", "fue", "fueron"})
_GONE: Final = frozenset({"missing", "held", "trapped", "stranded", "cut off"})  # who is held is missed too
_LASTING: Final = frozenset({"missing", "trapped", "stranded", "cut off", "held", "displaced", "evacuated"})
_STILL: Final = frozenset({"still", "noch", "weiterhin", "immer", "todavía", "aún", "siguen", "sigue"})
_OURS: Final = frozenset({"we", "our", "we’ve", "we've", "we’re", "we're", "wir", "unsere", "hemos", "tenemos",
                          "nuestros", "nuestras"})  # fmt: skip
_OUR: Final = frozenset({"our", "unseren", "unserer", "nuestros", "nuestras"})
_AND: Final = frozenset({"and", "und", "y"})
_TIMES: Final = frozenset({"passed", "far", "morning", "noon", "afternoon", "past"})
_PRESENT: Final = frozenset(
    {"is", "are", "will", "costs", "means", "gives", "give", "puts", "put", "pays", "pay", "spends", "spend", "needs",
     "need", "ist", "sind", "kostet", "kosten", "gibt", "geben", "zahlt", "zahlen", "steckt", "stecken", "bekommt",
     "es", "son", "cuesta", "cuestan", "está", "están", "pone", "ponen", "paga", "pagan", "damos", "ponemos"}
)  # fmt: skip
_SUMS: Final = frozenset(map(clause.stem, ("money", "cash", "geld", "steuergeld", "dinero")))
_LARGE: Final = 1000
_SOME: Final = 20  # of those counted, in words that name nobody
_NEAR: Final = 4
_BE: Final = frozenset({"is", "are", "ist", "sind", "es", "son"})


def is_otherwise(here: Here, one: Series, *, fits: bool) -> bool:
    """Say whether a figure's clause tells something else of those counted: "340 homes have been saved".

    `fits`: they may be the series', so that what they are called tells nothing else.
    """
    sentence, quantity = here.sentence, here.found.quantity
    if _are_whose(here):
        return False
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


def _are_whose(here: Here) -> bool:
    """Say whether a clause is about somebody of theirs: "Parents of the 12 have gathered"."""
    tokens, at = here.sentence.tokens, here.found.quantity.first
    if at - here.sentence.first < _OF_THE or not topics.spoken_of(here) or tokens[at - 2].low not in _OF:
        return False
    whose = lexicon.load(here.language, "counted_as").get(tokens[at - 3].low, ())
    return whose[1:] in {("some",), ("kind",)} or whose[:1] == ("families",)


def by_default(here: Here, one: Series, counted: str, *, known: bool, spoken: bool) -> int:
    """Return how surely a figure is the series', where it has its value and nothing speaks against it.

    `known`: its text has said before what the number is of; `spoken`: it has words of the series' label.
    """
    if counted == "other" and _are_their_own(here, one):
        return 55
    if counted == "other" or _tells_another(here, one):
        return 0
    if _may_be_meant(here, one, counted):
        return 55
    if not (counted in {"same", "perhaps"} or not here.found.counted or _is_named_in(here, one)):
        return 0
    if one.moved.figure != "count":
        return _of_measure(here, one, known=known, spoken=spoken)
    if _is_topic(here, one, counted, known=known) or _is_said_of_it(here, one, counted):
        return 55
    small = abs(here.found.quantity.low) < _LEAST
    if counted == "same" and one.outcome in _LASTING and not small and _goes_on(here):
        return 60
    any_of = one.group[1:] in _PERSONS or not one.group[0] or bool(one.told) or _of_many(here)
    own = figure_series.group_of(here.found.counted, here.language)
    few = own[1:] in {("alone",), ("some",)} and own[0] != one.group[0]
    kind = counted == "same" and own[1:] != ("anyone",) and not few
    if topics.spoken_of(here) and not here.found.counted and abs(here.found.quantity.low) >= _LARGE:
        return 55  # "among the 8,000"
    if topics.spoken_of(here) and ((any_of and (known or not small)) or (kind and not small)):
        return 60
    bare = (
        here.part.kind != Part.TABLE
        and not here.found.counted
        and abs(here.found.quantity.low) >= _RARE
        and _is_distinct(here)
    )
    if bare and (spoken or topics.lead(here) == "first") and not _had(here) and not _is_asked(here):
        return 55  # "as 611 wait for a bed"
    named = one.outcome or not one.names or one.names & (here.sentence.stems | here.context)
    if counted == "same" and abs(here.found.quantity.low) >= _LARGE and _is_distinct(here) and not _had(here):
        return 55  # as many people are hardly others
    return 60 if kind and named and not small else 0


def _are_their_own(here: Here, one: Series) -> bool:
    """Say whether who is quoted begins with as many persons, whom a series counts by what they did or have.

    "“Fourteen families will never be the same”" of fourteen dead, "“9,120 people want change”" of votes.
    """
    if here.speech is None or topics.lead(here) != "first" or abs(here.found.quantity.low) < _LEAST or _had(here):
        return False
    own = figure_series.group_of(here.found.counted, here.language)
    persons, things = one.group[1:] in _PERSONS, one.group[1:] == ("thing",)
    return (persons and own[0] in _HOUSEHOLDS) or (things and own[1:] in {("anyone",), ("kind",)})


def _of_measure(here: Here, one: Series, *, known: bool, spoken: bool) -> int:
    """Return how surely an amount is the series' that no word is beside: "For £340m", "the £340m", "It is 8.4 m"."""
    if _had(here) or _is_owned(here, one) or _is_of_then(here, one) or _is_asked(here):
        return 0
    lead = topics.lead(here, one.words)
    if lead and here.speech is not None:
        return 60
    telling = known or _is_distinct(here)
    if (telling and lead == "first") or topics.spoken_of(here):
        return 55
    if lead and telling and (one.words & here.context or not here.context):
        return 55
    if here.speech is not None and one.moved.figure == "money" and telling and _is_present(here):
        return 0 if _names_another(_said(here), one, here.language) else 55
    return 55 if spoken and one.moved.figure in _MEASURED and _is_distinct(here) else 0


def _is_named_in(here: Here, one: Series) -> bool:
    """Say whether what is counted is a word of the label, or only means money: "£340m of public money"."""
    return clause.stem(figure_series.head_of(here.found.counted, here.language)) in one.words | _SUMS


def _is_asked(here: Here) -> bool:
    past = max(here.found.quantity.past, here.found.quantity.last)
    return past < here.sentence.last and here.sentence.tokens[past].text == "?"  # "Why 2,300?"


def _said(here: Here) -> list[Token]:
    """Return the words of a figure's sentence that are quoted with it."""
    start, end = here.speech or (0, 0)
    return [token for token in here.sentence.tokens[here.sentence.first : here.sentence.last]
            if start <= token.start < end and token.kind != "mark"]  # fmt: skip


def _may_be_meant(here: Here, one: Series, counted: str) -> bool:
    """Say whether "the 1,200" are those whom all have spoken of, by whatever noun: "wegen der 1.200 Trecker"."""
    if one.moved.figure != "count" or counted != "unlike" or abs(here.found.quantity.low) < _SOME:
        return False
    if not (topics.spoken_of(here) and _is_distinct(here)):
        return False
    sentence, end = here.sentence, here.found.counted_end
    behind = [token for token in sentence.tokens[here.found.quantity.past : sentence.last] if token.start >= end][:2]
    comma = behind[0].text == "," if behind else False
    told = behind[1:] if comma else [] if here.language.startswith("de") else behind[:1]
    return not (told and told[0].low in clause.RELATIVE)  # "the 12,000 outpatients who were due"


def _goes_on(here: Here) -> bool:
    """Say whether a clause has it that something is still so: "There are still 17 people in there"."""
    first = here.found.quantity.first
    own = here.sentence.clauses[here.sentence.clause_at(here.found.quantity.core)]
    before = {token.low for token in here.sentence.tokens[max(own.first, first - _NEAR) : first]}
    return not before.isdisjoint(_STILL)


def _is_said_of_it(here: Here, one: Series, counted: str) -> bool:
    """Say whether who is quoted has a number of the series that is of nobody else whom they name."""
    if here.speech is None or _had(here) or _is_of_then(here, one) or _is_asked(here):
        return False
    value, group = abs(here.found.quantity.low), one.group[1:]
    lead = topics.lead(here, one.words)
    enough = value >= _LEAST or (lead == "first" and counted == "same" and value > 2)
    if lead and enough and (not here.found.counted or counted in {"same", "perhaps"}):
        return True
    said = _said(here)
    if not here.language.startswith("de") and _names_another(said, one, here.language):
        return False
    if value >= _LARGE and _is_distinct(here) and (not here.found.counted or counted in {"same", "perhaps"}):
        return True
    if value >= _LEAST and group in _PERSONS and _is_of_ours(here):
        return True  # "Sixty-three of our brothers"
    if counted != "same" or (one.outcome and group in {("anyone",), ("alone",), ("some",)}):
        return False
    own = any(token.low in _OURS for token in said)
    return value >= _SOME and not (one.names and own)


def _is_of_ours(here: Here) -> bool:
    """Say whether a number is of those who are ours: "of our brothers", "de nuestros vecinos"."""
    past = here.found.quantity.past
    lows = [token.low for token in here.sentence.tokens[past : min(past + 2, here.sentence.last)]]
    return len(lows) == 2 and lows[0] in _OF and lows[1] in _OUR


def _is_of_then(here: Here, one: Series) -> bool:
    """Say whether a clause has a time of day, or is in the past: "At 6.8 metres this afternoon I was still calm"."""
    own = here.sentence.clauses[here.sentence.clause_at(here.found.quantity.core)]
    timed = any(own.first <= mark.first < own.last and mark.kinds & _TIMES for mark in here.sentence.marks)
    was = any(token.low in _WERE for token in here.sentence.tokens[own.first : own.last])
    return timed or (was and one.own.isdisjoint(LABELS))


def _is_present(here: Here) -> bool:
    """Say whether words before a sum have it that it is paid now: "The taxpayer is putting in £1.2bn"."""
    own = here.sentence.clauses[here.sentence.clause_at(here.found.quantity.core)]
    before = here.sentence.tokens[own.first : here.found.quantity.first]
    return any(token.low in _PRESENT or token.low.endswith(("’re", "'re", "’s", "'s")) for token in before)


def _names_another(said: Sequence[Token], one: Series, language: str) -> bool:
    """Say whether words that somebody says have a name that is not the series'."""
    own = one.words | one.names | {clause.stem(low) for place in one.places for low in place.lower().split()}
    return bool(_names(said, language) - own)


def _names(said: Sequence[Token], language: str) -> frozenset[str]:
    """Return the stems of the names in some words, but for what has its capital as the first of them."""
    classes, calendar = phrases(language).classes, lexicon.load(language, "calendar")
    listed, numbers = lexicon.load(language, "counted_as"), lexicon.load(language, "numbers")
    return frozenset(
        clause.stem(token.low)
        for at, token in enumerate(said)
        if token.kind == "word"
        and token.text[0].isupper()
        and token.low not in classes
        and token.low not in calendar
        and not (at == 0 and (token.low in listed or token.low.endswith("s") or language.startswith("es")))
        and token.low.partition("-")[0] not in numbers
    )


def _is_distinct(here: Here) -> bool:
    """Say whether a number is hardly twice in a live blog: "6.2", "142", "6,000 barrels", not "100"."""
    value = abs(here.found.quantity.low)
    large = value >= _LARGE and here.found.kind == "measure"
    return large or len(f"{value:g}".replace(".", "").strip("0")) > 1


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
    said = _said(here) if here.speech is not None else tokens[sentence.first : sentence.last]
    own = one.words | {clause.stem(low) for place in one.places for low in place.lower().split()}
    named = _names(said, here.language)
    return bool(one.names) and bool(named - own) and not named & own


def _tells_another(here: Here, one: Series) -> bool:
    """Say whether words beside a figure tell another outcome than the series'."""
    sentence, quantity = here.sentence, here.found.quantity
    own = sentence.clauses[sentence.clause_at(quantity.core)]
    wanted = {one.outcome, one.told, *one.own, *same_outcome.also(one.outcome or one.told)}
    if here.found.outcome and outcome_of(here.found.outcome) not in wanted:
        return True
    return one.moved.figure == "count" and any(
        own.first <= at < own.last
        and not telling.outcomes & wanted
        and not telling.outcomes <= LABELS
        and not (telling.outcomes <= _GONE and wanted & _GONE)
        and not (telling.before and at > quantity.core)
        for at, telling in sentence.tells.items()
    )


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
    opens = at - 1 < sentence.first or tokens[at - 1].text in _OPENING
    if here.speech is not None and one.moved.figure == "money" and at >= sentence.first and opens:
        return tokens[at].low in _FOR  # "For £340m this city gets a railway"
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
    if here.speech is not None and counted == "same" and abs(quantity.low) >= _LARGE and tokens[end].low in _AND:
        return True  # "Six thousand people and four toilets"
    if one.moved.figure != "count" and tokens[end].low in _FOR:
        return True  # "Forty-two million pounds for a man who cannot head a ball!"
    return tokens[end].low in _BE and (counted == "same" or one.moved.figure != "count") and _is_alone(sentence, end)


def _is_alone(sentence: Sentence, at: int) -> bool:
    return not any(here > at for here in sentence.outcomes)
