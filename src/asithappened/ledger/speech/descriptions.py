"""Whom a description means: "the minister", "the agency", "the England manager", by who was named with it before.

Owns finding the one who is called so in the post, else in those before; where two are, nobody is named. Look next:
`speakers`, which remembers what a post has said so far, `names` for what somebody is said to be.
"""

from collections.abc import Collection, Iterable, Sequence
from itertools import islice
from typing import Final, NamedTuple

from asithappened.ledger.speech.bearers import Bearers
from asithappened.ledger.speech.clauses import Item
from asithappened.ledger.speech.entities import FIRMS, KINDS, OFFICES, TRAITS, Entity, bare, in_full
from asithappened.ledger.speech.grammar import Grammar
from asithappened.ledger.speech.names import Named, in_words, stem
from asithappened.ledger.speech.phrase import Phrase, words

NAMED: Final = 12  # names of a sentence, and who speaks in it, that are remembered: no list of names is looked through
# Of these a place has one: they are no other words for who spoke.
_PUBLIC: Final = frozenset({"council", "court", "government", "police", "parliament", "cabinet", "army", "military",
                            "opposition", "congress", "senate", "public", "crowd", "jury", "city", "town", "county",
                            "country", "state", "region", "province"})  # fmt: skip
_ALSO: Final = {"minister": frozenset({"secretary"})}


_THE: Final = frozenset({"the", "der", "die", "das", "el", "la"})
_INDEFINITE: Final = frozenset({"a", "an", "another", "some", "ein", "eine", "einer", "einem", "un", "una"})


class Remembered(NamedTuple):
    """Whom a sentence is about, whom else it names, and who speaks in it."""

    subject: Entity | None
    others: tuple[Entity, ...]
    speakers: tuple[Entity, ...]
    asked: Entity | None = None  # whom its speaker asked, who answers: without a name, where that is not certain
    begins: bool = False  # a paragraph


class Seen(NamedTuple):
    """The sentences before, and who speaks so far in the one that is read."""

    past: Sequence[Remembered]
    now: Sequence[Entity]
    askers: Collection[str] = ()  # those who asked something: who answers is another


