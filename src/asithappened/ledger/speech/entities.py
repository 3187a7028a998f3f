"""Somebody or something that can speak, and whether a pronoun can mean it.

Owns what a name's last word says that it is ("Mida Airways" is an airline). Look next: `speakers`.
"""

from typing import Final, Literal, NamedTuple

What = Literal["person", "people", "body", "document", "voice", "name", "thing"]

MALE: Final = frozenset({"he", "his", "him", "himself", "er", "él"})
FEMALE: Final = frozenset({"she", "her", "herself", "ella"})
PLURAL: Final = frozenset({"they", "their", "them", "themselves", "who", "ellos", "ellas"})
# What a name's last word says that it is.
KINDS: Final = {
    "airline": frozenset({"airways", "airlines", "air", "airline", "aviation"}),
    "carrier": frozenset({"airways", "airlines", "air"}),
    "carmaker": frozenset({"motors", "motor"}),
    "bank": frozenset({"bank", "banking"}),
    "force": frozenset({"police", "constabulary"}),
    "university": frozenset({"university", "college"}),
    "party": frozenset({"party", "democrats", "greens"}),
    "agency": frozenset({"agency"}),
    "charity": frozenset({"foundation", "trust", "aid", "relief"}),
    "union": frozenset({"union", "unite", "unison"}),
    "club": frozenset({"united", "city", "rovers", "athletic", "wanderers", "fc", "albion", "rangers"}),
    "thinktank": frozenset({"institute", "foundation", "centre", "center"}),
    "institute": frozenset({"institute"}),
    "ministry": frozenset({"ministry"}),
    "company": frozenset({"ltd", "inc", "plc", "corp", "corporation", "group", "energy", "motors", "airlines"}),
    "firm": frozenset({"ltd", "inc", "plc", "corp", "corporation", "group", "partners"}),
    "paper": frozenset({"times", "post", "herald", "journal", "tribune", "guardian", "telegraph", "mail", "gazette"}),
    "newspaper": frozenset(
        {"times", "post", "herald", "journal", "tribune", "guardian", "telegraph", "mail", "gazette"}
    ),
}

# Who speaks for a firm calls it so: "Kern cut its forecast. The company said".
FIRMS: Final = frozenset({"company", "firm", "group", "retailer", "airline", "carmaker", "manufacturer", "supermarket"})
# What these say of somebody who was named is what they do: "“We ran,” Jan Osei said. The striker …".
TRAITS: Final = frozenset({"striker", "midfielder", "defender", "goalkeeper", "keeper", "winger", "playmaker", "tory",
                           "batsman", "bowler", "singer", "rapper", "actor", "actress", "author", "novelist", "veteran",
                           "democrat", "republican", "conservative", "billionaire", "pensioner"})  # fmt: skip
# Offices that one person alone holds where a text says "the" of them.
OFFICES: Final = frozenset({"chancellor", "president", "premier", "taoiseach", "governor", "manager", "coach", "pope"})


class Entity(NamedTuple):
    """Somebody or something that can speak. `gender`: "" if it is not known."""

    name: str
    what: str
    gender: str = ""
    plural: bool = False


def can_mean(entity: Entity, pronoun: str) -> bool:
    """Say whether a pronoun can mean somebody. A thing says nothing, so that no pronoun before a cue means it."""
    if pronoun in MALE:
        return entity.what in {"person", "name", "voice"} and entity.gender != "female" and not entity.plural
    if pronoun in FEMALE:
        return entity.what in {"person", "name", "voice"} and entity.gender != "male" and not entity.plural
    if entity.what == "thing":
        return False
    if pronoun in PLURAL:
        return entity.plural or entity.what in {"people", "body"}
    return entity.what in {"body", "document"} or (entity.what == "name" and not entity.gender)


def thing_may_be_meant(subject: Entity | None, pronoun: str) -> bool:
    """Say whether "it" or "they" may be a thing that a sentence is about: "The cuts came in May. They …"."""
    thing = subject is not None and subject.what == "thing" and pronoun not in MALE | FEMALE
    return thing and subject is not None and subject.plural == (pronoun in PLURAL)


def in_full(names: set[str]) -> set[str]:
    """Return names without those that others say in full."""
    return {name for name in names if not any(other != name and other.endswith(" " + name) for other in names)}


def bare(name: str) -> str:
    """Return a name without its article."""
    first, _, rest = name.partition(" ")
    return rest if rest and first.lower() in {"the", "a", "an"} else name
