"""Where a text asserts a state that its series has left behind: "the bridge is closed", once it is open.

Owns finding the series' thing and its old value in one sentence, by the lexicon `states` and by the series' own words.
A text that gives the newest value in the same paragraph knows. Look next: `superseded` for what is marked as past.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from asithappened.ledger.changes import Stale, Switched, Text
from asithappened.ledger.geography import same_place
from asithappened.ledger.language import clause, lexicon
from asithappened.ledger.language.clause import Sentence
from asithappened.ledger.language.phrases import phrases
from asithappened.ledger.language.roles import roles
from asithappened.ledger.language.said_when import times_in
from asithappened.ledger.language.tokens import Token, read
from asithappened.ledger.language.wordings import Wordings
from asithappened.ledger.stale import state_words, superseded_states, table_cells, value_near
from asithappened.ledger.stale.around import Around, Spot
from asithappened.ledger.stale.state_others import Others
from asithappened.ledger.stale.state_owner import beside
from asithappened.ledger.stale.state_replacement import Claim, Replacing, Term
from asithappened.ledger.stale.sweep_families import family_sweep
from asithappened.ledger.stale.sweep_figures import folded, led_to
from asithappened.ledger.views import Part, PartView

_NONE: Final = frozenset({"no", "without", "kein", "keine", "ningún", "ninguna", "sin"})
_ARTICLES: Final = frozenset(
    {"the", "a", "an", "this", "that", "of", "its", "die", "der", "das", "den", "dem", "des", "el", "la", "los", "las"}
)
_OF: Final = frozenset(
    {"of", "on", "in", "at", "for", "to", "from", "between", "de", "del", "en", "von", "zwischen", "entre"}
)
_CALLED: Final = frozenset({"airport", "port", "station"})  # whose name alone says it: "Gatwick is closed"
_SOME: Final = frozenset({"second", "several", "some", "many", "most", "other", "another", "weitere", "otra", "otro"})
_FOR: Final = frozenset({"for", "für", "para"})
_UNDER: Final = frozenset({"under", "unter", "bajo"})
_PRONOUNS: Final = frozenset({"it", "they", "he", "she", "er", "sie", "es"})
_OF_PERSONS: Final = frozenset({"he", "she"})
_PERSONAL: Final = frozenset({"person", "patient", "post", "people"})
_INDEFINITE: Final = frozenset({"a", "an", "ein", "eine", "einen", "einer", "un", "una"})
_SHORT: Final = 4
_STOPS: Final = frozenset('.!?:;”"»“')
_BARE: Final = frozenset({"headline", "alert"})


class StateSweep:
    """A switched series, ready to be looked for in texts."""

    def __init__(self, switched: Switched, language: str) -> None:
        self.switched, self.language = switched, language
        listed = lexicon.load(language, "states")
        label, _, _ = switched.label.partition(",")
        words = [token for token in read(label).tokens if token.kind in {"word", "number"}]
        versus = state_words.kind_of(words, language)
        found = (
            [] if versus[0] else [o for o in Wordings(listed).find([w.low for w in words]) if o.values[0] == "thing"]
        )
        found = [one for one in found if not state_words.is_named(words, one)] or found[:1]
        thing = state_words.head(found, words, language)
        self.names = state_words.names(words, range(thing.first, thing.last) if thing else range(0), switched, language)
        formed, group = versus
        group = thing.values[2] if thing else group
        before = [value.words for value in switched.old]
        group = group or next(filter(None, (state_words.group_of(one, listed) for one in before)), "")
        ends = state_words.values_of(switched.new.words, listed)
        stood = {one for value in before for one in state_words.values_of(value, listed)}
        wide = state_words.widened(stood, ends) - ends if group else stood
        ends = state_words.widened(ends, stood) - wide if group else ends
        old = {phrase for value in before for phrase in state_words.phrases_of(value, wide, group, listed)}
        new = state_words.phrases_of(switched.new.words, ends, group, listed)
        label = thing.values[1] if thing else formed
        kin = state_words.kin(label)
        kinds = {*kin, group} - {""}
        told = state_words.told(wide, kinds, listed) - new
        untold = state_words.told(ends, kinds, listed) - told
        called = [p for p, v in listed.items() if label and v[0] == "thing" and v[1] in kin]
        if not thing:
            called += state_words.called(words)
        elif thing.values[1] in _CALLED and thing.first and not words[thing.first - 1].text.islower():
            called.append(" ".join(word.low for word in words[: thing.first]))
        if thing and len(thing.phrase.split()) > 1:
            called.append(f"the {thing.phrase.split()[-1]}")  # "the crossing"
        called += [word.low for word in words if any(map(str.isdecimal, word.low)) and not word.low.isdecimal()]
        listed_new = [phrase for phrase in (switched.new.words.lower(), *listed) if phrase in new]
        self.label = frozenset({low for place in switched.places for low in place.lower().split()}).union(
            word.low for word in words if not word.text.islower()
        )
        stops = phrases(language).classes
        kept = [
            word.low
            for word in words
            if len(word.low) > 2 and "stop" not in stops.get(word.low, ()) and not state_words.is_general(word.low)
        ]
        kept += [low for place in switched.places for low in place.lower().split()]
        self.own = frozenset(map(clause.stem, kept))
        self.own_hints = sorted(self.own)
        self.values = [max(phrase.split(), key=len) for phrase in old - new]
        self.hints = [max(phrase.split(), key=len) for phrase in {*called, *told}]
        self.stems = {clause.stem(word.low) for word in words if len(word.low) > 2}
        self.stems |= {clause.stem(low) for place in switched.places for low in place.lower().split()}
        said = {low for phrase in called for low in phrase.split()}
        self.stems |= {clause.stem(low) for low in said if len(low) > 2 and low not in stops}
        present = state_words.in_present(old - new, language)
        self.replacing = Replacing(switched, listed_new, present)
        self.terms = Wordings(
            {state_words.NOTHING: ("old",)}
            | dict.fromkeys(present, ("present",))
            | dict.fromkeys(old - new, ("old",))
            | dict.fromkeys(new, ("new",))
            | dict.fromkeys((one for one in state_words.meant(group) if one.split()[-1] not in said), ("meant",))
            | dict.fromkeys(untold, ("untold",))
            | dict.fromkeys(told, ("told",))
            | dict.fromkeys(called, ("thing",))
        )
        self.family, self.indefinite = family_sweep(switched, language), roles(language)["indefinite"]
        self.denies = roles(language)["denies"]
        self.others = Others(switched, language)
        stood_before = {token.low for value in before for token in read(value).tokens}
        told_apart = {token.low for token in read(switched.new.words).tokens if token.kind == "word"} - stood_before
        self.newly = frozenset(
            low for low in told_apart - listed.keys() if low not in stops and clause.stem(low) not in self.stems
        )
        self.pronouns = _PRONOUNS - _OF_PERSONS if group and group not in _PERSONAL else _PRONOUNS
        self._spoken: tuple[Text, int] | None = None  # the first part of a text that speaks of the thing
        self.on = any(v[1:2] == ("on",) and "alert" in v[2:] for p in old - new if (v := listed.get(p, ())))

    def find(self, text: Text) -> Iterator[Stale]:
        """Yield where a text says the old value as if it stood, in order."""
        spoken = False  # whether a part before has the thing
        for number, part in enumerate(text.view.parts):
            if part.kind == Part.SIGNATURE:
                continue
            small = folded(part, self.language)
            near = any(hint in small for hint in self.hints)
            near = near or any(hint in small for hint in self.own_hints)
            plain = near or (spoken and any(value in small for value in self.values))
            if plain or self.family.may(part):
                yield from self._in_part(text, number, part, plain=plain)
            spoken = spoken or near

    def _in_part(self, text: Text, number: int, part: PartView, *, plain: bool) -> Iterator[Stale]:
        """Yield where a part says the old value. `plain`: it may do so in the series' own words."""
        sentences = clause.sentences(part.text, self.language)
        claims = [
            (at, one)
            for at, sentence in enumerate(sentences)
            for one in self._claims(text, part, sentence, plain=plain)
            if not self.others.has(sentence, sentences[at - 1] if at else None, one.first, _thing_of(one))
        ]
        if any(one.kind == "new" or self._is_newest(sentences[at]) for at, one in claims) or led_to(
            text, number, self.language
        ):
            return
        first = text.view.parts[0]
        spoken = same_place.last_before(first, self.language, len(first.text)) if number else None
        said = set[int]()
        for at, one in claims:
            sentence = sentences[at]
            if one.first in said or not self._here(part, sentence, one, spoken):
                continue  # "Kiruna airport" is "Kiruna" and "airport": it is said once
            after = sentences[at + 1] if at + 1 < len(sentences) else None
            around = Around(
                sentence,
                Spot(one.first, one.last),
                (),
                -1,
                after,
                times_in(sentence, text.at, self.language),
                self.language,
            )
            reason = superseded_states.why(around)
            if reason and not (reason == "asked" and superseded_states.is_given(sentence, one.first)):
                continue
            if self._is_of_related(sentence, one) or self._is_of_another_row(part, sentence, one):
                continue
            said.add(one.first)
            yield self.replacing.stale(text, part, sentence, one)

    def _is_of_another_row(self, part: PartView, sentence: Sentence, one: Claim) -> bool:
        """Say whether a state stands in a table's headings, or in the row of another place: "Hill Road | closed"."""
        start = sentence.tokens[one.first].start
        cell = table_cells.headed(part, start, self.language)
        if cell is None:
            return table_cells.is_heading(part, start, self.language)
        return table_cells.is_of_others(cell.row, self.switched.places, self.stems, self.language)

    def _is_newest(self, sentence: Sentence) -> bool:
        """Say whether a sentence calls the thing by a word of its newest value: "a severe flood warning"."""
        lows = [token.low for token in sentence.tokens[sentence.first : sentence.last]]
        return any(low in self.newly and self._is_label(lows[at + 1 : at + 3]) for at, low in enumerate(lows))

    def _is_label(self, lows: Sequence[str]) -> bool:
        return any(clause.stem(low) in self.stems for low in lows if len(low) > 2)

    def _is_of_related(self, sentence: Sentence, one: Claim) -> bool:
        """Say whether a state is of somebody who is only named by another: "Vail's driver is on trial"."""
        words, own = roles(self.language), sentence.clauses[sentence.clause_at(one.first)]
        tokens = sentence.tokens
        for at in range(max(own.first, one.first - value_near.NEAR) + 1, one.first):
            if tokens[at].low in words["related"] and clause.stem(tokens[at].low) not in self.own:
                return tokens[at - 1].low == "'s" or tokens[at - 1].low in words["his"]
        return False

    def _of_things(self, text: Text, part: PartView, sentence: Sentence, terms: Sequence[Term]) -> Iterator[Claim]:
        tokens = sentence.tokens
        lows = [token.low for token in tokens[sentence.first : sentence.last]]
        bare = part.kind == Part.TITLE or text.place in _BARE or tokens[sentence.last - 1].text not in _STOPS
        things = [term for term in terms if term.kind == "thing"] or self._meant(text, part, sentence)
        if not things and self._spoken_of(text, part):
            things = [term._replace(kind="thing") for term in terms if term.kind == "meant"]
        values = [
            term._replace(kind="old") if term.kind == "present" else term
            for term in terms
            if term.kind in {"old", "new", "present"}
            and (bare or term.kind != "present")
            and value_near.is_value(tokens, sentence, term)
        ]
        for thing in things:
            named = self._named(tokens, sentence, thing)
            if named is None:
                continue
            best = min(
                (v for v in values if value_near.is_near(thing, v)),
                key=lambda v: abs(v.first - thing.first),
                default=None,
            )
            if best is not None and self.family.owner.tells_apart(sentence, thing.last, range(best.first, best.last)):
                continue
            if thing.first > sentence.first and self._counts(tokens[thing.first - 1]):
                continue
            if thing.last < sentence.last and tokens[thing.last].low in roles(self.language)["there"]:
                continue  # "the truce there"
            if beside(sentence, thing.first, self.stems, self.language):
                continue
            none = [at for at in range(max(sentence.first, thing.first - 2), thing.first) if tokens[at].low in _NONE]
            if best is not None and best.kind == "new":
                denied = (
                    none[0]
                    if none and best.first > thing.first
                    else value_near.denied_at(tokens, sentence, thing, best, self.language)
                )
                if denied is not None:
                    yield Claim(denied, best.last, "not", thing, best, named)
                    continue
            if none and not (best is not None and any(best.first <= at < best.last for at in none)):
                continue
            if best is not None and self._for_another(tokens, sentence, best):
                continue
            if best is not None and not value_near.is_unsure(tokens, sentence, thing, best, self.language):
                first = best.first
                while first < best.last - 1 and tokens[first].low in state_words.BE:
                    first += 1
                yield Claim(first, best.last, best.kind, thing, best, named)
            elif best is None and self.on and not superseded_states.is_undone(lows, thing.first - sentence.first):
                begins = max(sentence.first, thing.first - 2)
                while begins > sentence.first and tokens[begins].text.islower() and thing.first - begins < _SHORT:
                    begins -= 1  # "under a severe flood warning"
                first = next((n for n in range(begins, thing.first) if tokens[n].low in _UNDER), thing.first)
                if first < thing.first and self._of_others(tokens[sentence.first : first]):
                    continue
                if first < thing.first or bare:
                    yield Claim(first, thing.last, "old", thing, None, named)

    def _claims(self, text: Text, part: PartView, sentence: Sentence, *, plain: bool) -> Iterator[Claim]:
        tokens = sentence.tokens
        if not plain:
            yield from self._of_family(text, part, sentence)
            return
        lows = [token.low for token in tokens[sentence.first : sentence.last]]
        terms = [
            Term(sentence.first + one.first, sentence.first + one.last, kind)
            for one in self.terms.find(lows)
            if (kind := value_near.kind_of(one, lows, self.denies))
        ]
        claims = list(self._of_things(text, part, sentence, terms)) or list(self._told(text, part, sentence, terms))
        yield from claims or self._of_family(text, part, sentence)

    def _of_family(self, text: Text, part: PartView, sentence: Sentence) -> Iterator[Claim]:
        """Yield what says a state by other words of its family: "the line is shut", "nobody gets through"."""
        opens = part is text.view.parts[0] and sentence.first == 0
        spoken = self._spoken_of(text, part)
        heading = part.kind == Part.TITLE and self._heads_what_is_spoken_of(text)
        for said in self.family.find(sentence, spoken=spoken or heading, opens=opens, heading=heading):
            term = Term(said.first, said.last, said.kind)
            yield Claim(said.first, said.last, said.kind, term, term, said.named)

    def _meant(self, text: Text, part: PartView, sentence: Sentence) -> list[Term]:
        """Return the pronoun that a sentence begins with, where the one before has the thing: "It is closed"."""
        begins = next((at for at in range(sentence.first, sentence.last) if sentence.tokens[at].kind != "mark"), -1)
        if begins < 0:
            return []
        if sentence.tokens[begins].low not in self.pronouns:
            begins += sentence.tokens[begins].low in _ARTICLES and begins + 1 < sentence.last
            headed = clause.stem(sentence.tokens[begins].low) in self.own and sentence.tokens[begins].text[0].isupper()
            headed = headed and not self._heads_another(sentence, begins)
            return [Term(begins, begins + 1, "thing")] if headed else []
        said = clause.sentences(part.text, self.language)
        at = clause.number_at(said, sentence.first)
        if at:
            before = said[at - 1]
        else:
            number = bisect_right(text.view.parts, part.start, key=lambda one: one.start) - 1
            back = clause.sentences(text.view.parts[number - 1].text, self.language) if number else ()
            if not back:
                return []
            before = back[-1]
        lows = [token.low for token in before.tokens[before.first : before.last]]
        if not any(one.values[0] == "thing" for one in self.terms.find(lows)):
            return []
        return [Term(begins, begins + 1, "thing")]

    def _heads_another(self, sentence: Sentence, at: int) -> bool:
        """Say whether a name only says which of the noun behind it: "Ashwell primary", "Rotenfurter Bahnhof"."""
        tokens = sentence.tokens
        while at < sentence.last and tokens[at].kind == "word" and clause.stem(tokens[at].low) in self.own:
            at += 1
        if at < sentence.last and tokens[at].kind == "number" and any(low.isdecimal() for low in self.label):
            return tokens[at].low not in self.label  # "Stage 4"
        if at >= sentence.last or tokens[at].kind != "word" or tokens[at].start - tokens[at - 1].end > 1:
            return False
        small = tokens[at].low in state_words.BE or tokens[at].low in phrases(self.language).classes
        said = any(one.first == 0 for one in self.terms.find([tokens[n].low for n in range(at, sentence.last)]))
        return not small and not said

    def _told(self, text: Text, part: PartView, sentence: Sentence, terms: Sequence[Term]) -> Iterator[Claim]:
        """Yield what tells a state without its thing: "no flights in or out", "drivers are on strike"."""
        for term in terms:
            if term.kind not in {"told", "untold"} or superseded_states.is_unsure(sentence, term.first, self.language):
                continue
            if not self.stems & sentence.stems and not self._spoken_of(text, part):
                continue
            if self._of_others(sentence.tokens[sentence.first : term.first]):
                continue
            if sentence.first and term.last < sentence.last and sentence.tokens[term.last].low in self.indefinite:
                continue  # "The search for a woman, who"
            yield Claim(term.first, term.last, "new" if term.kind == "untold" else "told", term, None, False)
            return  # it is told once

    def _spoken_of(self, text: Text, part: PartView) -> bool:
        """Say whether a text speaks of the series' thing in a part or before it. Read once a text."""
        spoken = self._spoken  # others may ask of another text meanwhile
        if spoken is None or spoken[0] is not text:
            read_ = (clause.sentences(one.text, self.language) for one in text.view.parts)
            about = (at for at, some in enumerate(read_) if any(self.stems & one.stems for one in some))
            self._spoken = spoken = text, next(about, len(text.view.parts))
        first = spoken[1]
        return first < len(text.view.parts) and text.view.parts[first].start <= part.start

    def _heads_what_is_spoken_of(self, text: Text) -> bool:
        """Say whether what a title stands above speaks of the series' thing at once."""
        return self._spoken is not None and self._spoken[0] is text and self._spoken[1] <= 1

    def _named(self, tokens: Sequence[Token], sentence: Sentence, thing: Term) -> bool | None:
        """Say whether the thing is called by its name; None where another one is named, or none and it is any."""
        if self._says_name(tokens, sentence):
            return True
        own = self.names | {low for place in self.switched.places for low in place.lower().split()}
        before = tokens[thing.first - 1] if thing.first > sentence.first else None
        capital = before is not None and (
            thing.first - 1 > sentence.first or self._may_be_name(tokens, sentence, before)
        )
        beside = [before] if before is not None and capital else []
        behind = thing.last
        german = self.language.startswith("de")
        if self._is_anothers(tokens, sentence, thing):
            return None
        if behind < sentence.last and (tokens[behind].low in _OF or german):
            behind += tokens[behind].low in _OF
            while behind < sentence.last and tokens[behind].low in _ARTICLES:
                behind += 1
            beside += [tokens[behind]] if behind < sentence.last else []
        if any(self._is_name(token) and token.low not in own for token in beside):
            return None
        definite = before is None or before.low in (_ARTICLES - {"a", "an"}) | _UNDER or not self.names
        return False if definite else None

    def _is_anothers(self, tokens: Sequence[Token], sentence: Sentence, thing: Term) -> bool:
        """Say whether a number or a name at a thing makes it another: "Reactor 1", "Juno", "Horn's transfer"."""
        if thing.last < sentence.last and tokens[thing.last].kind == "number":
            numbered = {low for low in self.label if low.isdecimal()}
            return bool(numbered) and tokens[thing.last].low not in numbered
        if self.language.startswith("de"):
            return False
        first = thing.first - 1
        if first > sentence.first and tokens[first].low == "'s":
            return self._is_name(tokens[first - 1]) and tokens[first - 1].low not in self.label
        behind = [token.low for token in tokens[thing.last : min(thing.last + 5, sentence.last)]]
        if len(behind) > 2 and behind[0] in _OF and behind[1] in _INDEFINITE | {"the"} and "'s" in behind:
            return clause.stem(behind[2]) not in self.own  # "the jury in a haulier's case"
        called = thing.last < sentence.last and tokens[thing.first].text[0].isupper()
        return (
            called
            and self._is_name(tokens[thing.last])
            and tokens[thing.last].low not in self.label
            and (thing.last + 1 < sentence.last and tokens[thing.last + 1].text.islower() and bool(self.label))
        )

    def _may_be_name(self, tokens: Sequence[Token], sentence: Sentence, token: Token) -> bool:
        """Say whether a word that a sentence begins with is a name: "Fenwick airport", not "Snow closes airport"."""
        listed = lexicon.load(self.language, "outcomes")
        plain = tokens[sentence.first] is token and token.low in listed
        return not plain and self.language.startswith("en") and bool(self.names or self.switched.places)

    def _of_others(self, before: Sequence[Token]) -> bool:
        """Say whether others are named before "under curfew", and the series' place is not."""
        if self.language.startswith("de"):
            return False  # every noun has a capital
        own = self.names | {low for place in self.switched.places for low in place.lower().split()}
        names = {token.low for token in before if self._is_name(token)}
        return bool(own) and bool(names) and not names & own

    def _for_another(self, tokens: Sequence[Token], sentence: Sentence, value: Term) -> bool:
        """Say whether a value is somebody else's: "in force for Orsk"."""
        own = self.names | {low for place in self.switched.places for low in place.lower().split()}
        at = value.last
        if not own or at + 1 >= sentence.last or tokens[at].low not in _FOR:
            return False
        at += 2 if tokens[at + 1].low in _ARTICLES else 1
        return at < sentence.last and self._is_name(tokens[at]) and tokens[at].low not in own

    def _counts(self, token: Token) -> bool:
        """Say whether a word before a thing makes it one of several: "four warnings", "an eighth warning"."""
        if token.low in _INDEFINITE:
            return False
        listed = lexicon.load(self.language, "numbers").get(token.low, ("",))[0]
        ordinal = token.low.endswith(("th", "nd", "rd")) and token.text.islower() and len(token.low) > _SHORT
        return token.kind == "number" or listed in {"number", "fraction", "few"} or ordinal or token.low in _SOME

    def _says_name(self, tokens: Sequence[Token], sentence: Sentence) -> bool:
        """Say whether a sentence has the name, or a word of it that is no other's: "Keele trial", not "Hill Line"."""
        if not self.names:
            return False
        at = [n for n in range(sentence.first, sentence.last) if tokens[n].low in self.names]
        if {tokens[n].low for n in at} >= self.names:
            return True
        for n in at:
            beside = [tokens[m] for m in (n - 1, n + 1) if sentence.first <= m < sentence.last]
            if not any(self._is_name(token) and token.low not in self.names for token in beside):
                return True
        return False

    def _is_name(self, token: Token) -> bool:
        listed = phrases(self.language).classes
        return (
            token.kind == "word" and token.text[0].isupper() and token.low not in _ARTICLES and token.low not in listed
        )

    def _here(self, part: PartView, sentence: Sentence, one: Claim, spoken: same_place.Where | None) -> bool:
        """Say whether a claim is of the series' place, by its sentence or what was spoken of before."""
        places = self.switched.places
        start, end = sentence.tokens[sentence.first].start, sentence.tokens[sentence.last - 1].end
        if not places:
            return True
        ends = sentence.clauses[sentence.clause_at(one.last - 1)].last
        end = max(sentence.tokens[min(ends, sentence.last) - 1].end, sentence.tokens[one.last - 1].end)  # not behind it
        standing = same_place.names_in(part, self.language, start, end)
        verdicts = [same_place.compared(where.name, places, self.language) for where in standing]
        if "same" in verdicts:
            return True
        if any(where.strong and verdict == "other" for where, verdict in zip(standing, verdicts, strict=True)):
            return False
        if one.named:
            return True
        before = same_place.last_before(part, self.language, start) or spoken
        return before is None or same_place.compared(before.name, places, self.language) != "other"


def _thing_of(one: Claim) -> range:
    return range(one.thing.first, one.thing.last) if one.kind != "told" and one.thing != one.value else range(0)
