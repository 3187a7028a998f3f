"""Where a sentence says a state by other words than its series': "no trains" of a line that is closed.

Owns whose state it is: the series', where a sentence names it, a part of it or what it consists of, or nothing at all;
another's, where it names another. Look next: `state_families` for what contradicts what, `sweep_states`, which asks.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import Final, NamedTuple

from asithappened.ledger import clause, family_terms, lexicon, state_families, state_words, value_near
from asithappened.ledger.by_part import by_part
from asithappened.ledger.changes import Switched
from asithappened.ledger.clause import Sentence
from asithappened.ledger.phrases import phrases
from asithappened.ledger.roles import roles
from asithappened.ledger.state_clauses import StateClauses, Term, noun_stems
from asithappened.ledger.tokens import Token, read
from asithappened.ledger.views import PartView
from asithappened.ledger.wordings import Wordings

_NEAR: Final = 12  # tokens between a thing and its state
_BEHIND: Final = 5  # tokens behind a state in which its place is named
_COMPOUND: Final = 8  # letters, more than which a compound has
_OPENS: Final = frozenset("“‘\"'«»„•¡¿–—-:")
_CLOSES: Final = frozenset('”"»«’“')
_PERSONS: Final = frozenset(
    {"person", "patient", "people", "casualty", "inpatient", "player", "defendant", "bail", "life", "post"}
)
_ALONE: Final = _PERSONS - {"people", "casualty"}  # of whom "he" and "she" are said
_WINDOW: Final = 4


class Said(NamedTuple):
    """A state said at tokens `first` to `last` (one past). `kind`: "old", "told" (without its thing) or "new"."""

    first: int
    last: int
    kind: str
    named: bool


def _read_part(part: PartView, language: str) -> frozenset[str]:
    lows = {token.low.replace("’", "'") for token in read(part.text).tokens}
    if language.startswith("de"):
        lows |= {family_terms.headed(low, language) for low in lows if len(low) > _COMPOUND}
    return frozenset(lows)


_vocabulary = by_part(_read_part)


class FamilySweep:
    """A switched series, ready to be looked for by the words of its family."""

    def __init__(self, switched: Switched, language: str) -> None:
        self.language, self.roles = language, roles(language)
        listed = lexicon.load(language, "states")
        label = [token for token in read(switched.label).tokens if token.kind in {"word", "number"}]
        places = {low for place in switched.places for low in place.lower().split()}
        lows = [token.low for token in label]
        formed = state_words.kind_of(label, language)
        found = [one for one in family_terms.things(language).find(lows) if one.values and not formed[0]]
        found = [one for one in found if not state_words.is_named(label, one)] or found[:1]
        values: list[tuple[str, ...]] = (
            [one.values for one in found]
            + [("thing", label, formed[1]) for label in state_words.kin(formed[0]) if label]
            + [listed[head] for low in lows if low not in places and (head := family_terms.headed(low, language))]
        )
        labels = {label for one in values for label in (one[1], *(one[3:] if one[0] == "thing" else one[2:]))}
        groups = state_families.groups_of(labels, language)
        self.sides = state_families.sides(switched, groups, language)
        said = {kind for value in switched.old for kind in family_terms.kinds_of(value.words, language)}
        sided = {group for group, _ in self.sides.old}
        # A bridge goes on and rests as polls do, but what says so of polls says nothing of it.
        self.kinds = frozenset({*labels, *said, *groups, *(sided if sided.isdisjoint(groups) else ())})
        own = frozenset(filter(None, (family_terms.plain(value.words) for value in switched.old)))
        own_labels = frozenset({one[1] for one in values} | said)
        nouns = frozenset(state_words.nouns_of(label, language))
        new = frozenset({family_terms.plain(switched.new.words)})
        phrases_ = family_terms.phrases_of(language, self.sides, self.kinds, own_labels, own, new, nouns)
        self.terms = family_terms.found_by(language, self.sides, self.kinds, own_labels, own, new, nouns)
        classes = phrases(language).classes
        things = {low for one in found for low in one.phrase.split()}
        named = {
            token.low
            for token in label
            if token.text[0].isupper() and token.low not in classes and token.low not in things and len(token.low) > 2
        }
        self.few = family_terms.few(language)
        self.by = self.roles["agent"] - self.roles["towards"]
        self.german = language.startswith("de")
        self.names = frozenset(
            low for low in named - places if not (self.german and family_terms.headed(low, language))
        )
        digits = {token.low for token in label if token.low.isdecimal() and len(token.low) > 2}
        self.names |= digits  # "the 737"
        self.label = frozenset(clause.stem(token.low) for token in label if len(token.low) > 2)
        self.own = frozenset({token.low for token in label if token.text[0].isupper()} | places | digits)
        self.placed, self.told_by = bool(places), state_words.told_by(label)
        self.numbers = frozenset(token.low for token in label if token.low.isdecimal())
        self.persons, self.alone = not _PERSONS.isdisjoint(sided), not _ALONE.isdisjoint(sided)
        self.stems = frozenset(clause.stem(low) for low in {*lows, *places} if len(low) > 2 and low not in classes)
        old, come = ([p for p, (kind, *_) in phrases_.items() if kind == one] for one in ("old", "new"))
        of_state = noun_stems(old, language) - noun_stems(come, language) - {clause.stem(low) for low in nouns}
        roles_ = family_terms.roles_of(label, language)
        self.clauses = StateClauses(self.sides, of_state, roles_, self.label, groups, language)
        self.keys = _keys(self.terms)

    def may(self, part: PartView) -> bool:
        """Say whether a part has a word of what tells the old state."""
        return not self.keys.isdisjoint(_vocabulary(part, self.language))

    def find(self, sentence: Sentence, *, spoken: bool, opens: bool = False) -> Iterator[Said]:
        """Yield what a sentence says of the series. `spoken`: its text has spoken of it; `opens`: it opens its text,
        so that nobody else was spoken of.
        """
        tokens = sentence.tokens
        lows = [token.low.replace("’", "'") for token in tokens[sentence.first : sentence.last]]
        standing = list(self.terms.find(lows))
        terms = [
            Term(sentence.first + one.first, sentence.first + one.last, kind)
            for one in standing
            if (kind := value_near.kind_of(one, lows, self.roles["denies"]))
        ]
        ahead = {sentence.first + one.first for one in standing if "ahead" in one.values}
        terms = [one for one in terms if one.kind not in {"new", "untold"} or not self._goes_on(sentence, one, terms)]
        terms += self._compounds(sentence, {term.first for term in terms})
        strange = [
            term
            for term in terms
            if (term.kind == "strange" and clause.stem(tokens[term.first].low) not in self.clauses.nouns)
            or (term.kind == "thing" and self._is_of_kind(tokens[term.first : term.last]))
        ]
        beside_ = [*strange, *(term for term in terms if term.kind == "beside")]
        things = [term for term in terms if term.kind in {"thing", "kin", "part"}]
        there = [one for one in things if one.last < sentence.last and tokens[one.last].low in self.roles["there"]]
        if there:
            return  # "the truce there"
        of = self.roles["of"]
        things = [one for one in things if one not in strange and not _beside_strange(tokens, one, beside_, of)]
        come = {term.first for term in terms if term.kind in {"new", "base"}}
        taken = {term.first for term in terms if term.kind in {"old", "new", "told", "untold"}}
        clauses = self.clauses.find(sentence, lows, [one for one in things if one.kind == "thing"], come)
        terms = sorted([*terms, *(one for one in clauses if one.first not in taken)])
        done = False
        for term in terms:
            if term.kind == "base" and self._denied_at(sentence, term) < 0:
                continue
            if term.kind.partition(",")[0] not in {"old", "new", "told", "untold", "base"}:
                continue
            if term.kind in {"new", "base"} and (denied := self._denied_at(sentence, term)) >= 0:
                term = Term(denied, term.last, "old")  # noqa: PLW2901 - what is not so yet is as it was
            elif term.kind.endswith("sure"):  # "due to the closure"
                term = Term(term.first, term.last, term.kind.partition(",")[0])  # noqa: PLW2901
            elif self._is_unsure(sentence, term, ahead=term.first in ahead):
                continue
            if done and term.kind in {"old", "told"}:
                continue  # a sentence says it once
            if self.alone and not opens and self._is_of_any(sentence, term):
                continue
            whose = self._whose(sentence, term, things, spoken=spoken)
            if whose == "nobody" and not self.sides.old:
                continue  # words that no list has say it of what they stand beside alone
            alone = term.kind in {"told", "untold"}
            if whose == "nobody" and not alone and any(0 <= term.first - one.last <= _NEAR for one in strange):
                continue
            meant = alone or self._is_meant(sentence, term, spoken=spoken, opens=opens)
            if whose == "other" or (whose == "nobody" and not meant):
                continue
            if whose == "nobody" and self.alone and not (spoken or opens) and self._points(sentence, term):
                continue  # "he is on the run": whoever was spoken of
            done = done or term.kind in {"old", "told"}
            yield Said(term.first, term.last, {"untold": "new"}.get(term.kind, term.kind), whose == "named")

    def _is_of_kind(self, words: Sequence[Token]) -> bool:
        """Say whether a thing of several words is another of the label's kind: "storm warning", of one of smoke."""
        mine = [clause.stem(word.low) in self.label for word in words]
        return len(words) > 1 and mine[-1] and not any(mine[:-1]) and len(self.label) > 1

    def _is_meant(self, sentence: Sentence, term: Term, *, spoken: bool, opens: bool) -> bool:
        """Say whether a state without a thing is the series': of what was spoken of, or in a text's first words."""
        if term.last < sentence.last and sentence.tokens[term.last].low in self.by:
            return False  # "Declared by the returning officer": what stands beside it
        first = opens and self.persons and not self._names_behind(sentence, term)
        return (spoken or first) and self._is_bare(sentence, term)

    def _heads_other(self, sentence: Sentence, term: Term) -> bool:
        """Say whether a state is said of who is named behind a colon: "Still missing: Arlo Penn"."""
        colon = term.last < sentence.last and sentence.tokens[term.last].text == ":"
        return self.alone and colon and self._names_behind(sentence, term)

    def _names_behind(self, sentence: Sentence, term: Term) -> bool:
        """Say whether somebody else is named right behind a state: "Still missing: Arlo Penn"."""
        tokens = sentence.tokens
        for at in range(term.last, min(term.last + 3, sentence.last)):
            if tokens[at].text in _CLOSES:
                return False  # who is named behind it says it
            longer = at + 1 < sentence.last and self._is_name(tokens[at + 1])
            if self._is_name(tokens[at]) and tokens[at].low not in self.own and (longer or not self.german):
                return True
        return False

    def _is_of_any(self, sentence: Sentence, term: Term) -> bool:
        """Say whether a state is of somebody new, right behind it: "the search for a woman"."""
        return term.last < sentence.last and sentence.tokens[term.last].low in self.roles["indefinite"]

    def _goes_on(self, sentence: Sentence, term: Term, terms: Sequence[Term]) -> bool:
        """Say whether what goes on is the old state, which a noun before it names: "the closure continues"."""
        near = sentence.tokens[max(sentence.first, term.first - _BEHIND) : term.first]
        named = self.clauses.lasts(term, sentence) and any(clause.stem(t.low) in self.clauses.nouns for t in near)
        return named or any(one.kind == "old" and 0 <= term.first - one.last <= _BEHIND for one in terms)

    def _whose(self, sentence: Sentence, term: Term, things: Sequence[Term], *, spoken: bool) -> str:
        """Return whose state a term is: "named" or "thing" for the series', "other", or "nobody" if none is named."""
        own = sentence.clauses[sentence.clause_at(term.first)]
        ours = [at for at in range(own.first, own.last) if self._is_ours(sentence, at, self.own)]
        spots = [*ours, *(one.first for one in things if own.first <= one.first < own.last)]
        if spots and all(beside(sentence, at, self.stems, self.language) for at in spots):
            return "other"  # "Shops near the bridge are closed"
        if ours:
            mine = any(self._is_ours(sentence, at, self.names) for at in range(own.first, own.last))
            near = self._thing(sentence, term, things, spoken=spoken)
            return "named" if mine else "thing" if near else "nobody"
        if self._others(sentence, term) or self._heads_other(sentence, term):
            return "other"
        if any(self._is_ours(sentence, at, self.names) for at in range(sentence.first, sentence.last)):
            return "named"
        if self._thing(sentence, term, things, spoken=spoken):
            return "thing"
        own_kind = (one for one in things if one.kind == "thing")
        another = any(term.first - one.last <= _NEAR and one.first - term.last <= _NEAR for one in own_kind)
        return "other" if another else "nobody"

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
                opens = other == sentence.first or tokens[other - 1].text in _OPENS
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
            far = term.first - thing.last > _NEAR or thing.first - term.last > _NEAR
            if self.tells_apart(sentence, thing.last, range(term.first, term.last)):
                continue
            whose = self._is_another(sentence, thing) if own_part else self._is_anothers(sentence, thing, term)
            if not far and (not whose or (own_part and self.persons)):
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
            return self._is_name(sentence.tokens[at - 2]) and sentence.tokens[at - 2].low not in self.own
        opens = at - 1 == sentence.first or sentence.tokens[at - 2].text in _OPENS
        plain = opens and thing.kind != "thing" and sentence.tokens[at].text.islower()  # "Ghat line is shut"
        return not plain and self._is_name(before) and before.low not in self.own

    def _compounds(self, sentence: Sentence, taken: Collection[int]) -> list[Term]:
        """Return the German words that end with a phrase: "Streckensperrung", "34-Jähriger", "Wanderers"."""
        if not self.german:
            return []
        listed = lexicon.load(self.language, "states")
        found = list[Term]()
        for at in range(sentence.first, sentence.last):
            low = sentence.tokens[at].low
            if at in taken or not (head := family_terms.headed(low, self.language)):
                continue
            values = listed[head]
            part = values[0] == "part"
            if values[0] == "value":
                found += [Term(at, at + 1, one.values[0]) for one in self.terms.find([head]) if one.values[0] == "old"]
            elif self.kinds & {values[1], *(values[2:] if part else values[3:])} and (part or self._is_own(low, head)):
                found.append(Term(at, at + 1, "part" if part else "thing"))
        return found

    def _is_own(self, low: str, head: str) -> bool:
        """Say whether what a compound's thing is called by is the series' own, or names no other: "Zugverkehr"."""
        return clause.stem(low) in self.stems or clause.stem(low.removesuffix(head)) in self.stems

    def _others(self, sentence: Sentence, term: Term) -> bool:
        """Say whether a name that is not the series' stands before a term, or where it is right behind it."""
        tokens, first = sentence.tokens, sentence.first
        while first < term.first and tokens[first].kind == "mark":
            first += 1
        said = [at for at in sentence.said if at < term.first]
        begins = max(said) + 1 if said else first  # who says it is not who it is said of
        for at in range(begins, term.first):
            longer = at + 1 < term.first and self._is_name(tokens[at + 1])
            if self.german:  # every noun has a capital, but two together are a name
                small = at == first and any(tokens[at].low in words for words in self.roles.values())
                pair = {token.low for token in tokens[at : at + 2]}
                if not small and longer and self._is_name(tokens[at]) and not pair & self.own:
                    return True
                continue
            given = tokens[at].low in lexicon.load(self.language, "given_names")
            if longer and given and tokens[at + 1].low in self.names:
                continue
            lone = (at == first or tokens[at - 1].text in _OPENS) and not longer
            if not lone and self._is_name(tokens[at]) and tokens[at].low not in self.own:
                return True
        return not self.german and self.placed and self._is_others(sentence, term.last)

    def _is_name(self, token: Token) -> bool:
        if token.kind != "word" or not token.text[0].isupper() or token.text.isupper() or token.low in self.few:
            return False
        return token.low not in phrases(self.language).classes and token.low not in lexicon.load(
            self.language, "calendar"
        )

    def _is_bare(self, sentence: Sentence, term: Term) -> bool:
        """Say whether nothing but small words stands before a term in its clause: "It is still shut"."""
        own = sentence.clauses[sentence.clause_at(term.first)]
        classes = phrases(self.language).classes
        return all(
            token.kind == "mark"
            or token.low.partition("’")[0].partition("'")[0] in self.roles["pointing"] | {""}
            or token.low in self.few
            or token.low in self.roles["lasts"]
            or "stop" in classes.get(token.low, ())
            for token in sentence.tokens[own.first : term.first]
        )

    def _points(self, sentence: Sentence, term: Term) -> bool:
        own = sentence.clauses[sentence.clause_at(term.first)]
        return any(
            token.low.partition("'")[0] in self.roles["pointing"]
            for at, token in enumerate(sentence.tokens[own.first : own.last], start=own.first)
            if not term.first <= at < term.last
        )

    def _is_unsure(self, sentence: Sentence, term: Term, *, ahead: bool = False) -> bool:
        """Say whether words right before a term, in its clause, make it possible, denied or to come.

        `ahead`: what it says is to come anyway: "will go ahead".
        """
        own = sentence.clauses[sentence.clause_at(term.first)]
        begins = max(own.first, term.first - _WINDOW)
        lows = [token.low for token in sentence.tokens[begins : term.first]]
        if lows[-1:] == ["went"] or (sentence.tokens[term.first].low == "zu" and not self._ends(sentence, term.last)):
            return True  # what happened; a preposition
        if "remain" in lows or "stay" in lows:
            return bool({"not", "may", "might", "could", "if"} & set(lows))
        lows = [low for low in lows if not (ahead and (low in self.roles["will"] or low in self.roles["towards"]))]
        return any(low in self.roles["unsure"] or low.endswith(("n't", "n’t")) for low in lows)

    def _denied_at(self, sentence: Sentence, term: Term) -> int:
        """Return where the newest state is denied right before it: "has not been lifted", "yet to reopen"; or -1."""
        own, tokens = sentence.clauses[sentence.clause_at(term.first)], sentence.tokens
        begins = max(own.first, term.first - _WINDOW)
        for at in range(term.first - 1, begins - 1, -1):
            low = tokens[at].low
            yet = low == "yet" and tokens[at + 1].low == "to"
            if yet or low in self.roles["denies"] or low.endswith(("n't", "n’t")):
                longer = tokens[at + 1].low in self.roles["longer"]
                unsure = self._is_unsure(sentence, Term(at - (tokens[at - 1].low in self.roles["will"]), term.last, ""))
                return -1 if longer or unsure or self._is_dated(sentence, term.last) else at
            if low not in self.roles["between"] and low not in self.roles["will"]:
                return -1
        return -1

    def _is_dated(self, sentence: Sentence, at: int) -> bool:
        """Say whether something is told of another day right behind a token: "will not run on Wednesday"."""
        calendar = lexicon.load(self.language, "calendar")
        behind = sentence.tokens[at : min(at + 3, sentence.last)]
        return any(calendar.get(token.low, ("",))[0] == "weekday" for token in behind)

    def _ends(self, sentence: Sentence, at: int) -> bool:
        return at >= sentence.last or sentence.tokens[at].kind == "mark"


@lexicon.kept
def family_sweep(switched: Switched, language: str) -> FamilySweep:
    """Return a switched series, ready to be looked for: made once, while somebody types."""
    return FamilySweep(switched, language)


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


def _beside_strange(tokens: Sequence[Token], thing: Term, strange: Sequence[Term], of: Collection[str]) -> bool:
    """Say whether a thing is another's by what stands at it: "the train strike", "la huelga de trenes"."""
    return any(
        one.last == thing.first or (one.first == thing.last + 1 and tokens[thing.last].low in of) for one in strange
    )


def _keys(terms: Wordings) -> frozenset[str]:
    """Return a word of each phrase that says the old state, one of which a text has that says it."""
    return terms.keys({"old", "told"})
