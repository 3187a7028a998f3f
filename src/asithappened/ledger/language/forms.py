"""The allowed values of each list of words, column by column; many are the closed sets of `suggestions`.

Owns this table. What a rule would silently ignore (a phrase longer than any that it looks for, a number without its
value) is a fault of the line. Look next: `lexicon`.
"""

from collections.abc import Mapping
from typing import Final, get_args

from msgspec import Struct, field

from asithappened.ledger.suggestions import Channel, CueClass, HedgeKind, Modifier


class Column(Struct, frozen=True):
    """What one value of an entry may be: one of a closed set, a number, or, if neither is given, any words."""

    among: frozenset[str] = frozenset()
    number: bool = False


class Form(Struct, frozen=True):
    """The columns of a list, and how many values every entry has at least. Without columns an entry is only a phrase.

    `more`: the last column may be repeated. `takes`: for some first values, how many values their entries have at
    least. `words`: the most words that a phrase may have, 0 for any number. `settings`: phrases that are no words of a
    text, with the values that they may have, and that no other phrase may have.
    """

    columns: tuple[Column, ...] = ()
    least: int = 0
    more: bool = False
    takes: Mapping[str, int] = field(default_factory=dict)
    words: int = 0
    settings: Mapping[str, frozenset[str]] = field(default_factory=dict)


def _one_of(*values: str) -> Column:
    return Column(among=frozenset(values))


ROLES: Final = frozenset(
    {
        "after_noun", "again", "aged", "agent", "apart", "awaits", "belongs", "beside", "between",
        "by_how_much", "by_the_clock", "claimed", "clock", "common", "definite", "denies", "determiner",
        "doors", "early", "ends", "finite", "genitive", "half", "happened", "his", "housed", "indefinite",
        "introduced", "introduces", "last", "lasts", "late", "leading", "longer", "midnight", "moved",
        "neighbouring", "no_place", "none", "noon", "nowhere", "nth", "of", "office", "ordinal",
        "organisation", "other", "past", "per", "placing", "pointing", "presenting", "printed", "pronoun",
        "quarter", "related", "relative", "remark", "reported", "said", "scene", "section", "since",
        "spoken_of", "starts", "street", "then", "there", "this", "times", "to_the_hour", "towards", "unsure",
        "voting", "was", "when", "while", "whole", "will",
    }
)  # fmt: skip
_ANY: Final = Column()
_CUE_CLASS: Final = _one_of(*get_args(CueClass))

FORMS: Final[dict[str, Form]] = {
    "boundaries": Form(
        (_one_of("stop", "verb", "either", "soft", "skip", "plural", "compound", "noun"), _one_of("quality")),
        least=1, words=1,
    ),
    "calendar": Form((_one_of("month", "weekday", "clock", "age", "era"),), least=1, words=1),
    "channels": Form((_one_of(*get_args(Channel)),), least=1),
    "contexts": Form(
        (
            _one_of(
                "at_time", "at_hour", "day_part", "since", "settles", "old", "of_age", "tally", "half_of", "determiner",
                "compares", "no_share", "reports", "multiplied", "of_games", "of_size", "in_metres", "ratio", "aged",
                "street",
            ),
        ),
        least=1,
        more=True,
        words=1,
    ),
    "counted_as": Form(
        (_ANY, _one_of("anyone", "kind", "some", "alone", "thing", "either", "measure")), least=2, words=2
    ),
    "cues": Form(
        (_CUE_CLASS, _one_of("always", "clause", "that", "thing", "quote", "words", "measure"), _ANY),
        least=2,
        more=True,
    ),
    "function_words": Form(
        (
            _one_of(
                "determiner", "possessive", "pronoun", "object", "relative", "preposition", "conjunction",
                "subordinator", "complementiser", "be", "have", "do", "modal", "negation", "adverb", "adjective",
                "time", "question", "number", "verb",
            ),
        ),
        least=1,
        more=True,
    ),
    "given_names": Form((_one_of("male", "female"),), least=1),
    "hedges": Form((_one_of(*get_args(HedgeKind), "none"), _one_of("own")), least=1),
    "labels": Form((_one_of("always", "digits", "alone", "behind"),), least=1, words=2),
    "modifiers": Form((_one_of(*filter(None, get_args(Modifier))), _one_of("after")), least=1, words=4),
    "no_longer": Form(
        (
            _one_of(
                "past", "said", "instead", "from", "was", "had", "since", "over", "wrong", "note", "denied", "may",
                "more", "rest", "passed", "far", "morning", "noon", "afternoon", "by", "joins", "foreseen",
                "if",
            ),
        ),
        least=1,
        more=True,
    ),
    "nominal_cues": Form((_CUE_CLASS,), least=1),
    "not_cues": Form(),
    "numbers": Form(
        (
            _one_of(
                "number", "scale", "many", "fraction", "times", "article", "few", "joiner", "suffix", "decimal",
                "point", "comma",
            ),
            Column(number=True),
        ),
        least=1,
        takes={"number": 2, "scale": 2, "many": 2, "fraction": 2, "times": 2, "suffix": 2},
        words=1,
        settings={"decimal mark": frozenset({"point", "comma"})},
    ),
    "opposites": Form((_one_of("twin", "alone", "undoes"), _ANY, _ANY, _ANY), least=4, more=True),
    "otherwise": Form((_ANY,), more=True, words=5),
    "outcomes": Form((_ANY, _one_of("before", "after", "both", "claim", "jobs")), least=2, words=3),
    "outlet_kinds": Form(),
    "outlet_words": Form(),
    "outlets": Form((_one_of("agency", "paper", "broadcaster", "site"), _ANY), least=2),
    "places": Form(
        (_one_of("country", "region", "city", "water", "land", "word", "no"), _ANY, _one_of("name")),
        least=1,
        takes={"country": 2, "region": 2, "city": 2, "water": 2, "land": 2},
    ),
    "ranges": Form((_one_of("between", "and", "from", "to", "or", "ranging", "share"),), least=1, words=4),
    "revisions": Form((_one_of("before", "said", "revises", "revised", "figure", "time"),), least=1, more=True),
    "roles": Form((Column(among=ROLES),), least=1, more=True, words=1),
    "routine": Form(),
    "source_phrases": Form((_CUE_CLASS,), least=1),
    "speakers": Form((_one_of("person", "people", "body", "document", "voice"), _one_of("male", "female")), least=1),
    "standing": Form(
        (_one_of("lasts", "keeps", "as", "because", "none", "refuses", "hold"),), least=1, more=True, words=6
    ),
    "states": Form(
        (_one_of("thing", "part", "value", "said"), _ANY, _ANY),
        least=2,
        more=True,
        takes={"thing": 3, "value": 3, "said": 3},
    ),
    "surroundings": Form(
        (
            _one_of(
                "longer", "of", "title", "before", "at", "direction", "town", "region", "geo", "geo_before", "origin",
                "event", "agent", "acts", "verb",
                "site", "belief", "motion", "scene", "water", "way",
            ),
        ),
        least=1,
        more=True,
        words=1,
    ),
    "tells": Form((_ANY, _one_of("clear", "before")), least=1, words=5),
    "titles": Form(),
    "units": Form(
        (_one_of("percent", "money", "measure", "points", "duration", "metres"), _ANY),
        least=1,
        takes={"percent": 2, "money": 2, "measure": 2, "points": 2, "duration": 2},
        words=3,
    ),
}  # fmt: skip
