"""Whose a name is: "Lind" is "Olga Lind" of the post or of one before, "Yaya Toure" may be "he", "Wall Street" is not.

Owns the fullest name of somebody, and whether a name of which nothing else is known may be a person's. Look next:
`speakers`, which asks, `names` for who was named anywhere.
"""

from collections.abc import Sequence, Set
from typing import Final

from asithappened.ledger.geography import gazetteer
from asithappened.ledger.language import lexicon
from asithappened.ledger.speech.clauses import Item
from asithappened.ledger.speech.entities import FEMALE, KINDS, MALE, Entity, bare
from asithappened.ledger.speech.grammar import Grammar
from asithappened.ledger.speech.names import Named
from asithappened.ledger.speech.phrase import Phrase, name_of

_SEVERAL: Final = frozenset({"all", "most", "many", "some", "several", "few", "other", "both", "these", "those"})
# Last words of names that are no person's.
_LAST_WORDS: Final = """
street house league cup party city united county court union council office bank hall park road square station airport
university school hospital group trust state states kingdom republic islands war day act bill award awards prize games
week open times news network committee commission department agency association society institute church army force
service services board company corporation club team festival bridge river centre center museum palace airlines
"""
_NO_SURNAMES: Final = frozenset(_LAST_WORDS.split())

_PARTICLES: Final = ("Von ", "Van ", "De ", "Di ", "Da ", "Del ", "Du ")


def _only(fits: Set[str]) -> str:
    return next(iter(fits)) if len(fits) == 1 else ""


class Bearers:
    """Whom names of a post, and of those before it, may name."""

    def __init__(self, here: Named, elsewhere: Sequence[Named], grammar: Grammar) -> None:
        self._here, self._elsewhere, self._grammar = here, elsewhere, grammar

    def entity(self, items: Sequence[Item], source: Phrase) -> Entity:
        """Return whom or what a noun phrase with a name names, by the fullest name."""
        name = name_of(items, source)
        first = source.name_first if source.name_first >= 0 else source.first
        if items[source.first].low in _SEVERAL and first > source.first:
            return Entity(bare(name), "people", plural=True)  # "all Mida Democrats"
        gender = self.gender(name)
        if not gender and first > source.first:
            title = items[first - 1].low if items[first - 1].text != "." else items[first - 2].low
            gender = {"mr": "male", "mrs": "female", "ms": "female", "miss": "female", "sir": "male"}.get(title, "")
            known = self._grammar.speaker(title)
            gender = gender or (known.gender if known else "")
        if name.startswith(_PARTICLES):
            name = self.full(name[:1].lower() + name[1:]) or name  # "Von der Heide"
        if " " not in name:
            full = self.full(name)
            name, gender = full or name, self.gender(full) if full else gender
        knighted = first > source.first and items[first - 1].low in {"sir", "dame", "lord", "lady"}
        if (
            " " not in name
            and not name.isupper()
            and (begun := self._begun(name, lately=not knighted and bool(gender)))
        ):
            name = begun
        if not gender and " " not in name and (longer := self._longer(name)):
            name = longer
        article = (items[source.first].may("determiner") and first == source.first) or (
            name.isupper() and len(name) > 1
        )
        ahead = items[first - 1] if first > source.first else None
        several = ahead is not None and ahead.low == "the" and " " not in name and name.endswith("s")
        article = article or (several and not gender)  # "The Greens", who may be "they"
        titled = ahead is not None and ahead.kind == "word" and not ahead.may("determiner") and ahead.low != "'s"
        office = self._grammar.speaker(ahead.low) if titled and ahead is not None else None
        called = titled and not self.outlet(name) and (office is None or office.what in {"person", "voice"})
        person = bool(gender) or called or self.is_person(name)
        return Entity(bare(name), "person" if person else "body" if article else "name", gender)

    def is_person(self, name: str) -> bool:
        """Say whether a name is a person's for certain."""
        return any(name in named.people for named in (self._here, *self._elsewhere))

    def _longer(self, name: str) -> str:
        """Return the name that this post begins with the same word: "Goldman Sachs" for "Goldman"."""
        if self.outlet(name) or name.lower() in lexicon.load(self._grammar.language, "places"):
            return ""  # "US", which is no "US Congress"
        fits = self._here.beginning(name) - self._here.people
        longer = _only(fits)
        return longer if longer.count(" ") == 1 else ""  # no "Kern Purchasing Managers Index" for "Kern"

    def _begun(self, first: str, *, lately: bool) -> str:
        """Return the person whose name begins so: "Hong Lei" for "Hong", "Sir John Osei" for "Sir John".

        `lately`: only in this post, as for somebody called by a given name.
        """
        for named in (self._here, *(() if lately else self._elsewhere)):
            fits = named.beginning(first) & named.people
            if fits:
                return _only(fits)
        return ""

    def full(self, surname: str) -> str:
        """Return the full name that a surname was named with: in this post, else in those before; "" if two were."""
        for named in (self._here, *self._elsewhere):
            fits = named.ending(surname) - {surname}
            if fits:
                return _only(fits)
        return ""

    def gender(self, name: str) -> str:
        """Return the gender that a given name says, "" if it says none."""
        return self._grammar.genders.get(name.split(" ", maxsplit=1)[0].lower(), "") if name else ""

    def may_be(self, one: Entity, pronoun: str) -> bool:
        """Say whether "he" may mean who is only known by a name: of two words or three, and nothing else's."""
        parts = one.name.lower().split()
        if pronoun not in MALE | FEMALE or one.what != "name" or len(parts) not in {2, 3, 4} or one.plural:
            return False
        if not one.name[:1].isupper() or not one.name.rsplit(" ", maxsplit=1)[-1][:1].isupper():
            return False
        known = self._grammar.speaker(parts[-1]) or self._grammar.role(parts[0])
        kinds = parts[-1] in _NO_SURNAMES or any(parts[-1] in words_ for words_ in KINDS.values())
        place = gazetteer.find(one.name) or gazetteer.find(one.name.split(" ", maxsplit=1)[0])
        return not known and not kinds and place is None and not self.outlet(one.name)

    def may_be_another(self, one: Entity) -> bool:
        """Say whether a name of which nothing is known may be a person's too."""
        single = one.what == "name" and " " not in one.name and gazetteer.find(one.name) is None
        listed = one.name.lower() in lexicon.load(self._grammar.language, "places")
        return self.may_be(one, "he") or (single and not listed and not self.outlet(one.name))

    def may_be_firm(self, subject: Entity | None) -> bool:
        """Say whether a name may be a firm's, as far as nothing else is known of it."""
        if subject is None or subject.what not in {"name", "body"} or not subject.name[:1].isupper() or subject.plural:
            return False
        return not subject.gender and not self.is_person(subject.name) and gazetteer.find(subject.name) is None

    def outlet(self, name: str) -> bool:
        """Say whether a name is a listed outlet's."""
        return name.lower() in self._grammar.outlets
