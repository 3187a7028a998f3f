"""A series, and a figure where it stands, as they are compared.

Owns reading what a series is told by, and who or what is counted alike. Look next: `same_figure`, `same_outcome`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile
from typing import Final, NamedTuple

from msgspec import structs

from asithappened.ledger.amounts import conversions
from asithappened.ledger.amounts.figures import Found
from asithappened.ledger.amounts.quantities import Quantity
from asithappened.ledger.changes import Moved, Value
from asithappened.ledger.geography import gazetteer, same_place
from asithappened.ledger.language import inflections, lexicon
from asithappened.ledger.language.clause import Sentence, outcome_of, outcomes_in, sentences, stem, told
from asithappened.ledger.language.phrases import is_plural, phrases
from asithappened.ledger.language.tokens import read
from asithappened.ledger.views import PartView

_FORESEEN: Final = frozenset(
    {"projected", "projection", "forecast", "predicted", "expected", "planned", "prognose", "hochrechnung", "erwartet",
     "erwartete", "geplant", "geplante", "previsto", "previstos", "prevista", "previstas", "proyectados", "proyección"}
)  # fmt: skip


_COMPOUND: Final = 9  # letters of a German noun that may be put together
_UNITLESS: Final = frozenset({"magnitude", "magnitud", "magnitude scale"})
_IN: Final = frozenset({"in", "at", "near", "below", "bei", "en"})
_SUPERLATIVE: Final = ("est", "tion", "ment", "ing")  # "Highest temperature" names nobody
_DONE: Final = ("ed", "ene", "enen", "te", "ten", "ado", "ada", "ados", "adas", "ido", "ida", "idos", "idas")
_ALIKE: Final = 4  # letters that a unit's names in three languages share
_THE: Final = frozenset({"the", "el", "la", "los", "las"})
_AREAS: Final = frozenset({"county", "valley", "dam", "district", "province", "region", "airport", "bay", "coast"})


class Here(NamedTuple):
    """A figure where it stands.

    `previous`, `next`: the figures on either side in its sentence; `before`: the place spoken of before that;
    `context`: stems of the words of the sentence before; `speech`: the characters of the quotation that it stands in.
    """

    found: Found
    part: PartView
    sentence: Sentence
    previous: Found | None
    next: Found | None
    before: same_place.Where | None
    context: frozenset[str]
    language: str
    speech: tuple[int, int] | None = None


class Series(NamedTuple):
    """What a series is told by, read once.

    `words`: stems of its label's; `outcome`: its own or its label's; `names`: stems of the names in its label;
    `told`: the outcome that those counted have by their name ("cases"); `own`: all that its words tell; `places`: its
    own and those in its label; `unit`: as texts are read for it; `measures`: the groups of what is measured;
    `state`: stems of what the label says of those counted ("trapped" of "People trapped");
    `compounds`: its label's long words in German, whose last part may stand for them ("Quote").
    """

    moved: Moved
    words: frozenset[str]
    outcome: str
    group: tuple[str, ...]
    head: str
    adjectives: frozenset[str]
    names: frozenset[str]
    told: str
    own: frozenset[str]
    places: tuple[str, ...]
    unit: str
    measures: frozenset[str]
    state: frozenset[str]
    compounds: tuple[str, ...]

    def is_kind(self, kind: str, unit: str) -> bool:
        """Say whether figures of a kind and unit may be of the series. A magnitude is read as a count, and so is
        money without its currency ("a bill of 48 million")."""
        if kind == self.moved.figure:
            return bool(conversions.factor(unit, self.unit)) or (unit, self.unit) == ("USD", "MXN")  # both are "$"
        if kind != "count" or unit:
            return False
        return self.moved.figure == "money" or (self.moved.figure, self.unit) == ("measure", "")

    def read(self, found: Found, *, german: bool) -> Found:
        """Return a figure with a unit that no list has as one of the series' kind: "6.000 barriles" of barrels."""
        head = found.counted.lower().split()
        if german and found.counted.islower():
            return found._replace(counted="", counted_start=0, counted_end=0)  # "62 Prozent reichen"
        if german and head:  # "6.300 Menschen wohnen"
            verbs = sum(1 for _ in takewhile(str.islower, reversed(found.counted.split())))
            noun = found.counted.rsplit(maxsplit=verbs)[0] if verbs else found.counted
            found = found._replace(counted=noun, counted_end=found.counted_start + len(noun))
        named = (
            found.kind == "count"
            and self.moved.figure == "measure"
            and any(low[:_ALIKE] == self.unit[:_ALIKE] for low in head)
        )
        if not named or len(self.unit) < _ALIKE:
            return found
        return found._replace(kind="measure", unit=self.unit, counted="", counted_start=0, counted_end=0)

    def may_be(self, found: Found) -> bool:
        """Say whether a figure may be of the series; of a decimal number its unit may go without saying: "17.4"."""
        if self.is_kind(found.kind, found.unit):
            return True
        bare = found.kind == "count" and not found.unit and not found.counted
        return bare and self.moved.figure != "count" and not found.quantity.low.is_integer()

    def in_unit(self, quantity: Quantity) -> Quantity:
        """Return a quantity in the series' unit: 45 cm of 0.45 m."""
        factor = conversions.factor(quantity.unit, self.unit) if quantity.kind == self.moved.figure else 1.0
        if factor in {0.0, 1.0}:
            return quantity
        return replace(quantity, low=quantity.low * factor, high=quantity.high * factor)

    def new_in(self, quantity: Quantity) -> Value:
        """Return the newest value in a quantity's unit."""
        factor = conversions.factor(self.unit, quantity.unit) if quantity.kind == self.moved.figure else 1.0
        new = self.moved.new
        if factor in {0.0, 1.0}:
            return new
        low, high = (None if one is None else round(one * factor, 2) for one in (new.low, new.high))
        return structs.replace(new, value=round(new.value * factor, 2), low=low, high=high, words="")


