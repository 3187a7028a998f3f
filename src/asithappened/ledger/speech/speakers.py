"""Who is meant: "he", "Lind", "the minister", "the ministry", by what the post and its live blog say before.

Owns who may be meant and when nobody is named: where two people fit, the answer is "". Reads a post from its beginning,
sentence by sentence. Look next: `bearers` for whose a name is, `descriptions` for "the minister", `continuing` for who
goes on from the posts before.
"""

from collections.abc import Iterable
from typing import Final

from asithappened.ledger.speech import noun_phrases, phrases_ahead
from asithappened.ledger.speech.bearers import Bearers
from asithappened.ledger.speech.clauses import Item, Unit
from asithappened.ledger.speech.continuing import Cast, Casts, goes_on
from asithappened.ledger.speech.descriptions import NAMED, Descriptions, Remembered, Seen
from asithappened.ledger.speech.entities import (
    FEMALE,
    MALE,
    PLURAL,
    Entity,
    can_mean,
    in_full,
    thing_may_be_meant,
)
from asithappened.ledger.speech.grammar import Grammar
from asithappened.ledger.speech.names import Named
from asithappened.ledger.speech.phrase import JOINING, Phrase, name_in, name_of, words

MEMORY: Final = 8  # sentences that a pronoun looks back over
# Nouns that end so are people more often than things.
_PEOPLE: Final = ("ers", "ors", "ists", "ians", "ants", "ees", "men", "women", "folk")
_WHEN: Final = frozenset({"when", "as", "after", "while", "once", "before", "although", "though"})
_BODIES: Final = ("ium", "ion", "ment", "ship", "cy", "ty", "work", "ance", "ence", "ness")  # and these seldom
_SPEECH: Final = 8  # items from whose speech it was to "when she said"
_PAGES: Final = frozenset({"account", "website", "site", "page", "feed", "channel", "profile"})
_OWNERS: Final = {"its": "it", "his": "he", "her": "she"}
_KIN: Final = {"he": "her", "she": "his"}  # whose husband "he" is, whose wife "she"
_THEIRS: Final = frozenset({"his", "her", "he", "she"})  # a sentence that begins so goes on with whom the last is about
_SOMEBODY: Final = frozenset({"someone", "somebody", "everyone", "everybody"})
_OBJECTS: Final = {"he": "him", "she": "her"}
_HIM: Final = {"him": "he", "her": "she"}


