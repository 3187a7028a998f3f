"""A language's small words and its cues, out of its lists.

Owns what a word may do in a sentence (`Grammar.roles`) and which words, in which form, make something somebody's
(`Grammar.cue_at`). Knows no sentence: where a cue counts is `cues`.
"""

from collections.abc import Mapping, Sequence
from typing import Final, Literal, NamedTuple, cast, get_args

from asithappened.ledger.language import lexicon
from asithappened.ledger.language.wordings import Wordings
from asithappened.ledger.suggestions import CueClass

Form = Literal["base", "present", "past", "ing", "perfect"]
FORMS: Final[tuple[Form, ...]] = get_args(Form)
Need = Literal["always", "clause", "that", "thing", "measure", "words", "quote"]
NO_ROLES: Final[frozenset[str]] = frozenset()


class Cue(NamedTuple):
    """A cue's form: its words, what it is a form of, and what a sentence must have for it to count (`cues.txt`)."""

    words: tuple[str, ...]
    lemma: str
    cue_class: CueClass
    need: Need
    forms: frozenset[Form]
    person: bool
    to: bool


class Speaker(NamedTuple):
    """A noun for who speaks: what it is, and the gender that the word says ("" where it says none)."""

    what: str
    gender: str


class Grammar:
    """What the lists of one language say."""

    def __init__(self, language: str) -> None:
        self.language = language.partition("-")[0].lower()
        self.roles: Mapping[str, frozenset[str]] = {
            word: frozenset(values) for word, values in lexicon.load(language, "function_words").items()
        }
        self.cues = _by_first_word(language)
        self.speakers = {
            noun: Speaker(values[0], values[1] if len(values) > 1 else "")
            for noun, values in lexicon.load(language, "speakers").items()
        }
        self.genders = {name: values[0] for name, values in lexicon.load(language, "given_names").items()}
        self.outlets = frozenset(lexicon.load(language, "outlets"))
        self.kinds = frozenset(lexicon.load(language, "outlet_kinds"))
        self.titles = frozenset(lexicon.load(language, "titles"))
        self.nouns = {
            noun: cast(CueClass, values[0]) for noun, values in lexicon.load(language, "nominal_cues").items()
        }
        self.not_cues = Wordings(lexicon.load(language, "not_cues"))

    def role(self, low: str) -> frozenset[str]:
        """Return what a word may do; nothing for a word of content."""
        return self.roles.get(low, NO_ROLES)

    def cue_at(self, lows: Sequence[str], at: int) -> Cue | None:
        """Return the longest cue whose words stand at a place."""
        for cue in self.cues.get(lows[at], ()):
            size = len(cue.words)
            if size == 1 or tuple(lows[at : at + size]) == cue.words:
                return cue
        return None

    @staticmethod
    def lead_class(values: tuple[str, ...]) -> CueClass:
        """Return the class that a list gives a phrase."""
        return cast(CueClass, values[0])

    def speaker(self, noun: str) -> Speaker | None:
        """Return what a noun says of who speaks, in the singular or with a plural's -s."""
        if found := self.speakers.get(noun):
            return found
        if noun.endswith("s") and (one := self.speakers.get(noun[:-1]) or self.speakers.get(noun[:-2])):
            return Speaker("people", "") if one.what in {"person", "voice"} else one
        if noun.endswith("ies") and (one := self.speakers.get(noun[:-3] + "y")):
            return one
        return None


@lexicon.kept
def grammar(language: str) -> Grammar:
    """Return the grammar of a language (BCP 47)."""
    return Grammar(language)


def _by_first_word(language: str) -> dict[str, tuple[Cue, ...]]:
    forms: dict[tuple[str, ...], Cue] = {}
    for lemma, (cue_class, need, *rest) in lexicon.load(language, "cues").items():
        flags = {"person", "to"} & set(rest)
        others = [value for value in rest if value not in flags]
        for form, words in _forms(lemma, others, language):
            key = tuple(words.split())
            found = forms.get(key)
            forms[key] = Cue(
                words=key,
                lemma=found.lemma if found else lemma,
                cue_class=found.cue_class if found else cast(CueClass, cue_class),
                need=found.need if found else cast(Need, need),
                forms=(found.forms if found else frozenset()) | {form},
                person="person" in flags,
                to="to" in flags,
            )
    by_first: dict[str, list[Cue]] = {}
    for cue in sorted(forms.values(), key=lambda cue: -len(cue.words)):
        by_first.setdefault(cue.words[0], []).append(cue)
    return {word: tuple(cues) for word, cues in by_first.items()}


def _forms(lemma: str, others: list[str], language: str) -> list[tuple[Form, str]]:
    """Return a cue's forms. Beyond the five, more forms (other persons) are of the past."""
    if not others:
        others = _regular(lemma) if language == "en" else []
    named: list[tuple[Form, str]] = [("base", lemma), *zip(FORMS[1:], others, strict=False)]
    named += [("past", more) for more in others[len(FORMS) - 1 :]]
    return [(form, words) for form, words in named if words != "-"]


def _regular(verb: str) -> list[str]:
    """Return he …s, …ed, …ing and has …ed, as English makes them of a verb that it does not make otherwise."""
    if verb.endswith("y") and verb[-2] not in "aeou":
        return [verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing", verb[:-1] + "ied"]
    stem = verb[:-1] if verb.endswith("e") else verb
    third = verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z")) else "s")
    return [third, stem + "ed", stem + "ing", stem + "ed"]
