"""Whether a figure in a text is of a series: of its kind and unit, the same counted, with the same outcome and place.

Owns the evidence for and against. The value is not asked here but for how distinct it is: 4,617 is hardly twice in one
live blog, 12 is. Look next: `same_value` for values, `same_place` for places.
"""

from collections.abc import Sequence
from typing import Final

from asithappened.ledger.geography import same_place
from asithappened.ledger.language import lexicon
from asithappened.ledger.language.clause import stem, told
from asithappened.ledger.language.phrases import phrases
from asithappened.ledger.language.tokens import read
from asithappened.ledger.stale import another_event, figure_series, likely_figure, same_outcome, topics
from asithappened.ledger.stale.figure_series import Here, Series, stems_of

_DISTINCT: Final = 1000  # a smaller number may count anything
_SIDES: Final = frozenset({"soldiers", "civilians", "fighters", "police"})  # who is told from others
_FEW: Final = 10  # of a noun that no list has, with what became of it
_SOME: Final = 20  # or with a word of the label
_WORD: Final = 20  # characters behind a place: "county" of "Bassett county"
_NUMBER: Final = frozenset({"number", "total", "count", "tally", "figure", "zahl", "anzahl", "número", "cifra"})
_FAR: Final = 12  # tokens
_HEAD: Final = 5  # letters of a noun that others are put together with
_RARE: Final = 20  # of a noun that stands for nobody else
_WEAK: Final = 70  # what words that say something else overrule
_THEM: Final = frozenset({"them", "whom", "which", "ihnen", "denen", "ellos", "ellas"})
_POINTING: Final = frozenset({"he", "she", "his", "her", "it", "they", "their", "this", "that", "him", "them"})
_BACK: Final = frozenset(
    {"wieder", "restored", "reconnected", "restore", "restores", "reconnects", "again", "wiederhergestellt"}
)
_UNDONE: Final = {
    "missing": frozenset(
        {"found", "alive", "safe", "accounted", "gefunden", "wohlbehalten", "encontrados", "vivos"}
    ),
    "cut off": _BACK,
    "evacuated": frozenset({"returned", "return", "back", "home"}),
    "cancelled": frozenset({"reinstated", "resumed"}),
    "closed": frozenset({"reopened", "reopen"}),
    "held": frozenset({"released", "freed", "free"}),
}  # fmt: skip
_DAMAGE: Final = frozenset(
    map(stem, ("damage", "losses", "repairs", "insurers", "insured", "schaden", "schäden", "daños"))
)
_PLAIN_MONEY: Final = frozenset({"cost", "price"})
_COSTS: Final = frozenset(
    map(stem, ("kosten", "kostet", "coste", "precio", "preis", "cost", "bill", "price", "damage", "value", "worth"))
)


def is_of(here: Here, one: Series, *, known: bool = False, spoken: bool = False) -> int:
    """Return how surely a figure is of a series, 0 to 100; 0 where it is another's.

    `known`: its text has said before what the number is of; `spoken`: it has words of the series' label.
    """
    if not one.may_be(here.found):
        return 0
    place = _place(here, one)
    if place == "other":
        return 0
    sure = _what(here, one, known=known, spoken=spoken)
    return min(95, sure + 5) if sure and place == "same" else sure


def _what(here: Here, one: Series, *, known: bool, spoken: bool) -> int:
    outcome = same_outcome.outcome(here, one.outcome)
    counted = _counted(here, one)
    told = same_outcome.tells(here, one, counted) if outcome != "same" else ""
    if outcome == "other" and told != "sure":
        return 0
    if one.told in _UNDONE and same_outcome.is_undone(here, _UNDONE[one.told]):
        return 0
    otherwise = likely_figure.is_otherwise(here, one, fits=counted != "unlike")
    if another_event.is_second(here, one) or _is_gust(here, one):
        return 0
    if told and (told == "sure" or not otherwise):
        return 80
    if (undone := _UNDONE.get(one.outcome)) and same_outcome.is_undone(here, undone):
        return 0
    if same_outcome.is_to_come(here, one.outcome):
        return 0
    if another_event.is_told(here, one):
        return 0
    sure = _by_words(here, one, outcome, counted, spoken=spoken)
    if otherwise:
        return sure if sure > _WEAK else 0
    return sure or likely_figure.by_default(here, one, counted, known=known, spoken=spoken)