@lexicon.kept
def series(moved: Moved, language: str) -> Series:
    """Read what a series is told by."""
    places = " ".join(moved.places).lower()
    lows = [token.low for token in read(moved.label).tokens if token.kind == "word"]
    outcome = _outcome(moved.outcome, language) or next(iter(outcomes_in(lows, language)), "")
    stops = phrases(language).classes
    words = {
        stem(low) for low in lows if "stop" not in stops.get(low, ()) and low not in places.split() and len(low) > 2
    }
    if moved.outcome and not outcome:  # one that no list has is a word like others
        words |= {stem(low) for low in moved.outcome.lower().split()}
    counted = moved.counted or ("" if outcome or moved.figure != "count" else moved.label)
    head = head_of(counted, language)
    named = [token for token in read(moved.label).tokens if token.kind == "word" and not token.text.islower()]
    if named and named[0].start == 0 and not (len(lows) > 1 and lows[1] == head):  # "Labour seats", but "People killed"
        named = named[1:]
    german = language.startswith("de")  # every noun has a capital
    calendar = lexicon.load(language, "calendar")
    named = [token for token in named if token.low not in calendar and not token.low.endswith(_SUPERLATIVE)]
    names = frozenset(stem(token.low) for token in named if not german or "-" in token.text) & words
    telling = _tellings(moved.label, head, language)
    own = "" if outcome else next((one for some in telling for one in sorted(some)), "")
    if moved.figure != "count":
        words |= {stem(head)} if head and head not in lexicon.load(language, "units") else set[str]()
        words |= {stem(one) for some in telling for one in some if " " not in one}  # "area scorched" is an area burned
    return Series(
        moved,
        frozenset(words),
        outcome,
        group_of(counted, language),
        head,
        names_in(counted),
        names,
        own,
        frozenset(one for some in telling for one in some),
        _places(moved, language),
        _unit(moved.unit, language),
        measures_in([*lows, head], language) if moved.figure != "count" else frozenset(),
        _state(lows, head, stops),
        tuple(low for low in lows if len(low) >= _COMPOUND) if language.startswith("de") else (),
    )


