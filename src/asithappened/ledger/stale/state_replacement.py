"""What a text is to say instead where it says a state that its series has left behind.

Owns the row of the sweep: which words are replaced, and the newest value in the form that fits there ("have closed",
"no longer under air alert"). Look next: `sweep_states`, which finds the place.
"""

from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

from asithappened.ledger.changes import Stale, Switched, Text
from asithappened.ledger.language.clause import Sentence
from asithappened.ledger.language.tokens import Token
from asithappened.ledger.stale import state_words
from asithappened.ledger.views import PartView

_ACTED: Final = frozenset({"has", "have", "had", "been", "was", "were"})


class Term(NamedTuple):
    """Words of a series, in tokens. `kind`: "thing", "old" or "new"; "present": old in a headline alone."""

    first: int
    last: int
    kind: str


class Claim(NamedTuple):
    """A state said: the tokens to replace, what it says ("not": the newest, denied), and whether the place is named."""

    first: int
    last: int
    kind: str
    thing: Term
    value: Term | None
    named: bool


class Replacing(NamedTuple):
    """A switched series as a text names it. `new`: the phrases for its newest value; `present`: headlines' forms."""

    switched: Switched
    new: Sequence[str]
    present: Collection[str]

    def stale(self, text: Text, part: PartView, sentence: Sentence, one: Claim) -> Stale:
        """Return the row for a claim."""
        tokens, new = sentence.tokens, self.switched.new.words
        words, begins, ends = self._proposed(tokens, part, one)
        start, end = tokens[begins].start, tokens[ends - 1].end
        exact = part.text[start:end]
        first, last = tokens[sentence.first].start, tokens[sentence.last - 1].end
        if exact[:1].isupper():
            words = words[:1].upper() + words[1:]
        return Stale(
            text=text.key,
            change=self.switched.key,
            start=part.start + start,
            end=part.start + end,
            exact=exact,
            sentence=part.text[first:last],
            sentence_start=part.start + first,
            says=f"{self.switched.label}: {exact}",
            stands=new,
            replacement=words,
            confidence=80 if one.named else 70,
            rule="state.bare" if one.value is None else "state.old",
        )

    def _proposed(self, tokens: Sequence[Token], part: PartView, one: Claim) -> tuple[str, int, int]:
        """Return the new value as it fits there, and the tokens (one past the last) that it replaces."""
        new = state_words.without_be(self.switched.new.words)
        thing = part.text[tokens[one.thing.first].start : tokens[one.thing.last - 1].end]
        if one.kind == "told":
            return f"{self.switched.label.partition(',')[0]} {new}", one.first, one.last
        if one.value is None:
            under = one.first < one.thing.first  # "under air alert"
            whole = part.text[tokens[one.first].start : tokens[one.last - 1].end]
            return f"no longer {whole}" if under else f"{thing} {new}", one.first, one.last
        if one.kind == "not":  # "not open", "isn't open", "No trains are running"
            denied, kept = tokens[one.first], one.first + 1 + (tokens[one.first + 1].low == "longer")
            verb = f"{denied.text[:-3]} " if denied.low.endswith(("n't", "n’t")) else ""
            return verb + part.text[tokens[kept].start : tokens[one.last - 1].end], one.first, one.last
        if tokens[one.value.first].low == "there":  # "There is an air alert"
            return f"the {thing} {'are' if thing.endswith('s') else 'is'} {new}", one.value.first, one.thing.last
        acted = {token.low for token in tokens[max(0, one.first - 2) : one.first]} & _ACTED
        if acted or one.value.first < one.thing.first:
            ending = "s" if tokens[one.value.first].low in self.present else "ed"
            new = next((p for p in self.new if p.endswith(ending) and " " not in p), new)  # "have closed", "closes"
        return new, one.first, one.last