def _by_words(here: Here, one: Series, outcome: str, counted: str, *, spoken: bool) -> int:
    near = _labelled(here, one)
    if one.moved.figure == "money" and here.found.kind == "count":
        return 75 if near and not here.found.counted and here.found.quantity.low >= _DISTINCT else 0
    if one.moved.figure != "count":
        if counted != "same" and not near and _place(here, one) != "same":
            return 0
        whose = near == len(here.sentence.stems & one.words & one.names)  # nothing else is said
        return _WEAK if whose and counted != "same" and _place(here, one) != "same" else 75
    of_jobs = one.group[:1] == ("jobs",) and outcome == "same"  # "2,300 people are losing their jobs"
    if counted == "other" and not of_jobs and not (one.outcome == "killed" and same_outcome.lives(here)):
        return 0
    if counted == "unlike":
        value = here.found.quantity.low
        about = _labels(here, one) - one.names or (spoken and not one.outcome)
        return 60 if outcome == "same" and value >= _FEW else 55 if about and value >= _SOME else 0
    told = here.found.quantity.low >= _DISTINCT
    if one.outcome:
        if outcome == "same":
            return 90 if counted == "same" or here.found.outcome else 80
        if same_outcome.toll(here):
            return 80
        if counted in {"same", "perhaps"} and one.state & _near_stems(here):
            return 75
        if counted == "same":
            return 70 if near > 1 or (told and (near or one.group[1:] != ("anyone",))) else 0
        return 60 if not here.found.counted and near > 1 else 0
    if counted in {"same", "perhaps"} and one.state & _near_stems(here):
        return 75
    if counted == "same":
        small = here.found.quantity.low < _FEW and one.told  # "have taken six points from two games"
        if (near and not small) or not one.words or (near and _labels(here, one) - one.names):
            return 85
        if here.found.quantity.low >= _FEW and _are_called(here, one):
            return 70
        named = not one.names or one.names & (here.sentence.stems | here.context)
        if named and one.group[1:] == ("kind",) and topics.spoken_of(here):
            return 60  # "all 14 hostages": those that were spoken of
        return 60 if named and here.found.quantity.low >= _RARE and not one.group[1:] else 0
    if counted == "perhaps" and here.found.quantity.low >= _FEW and _are_called(here, one):
        return 70
    return 75 if near and (not here.found.counted or not one.head) else 0


def _are_called(here: Here, one: Series) -> bool:
    """Say whether a sentence says of those counted what the series calls them: "46 people … have been affected"."""
    sentence, past = here.sentence, here.found.quantity.past
    determiners = phrases(here.language).determiners
    return any(
        stem(sentence.tokens[at].low) == stem(one.head) and sentence.tokens[at - 1].low not in determiners
        for at in range(past + 1, here.next.quantity.first if here.next is not None else sentence.last)
    )


def _is_gust(here: Here, one: Series) -> bool:
    """Say whether a wind is one of seconds, where a series is of a sustained one."""
    return "gust" in map(stem, here.found.counted.lower().split()) and stem("sustained") in one.words


def _near_stems(here: Here) -> frozenset[str]:
    """Return the stems of a figure's clause, between its neighbours."""
    sentence = here.sentence
    own = sentence.clauses[sentence.clause_at(here.found.quantity.core)]
    first = max(own.first, here.previous.quantity.past if here.previous is not None else own.first)
    end = min(own.last, here.next.quantity.first if here.next is not None else own.last)
    return frozenset(stem(token.low) for token in sentence.tokens[first:end])


def _labelled(here: Here, one: Series) -> int:
    """Count the label's words, but for those counted, that the sentence has or points back to ("his price").

    Other names of what is measured are its words too: "delays" of a wait.
    """
    near = _worded(here, one)
    named = figure_series.measures_in(_lows(here), here.language) & one.measures if one.measures else frozenset[str]()
    if not named <= _PLAIN_MONEY or (named and (near or one.words <= _COSTS)):
        return 1 + near  # a bill or a price is of something
    return near


def _lows(here: Here) -> list[str]:
    """Return the words of a figure's clause and of the one before it."""
    sentence = here.sentence
    number = sentence.clause_at(here.found.quantity.core)
    first = sentence.clauses[max(0, number - 1)].first
    return [token.low for token in sentence.tokens[first : sentence.clauses[number].last]]