def _state(lows: Sequence[str], head: str, stops: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """Return the stems of the words beside those counted, which a German label begins with and others go on with."""
    if head not in lows:
        return frozenset()
    at = lows.index(head)
    beside = (lows[at - 1] if at else "", lows[at + 1] if at + 1 < len(lows) else "")
    return frozenset(stem(low) for low in beside if low.endswith(_DONE) and "stop" not in stops.get(low, ()))


def _tellings(label: str, head: str, language: str) -> list[frozenset[str]]:
    """Return the outcomes that a label's words tell, those of who is counted first."""
    by_head = told(lexicon.load(language, "tells").get(head, ()))
    found = (one for sentence in sentences(label, language) for one in sentence.tells.values())
    return [by_head, *(one.outcomes for one in found)]


def _unit(unit: str, language: str) -> str:
    """Return a unit as texts are read for it: "hectares" for "ha"."""
    if unit.lower() in _UNITLESS:
        return ""
    for listed in (lexicon.load(language, "units"), lexicon.load(lexicon.WHOLE, "units")):
        if len(values := listed.get(unit.lower(), ())) > 1:
            return values[1]
    return unit


def _places(moved: Moved, language: str) -> tuple[str, ...]:
    """Return a series' places; with what its label says is one, where it has others or names it as where it is."""
    tokens = read(moved.label).tokens
    found, at = list[str](), 0
    while at < len(tokens):
        last = at
        while last < len(tokens) and tokens[last].kind == "word" and tokens[last].text[0].isupper():
            last += 1
        german = language.startswith("de")
        placed = at > 0 and tokens[at - 1].low in _IN and tokens[at].low not in lexicon.load(language, "calendar")
        the = at > 1 and tokens[at - 1].low in _THE and tokens[at - 2].low in _IN
        if last > at and at and (placed or (the and not german)) and tokens[at].low not in phrases(language).classes:
            if last < len(tokens) and tokens[last].kind == "word" and tokens[last].low in _AREAS:
                last += 1
            jobs = group_of(moved.counted or moved.label, language)[:1] == ("jobs",)  # at a firm, which is no place
            if moved.places or (placed and not jobs):
                found.append(moved.label[tokens[at].start : tokens[last - 1].end])
        at = max(at + 1, last)
    return tuple(dict.fromkeys((*moved.places, *found)))


def _outcome(said: str, language: str) -> str:
    """Return an outcome as texts are read for it: "damaged" for "flooded", empty for what no list has."""
    listed = lexicon.load(language, "outcomes")
    low = outcome_of(said.lower())
    if low in listed:
        return outcome_of(listed[low][0])
    telling = told(lexicon.load(language, "tells").get(low) or lexicon.load(lexicon.WHOLE, "tells").get(low, ()))
    if telling and low not in telling:
        return min(telling)  # "ill" of an infection, "shot" of injuries
    known = (*listed.values(), *lexicon.load(lexicon.WHOLE, "outcomes").values())
    is_known = any(outcome_of(values[0]) == low for values in known) or low in _told(language)
    return low if is_known else ""


@lexicon.kept
def _told(language: str) -> frozenset[str]:
    """Return the outcomes that a language's list tells."""
    return frozenset(one for values in lexicon.load(language, "tells").values() for one in told(values))


def is_foreseen(label: str) -> bool:
    """Say whether a series is of what is to come: "Seats projected", "Jobs to be cut"."""
    lows = label.lower().split()
    to_do = lows[1:2] == ["to"]  # "Time to restore power", "Jobs to go"
    return to_do or not _FORESEEN.isdisjoint(lows) or ("to", "be") in pairwise(lows)


def is_of_month(label: str, language: str) -> bool:
    """Say whether a series is of a time that was over when it was counted: "Public borrowing in February"."""
    calendar = lexicon.load(language, "calendar")
    return any(calendar.get(low, ("",))[0] == "month" for low in label.lower().split())


def group_of(counted: str, language: str) -> tuple[str, ...]:
    """Return the group of those counted and what it stands for; the noun alone where no list has it."""
    listed = lexicon.load(language, "counted_as")
    words = _noun(counted, language)
    head, code = head_of(counted, language), language.partition("-")[0]
    for length in (2, 1):
        for at in range(len(words) - length, -1, -1):
            for noun in inflections.nouns(" ".join(words[at : at + length]), code):
                values = listed.get(noun)
                if values and (values[1] != "measure" or words[at] == head):  # "desaparecidos esperan"
                    return values
    return ("people", "anyone") if any(inflections.is_participle(word, code) for word in words) else (head,)


def measures_in(lows: Iterable[str], language: str) -> frozenset[str]:
    """Return the groups of the measures that some words name: "wait" for "delays"."""
    listed = lexicon.load(language, "counted_as")
    return frozenset(
        group for low in lows if (values := listed.get(low, ()))[1:] == ("measure",) for group in told(values)
    )


def head_of(counted: str, language: str) -> str:
    """Return the noun in what is counted: "miners" of "trapped miners"."""
    words = _noun(counted, language)
    if not words:
        return ""
    return words[0] if language.startswith("es") else words[-1]


def _noun(counted: str, language: str) -> list[str]:
    """Return the words of what is counted, without a German verb behind it: "Täter" of "Täter sitzen".

    Of two that are counted together it is the first: "homes" of "homes and businesses".
    """
    words = [token for token in read(counted).tokens if token.kind == "word"]
    joined = next((at for at in range(1, len(words)) if words[at].low in {"and", "or"}), len(words))
    if joined == len(words) - 2 and is_plural(words[joined - 1].low, language):
        words = words[:joined]
    if language.startswith("de"):
        last = next((at for at in range(len(words), 0, -1) if not words[at - 1].text.islower()), len(words))
        words = words[:last]
    return [word.low for word in words]


def names_in(counted: str) -> frozenset[str]:
    """Return the names in what is counted: "Russian" of "Russian soldiers"."""
    words = counted.split()[:-1]
    return frozenset(gazetteer.folded(word) for word in words if word[:1].isupper())


def stems_of(place: str) -> frozenset[str]:
    """Return the stems of a place's name; of one without any, what stands nowhere."""
    return frozenset(stem(token.low) for token in read(place).tokens if token.kind != "mark") or frozenset({""})
