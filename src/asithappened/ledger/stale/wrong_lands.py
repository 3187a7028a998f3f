"""Whether a land's name or a people's is that of whom a wrong one was printed: "the sailor, from Slovakia".

Owns what stands beside it: who or what is called so, and that others are. Look next: `lands`; `sweep_words`.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from asithappened.ledger.amounts.units import HYPHENS
from asithappened.ledger.changes import Corrected
from asithappened.ledger.geography.lands import Land, land
from asithappened.ledger.language import clause, lexicon
from asithappened.ledger.language.clause import Sentence
from asithappened.ledger.language.phrases import phrases
from asithappened.ledger.language.roles import roles
from asithappened.ledger.language.tokens import Token, read
from asithappened.ledger.stale import wrong_context
from asithappened.ledger.stale.around import Spot
from asithappened.ledger.stale.standing import Standing
from asithappened.ledger.stale.wrong_ages import WORDS
from asithappened.ledger.stale.wrong_context import adjoins
from asithappened.ledger.views import PartView

_ORIGIN: Final = frozenset({"from", "aus", "de", "desde", "von"})
_NEAR: Final = 4  # tokens before a word
_BOTH: Final = frozenset({"two", "both", "beiden", "zwei", "dos"})
_DOERS: Final = ("er", "or", "ist", "man", "woman")


class Nationality(NamedTuple):
    """A wrong nationality. `names`, `about`: stems of whom it was printed of; `beside`: of what stood at it;
    `person`: somebody was called so, and no thing.
    """

    wrong: Land
    right: Land
    now: str
    names: frozenset[str]
    about: frozenset[str]
    beside: frozenset[str]
    person: bool
    language: str

    def has(self, low: str) -> bool:
        """Say whether a word is of the wrong land, and not of the right one: "Australian" begins as "Austrian"."""
        word = low.partition("-")[0]
        return self.wrong.has(word) and not self.right.has(word)

    def spots(self, part: PartView) -> Iterator[tuple[Spot, str]]:
        """Yield where a word of the wrong land stands, and the right one."""
        for at, token in enumerate(read(part.text).tokens):
            if token.kind == "word" and self.has(token.low):
                yield Spot(at, at + 1), self.right.name if self.wrong.is_called(token.low) else self.now

    def is_of(self, at: Standing) -> bool:
        """Say whether a word is of whom the error was about."""
        sentences, number, spot, over, top = at[1:6]
        sentence, words = sentences[number], roles(self.language)
        low = sentence.tokens[spot.first].low
        several = low.endswith("s") and self.language.startswith("en")  # "the Norwegians"
        if not several and wrong_context.is_spoken_of(
            at.part, sentence, spot, self.names | {clause.stem(low)}, self.language
        ):
            return True
        tokens, german = sentence.tokens, self.language.startswith("de")
        noun = self._noun(sentence, spot)
        own, shared = bool(self.names & sentence.stems) and not german, bool(self.about & sentence.stems)
        earlier = over.union(*(one.stems for one in sentences[:number]))
        lows = {token.low for token in tokens[sentence.first : sentence.last]}
        spoken = bool(self.about & earlier) and bool(lows & (words["pointing"] | words["his"]))
        if noun is None and sentence.heads(0) and spot.first >= sentence.clauses[0].last:
            return own or shared or bool(self.about & earlier)  # "Flag: Norwegian"
        if noun is None and not (own or spoken) and self._of_another(sentence, spot):
            return False
        if self.wrong.is_called(tokens[spot.first].low):
            behind = tokens[spot.past].low if spot.past < sentence.last else ""
            origin = self._before(sentence, spot) in words["belongs"] | words["placing"] | _ORIGIN
            return (origin and (own or shared or spoken)) or (own and behind == "'s")
        if noun is not None:
            return self._is_noun(sentence, spot, noun, own=own, shared=shared)
        if self._before(sentence, spot, over="") in words["definite"] | words["genitive"] and self.person:
            return True
        bare = self._before(sentence, spot, over="") in words["agent"] | _ORIGIN  # "built by Norwegians"
        if bare or not self._is_subject(sentence, spot):
            return False
        return own or shared or spoken or (top and self.person and spot.first == sentence.first)

    def _before(self, sentence: Sentence, spot: Spot, over: str = "definite") -> str:
        """Return the word before, over articles or an age: "from the Netherlands", "the 24-year-old Chilean"."""
        small = roles(self.language)[over] if over else frozenset()
        for token in reversed(sentence.tokens[max(sentence.first, spot.first - _NEAR) : spot.first]):
            aged = token.kind == "number" or token.text in HYPHENS or token.low.strip("-") in WORDS
            if token.low not in small and not aged and token.low not in _BOTH:
                return token.low
        return ""

    def _is_subject(self, sentence: Sentence, spot: Spot) -> bool:
        """Say whether a clause that ends with a word is about whom the error was: "The cyclist was Dutch"."""
        before = sentence.tokens[max(sentence.first, spot.first - 1)].low
        if before not in roles(self.language)["finite"]:
            return True
        classes, small = phrases(self.language).classes, roles(self.language)["determiner"]
        for token in sentence.tokens[sentence.first : spot.first - 1]:
            if token.kind == "word" and token.low not in small and "stop" not in classes.get(token.low, ()):
                return clause.stem(token.low) in self.about
        return True

    def _noun(self, sentence: Sentence, spot: Spot) -> Token | None:
        """Return the noun that is called so, None where a word stands for itself: "she is Slovak and …"."""
        spanish = self.language.startswith("es")
        if sentence.tokens[spot.first].low.endswith(("man", "men")):
            return None  # "the Irishwoman"
        at = spot.first - 1 if spanish else spot.past
        if not sentence.first <= at < sentence.last or not adjoins(sentence.tokens, max(at, spot.first)):
            return None
        beside = sentence.tokens[at]
        classes, small = phrases(self.language).classes.get(beside.low, ()), roles(self.language)
        if beside.kind != "word" or {"stop", "verb"} & set(classes) or at in sentence.said or beside.low == "'s":
            return None
        if self.language.startswith("de"):
            return beside if beside.text[0].isupper() else None
        if spanish:
            small_words = small["determiner"] | small["definite"] | small["indefinite"] | small["finite"]
            return None if beside.low in small_words | small["placing"] | small["belongs"] else beside
        return None if at in sentence.outcomes or beside.low.endswith(("ed", "ly")) else beside

    def _is_noun(self, sentence: Sentence, spot: Spot, noun: Token, *, own: bool, shared: bool) -> bool:
        stem = clause.stem(noun.low.strip("-"))
        further = sentence.tokens[spot.past + 1 : min(spot.past + 3, sentence.last)]
        indefinite = self._before(sentence, spot, over="") in roles(self.language)["indefinite"]
        if indefinite and not own and self._of_another(sentence, spot):
            return False  # "a Norwegian sailor, Peter Hudák"
        if stem in self.beside | self.about or any(clause.stem(token.low) in self.names for token in (noun, *further)):
            return True
        if not own and self._of_another(sentence, spot):
            return False
        if not self.person:
            listed = lexicon.load(self.language, "speakers").get(noun.low, ("",))
            return shared and listed[0] != "person"  # "the Norwegian captain" of a tanker
        words, before = roles(self.language), self._before(sentence, spot, over="")
        if self.language.startswith("es"):
            before = self._before(sentence, Spot(spot.first - 1, spot.first), over="")
            return own or (shared and before in words["definite"] | words["his"])
        if self.language.startswith("de"):
            return shared and before in words["definite"] | words["genitive"] | words["his"]
        if own:
            return not noun.low.endswith("s")  # "Dutch plates"
        told = shared or before in words["definite"] | words["his"] or spot.first == sentence.first
        listed = lexicon.load(self.language, "speakers").get(noun.low, ("",))
        agent = noun.low.endswith(_DOERS) and self.language.startswith("en") and listed[0] != "person"
        return told and (agent or noun.low in phrases(self.language).aged)

    def _of_another(self, sentence: Sentence, spot: Spot) -> bool:
        if self.language.startswith("de"):
            return wrong_context.is_anothers(sentence, spot, self.names, self.language)
        return bool(wrong_context.others(sentence, [sentence.tokens[spot.first].low], self.language) - self.names)


def nationality(
    corrected: Corrected, names: frozenset[str], about: frozenset[str], beside: frozenset[str], language: str
) -> Nationality | None:
    """Return the nationality that was wrong, None where something else was."""
    wrong, right = land(corrected.was, language), land(corrected.now, language)
    if wrong is None or right is None or wrong == right:
        return None
    at = corrected.sentence.find(corrected.was)
    behind = read(corrected.sentence[max(at, 0) + len(corrected.was) :]).tokens[:3]
    speakers = lexicon.load(language, "speakers")
    kinds = {speakers.get(token.low, ("",))[0] for token in behind}
    itself = not behind or not behind[0].text[0].isalpha() or behind[0].low in roles(language)["belongs"]
    named = any(clause.stem(token.low) in names for token in behind)
    anyone = bool(behind) and behind[0].low in phrases(language).aged
    person = "person" in kinds or itself or named or anyone or wrong_context.names_person(corrected)
    return Nationality(wrong, right, corrected.now.strip(), names, about, beside, person, language)
