"""Whose state a sentence says: the series', by its name, its thing or a part of it, another's, or nobody's.

Owns names: which are the series', and which make a thing of its kind another one ("Luton airport", "the statue of the
queen"). Look next: `sweep_families`, which asks, and `state_others` for what tells things apart without a name.
"""

from collections.abc import Collection, Sequence
from typing import Final

from asithappened.ledger.language import clause, lexicon
from asithappened.ledger.language.clause import Clause, Sentence
from asithappened.ledger.language.phrases import phrases
from asithappened.ledger.language.roles import roles
from asithappened.ledger.language.tokens import Token
from asithappened.ledger.stale import family_terms, state_words
from asithappened.ledger.stale.state_clauses import Term
from asithappened.ledger.stale.state_families import Sides

NEAR: Final = 12  # tokens between a thing and its state
OPENS: Final = frozenset("“‘\"'«»„•¡¿–—-:")
_CLOSES: Final = frozenset('”"»«’“')
_PERSONS: Final = frozenset(
    {"person", "patient", "people", "casualty", "inpatient", "player", "defendant", "bail", "life", "post"}
)
_ALONE: Final = _PERSONS - {"people", "casualty"}  # of whom "he" and "she" are said


class Owner:
    """The names and the thing of a switched series."""

    def __init__(
        self, label: Sequence[Token], things: Collection[str], places: Collection[str], sides: Sides, language: str
    ) -> None:
        self.language, self.roles = language, roles(language)
        self.german = language.startswith("de")
        classes = phrases(language).classes
        named = {
            token.low
            for token in label
            if token.text[0].isupper() and token.low not in classes and token.low not in things and len(token.low) > 2
        }
        named -= {low for low in named if low in places or (self.german and family_terms.headed(low, language))}
        digits = {token.low for token in label if token.low.isdecimal() and len(token.low) > 2}
        called = state_words.initials(label)
        self.names = frozenset(named | digits | called)  # "the 737", "SB 12"
        self.own = frozenset({*(token.low for token in label if token.text[0].isupper()), *places, *digits, *called})
        self.placed, self.told_by = bool(places), state_words.told_by(label)
        self.numbers = frozenset(token.low for token in label if token.low.isdecimal())
        sided = {group for group, _ in sides.old}
        self.persons, self.alone = not _PERSONS.isdisjoint(sided), not _ALONE.isdisjoint(sided)
        lows = {*(token.low for token in label), *places}
        self.stems = frozenset(clause.stem(low) for low in lows if len(low) > 2 and low not in classes)
        self.few = family_terms.few(language)

    def whose(self, sentence: Sentence, term: Term, things: Sequence[Term], *, spoken: bool) -> str:
        """Return whose state a term is: "named" or "thing" for the series', "other", or "nobody" if none is named."""
        own = sentence.clauses[sentence.clause_at(term.first)]
        ours = [at for at in range(own.first, own.last) if self._is_ours(sentence, at, self.own)]
        spots = [*ours, *(one.first for one in things if own.first <= one.first < own.last)]
        if spots and all(beside(sentence, at, self.stems, self.language) for at in spots):
            return "other"  # "Shops near the bridge are closed"
        if ours:
            mine = any(self._is_ours(sentence, at, self.names) for at in range(own.first, own.last))
            near = self._thing(sentence, term, things, spoken=spoken)
            near = near or (self._speaks_of(sentence, own, things) and not self._others(sentence, term))
            return "named" if mine else "thing" if near else "nobody"
        if self._others(sentence, term) or self._heads_other(sentence, term):
            return "other"
        if any(self._is_ours(sentence, at, self.names) for at in range(sentence.first, sentence.last)):
            return "named"
        if self._thing(sentence, term, things, spoken=spoken) or self._speaks_of(sentence, own, things):
            return "thing"
        own_kind = (one for one in things if one.kind == "thing")
        another = any(term.first - one.last <= NEAR and one.first - term.last <= NEAR for one in own_kind)
        return "other" if another else "nobody"

    def _speaks_of(self, sentence: Sentence, own: Clause, things: Sequence[Term]) -> bool:
        """Say whether a clause has two words of a label, whatever it calls its thing: "school cellphone ban"."""
        if any(thing.kind == "thing" and own.first <= thing.first < own.last for thing in things):
            return False  # it is told by that whose it is
        lows = (token.low for token in sentence.tokens[own.first : own.last])
        return len(self.stems & {clause.stem(low) for low in lows if len(low) > 2}) > 1

    def _is_ours(self, sentence: Sentence, at: int, own: frozenset[str]) -> bool:
        """Say whether a word is one of the series' name, and no other's: "Isla Menor" is not Isla Mayor."""
        tokens = sentence.tokens
        if tokens[at].low not in own or tokens[at].text.islower():
            return False
        if self.german:
            return True
        for other in (at - 1, at + 1):
            if sentence.first <= other < sentence.last and tokens[other].kind == "word":
                beside = tokens[other]
                if other < at and beside.low in lexicon.load(self.language, "given_names"):
                    continue  # "Adrian Keel", of the Keel trial
                opens = other == sentence.first or tokens[other - 1].text in OPENS
                if (
                    beside.text[0].isupper()
                    and beside.low not in self.own
                    and not opens
                    and self._adjoins(tokens, at, other)
                ):
                    return False
        return True

    def _adjoins(self, tokens: Sequence[Token], one: int, other: int) -> bool:
        first, last = sorted((one, other))
        return tokens[last].start - tokens[first].end <= 1

    def _heads_other(self, sentence: Sentence, term: Term) -> bool:
        """Say whether a state is said of who is named behind a colon: "Still missing: Arlo Penn"."""
        colon = term.last < sentence.last and sentence.tokens[term.last].text == ":"
        return self.alone and colon and self.names_behind(sentence, term)

    def names_behind(self, sentence: Sentence, term: Term) -> bool:
        """Say whether somebody else is named right behind a state: "Still missing: Arlo Penn"."""
        tokens = sentence.tokens
        for at in range(term.last, min(term.last + 3, sentence.last)):
            if tokens[at].text in _CLOSES:
                return False  # who is named behind it says it
            longer = at + 1 < sentence.last and self.is_name(tokens[at + 1])
            if self.is_name(tokens[at]) and tokens[at].low not in self.own and (longer or not self.german):
                return True
        return False

    def _thing(self, sentence: Sentence, term: Term, things: Sequence[Term], *, spoken: bool) -> bool:
        """Say whether the series' thing stands near, and not another one of its kind: "a launch", "another bridge"."""
        tokens = sentence.tokens
        for thing in things:
            at = thing.first - 1
            while at > sentence.first and not tokens[at].text[-1].isalpha():
                at -= 1  # "ein 71-Jähriger"
            before = tokens[at].low if at >= sentence.first else ""
            if before == "'s" and at - 1 >= sentence.first and tokens[at - 1].low not in self.own:
                continue  # "a haulier's case"
            if before in self.roles["other"] or (
                before in self.roles["indefinite"] and not (self.persons and (spoken or not self.german))
            ):
                continue
            own_part = thing.kind == "part" and (spoken or self.persons)
            opens = thing.first == sentence.first  # "Jurors have yet to"
            if thing.kind == "part" and not (own_part or opens) and before not in self.roles["definite"]:
                continue
            far = term.first - thing.last > NEAR or thing.first - term.last > NEAR
            if self.tells_apart(sentence, thing.last, range(term.first, term.last)):
                continue
            among = own_part and self.persons
            whose = self._is_another(sentence, thing) if among else self._is_anothers(sentence, thing, term)
            if not far and (not whose or among):
                return True
        return False

    def _is_anothers(self, sentence: Sentence, thing: Term, term: Term) -> bool:
        """Say whether a name behind a thing or before it makes it another one."""
        behind = thing.last != term.first and self._is_others(sentence, thing.last)
        return behind or self._is_another(sentence, thing)

    def tells_apart(self, sentence: Sentence, at: int, said: range) -> bool:
        """Say whether words at a token, behind a thing, tell it from the series': "the statue of the queen", "Mr Ott".

        `said`: the tokens of the state.
        """
        tokens = sentence.tokens
        if at >= sentence.last or at in said:
            return False
        called = tokens[at].text[0].isupper() and tokens[at].kind == "word"
        if called and self.names and tokens[at].low not in self.own | self.told_by and not tokens[at].text.isupper():
            return at + 1 < sentence.last and (self.german or tokens[at + 1].text.islower())
        if tokens[at].low not in state_words.TELLING or not self.told_by:
            return False
        behind = [token for token in tokens[at + 1 : min(at + 5, sentence.last)] if token.kind in {"word", "number"}]
        while behind and behind[0].low in self.roles["definite"]:
            behind = behind[1:]
        if (
            not behind
            or said.start == at + 1
            or any(one.low in self.told_by or one.low in self.own for one in behind[:3])
        ):
            return False
        if behind[0].low in lexicon.load(self.language, "calendar"):
            return False
        return behind[0].text[0].isupper() or tokens[at].low in self.roles["of"] | {"über"}

    def _is_others(self, sentence: Sentence, at: int) -> bool:
        """Say whether a thing that ends before a token is another's: "the airport of Isla Menor"."""
        tokens = sentence.tokens
        if at < sentence.last and tokens[at].kind == "number" and self.numbers:
            return tokens[at].low not in self.numbers  # "Reactor 1"
        if at >= sentence.last or tokens[at].low not in self.roles["genitive" if self.german else "belongs"]:
            return False
        at += 1
        articles = self.roles["indefinite"] | self.roles["definite"]
        if at + 2 < sentence.last and tokens[at].low in articles and tokens[at + 1].text.islower():
            if tokens[at].low in self.roles["definite"] and clause.stem(tokens[at + 1].low) in self.stems:
                return False
            return any(token.low == "'s" for token in tokens[at + 1 : min(at + 4, sentence.last)])  # "in a man's case"
        at += not self.german and at < sentence.last and tokens[at].low in self.roles["definite"]
        calendar = lexicon.load(self.language, "calendar")
        while at < sentence.last and tokens[at].kind == "word" and tokens[at].text[0].isupper():
            if tokens[at].low in calendar:
                return False
            if tokens[at].low not in self.own:
                return True
            at += 1
        return False

    def _is_another(self, sentence: Sentence, thing: Term) -> bool:
        """Say whether another's name stands right before a thing: "the Hill Line", "Luton airport"."""
        at = thing.first
        if self.german or at == sentence.first:
            return False
        before = sentence.tokens[at - 1]
        if before.low == "'s" and at - 2 >= sentence.first:
            return self.is_name(sentence.tokens[at - 2]) and sentence.tokens[at - 2].low not in self.own
        opens = at - 1 == sentence.first or sentence.tokens[at - 2].text in OPENS
        plain = opens and thing.kind != "thing" and sentence.tokens[at].text.islower()  # "Ghat line is shut"
        return not plain and self.is_name(before) and before.low not in self.own

    def _others(self, sentence: Sentence, term: Term) -> bool:
        """Say whether a name that is not the series' stands before a term, or where it is right behind it."""
        tokens, first = sentence.tokens, sentence.first
        while first < term.first and tokens[first].kind == "mark":
            first += 1
        said = [at for at in sentence.said if at < term.first]
        begins = max(said) + 1 if said else first  # who says it is not who it is said of
        for at in range(begins, term.first):
            longer = at + 1 < term.first and self.is_name(tokens[at + 1])
            if self.german:  # every noun has a capital, but two together are a name
                small = at == first and not self._is_given_name(tokens[at])
                pair = {token.low for token in tokens[at : at + 2]}
                if not small and longer and self.is_name(tokens[at]) and not pair & self.own:
                    return True
                continue
            given = tokens[at].low in lexicon.load(self.language, "given_names")
            if longer and given and tokens[at + 1].low in self.names:
                continue
            lone = (at == first or tokens[at - 1].text in OPENS) and not longer
            if not lone and self.is_name(tokens[at]) and tokens[at].low not in self.own:
                return True
        return not self.german and self.placed and self._is_others(sentence, term.last)

    def _is_given_name(self, token: Token) -> bool:
        """Say whether a German sentence's first word, which has a capital anyway, may be of a name: not "Nautische"."""
        listed = token.low in lexicon.load(lexicon.WHOLE, "given_names")
        plain = any(token.low in words for words in self.roles.values()) or token.low in self.few
        return listed or not (plain or token.low.endswith(("e", "er", "es", "en", "em")))

    def is_name(self, token: Token) -> bool:
        if token.kind != "word" or not token.text[0].isupper() or token.text.isupper() or token.low in self.few:
            return False
        return token.low not in phrases(self.language).classes and token.low not in lexicon.load(
            self.language, "calendar"
        )


def beside(sentence: Sentence, first: int, own: Collection[str], language: str) -> bool:
    """Say whether a thing only says where something else is: "shops near the bridge are closed", "terminal 3 of"."""
    tokens, words = sentence.tokens, roles(language)
    at = first - 1
    while at > sentence.first and (
        (tokens[at].low in words["determiner"] and tokens[at].low != "of") or not tokens[at].text.islower()
    ):
        at -= 1
    if at > sentence.first and tokens[at].low == "of":
        head = tokens[at - 1].low
        part = tokens[at - 1].kind == "number" or head in words["section"]
        return part and head not in words["whole"] and clause.stem(head) not in own
    return at > sentence.first and tokens[at].low in words["beside"]