def _worded(here: Here, one: Series) -> int:
    words = one.words - {stem(one.head)} if one.moved.figure == "count" else one.words
    stems = here.sentence.stems.union(
        stem(told) for telling in here.sentence.tells.values() for told in telling.outcomes
    )
    if one.compounds:
        heads = _heads(here)
        stems |= {stem(low) for low in one.compounds if any(low.endswith(head) for head in heads)}
    near = len(stems & words)
    what = words - _COSTS
    if one.moved.figure == "money" and what and not what & (stems | here.context) and not stems & _DAMAGE:
        return 0  # a bill is of something
    return near or (len(here.context & words) if here.sentence.stems & _POINTING else 0)


def _heads(here: Here) -> list[str]:
    """Return the nouns of a German sentence that may be the last part of longer ones: "Quote"."""
    tokens = here.sentence.tokens[here.sentence.first : here.sentence.last]
    return [token.low for token in tokens if len(token.low) >= _HEAD and not token.text.islower()]


def _labels(here: Here, one: Series) -> frozenset[str]:
    """Return the label's words, but for those counted, that a sentence has."""
    return here.sentence.stems & (one.words - {stem(one.head)})


def _counted(here: Here, one: Series) -> str:
    """Return "same", "perhaps", "unlike" (a noun that no list has), "other" or nothing for who or what is counted."""
    counted = here.found.counted
    if not counted and one.head and _is_number_of(here, one):
        return "same"
    if not counted or not one.head or counted == "others":
        return ""
    mine, theirs = figure_series.group_of(counted, here.language), one.group
    means = told(lexicon.load(here.language, "tells").get(figure_series.head_of(counted, here.language), ()))
    if means & ({one.outcome} | one.own) - {""}:
        return "same"  # "58 arrests", "a lead of 4,300"
    if one.state and stem(figure_series.head_of(counted, here.language)) in one.state:
        return "same"  # "die 220 Eingeschlossenen"
    if figure_series.names_in(counted) and one.adjectives and not figure_series.names_in(counted) & one.adjectives:
        return "other"  # "63 Ukrainian soldiers"
    if {mine[0], theirs[0]} == {"jobs", "workers"} and "lost" in {one.outcome, *one.own}:
        return "same"  # workers who are laid off are jobs that go
    if mine[0] == theirs[0] or stem(mine[0]) == stem(theirs[0]) or _in_number(here, one):
        return "same"
    kinds = (_kind(mine), _kind(theirs))
    if "either" in kinds and not {"thing", "some"} & set(kinds):
        return "perhaps"  # "230,000 people", of customers
    if kinds[0] == "alone" and kinds[1] != "thing":
        return "other" if _beside_others(here, mine[0]) else "same"
    if kinds == ("anyone", "some"):
        return "perhaps"  # "48 people", of pupils
    if kinds == ("thing", "thing") or "some" in kinds:
        return "other"
    if "anyone" in kinds:
        return "other" if "thing" in kinds else "perhaps" if "" in kinds else "same"
    if mine[0] in _SIDES or theirs[0] in _SIDES or ("thing" in kinds and "" not in kinds):
        return "other"
    german = here.language.startswith("de")
    return "other" if counted[0].isupper() and not german else "unlike"  # "54 Bridge Street"; "63 miners", "63 pigs"


def _kind(group: tuple[str, ...]) -> str:
    """Return what a group stands for, nothing where no list has it; what is measured is a thing where it is counted."""
    kind = group[1] if len(group) > 1 else ""
    return "thing" if kind == "measure" else kind


def _in_number(here: Here, one: Series) -> bool:
    """Say whether those counted stand in the number itself: "six-point deduction", "six points gone"."""
    last = read(here.part.text[here.found.start : here.found.end].replace("-", " ")).tokens[-1:]
    return bool(last) and last[0].kind == "word" and stem(last[0].low) == stem(one.head)


def _is_number_of(here: Here, one: Series) -> bool:
    """Say whether a bare figure is the number of those whom the series counts: "the number of homes flooded is 340"."""
    sentence, first = here.sentence, here.found.quantity.first
    begins = max(sentence.clauses[sentence.clause_at(first)].first, first - _FAR)
    before = [token.low for token in sentence.tokens[begins:first]]
    if _NUMBER.isdisjoint(before):
        return False
    groups = (figure_series.group_of(low, here.language)[0] for low in before if low not in _NUMBER)
    tells = lexicon.load(here.language, "tells")
    return (
        any(stem(low) == stem(one.head) for low in before)
        or one.group[0] in groups
        or any({one.outcome, one.told} & told(tells.get(low, ())) for low in before)
    )