class Discourse:
    """What a post has said so far. Feed it each sentence's speakers in order."""

    def __init__(self, here: Named, elsewhere: Iterable[Named], grammar: Grammar, casts: Iterable[Cast] = ()) -> None:
        self._grammar = grammar
        self._past = list[Remembered]()
        self._now: list[Entity] = []
        self._asked: Entity | None = None
        self._here, self._elsewhere = here, list(elsewhere)
        self._bearers = Bearers(here, self._elsewhere, grammar)
        self._descriptions = Descriptions(here, self._elsewhere, self._bearers, grammar)
        self._casts, self._unread, self._told = Casts(casts), list[Unit](), False
        self._askers = set[str]()
        self._begins = False  # whether the sentence that is read begins a paragraph
        self.me = ""  # whose words are read, who is "I"

    def resolve(self, unit: Unit, source: Phrase, *, behind: bool = False, quoted: bool = False) -> str:
        """Return a speaker's name, "" where it is not certain; remember who it is.

        `behind`: the source stands behind what is said, so that whom that names is not meant. `quoted`: another says
        that it said something, so that who goes on speaking is the other.
        """
        if source.kind == "pronoun" and (me := unit.items[source.head].low.split("'")[0]) in {"i", "we"}:
            return self.me if me == "i" else ""  # "we" are more than who speaks
        if source.kind == "pronoun" and unit.items[source.head].low in _SOMEBODY:
            entity: Entity | None = Entity(unit.items[source.head].text, "person")
        elif source.kind == "pronoun":
            entity = self._meant(unit, source, behind=behind)
        else:
            entity = self._owner(unit, source) or self._somebody(unit, source)
        if entity is not None and not quoted:
            self._now.append(entity)
        return entity.name if entity else ""

    def _somebody(self, unit: Unit, source: Phrase) -> Entity:
        """Return who speaks: one whom no list knows may be a person or not, "a beekeeper said. He added"."""
        entity, head = self._entity(unit, source), unit.items[source.head].low
        one = source.kind == "noun" and unit.items[source.first].low in {"a", "an", "one", "another"}
        unlisted = one and entity.what == "body" and self._grammar.speaker(head) is None
        return entity._replace(what="name") if unlisted and not head.endswith(_BODIES) else entity

    def _owner(self, unit: Unit, source: Phrase) -> Entity | None:
        """Return whose page or account it is that says something: "according to its social account"."""
        whose, page = unit.items[source.first].low, unit.items[source.head].low
        if page not in _PAGES or whose not in _OWNERS or (page == "account" and source.head - source.first < 2):
            return None
        return self._found(unit, source, _OWNERS[whose], thing=whose == "its", behind=False)

    def asked_by(self, asker: str) -> None:
        """Remember that somebody asked something."""
        self._askers.add(asker)

    def asks(self, unit: Unit, whom: Phrase, asker: str) -> None:
        """Remember whom somebody asked: "asks her" is asked of another, and "she says" is the answer."""
        if whom.kind != "pronoun":
            self._asked = self._entity(unit, whom)
            return
        pronoun = unit.items[whom.head].low
        if pronoun not in _HIM:
            return
        self._asked = Entity("", "person", "male" if pronoun in MALE | {"him"} else "female")
        now = {one.name: one for one in self._now if one.name != asker and can_mean(one, _HIM[pronoun])}
        if len(now) == 1:  # "Lind said that the mayor had asked him what he needed"
            self._asked = now.popitem()[1]
            return
        for sentence in reversed(self._past):
            spoke = (*sentence.speakers, *([sentence.subject] if sentence.subject else []))
            fits = {one.name: one for one in spoke if one.name != asker and can_mean(one, _HIM[pronoun])}
            if fits:
                self._asked = fits.popitem()[1] if len(fits) == 1 else self._asked
                return
        self._asked = self._of_the_posts_before(_HIM[pronoun], besides=asker) or self._asked

    def asks_whoever_spoke(self, asker: str) -> None:
        """Remember that "a reporter wanted to know if it was so": whoever the talk was of answers, if that is one."""
        self._asked = Entity("", "person")
        for sentence in reversed(self._past):
            seen = (*sentence.speakers, *([sentence.subject] if sentence.subject else []))
            people = {one.name: one for one in seen if one.name != asker and one.what in {"person", "name"}}
            if people:
                self._asked = people.popitem()[1] if len(people) == 1 else self._asked
                return

    def spoke(self, entity: Entity) -> None:
        """Remember who speaks by structure: an author of a quotation."""
        self._now.append(entity)

    def knows(self, name: str, *, people: bool = False) -> bool:
        """Say whether somebody of this name, or surname, was named. `people`: a person for certain."""
        behind = " " + name
        return any(
            (one == name or one.endswith(behind)) and (not people or one in named.people)
            for named in (self._here, *self._elsewhere)
            for one in named.ending(name)
        )

    def about(self) -> str:
        """Return the only person whom the last sentence names, and is about; "" if there is none."""
        last = self._past[-1] if self._past else None
        if last is None or last.subject is None or last.subject.what != "person" or last.subject.plural:
            return ""
        others = {one.name for one in last.others if one.what == "person"} - {last.subject.name}
        return last.subject.name if not others and last.subject.name[:1].isupper() else ""

    def topic(self) -> str:
        """Return the only person whom the post's last sentences are about, or who speaks in them; "" if two are."""
        seen = [one for sentence in self._past for one in (*sentence.speakers, sentence.subject) if one is not None]
        people = {one.name for one in seen if one.what == "person" and one.name[:1].isupper() and not one.plural}
        near = {one.name for one in (self._past[-1].others if self._past else ()) if one.what == "person"}
        return people.pop() if len(people) == 1 and near <= people else ""

    def begin(self) -> None:
        """Begin a paragraph."""
        self._begins = True

    def end(self, unit: Unit) -> None:
        """End a sentence."""
        subject, others = self._named(unit)
        self._past.append(
            Remembered(subject, tuple(others[:NAMED]), tuple(self._now[-NAMED:]), self._asked, self._begins)
        )
        self._now, self._asked, self._begins = [], None, False
        del self._past[:-MEMORY]
        self._unread.append(unit)

    def cast(self) -> Cast:
        """Return whom the last sentence is about, or who speaks in it, and whom else it names."""
        last = self._past[-1]
        subject = (last.subject,) if last.subject is not None and self._may_speak_on(last.subject) else ()
        return Cast(
            tuple(map(self._as_person, (*(one for one in last.speakers if self._may_speak_on(one)), *subject))),
            tuple(one for one in map(self._as_person, last.others) if one.what == "person"),
        )

    def _is_person(self, item: Item) -> bool:
        if item.capital and not item.roles and self.knows(item.text):
            return True
        known = self._grammar.speaker(item.low) if item.kind == "word" else None
        return known is not None and known.what in {"person", "voice"}

    def _may_speak_on(self, one: Entity) -> bool:
        return one.what in {"person", "voice"} or self._bearers.may_be_another(one)

    def _as_person(self, one: Entity) -> Entity:
        return one._replace(what="person") if self._bearers.may_be(one, "he") else one

    def aside(self) -> tuple[list[Remembered], list[Entity], str]:
        """Begin to read somebody's words set off, whose pronouns mean others; return what to go back to."""
        kept = self._past, self._now, self.me
        self._past, self._now = list(self._past), []
        return kept

    def back(self, kept: tuple[list[Remembered], list[Entity], str]) -> None:
        """Go on where the words set off began."""
        self._past, self._now, self.me = kept

    def _entity(self, unit: Unit, source: Phrase) -> Entity:
        items = unit.items
        if source.kind == "name" and not source.plural:
            return self._bearers.entity(items, source)
        return self._descriptions.meant(Seen(self._past, self._now, self._askers), items, source)

    def _mentioned_only(self, unit: Unit, phrase: Phrase) -> Entity:
        """Return who or what is named without being said to speak: a thing where no list says that it can."""
        entity, head = self._entity(unit, phrase), unit.items[phrase.head]
        described = phrase.kind == "noun" and entity.what in {"body", "people"} and not head.capital
        if described and self._grammar.speaker(head.low) is None and not head.low.endswith(_PEOPLE):
            return entity._replace(what="thing")
        return entity

    def _meant(self, unit: Unit, source: Phrase, *, behind: bool) -> Entity | None:
        pronoun = unit.items[source.head].low.split("'")[0]
        thing = pronoun in {"it", "its"}
        meant = self._found(unit, source, pronoun, thing=thing, behind=behind)
        if meant is None and pronoun in MALE | FEMALE and not self.me:
            meant = self._of_the_posts_before(pronoun)
        if meant is not None and behind and self._rivalled(unit, source, meant, pronoun):
            return None
        return None if meant is not None and self.me and meant.name == self.me else meant  # he who speaks says "I"

    def _of_the_posts_before(self, pronoun: str, *, besides: str = "") -> Entity | None:
        """Return who goes on speaking, where this post tells of nobody so far whom its pronoun can mean."""
        here = (*self._now, *(one for sentence in self._past for one in _all_of(sentence)))
        while self._unread and not self._told:
            self._told = any(self._is_person(item) for item in self._unread.pop().items)
        if self._told or any(can_mean(one, pronoun) for one in here if one.name != besides):
            return None
        if self._fitting(self._here, pronoun):
            return None
        return goes_on(self._casts, pronoun)

    def _rivalled(self, unit: Unit, source: Phrase, meant: Entity, pronoun: str) -> bool:
        """Say whether a quotation may be of who was named since: "Osei will replace him. “He was good,” he said."."""
        about = self._past[-1].subject if self._past and not self._past[-1].speakers else None
        direct = source.whole > 0 and unit.items[source.whole - 1].kind == "quote"
        if not direct or about is None or about.what != "name" or not about.name.isalpha() or not meant.name:
            return False
        small = self._grammar.role(about.name.lower()) or not about.name.istitle() or about.name.endswith("s")
        return (
            not small
            and can_mean(about, pronoun)
            and self._bearers.may_be_another(about)
            and about.name not in meant.name
        )

    def _fitting(self, named: Named, pronoun: str) -> list[Entity]:
        people = in_full(set(named.people))
        found = [Entity(name, "person", self._bearers.gender(name)) for name in named.names if name in people]
        return [one for one in found if can_mean(one, pronoun)]

    def _found(self, unit: Unit, source: Phrase, pronoun: str, *, thing: bool, behind: bool) -> Entity | None:
        told = _OBJECTS.get(pronoun) in unit.lows[: source.first]  # "The mayor had told him, he said, that"
        for entity in reversed(self._now) if not told else ():
            if can_mean(entity, pronoun) and (entity.what != "name" or not self._bearers.outlet(entity.name)):
                return entity
        if not behind and not thing:
            if kin := self._kin(unit, source, pronoun):
                return kin
            subject, named = self._named(unit, before=source.first)
            if told or (unit.lows[0] in _WHEN and unit.lows[1] in {"a", "an", "one", "another"}):
                subject = None  # "When a reporter held up the letter, he said"
            if subject and can_mean(subject, pronoun) and subject.what != "name":
                return subject
            if whose := self._whose_speech(unit, source, pronoun):
                return whose
            people = [one for one in named if one.what == "person" and one.name[:1].isupper()]
            near = {one.name: one for one in people if can_mean(one, pronoun)}
            if subject and not near and can_mean(subject, pronoun) and self._bearers.may_be(subject, pronoun):
                return subject
            left = unit.items[source.first - 1] if source.first else None
            within = left is not None and (left.may("relative", "question", "subordinator") or left.kind != "mark")
            if subject is None and len(near) == 1 and pronoun not in PLURAL and (within or not self._spoke(pronoun)):
                return next(iter(near.values()))  # "an interview with Ana Ruiz, in which she explains"
        about = self._past[-1].subject if behind and self._past and not self._past[-1].speakers else None
        direct = behind and source.whole > 0 and unit.items[source.whole - 1].kind == "quote"
        certain = about is not None and (about.what == "person" or self._bearers.may_be(about, pronoun))
        theirs = behind and about is not None and unit.lows[0] in _THEIRS and can_mean(about, unit.lows[0])
        if about is not None and certain and can_mean(about, pronoun) and (direct or theirs or self._newly(about)):
            further = {one.name for one in self._past[-1].others if one.what == "person" and can_mean(one, pronoun)}
            if not further - {about.name} and pronoun not in PLURAL:
                return about  # "Lind disagreed. “No,” he said."
        if behind:  # "…, he says" goes on with who spoke, though others were spoken of since
            for sentence in reversed(self._past[-4:]):
                if sentence.asked is not None and can_mean(sentence.asked, pronoun):
                    return sentence.asked if sentence.asked.name else None
                fits = {
                    one.name: one
                    for one in sentence.speakers
                    if can_mean(one, pronoun) and not self._bearers.outlet(one.name)
                }
                if len(fits) == 1:
                    return next(iter(fits.values()))
                if fits:
                    return None
        for sentence in reversed(self._past):
            if sentence.asked is not None and can_mean(sentence.asked, pronoun):
                return sentence.asked if sentence.asked.name else None
            spoke = {
                one.name: one
                for one in sentence.speakers
                if can_mean(one, pronoun) and (thing or one.what != "name" or not self._bearers.outlet(one.name))
            }
            if spoke:
                only = next(iter(spoke.values())) if len(spoke) == 1 else None
                return only if only and only.name else None
            if thing_may_be_meant(sentence.subject, pronoun):
                return None
            about = sentence.subject if sentence.subject and can_mean(sentence.subject, pronoun) else None
            others = {one.name: one for one in sentence.others if can_mean(one, pronoun) and one.what != "name"}
            if about and (about.what != "name" or thing or (not others and self._bearers.may_be(about, pronoun))):
                return about if thing or not others.keys() - {about.name} else None
            papers = [one for one in sentence.others if one.what == "document"] if about is None and thing else []
            if len(papers) == 1:
                return papers[0]  # "Lind read out the letter. It showed that"
            if others and not thing and pronoun not in PLURAL:
                return next(iter(others.values())) if len(others) == 1 else None
        return None

    def _spoke(self, pronoun: str) -> bool:
        """Say whether somebody whom a pronoun can mean spoke just before: "In a letter to Lind, he demanded"."""
        return any(can_mean(one, pronoun) for sentence in self._past[-2:] for one in sentence.speakers)

    def _newly(self, about: Entity) -> bool:
        """Say whether a paragraph begins with somebody new: "Osei ran. ¶ Tom Berg was upset. It was late, he said"."""
        before = (one.name for sentence in self._past[:-1] for one in _all_of(sentence))
        return self._past[-1].begins and about.name not in before

    def _kin(self, unit: Unit, source: Phrase, pronoun: str) -> Entity | None:
        """Return whose wife or husband a pronoun means in the same sentence: "he and his wife left, and she said"."""
        for at in range(1, source.first):
            known = self._grammar.speaker(unit.items[at].low) if unit.items[at - 1].low == _KIN.get(pronoun) else None
            if known is not None and known.gender and can_mean(Entity("", "person", known.gender), pronoun):
                return Entity(words(unit.items, at - 1, at), "person", known.gender)
        return None

    def _whose_speech(self, unit: Unit, source: Phrase, pronoun: str) -> Entity | None:
        """Return who speaks in what was theirs: "Ana Ruiz's speech yesterday, when she said"."""
        items, at = unit.items, source.first - 1
        if at < 3 or items[at].low not in {"when", "where", "which"}:
            return None
        for back in range(at - 1, max(at - _SPEECH, 0), -1):
            if items[back].may("be", "have", "modal", "pronoun"):
                return None
            owns = items[back].low in {"'s", "’s"} and items[back - 1].capital
            met = items[back].low == "with" and items[back + 1].capital
            if owns or met:
                phrase = noun_phrases.nearest(items, back - 1, self._grammar) if owns else None
                phrase = phrase or phrases_ahead.after(items, back + 1, self._grammar)
                if phrase is None or phrase.kind != "name" or self._bearers.outlet(name_of(items, phrase)):
                    return None
                entity = self._bearers.entity(items, phrase)
                return entity if entity.what == "person" and can_mean(entity, pronoun) else None
        return None

    def _named(self, unit: Unit, *, before: int | None = None) -> tuple[Entity | None, list[Entity]]:
        """Return whom a sentence is about and whom else it names, outside quotations."""
        items = unit.items[:before] if before is not None else unit.items
        subject: Entity | None = None
        fronted = 0
        found, at, first = list[Entity](), 0, True
        while at < len(items):
            item = items[at]
            done = item.low.endswith("ed") and len(items) > 1 and items[1].low == "by"  # "Encouraged by Lind, he"
            if at == 0 and (item.may("preposition") or done or self._doing(item)):
                comma = next((n for n in range(1, len(items)) if items[n].text == ","), 0)
                fronted = comma or (0 if item.may("preposition") else len(items))  # "On the arrested man, he said"
            if item.may("determiner") and at + 1 < len(items) and items[at + 1].may("time"):
                at += 2
                continue
            if (
                item.kind == "word"
                and (item.capital or item.may("determiner"))
                and not item.may("preposition", "subordinator", "conjunction", "pronoun", "time", "adverb", "question")
            ):
                phrase = phrases_ahead.after(items, at, self._grammar)
                if phrase and phrase.plural and phrase.kind == "name":  # "Lind and Osei" are two who may be meant
                    joint = next(n for n in range(at + 1, phrase.last + 1) if items[n].low in JOINING)
                    phrase = phrases_ahead.after(items[:joint], at, self._grammar)
                alone = at == 0 and phrase is not None and phrase.last == 0
                if (
                    phrase
                    and phrase.last >= at
                    and (not alone or self._is_name(items[0]) or self._are_people(items[0]))
                ):
                    entity = self._mentioned_only(unit, phrase) if phrase.kind != "pronoun" else None
                    within = self._person_within(unit, phrase) if phrase.kind == "noun" else None
                    found += [within] if within is not None else []
                    if entity and entity.name and not items[phrase.first].may("possessive"):
                        if first and subject is None and at >= fronted:
                            subject = entity
                        else:
                            found.append(entity)
                    at = phrase.last + 1
                    continue
            if item.may("pronoun") and subject is None and first and item.low in MALE | FEMALE:
                subject = self._carried(item.low)
            if item.kind == "word" and item.may("be", "have", "modal", "verb"):
                first = False
            at += 1
        return subject, found

    def _doing(self, item: Item) -> bool:
        """Say whether a sentence begins with what somebody does: "Accusing the mayor of lies she said"."""
        cue = self._grammar.cue_at((item.low,), 0)
        return (cue is not None and "ing" in cue.forms) or item.low in {"pointing", "referring", "speaking"}

    def _person_within(self, unit: Unit, phrase: Phrase) -> Entity | None:
        """Return whom a description of a thing names: "an email from Ana Ruiz", "an interview with Jan Osei"."""
        items = unit.items
        known = self._grammar.speaker(items[phrase.head].low)
        if known is not None and known.what != "document":
            return None
        for at in range(phrase.head + 1, phrase.last):
            ends = at + 1 == phrase.last or items[at + 2].kind == "mark"
            surname = items[at].low == "for" and ends and items[at + 1].capital
            if surname and self.knows(items[at + 1].text, people=True):  # "a popular issue for Ruiz"
                return self._bearers.entity(items, Phrase(at + 1, at + 1, at + 1, "name", at + 1, at + 1))
            if items[at].low in {"from", "with", "by"} and items[at + 1].low in self._grammar.genders:
                name = name_in(items, at + 1, phrase.last, self._grammar)
                if name is not None and name[1] > name[0]:
                    words_ = words(items, *name)
                    return Entity(words_, "person", self._bearers.gender(words_))
        return None

    def _are_people(self, item: Item) -> bool:
        known = self._grammar.speaker(item.low)
        return known is not None and known.what == "people"

    def _is_name(self, item: Item) -> bool:
        """Say whether a sentence's first word, which has a capital in any case, is a name."""
        return item.low in self._grammar.genders or self.knows(item.text)

    def _carried(self, pronoun: str) -> Entity | None:
        for sentence in reversed(self._past[-2:]):
            for one in (*sentence.speakers, *([sentence.subject] if sentence.subject else [])):
                if can_mean(one, pronoun):
                    return one
        return None


def _all_of(sentence: Remembered) -> tuple[Entity, ...]:
    return (*sentence.speakers, *((sentence.subject,) if sentence.subject else ()), *sentence.others)
