"""Whether a state that a sentence says is another's: by what stands before its thing, by a number, a place or a person.

Owns what tells a thing from others of its kind without a name: "pay talks" from coalition talks, "line 5" from line 3,
"the neighbouring district", "his" after somebody else. Look next: `sweep_states`, which asks.
"""

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Final

from asithappened.ledger.changes import Switched
from asithappened.ledger.language import clause, lexicon
from asithappened.ledger.language.clause import Sentence
from asithappened.ledger.language.phrases import phrases
from asithappened.ledger.language.roles import roles
from asithappened.ledger.language.tokens import Token, read
from asithappened.ledger.stale.family_terms import few, headed

_NO_NOUNS: Final = frozenset({"stop", "quality", "soft", "skip"})  # classes of words that are no nouns
_ADJECTIVES: Final = (
    "al", "ous", "ive", "ic", "ful", "less", "ing", "ed", "ish", "able", "ible", "ary", "ory", "ent", "ant", "ly",
    "est",
)  # fmt: skip
_OPENING: Final = frozenset('»«“„"')
_CLOSING: Final = frozenset('»«”“"')
_SHORT: Final = 3
_NEAR: Final = 10  # tokens between a thing and its state
_FIRST: Final = 3  # words of a sentence in which its subject stands


class Others:
    """A switched series, told from others of its kind."""

    def __init__(self, switched: Switched, language: str) -> None:
        self.language, self.words = language, roles(language)
        self.classes = phrases(language).classes
        label = [token for token in read(switched.label).tokens if token.kind in {"word", "number"}]
        places = [low for place in switched.places for low in place.lower().split()]
        self.lows = frozenset([*(token.low for token in label), *places])
        self.stems = frozenset(
            clause.stem(low) for low in self.lows if len(low) > 2 and "stop" not in self.classes.get(low, ())
        )
        until = list(takewhile(lambda token: token.low not in self.words["belongs"], label))
        noun = bool(until) and (until[-1].text.islower() or len(until) == 1)  # "Marta Quill" is a name
        self.head = clause.stem(until[-1].low) if noun else ""
        self.few = few(language)
        named = [token.low for token in label if _is_name(label, token, language)]
        self.named = frozenset([*(low for low in named if not places or low.isdecimal()), *places])
        self.of_two = {words[-1]: words[-2] for place in switched.places if len(words := place.lower().split()) > 1}
        whole = read(switched.label).tokens
        self.called = {whole[at + 1].low for at, token in enumerate(whole[:-1]) if token.text in _OPENING}
        self.told = len(self.stems) > 1  # a label that has only its thing tells it from none
        self.numbered = {
            label[at - 1].low: token.low for at, token in enumerate(label) if at and token.text.isdecimal()
        }
        self.formed = {_shape(token): token.low for token in label if _shape(token)}

    def has(self, sentence: Sentence, before: Sentence | None, first: int, thing: range) -> bool:
        """Say whether a state said at a token is another's. `thing`: the tokens of its thing, empty where it has none.

        `before`: the sentence before it.
        """
        return (
            self._is_numbered(sentence)
            or self._is_near_by(sentence)
            or self._is_namesake(sentence)
            or (self.called and self._is_called_otherwise(sentence))
            or (self.told and self._is_modified(sentence, first, thing))
            or (before is not None and self._is_of_another(sentence, before, first))
        )

    def _is_ours(self, sentence: Sentence) -> bool:
        return any(token.low in self.named for token in sentence.tokens[sentence.first : sentence.last])

    def _is_modified(self, sentence: Sentence, first: int, thing: range) -> bool:
        """Say whether a noun before a thing makes it another one: "pay talks", of talks about a coalition."""
        if not self.language.startswith("en"):
            return False
        if thing:
            return self._has_noun_before(sentence, thing.stop - 1)
        begins = max(sentence.clauses[sentence.clause_at(first)].first, first - _NEAR)
        heads = (n for n in range(begins, first) if clause.stem(sentence.tokens[n].low) == self.head)
        return any(self._has_noun_before(sentence, n) for n in heads)

    def _has_noun_before(self, sentence: Sentence, head: int) -> bool:
        at = head - 1
        if at < sentence.first:
            return False
        token = sentence.tokens[at]
        if token.kind != "word" or len(token.low) < _SHORT or not (token.text.islower() or at == sentence.first):
            return False
        known = self.classes.get(token.low)
        if (
            token.low in self.few
            or clause.stem(token.low) in self.stems
            or (known is not None and not _NO_NOUNS.isdisjoint(known))
        ):
            return False
        if known is None and token.low.endswith(_ADJECTIVES):
            return False
        plain = any(token.low in words for words in self.words.values())
        articles = self.words["definite"] | self.words["indefinite"]
        return not plain and (at == sentence.first or sentence.tokens[at - 1].low in articles)

    def _is_numbered(self, sentence: Sentence) -> bool:
        """Say whether a sentence names another by its number, and not the series': "line 5", "the A8"."""
        tokens, other = sentence.tokens, False
        for at in range(sentence.first, sentence.last):
            shape = _shape(tokens[at])
            own = self.formed.get(shape) if shape else None
            if own is None and at > sentence.first and tokens[at].text.isdecimal():
                before = tokens[at - 1].low
                own = self.numbered.get(before)
                if own is None and before in self.words["definite"] | self.words["determiner"]:
                    own = next((low for low in self.numbered.values() if len(low) == len(tokens[at].low) > 2), None)
            if own is not None and own == tokens[at].low:
                return False
            other = other or own is not None
        return other

    def _is_near_by(self, sentence: Sentence) -> bool:
        """Say whether a sentence is about a place beside the series': "in the neighbouring district"."""
        tokens = sentence.tokens
        for at in range(sentence.first, sentence.last - 1):
            behind = tokens[at + 1].low in self.words["of"] or tokens[at + 1].kind != "word"  # "una vecina de"
            if tokens[at].low in self.words["neighbouring"] and not (behind and self.language.startswith("es")):
                return not self._is_ours(sentence)
        return False

    def _is_namesake(self, sentence: Sentence) -> bool:
        """Say whether a sentence names another place with a word of the series': "Upper Kell", of Lower Kell."""
        tokens, other = sentence.tokens, False
        for at in range(sentence.first + 1, sentence.last):
            own = self.of_two.get(tokens[at].low)
            if own is not None and tokens[at - 1].low == own:
                return False
            called = tokens[at - 1].text[0].isupper() and "stop" not in self.classes.get(tokens[at - 1].low, ())
            other = other or (own is not None and called)
        return other

    def _is_called_otherwise(self, sentence: Sentence) -> bool:
        """Say whether a sentence has a name in quotation marks that is not the series': "das Baggerschiff »Ostara«"."""
        tokens = sentence.tokens
        names = {
            tokens[at + 1].low
            for at in range(sentence.first, sentence.last - 2)
            if tokens[at].text in _OPENING and tokens[at + 1].text[0].isupper() and tokens[at + 2].text in _CLOSING
        }
        return bool(names) and not self._is_ours(sentence) and names.isdisjoint(self.called)

    def _is_of_another(self, sentence: Sentence, before: Sentence, first: int) -> bool:
        """Say whether "she" or "his" is somebody else, whom the sentence before has begun with: "A spectator …"."""
        tokens = sentence.tokens
        at = next((n for n in range(sentence.first, first + 1) if tokens[n].kind == "word"), first)
        low = tokens[at].low.partition("'")[0]
        points = low in self.words["his"] or (low in self.words["pointing"] and low in self.words["pronoun"])
        return points and not self._is_ours(sentence) and not self._is_ours(before) and self._begins_with(before)

    def _begins_with(self, sentence: Sentence) -> bool:
        """Say whether a sentence's first words are somebody: "A spectator", "Another prisoner", "Lenz"."""
        words = list(_words(sentence))[:_FIRST]
        if not words:
            return False
        low = words[0].low
        if low in self.words["indefinite"] | self.words["other"]:
            return len(words) > 1 and not any(clause.stem(token.low) in self.stems for token in words)
        return low not in self.classes and not any(low in some for some in self.words.values())


def _is_name(label: Sequence[Token], token: Token, language: str) -> bool:
    """Say whether a word of a label is a name, and not its first word or a noun of German."""
    listed = lexicon.load(language, "states")
    if token.text.isdecimal():
        return len(token.text) > 1
    if token.kind != "word" or not token.text[0].isupper() or token.low in phrases(language).classes:
        return False
    if language.startswith("de") and (token.low in listed or headed(token.low, language)):
        return False
    alone = len(label) == 1 or label[1].text[0].isupper()
    return token.low not in listed and (token is not label[0] or alone)


def _words(sentence: Sentence) -> Iterator[Token]:
    return (token for token in sentence.tokens[sentence.first : sentence.last] if token.kind == "word")


def _shape(token: Token) -> str:
    """Return what roads and lines of a kind are called by: "A" of "A8"; empty where it is no such name."""
    letters = token.text.rstrip("0123456789")
    return letters if letters and letters != token.text and letters.rstrip("-").isupper() else ""