def _beside_others(here: Here, group: str) -> bool:
    """Say whether others are told from those counted: "63 men and 26 women"."""
    listed = lexicon.load(here.language, "counted_as")
    numbers, tokens = lexicon.load(here.language, "numbers"), here.sentence.tokens
    for at in range(here.sentence.first + 1, here.sentence.last):
        values, before = listed.get(tokens[at].low, ()), tokens[at - 1]
        if values[1:] in {("some",), ("alone",)} and values[0] != group:
            counted = before.kind == "number" or numbers.get(before.low, ("",))[0] == "number"
            if counted or not _are_listed(here, at):
                return True
    return False


def _are_listed(here: Here, at: int) -> bool:
    """Say whether a noun goes on with those counted: "63 men, women and children"."""
    past, tokens = here.found.quantity.past, here.sentence.tokens
    words = [token.low for token in tokens[past : at + 1]]
    listed = lexicon.load(here.language, "counted_as")
    return at >= past and all(low in {",", "and", "und", "y"} or low in listed for low in words)


def _place(here: Here, one: Series) -> same_place.Verdict:
    places = one.places
    if not places:
        return ""
    text, sentence, found = here.part, here.sentence, here.found
    if same_place.of_another_code((one.text for one in sentence.tokens[sentence.first : sentence.last]), places):
        return "other"
    start, end = sentence.tokens[sentence.first].start, sentence.tokens[sentence.last - 1].end
    standing = _standing(here, start, end)
    if here.speech is not None and topics.lead(here) == "first":  # "92 miles an hour, and my shed is in Jura"
        clause = sentence.clauses[sentence.clause_at(found.quantity.core)]
        standing = [one for one in standing if one.start < sentence.tokens[clause.last - 1].end]
    before = here.previous.end if here.previous is not None else start
    after = here.next.start if here.next is not None else end
    at = same_place.nearest(standing, found.end, after, before) or same_place.nearest(standing, found.end, end, start)
    if at is not None:
        verdict = same_place.compared(at.name, places, here.language)
        if verdict != "other":
            return verdict
        if _is_dateline(here, standing[0], one):
            return "same"  # "Hohenwerth: 34 Festnahmen bei Protesten"
        behind = " ".join(text.text[at.end : at.end + _WORD].split()[:1])
        area = same_place.is_area(at.name) or (behind and same_place.is_area(behind))
        if _is_part(here, at.start) or (not area and any(map(same_place.is_area, places))):
            return ""
        rest = (other for other in standing if other.strong and other is not at)
        # "in Makiivka, in Donetsk": a second name of the same spot
        near = (other for other in rest if abs(other.start - at.end) <= 3 or abs(at.start - other.end) <= 3)
        if any(same_place.compared(other.name, places, here.language) == "same" for other in near):
            return "same"
        wide = same_place.is_wide(at.name, here.language) and any(stems_of(place) <= sentence.stems for place in places)
        return "same" if wide else "other"
    if any(same_place.compared(other.name, places, here.language) == "same" for other in standing):
        return "same"
    if any(stems_of(place) <= sentence.stems for place in places):
        return "same"
    if any(stems_of(place) <= here.context for place in places):
        return "same"
    if sentence.tolls or here.before is None or any(same_place.is_area(place) for place in places):
        return ""
    return same_place.compared(here.before.name, places, here.language)


def _standing(here: Here, start: int, end: int) -> Sequence[same_place.Where]:
    """Return the places of a figure's sentence, but for where somebody is from who is quoted with it."""
    standing = same_place.names_in(here.part, here.language, start, end)
    if here.speech is None:
        return standing
    sentence, said = here.sentence, here.speech[1]
    about = next(
        (
            sentence.tokens[one.first].start
            for one in sentence.clauses
            if sentence.tokens[one.first].start >= said and sentence.relative(one)
        ),
        end,
    )
    return [one for one in standing if one.start < about]  # "said Brandt, who has the shop at Port Alden"


def _is_dateline(here: Here, first: same_place.Where, one: Series) -> bool:
    """Say whether a sentence is headed by the series' place."""
    tokens = here.sentence.tokens
    head = here.sentence.clauses[0]
    return (
        here.sentence.heads(0)
        and tokens[head.first].start <= first.start < tokens[head.last].start
        and same_place.compared(first.name, one.places, here.language) == "same"
    )


def _is_part(here: Here, start: int) -> bool:
    """Say whether a place is where some of those counted are: "340, most of them in Weir Street"."""
    before = [
        token.low for token in here.sentence.tokens[here.found.quantity.past : here.sentence.last] if token.end < start
    ]
    return not _THEM.isdisjoint(before[-4:])
