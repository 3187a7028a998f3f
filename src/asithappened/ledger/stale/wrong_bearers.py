"""Whether a wrong name stands for whom or what it was printed of: not in a longer name, and not another's.

Owns what stands right before and behind a name. Look next: `wrong_names` for what of a name is wrong; `sweep_words`.
"""

from collections.abc import Sequence
from typing import NamedTuple

from asithappened.ledger.changes import Text
from asithappened.ledger.language import clause, lexicon
from asithappened.ledger.language.clause import Sentence
from asithappened.ledger.language.phrases import phrases
from asithappened.ledger.language.roles import roles
from asithappened.ledger.language.tokens import Token, read
from asithappened.ledger.stale import wrong_context
from asithappened.ledger.stale.around import Spot
from asithappened.ledger.stale.wrong_context import adjoins
from asithappened.ledger.stale.wrong_words import Error, runs, words_in


class Bearer(NamedTuple):
    """Whom or what a wrong name was printed of. `was`: its words; `given`: a first name that stood before them;
    `names`, `about`: stems of what else was told of them.
    """

    was: tuple[str, ...]
    given: str
    names: frozenset[str]
    about: frozenset[str]
    language: str

    def alone(self, sentence: Sentence, spot: Spot, *, before: bool) -> bool:
        """Say whether a name is not part of a longer one: "Novak Street", "Peter Novak"."""
        tokens = sentence.tokens
        behind = spot.past < sentence.last and adjoins(tokens, spot.past) and tokens[spot.past].text[0].isupper()
        if self.language.startswith("de") and tokens[spot.past - 1].low == f"{self.was[-1]}s":
            behind = False  # "Hallbauers Anwalt"
        if tokens[spot.past - 1].text.isupper():
            behind = False  # "HELEN VOSS QUITS"
        if behind and tokens[spot.past].kind == "word" and tokens[spot.past].low not in self.was:
            return False
        if self._is_longer(sentence, spot):
            return False
        if not before or spot.first == sentence.first or not adjoins(tokens, spot.first):
            return True
        ahead = tokens[spot.first - 1]
        related = ahead.low in roles(self.language)["related"] and ahead.low not in lexicon.load(
            self.language, "titles"
        )
        if related and clause.stem(ahead.low) not in self.about:
            return False  # "his cousin Harold"
        small = ahead.low in roles(self.language)["determiner"]
        other = ahead.kind == "word" and ahead.text[0].isupper() and ahead.low not in self.was and not small
        titles = lexicon.load(self.language, "titles")
        speakers = lexicon.load(self.language, "speakers")
        if not other or ahead.low in titles or speakers.get(ahead.low, ("",))[0] == "person":
            return True
        introduced = spot.past < sentence.last and tokens[spot.past].text in {",", "("}  # "Robin Keeley, who"
        given = introduced or ahead.low in lexicon.load("en", "given_names")
        return spot.first - 1 == sentence.first and not given

    def _is_longer(self, sentence: Sentence, spot: Spot) -> bool:
        """Say whether a name goes on: "Marín de la Costa", "Harold's Cafe"."""
        tokens, at = sentence.tokens, spot.past
        if at < sentence.last and tokens[at].low == "'s" and len(self.was) > 1:
            return at + 1 < sentence.last and tokens[at + 1].text[0].isupper() and tokens[at + 1].kind == "word"
        if at >= sentence.last or tokens[at].low not in {"de", "del"}:
            return False
        at += 1
        while at < sentence.last and tokens[at].low in {"la", "los", "las", "el"}:
            at += 1
        return at < sentence.last and tokens[at].text[0].isupper() and clause.stem(tokens[at].low) not in self.names

    def adjoins_name(self, sentence: Sentence, spot: Spot) -> bool:
        """Say whether the name that a rank was printed with stands behind it: "Prince Albrecht"."""
        return spot.past < sentence.last and clause.stem(sentence.tokens[spot.past].low) in self.names

    def is_apart(self, sentence: Sentence, spot: Spot) -> bool:
        """Say whether a name only says where something else goes on: "the strike at the hospital"."""
        listed, own = lexicon.load(self.language, "states"), sentence.clauses[sentence.clause_at(spot.first)]
        return any(
            values[:1] == ("thing",)
            and clause.stem(sentence.tokens[at].low) not in self.about
            and (values[2] == "strike" or (values[2] == "session" and at < spot.first))
            for at in (*range(own.first, spot.first), *range(spot.past, own.last))
            if (values := listed.get(sentence.tokens[at].low, ()))
        )

    def is_proper(self, sentence: Sentence, spot: Spot, error: Error) -> bool:
        """Say whether a name stands for whom or what it names: "in the San Jorge", not "Plaza de San Jorge"."""
        tokens, before = sentence.tokens, spot.first - 1
        if not tokens[spot.first].text[0].isupper() or not self.alone(sentence, spot, before=True):
            return False
        if self.is_apart(sentence, spot):
            return False
        low = tokens[before].low if before >= sentence.first else ""
        words = roles(self.language)
        if error.proper == "person" or low in words["housed"]:
            return True
        if len(error.wrong) < 2:
            return False
        of = low in words["belongs"] and not wrong_context.is_place(sentence, spot, self.language)
        return of or low in words["towards"]

    def is_namesake(self, text: Text, error: Error) -> bool:
        """Say whether a text has somebody else of that name, and not whom the error was about: "Julián Salcedo"."""
        other = False
        for part in text.view.parts:
            tokens = read(part.text).tokens
            lows = tuple(word.low for word in words_in(part.text, self.language))
            whole = (self.given, *self.was) if self.given else self.was
            if next(runs(lows, whole), None) is not None:
                return False
            other = other or any(
                token.low == error.wrong[-1] and self._has_given_name(tokens, at) for at, token in enumerate(tokens)
            )
        return other

    def _has_given_name(self, tokens: Sequence[Token], at: int) -> bool:
        """Say whether a first name that is not the wrong one's stands right before a surname."""
        if not at or not adjoins(tokens, at) or tokens[at - 1].kind != "word":
            return False
        before, opens = tokens[at - 1], at == 1 or (tokens[at - 2].kind == "mark" and tokens[at - 2].text != ",")
        if (
            not before.text[0].isupper()
            or before.low in {*self.was, self.given}
            or before.low in phrases(self.language).classes
        ):
            return False
        titles, speakers = (lexicon.load(self.language, name) for name in ("titles", "speakers"))
        if before.low in titles or before.low in speakers or self.language.startswith("de"):
            return before.low in lexicon.load("en", "given_names")
        return not opens or before.low in lexicon.load("en", "given_names")
