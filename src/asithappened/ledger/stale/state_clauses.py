"""Where a clause says a state that no phrase of the list `states` has: by what goes on, what there is not, or why.

Owns the constructions of the list `standing` around a series' own nouns: "the blockade drags on", "because of the
closure", "no concert tonight", "is still health secretary". Look next: `sweep_families`, which says whose state it is.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final, NamedTuple

from asithappened.ledger.language import clause, lexicon
from asithappened.ledger.language.clause import Sentence
from asithappened.ledger.language.roles import roles
from asithappened.ledger.language.tokens import Token
from asithappened.ledger.language.wordings import Wordings
from asithappened.ledger.stale import state_words
from asithappened.ledger.stale.state_families import Sides

_NEAR: Final = 4  # tokens between a construction and its noun
_LONG: Final = 5  # letters of a word whose stem tells it from others
_GOES_ON: Final = frozenset(
    {"on", "under way", "holding", "out of control", "spreading", "occupied", "pending", "running"}
)
_RESTS: Final = frozenset({"closed", "suspended", "cancelled", "out", "down", "called off", "idle", "banned"})
_ABSENT: Final = frozenset({"session", "service", "supply", "system", "deal"})  # of which there is none while they rest
_POSTS: Final = frozenset({"post", "candidate"})
_SHORT: Final = 3
_ENDINGS: Final = {
    "en": ("ations", "ation", "ings", "ing", "ers", "ed", "es", "s", "e"),
    "de": ("ungen", "ung", "ieren", "iert", "ten", "tet", "te", "en", "et", "t", "e", "n", "s"),
    "es": ("aciones", "ación", "ando", "iendo", "ados", "adas", "ado", "ada", "an", "en", "as", "os", "a", "o", "e"),
}
_PREFIXED: Final = re.compile(r"(ab|an|auf|aus|ein|fest|lahm|nieder|vor|weg|zu|)ge(?=.{4})")


class Term(NamedTuple):
    """A phrase at tokens `first` to `last` (one past): of a "thing", of its "old" or "new" value …"""

    first: int
    last: int
    kind: str


def noun_stems(words: Collection[str], language: str) -> frozenset[str]:
    """Return the stems of what values are called as nouns: "closure" of "closed", "Absage" of "abgesagt"."""
    found = set[str]()
    for word in words:
        plain = _PREFIXED.sub(r"\1", word, count=1) if language.startswith("de") and _PREFIXED.match(word) else word
        if plain.isalpha() and len(plain) >= _LONG:
            found.add(clause.stem(plain))
    return frozenset(found)


def root(low: str, language: str) -> str:
    """Return what a verb and its noun share: "handel" of "gehandelt", "warn" of "Warnung"; empty for a short word."""
    begun = low[2:] if language.startswith("de") and low.startswith("ge") and len(low) > _LONG + 2 else low
    ends = next((one for one in _ENDINGS.get(language[:2], ()) if begun.endswith(one)), "")
    found = begun.removesuffix(ends)
    return found if len(found) > _SHORT else ""


class StateClauses:
    """The constructions by which a text says a series' old state.

    `nouns`: stems of its old values; `roles_`: stems of what somebody was, in a label of a post; `head`: the nouns of
    its label that are its thing, in small letters; `groups`: of it.
    """

    def __init__(
        self,
        sides: Sides,
        nouns: frozenset[str],
        roles_: frozenset[str],
        label: Sequence[Token],
        head: frozenset[str],
        groups: frozenset[str],
        language: str,
    ) -> None:
        self.language, self.nouns, self.words = language, nouns, roles(language)
        self.own = frozenset(clause.stem(token.low) for token in label if len(token.low) > 2)
        self.lows = frozenset(token.low for token in label)
        self.roots = frozenset(root(low, language) for low in head) - {""}
        self.complement = self.own - {clause.stem(low) for low in head}
        self.roles = roles_ | {clause.stem(low) for low in self.words["office"]}
        values = {value for _, value in sides.old}
        self.goes_on = not _GOES_ON.isdisjoint(values)
        absent = bool(groups & _ABSENT) if groups else any(group in _ABSENT for group, _ in sides.old)
        self.rests = absent and not _RESTS.isdisjoint(values)
        self.post = any(group in _POSTS for group, _ in sides.old)
        self.phrases = _standing(language)

    def find(
        self, sentence: Sentence, lows: Sequence[str], things: Sequence[Term], new: Collection[int]
    ) -> Iterator[Term]:
        """Yield what says the old state. `things`: the series' own; `new`: tokens at which its newest value begins."""
        yield from self._in_verbs(sentence)
        for one in self.phrases.find(lows):
            first, last = sentence.first + one.first, sentence.first + one.last
            kinds = frozenset(one.values)
            own = sentence.clauses[sentence.clause_at(first)]
            behind = range(last, min(last + _NEAR, own.last))
            if "refuses" in kinds and (at := next((n for n in behind[:2] if n in new), -1)) >= 0:
                yield Term(first, at + 1, "old")
                continue
            if "none" in kinds and self.rests:
                thing = next((t for t in things if t.first in behind[:2]), None)
                if thing is not None:
                    yield Term(first, thing.last, "old")
                    continue
            if kinds & {"as", "keeps"} and self.post:
                at = next((n for n in behind if clause.stem(sentence.tokens[n].low) in self.roles), -1)
                if at >= 0:
                    yield Term(first, at + 1, "old")
                    continue
            if "hold" in kinds and self.post:
                yield Term(first, last, "told")
                continue
            if kinds & {"because", "keeps"}:
                at = next((n for n in behind if self._is_noun(sentence, n, things)), -1)
                if at >= 0 and "keeps" in kinds:
                    yield Term(first, at + 1, self._kind(sentence, at))
                    continue
                if at >= 0:
                    yield Term(at, at + 1, f"{self._kind(sentence, at)}, for sure")
                    continue
            if "lasts" in kinds:
                before = range(first - 1, max(own.first, first - _NEAR) - 1, -1)
                at = next((n for n in before if self._is_noun(sentence, n, things)), -1)
                if at >= 0:
                    yield Term(first, last, self._kind(sentence, at))

    def _in_verbs(self, sentence: Sentence) -> Iterator[Term]:
        """Yield the verb of what a series is of: "warnt … vor dem Rauch", of a warning; denied, where it rests."""
        tokens = sentence.tokens
        for at in range(sentence.first, sentence.last):
            low = tokens[at].low
            if tokens[at].text[0].isupper() or low in self.lows or not self._is_of_thing(root(low, self.language)):
                continue
            before = range(max(sentence.first, at - _NEAR), at)
            denied = next((n for n in before if tokens[n].low in self.words["denies"]), -1)
            told = any(clause.stem(token.low) in self.complement for token in tokens[sentence.first : sentence.last])
            if denied < 0 and self.goes_on and told:
                yield Term(at, at + 1, "told")
            elif denied >= 0 and (self.rests or (self.goes_on and self._is_yet(sentence, denied))):
                yield Term(denied, at + 1, "old")

    def _is_of_thing(self, found: str) -> bool:
        """Say whether a verb is a thing's, or of the last part of a German one: "entschärft", "Bombenentschärfung"."""
        return bool(found) and any(
            one == found or (len(found) > _LONG and self.language.startswith("de") and one.endswith(found))
            for one in self.roots
        )

    def _is_yet(self, sentence: Sentence, at: int) -> bool:
        """Say whether a denial is for now: "noch nicht entschärft", of what goes on."""
        beside = (n for n in (at - 1, at + 1) if sentence.first <= n < sentence.last)
        return any(sentence.tokens[n].low in self.words["lasts"] | {"yet"} for n in beside)

    def lasts(self, term: Term, sentence: Sentence) -> bool:
        """Say whether a phrase says that what stands before it goes on."""
        lows = [token.low for token in sentence.tokens[term.first : term.last]]
        found = self.phrases.at(lows, 0)
        return found is not None and "lasts" in found.values

    def _kind(self, sentence: Sentence, at: int) -> str:
        """Return "told" for a noun of the state that a text takes for known: "the blockade"."""
        known = at > sentence.first and sentence.tokens[at - 1].low in self.words["definite"]
        return "told" if known and clause.stem(sentence.tokens[at].low) in self.nouns else "old"

    def _is_noun(self, sentence: Sentence, at: int, things: Sequence[Term]) -> bool:
        """Say whether a word is a noun of the old state, and of no other thing, or a thing that goes on."""
        tokens = sentence.tokens
        if self.goes_on and any(thing.first <= at < thing.last for thing in things):
            return True
        low = tokens[at].low
        if len(low) < _LONG or clause.stem(low) not in self.nouns or low in state_words.BE:
            return False
        if at + 1 >= sentence.last or tokens[at + 1].low not in self.words["of"]:
            return True
        of = tokens[at + 2 : min(at + 2 + _NEAR, sentence.last)]
        return any(clause.stem(token.low) in self.own for token in of)  # "the closure of the bridge"


@lexicon.kept
def _standing(language: str) -> Wordings:
    listed = lexicon.load(language, "standing")
    return Wordings({"\u2400": ("",)} | dict(listed))