class Descriptions:
    """Whom descriptions in a post mean."""

    def __init__(self, here: Named, elsewhere: Sequence[Named], bearers: Bearers, grammar: Grammar) -> None:
        self._here, self._elsewhere = here, elsewhere
        self._bearers, self._grammar = bearers, grammar
        self._offices = [
            one._replace(name=bearers.full(one.name) or one.name) if " " not in one.name else one
            for one in here.offices
        ]

    def meant(self, seen: Seen, items: Sequence[Item], source: Phrase) -> Entity:
        """Return whom or what a description means, by its name where it is known; else by the words printed."""
        known = self._grammar.speaker(items[source.head].low)
        head, short = in_words(items[source.head].low)
        someone = source.last + 1 < len(items) and items[source.last + 1].low == "who"  # "a cook who said"
        what = known.what if known else "people" if source.plural else "person" if someone else "body"
        begins = source.first
        if self._grammar.language != "en" and source.last > begins and items[begins].may("determiner"):
            begins += 1  # its article says its case too
        printed = bare(words(items, begins, source.last))
        definite = items[source.first].may("determiner", "possessive") and items[source.first].low not in _INDEFINITE
        if known and known.what in {"person", "voice", "body"} and not source.plural:
            modifiers = set(short) | {
                stem(item.low)
                for at, item in enumerate(items[source.first : source.last + 1], source.first)
                if at != source.head and item.kind == "word" and not item.roles and item.low != "'s"
            }
            capital = items[source.first].capital and items[source.first].low not in {"one", "a", "an"}
            bare_office = source.first == source.head < source.last  # "head of military intelligence says"
            owner = _owner(items, source) if capital else frozenset[str]()
            if ((not definite and not capital) or owner or source.first == source.last) and (
                later := self._named_later(seen, items, source, head, modifiers)
            ):
                return later
            if definite or capital or bare_office:
                fits = self._holders(seen, head, modifiers, owner)
                if not fits and items[source.first].low in _THE and not modifiers:
                    fits = self._of_the_posts_before(head)
                fits = fits & self._lately(seen) if len(fits) > 1 and len(fits & self._lately(seen)) == 1 else fits
                if len(fits) == 1:
                    name = fits.pop()
                    what = "body" if known.what == "body" else "person"
                    return Entity(name, what, self._bearers.gender(name) or known.gender)
                if fits and known.what != "body":
                    return Entity("", "person", known.gender)
                if (definite or capital) and (later := self._named_later(seen, items, source, head, modifiers)):
                    return later
        if self._grammar.language != "en":  # what follows goes by how English describes somebody again
            return Entity(printed, what, known.gender if known else "", source.plural)
        former = definite and source.head > source.first and items[source.first + 1].low in {"former", "ex"}
        aged = definite and any(item.low.endswith("year-old") for item in items[source.first : source.head + 1])
        more = former or aged or (definite and source.head == source.first + 1 and head in TRAITS)
        if more and not source.plural and source.last == source.head:
            by_age = {one.name for one in self._offices if one.noun == printed} if aged else set[str]()
            if len(by_age) == 1:
                return Entity(next(iter(by_age)), "person")
            if not by_age and (same := self._of_whom_it_is_more(seen, held=former or aged)):
                return same
        if definite and (longer := self._mentioned(seen, head, printed, _owner(items, source))):
            return longer
        if (
            definite
            and known
            and (head in OFFICES or short)
            and source.last == source.head
            and (only := self._only_one(seen, head))
        ):
            return only
        if (
            definite
            and known
            and not source.plural
            and (same := self._same_in_other_words(seen, items, source, known.what))
        ):
            return same
        return Entity(printed, what, known.gender if known else "", source.plural)

    def _same_in_other_words(self, seen: Seen, items: Sequence[Item], source: Phrase, what: str) -> Entity | None:
        """Return who a description can only mean: who was spoken of last, and nobody else was.

        "Ana Ruiz named her team. The England manager said …", "Kern cut its forecast. The company said …".
        """
        if not seen.past:
            return None
        last = seen.past[-1]
        more = [item for item in items[source.first + 1 : source.head] if item.kind == "word"]
        if what == "body":
            spoke = {one.name: one for one in last.speakers if one.what in {"name", "body"} and one.name[:1].isupper()}
            only = next(iter(spoke.values())) if len(spoke) == 1 and not more else None
            if not spoke and not more and items[source.head].low in FIRMS and self._bearers.may_be_firm(last.subject):
                only = last.subject
            if items[source.head].low in _PUBLIC:
                return None  # "Kern Lines said it was late. The council said"
            return only if only and not self._bearers.outlet(only.name) and source.last == source.head else None
        about = last.subject
        if what != "person" or about is None or not more or not more[0].capital or source.last > source.head:
            return None
        others = {one.name for one in (*last.others, *last.speakers)} - {about.name}
        near = {stem(word) for name in others for word in name.split()}
        person = about.what == "person" and " " in about.name and not about.plural
        held = any(one.name == about.name for one in self._here.offices)
        people = {one for one in others if self._bearers.is_person(one)}
        return about if person and not held and not people and stem(more[0].low) not in near else None

    def _of_whom_it_is_more(self, seen: Seen, *, held: bool) -> Entity | None:
        """Return the only person of the last sentences, of whom a description may say more: "the former teacher".

        `held`: also if that person is said to be something else.
        """
        near = [one for sentence in seen.past[-2:] for one in _all_of(sentence)] + list(seen.now)
        persons = [one for one in near if one.what == "person" or self._bearers.may_be(one, "he")]
        people = {one.name: one for one in persons if one.name not in {"", *seen.askers}}
        if len(people) != 1 or any(self._bearers.may_be_another(one) for one in near if one not in persons):
            return None
        only = next(iter(people.values()))
        office = any(one.name == only.name for named in (self._here, *self._elsewhere) for one in named.offices)
        return only if only.name[:1].isupper() and " " in only.name and (held or not office) else None

    def _named_later(
        self, seen: Seen, items: Sequence[Item], source: Phrase, head: str, modifiers: set[str]
    ) -> Entity | None:
        """Return whom a post's first sentence means by "a Mida minister", where the post names the only one then."""
        known = self._grammar.speaker(items[source.head].low)
        begins = items[source.first].low in {"a", "an"} or items[source.first].capital
        headed = not seen.past and not seen.now and source.first == source.last  # "Bridge will hold, says mayor"
        if len(seen.past) > 1 or (not headed and (not begins or not modifiers)):
            return None
        if known is None or known.what != "person":
            return None
        held = [one for one in self._here.offices if one.noun == head]
        names = in_full({one.name for one in held})
        alike = any(
            word.startswith(other) or other.startswith(word)
            for one in held
            for word in one.words
            for other in modifiers
            if min(len(word), len(other)) > 2
        )
        return Entity(next(iter(names)), "person") if len(names) == 1 and (alike or headed) else None

    def _only_one(self, seen: Seen, office: str) -> Entity | None:
        """Return the only person of whom the post speaks so far, and who is not said to hold another office."""
        mentioned = [
            one
            for sentence in seen.past
            for one in (*sentence.speakers, *([sentence.subject] if sentence.subject else []), *sentence.others)
        ]
        people = {one.name: one for one in (*mentioned, *seen.now) if one.what == "person" and one.name}
        last = seen.past[-1] if seen.past else None
        if last is None or len(people) != 1 or any(self._bearers.may_be_another(one) for one in mentioned):
            return None
        only = next(iter(people.values()))
        held = {one.noun for named in (self._here, *self._elsewhere) for one in named.offices if one.name == only.name}
        lately = only in last.speakers or only == last.subject or only in last.others
        return only if lately and (not held or office in held) and only.name[:1].isupper() else None

    def _holders(self, seen: Seen, noun: str, modifiers: set[str], owner: frozenset[str]) -> set[str]:
        """Return who is said to be what a noun says: in this post, else in those before; of two posts' two, both.

        `owner`: whose, of the modifiers: "Kern's economy minister" is no prime minister of Mida.
        """
        rest = modifiers - owner
        if not modifiers:
            lately = in_full({one.name for one in self._offices if one.noun == noun} & self._recent(seen))
            return lately or self._also_called(seen, noun)
        fits = {one.name for one in self._offices if one.noun == noun and modifiers <= one.words}
        if fits:
            return in_full(fits)
        prime = stem("prime") in modifiers  # "Hungary's prime minister" is no Europe minister
        offices = () if prime else self._offices
        lately = {
            one.name
            for one in offices
            if one.noun == noun and (not owner or not one.words or (rest and rest <= one.words))
        } & self._lately(seen)
        if len(lately) == 1:  # "the Conservative minister", of whom it was only said that she is the trade minister
            return lately
        return in_full(
            {
                one.name
                for named in self._elsewhere
                for one in named.offices
                if one.noun == noun and modifiers <= one.words
            }
        )

    def _also_called(self, seen: Seen, noun: str) -> set[str]:
        """Return who is called so in short: "the minister" of the health secretary, no secretary of a council."""
        others = _ALSO.get(noun, frozenset())
        held = {one.name for one in self._offices if one.noun in others and one.words}
        return in_full(held & self._recent(seen))

    def _of_the_posts_before(self, noun: str) -> set[str]:
        """Return who was called so in the posts before, where this one names nobody who is."""
        known = self._grammar.speaker(noun)
        if known is None or known.what == "voice" or any(one.noun == noun for one in self._offices):
            return set()
        found = {one.name for named in self._elsewhere for one in named.offices if one.noun == noun}
        if known.what == "body":  # "the magazine Wired Mida", no "Bo Lund, bank analyst"
            found = {name for name in found if " " in name and not self._bearers.is_person(name)}
        return in_full(found)

    def _lately(self, seen: Seen) -> set[str]:
        """Return who spoke, or was spoken of first, in the last two sentences."""
        found = set[str]()
        for sentence in seen.past[-2:]:
            found.update(one.name for one in sentence.speakers)
            found.update({sentence.subject.name} if sentence.subject else ())
        return found

    def _recent(self, seen: Seen) -> set[str]:
        """Return the names of the last sentences."""
        found = {one.name for one in seen.now}
        for sentence in seen.past:
            found.update(one.name for one in (*sentence.speakers, *sentence.others))
            found.update({sentence.subject.name} if sentence.subject else ())
        return found

    def _mentioned(self, seen: Seen, head: str, printed: str, owner: frozenset[str]) -> Entity | None:
        """Return who was described before with the same noun and more words: "the ministry", "the official".

        A name may say what it is too: "Mida Airways", "the airline". `owner`: whose it is, which is no other's:
        "Kern's Ministry of Defence" is not "Mida's defence ministry".
        """
        kinds = KINDS.get(head, frozenset())
        known = self._grammar.speaker(head)
        for sentence in reversed(seen.past[-3:]) if known and known.what == "body" else ():
            called = {
                one.name if one.name.lower().endswith(" " + head) else one.name.split(" of ")[0]
                for one in sentence.others
                if one.name[:1].isupper()
                and one.name.lower().split(" of ")[0].endswith(" " + head)
                and _is_of(owner, one)
            }
            if len(called) == 1:
                return Entity(called.pop(), "body")
        for entity in islice(self._spoken(seen), 2 * NAMED):
            if (
                kinds
                and " " not in printed
                and entity.what in {"name", "body"}
                and entity.name.lower().split()[-1:][0] in kinds
            ):
                return entity
            low = entity.name.lower()
            own = low.split(" of ")[0].split(" for ")[0].split() if head in low else []
            if own and _is_of(owner, entity) and head == own[-1] and len(own) > len(printed.split()):
                return entity
        papers = [one for sentence in seen.past[-2:] for one in _all_of(sentence) if one.what == "document"]
        same = len({one.name.rsplit(" ", maxsplit=1)[-1] for one in papers}) == 1
        return papers[-1] if head == "document" and same else None

    def _spoken(self, seen: Seen) -> Iterable[Entity]:
        yield from reversed(seen.now)
        for sentence in reversed(seen.past):
            yield from reversed(sentence.speakers)
            if sentence.subject:
                yield sentence.subject


def _owner(items: Sequence[Item], source: Phrase) -> frozenset[str]:
    """Return the words of whose somebody is: "Kern" of "Kern's economy minister"."""
    at = next((n for n in range(source.head - 1, source.first, -1) if items[n].low in {"'s", "’s"}), source.first)
    return frozenset(stem(item.low) for item in items[source.first : at] if item.kind == "word")


def _is_of(owner: frozenset[str], entity: Entity) -> bool:
    return owner <= {stem(word.removesuffix("’s").removesuffix("'s")) for word in entity.name.split()}


def _all_of(sentence: Remembered) -> tuple[Entity, ...]:
    return (*sentence.speakers, *((sentence.subject,) if sentence.subject else ()), *sentence.others)
