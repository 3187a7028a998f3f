"""Where a sentence says a state by other words than its series': "no trains" of a line that is closed.

Owns whose state it is: the series', where a sentence names it, a part of it or what it consists of, or nothing at all;
another's, where it names another. Look next: `state_families` for what contradicts what, `sweep_states`, which asks.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import Final, NamedTuple

from asithappened.ledger.changes import Switched
from asithappened.ledger.language import clause, lexicon
from asithappened.ledger.language.by_part import by_part
from asithappened.ledger.language.clause import Sentence
from asithappened.ledger.language.phrases import phrases
from asithappened.ledger.language.roles import roles
from asithappened.ledger.language.tokens import Token, read
from asithappened.ledger.language.wordings import Wordings
from asithappened.ledger.stale import family_terms, state_families, state_words, value_near
from asithappened.ledger.stale.state_clauses import StateClauses, Term, noun_stems
from asithappened.ledger.stale.state_owner import NEAR, Owner
from asithappened.ledger.views import PartView

_BEHIND: Final = 5  # tokens behind a state in which its place is named
_AHEAD: Final = 3  # tokens behind "goes on" in which what does is named, where verbs come first
_COMPOUND: Final = 8  # letters, more than which a compound has
_WINDOW: Final = 4
_HEAD: Final = 5  # letters of a compound's last part
_TITLE: Final = 3  # words that say in a title what a state is of


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
        found = [one for one in found if not state_words.is_placed(label, one)]
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
        said_by = family_terms.phrases_of(language, self.sides, self.kinds, own_labels, own, new, nouns)
        self.terms = said_by.found
        things = {low for one in found for low in one.phrase.split()}
        self.by = self.roles["agent"] - self.roles["towards"]
        self.owner = Owner(label, things, places, self.sides, language)
        self.german, self.few = self.owner.german, self.owner.few
        self.persons, self.alone, self.stems = self.owner.persons, self.owner.alone, self.owner.stems
        self.lows = frozenset(lows)
        self.label = frozenset(clause.stem(token.low) for token in label if len(token.low) > 2)
        old, come = ([p for p, (kind, *_) in said_by.kinds.items() if kind == one] for one in ("old", "new"))
        of_state = noun_stems(old, language) - noun_stems(come, language) - {clause.stem(low) for low in nouns}
        roles_ = family_terms.roles_of(label, language)
        self.clauses = StateClauses(self.sides, of_state, roles_, label, nouns, groups, language)
        self.keys = _keys(self.terms)

    def may(self, part: PartView) -> bool:
        """Say whether a part has a word of what tells the old state."""
        return not self.keys.isdisjoint(_vocabulary(part, self.language))

    def find(self, sentence: Sentence, *, spoken: bool, opens: bool = False, heading: bool = False) -> Iterator[Said]:
        """Yield what a sentence says of the series. `spoken`: its text has spoken of it; `opens`: it opens its text,
        so that nobody else was spoken of; `heading`: it is a title, and what stands below speaks of the series.
        """
        tokens = sentence.tokens
        lows = [token.low.replace("’", "'") for token in tokens[sentence.first : sentence.last]]
        standing = list(self.terms.find(lows))
        terms = [
            Term(sentence.first + one.first, sentence.first + one.last, kind)
            for one in standing
            if (kind := value_near.kind_of(one, lows, self.roles["denies"]))
        ]
        terms = [self._as_said(one, tokens) for one in terms]
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
        taken = {term.first for term in terms if term.kind in {"new", "told", "untold"}}
        mine = [one for one in things if one.kind == "thing"]
        clauses = [one for one in self.clauses.find(sentence, lows, mine, come) if one.first not in taken]
        said = {term.first for term in clauses}
        terms = sorted([*(one for one in terms if one.kind != "old" or one.first not in said), *clauses])
        done = False
        for term in terms:
            if term.kind == "base" and self._denied_at(sentence, term) < 0:
                continue
            if term.kind.partition(",")[0] not in {"old", "new", "told", "untold", "base"}:
                continue
            if term.kind == "new" and (none := self._none_at(sentence, term, things)) is not None:
                term = Term(*none, "old")  # noqa: PLW2901 - "no trams are running"
            elif term.kind in {"new", "base"} and (denied := self._denied_at(sentence, term)) >= 0:
                term = Term(denied, term.last, "old")  # noqa: PLW2901 - what is not so yet is as it was
            elif term.kind in {"new", "untold"} and self._is_awaited(sentence, term):
                continue
            elif term.kind.endswith("sure"):  # "due to the closure"
                term = Term(term.first, term.last, term.kind.partition(",")[0])  # noqa: PLW2901
            elif self._is_unsure(sentence, term, ahead=term.first in ahead):
                continue
            if done and term.kind in {"old", "told"}:
                continue  # a sentence says it once
            if self.alone and not opens and self._is_of_any(sentence, term):
                continue
            whose = self.owner.whose(sentence, term, things, spoken=spoken)
            if whose == "nobody" and not self.sides.old:
                continue  # words that no list has say it of what they stand beside alone
            alone = term.kind in {"told", "untold"}
            if whose == "nobody" and not alone and any(0 <= term.first - one.last <= NEAR for one in strange):
                continue
            meant = alone or self._is_meant(sentence, term, spoken=spoken, opens=opens)
            meant = meant or (heading and self._is_headed(sentence, term))
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
        first = opens and self.persons and not self.owner.names_behind(sentence, term)
        return (spoken or first) and self._is_bare(sentence, term)

    def _is_of_any(self, sentence: Sentence, term: Term) -> bool:
        """Say whether a state is of somebody new, right behind it: "the search for a woman"."""
        return term.last < sentence.last and sentence.tokens[term.last].low in self.roles["indefinite"]

    def _goes_on(self, sentence: Sentence, term: Term, terms: Sequence[Term]) -> bool:
        """Say whether what goes on is the old state, which a noun before it names: "the closure continues"."""
        before = sentence.tokens[max(sentence.first, term.first - _BEHIND) : term.first]
        behind = sentence.tokens[term.last : min(term.last + _AHEAD, sentence.last)]  # "Continúa la interrupción"
        named = any(clause.stem(token.low) in self.clauses.nouns for token in (*before, *behind))
        lasts = self.clauses.lasts(term, sentence)
        ahead = _AHEAD if lasts else 0
        old = (one for one in terms if one.kind == "old")
        beside_ = any(0 <= term.first - one.last <= _BEHIND or 0 <= one.first - term.last < ahead for one in old)
        return beside_ or (named and lasts)

    def _compounds(self, sentence: Sentence, taken: Collection[int]) -> list[Term]:
        """Return the German words that end with a phrase: "Streckensperrung", "34-Jähriger", "Wanderers"."""
        if not self.german:
            return []
        listed = lexicon.load(self.language, "states")
        found = list[Term]()
        for at in range(sentence.first, sentence.last):
            low = sentence.tokens[at].low
            if at in taken:
                continue
            if len(low) >= _HEAD and any(own != low and own.endswith(low) for own in self.lows):
                found.append(Term(at, at + 1, "thing"))  # "der Tunnel", of the Hirschkopftunnel
                continue
            if not (head := family_terms.headed(low, self.language)):
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

    def _is_headed(self, sentence: Sentence, term: Term) -> bool:
        """Say whether a title says a state of one or two words, whatever they call its thing: "House suspended"."""
        before = sentence.tokens[sentence.first : term.first]
        no = self.roles["indefinite"] | self.roles["other"]
        return 0 < len(before) <= _TITLE and all(token.kind == "word" and token.low not in no for token in before)

    def _points(self, sentence: Sentence, term: Term) -> bool:
        own = sentence.clauses[sentence.clause_at(term.first)]
        return any(
            token.low.partition("'")[0] in self.roles["pointing"]
            for at, token in enumerate(sentence.tokens[own.first : own.last], start=own.first)
            if not term.first <= at < term.last
        )

    def _as_said(self, term: Term, tokens: Sequence[Token]) -> Term:
        """Return a German "vermisste" before a name as what it says, and not as who is called so."""
        if not self.german or term.kind not in {"part", "thing"} or not tokens[term.first].text.islower():
            return term
        said = self.terms.find([tokens[term.first].low.rstrip("nrsm").removesuffix("e")])
        return term._replace(kind="old") if any(one.values[0] == "old" for one in said) else term

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

    def _is_awaited(self, sentence: Sentence, term: Term) -> bool:
        """Say whether the newest state ends what is told: "until the wire is mended"."""
        own = sentence.clauses[sentence.clause_at(term.first)]
        before = sentence.tokens[max(own.first, term.first - _BEHIND) : term.first]
        return any(token.low in self.roles["awaits"] for token in before)

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

    def _none_at(self, sentence: Sentence, term: Term, things: Sequence[Term]) -> tuple[int, int] | None:
        """Return the tokens that say of none that the newest state is so: "no trams are running", "läuft kein Lift"."""
        tokens, none = sentence.tokens, self.roles["none"]
        for thing in things:
            if 0 <= term.first - thing.last <= 1:
                at = next(
                    (n for n in range(max(sentence.first, thing.first - 2), thing.first) if tokens[n].low in none), -1
                )
                if at >= 0:
                    return at, term.last
        behind = range(term.last, min(term.last + 2, sentence.last))
        last = next((n + 1 for n in behind if tokens[n].low in none), -1) if self.german else -1
        return (term.first, last) if last >= 0 else None

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


def _beside_strange(tokens: Sequence[Token], thing: Term, strange: Sequence[Term], of: Collection[str]) -> bool:
    """Say whether a thing is another's by what stands at it: "the train strike", "la huelga de trenes"."""
    return any(
        one.last == thing.first or (one.first == thing.last + 1 and tokens[thing.last].low in of) for one in strange
    )


def _keys(terms: Wordings) -> frozenset[str]:
    """Return a word of each phrase that says the old state, one of which a text has that says it."""
    return terms.keys({"old", "told"})
