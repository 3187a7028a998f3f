"""Whose words come next: "Ana Ruiz: …", "From the mayor:", "Ana Ruiz, the mayor, is not so sure:".

Owns whether a name before a colon, or a sentence without a cue, gives what follows as somebody's. Look next:
`attribution`.
"""

from typing import Final

from asithappened.ledger import gazetteer
from asithappened.ledger.clauses import Unit
from asithappened.ledger.grammar import Grammar
from asithappened.ledger.nouns import names_whose, speaks_for_itself
from asithappened.ledger.outlets import outlets_in
from asithappened.ledger.phrase import name_of
from asithappened.ledger.said import Said, can_speak
from asithappened.ledger.speakers import Discourse
from asithappened.ledger.subjects import subject_of
from asithappened.ledger.views import Part, PartView

Whose = tuple[str, int, int]  # a name, and where it is printed in the post: both 0 where it is not
NOBODY: Final[Whose] = ("", 0, 0)


def introduces(part: PartView, unit: Unit, intro: Said, talk: Discourse, rules: Grammar) -> bool:
    """Say whether a name and a colon give what follows as that name's words."""
    items = unit.items
    assert intro.source is not None
    if intro.last + 1 >= len(items):
        return bool(outlets_in(unit, rules)) or part.kind is Part.HEADING
    if items[intro.last + 1].kind == "quote":
        return True
    if part.kind in {Part.TITLE, Part.HEADING} and speaks_for_itself(unit, intro, rules):
        return True
    named = any(outlet.last == intro.first for outlet in outlets_in(unit, rules))
    name = name_of(items, intro.source)
    if part.kind in {Part.TITLE, Part.HEADING} and talk.knows(name, people=True):
        return True
    if gazetteer.find(name) is not None and not named:
        return False  # "Paris: In a briefing, …"
    known = talk.knows(name) or (name.isupper() and len(name) > 2) or items[intro.source.head].kind == "number"
    clause = any(item.may("be", "have", "do", "modal", "verb", "pronoun") for item in items[intro.last + 1 :])
    return named or (known and clause)


def whose_words_follow(part: PartView, unit: Unit, talk: Discourse, rules: Grammar) -> Whose:
    """Return whom a sentence without a cue names as the one whose words come next."""
    items = unit.items
    owner = names_whose(unit, rules)
    if owner is None:
        return _about(unit, talk, rules), 0, 0
    return (
        talk.resolve(unit, owner),
        part.start + items[owner.first].start,
        part.start + items[owner.last].end,
    )


def _about(unit: Unit, talk: Discourse, rules: Grammar) -> str:
    """Return whom a sentence that ends in a colon is about: "Ana Ruiz, the mayor, is not so sure:"."""
    if not unit.ends_with(":"):
        return ""
    subject = subject_of(unit, len(unit.items), rules)
    if subject is None or not can_speak(unit, subject, rules) or outlets_in(unit, rules):
        return ""
    name = name_of(unit.items, subject)
    sole = subject.kind == "name" and " " not in name
    if sole and not talk.knows(name):
        return ""
    if not any(item.may("be", "have", "do", "modal", "verb") for item in unit.items[subject.last + 1 :]):
        return ""
    kept = talk.aside()
    name = talk.resolve(unit, subject)
    talk.back(kept)
    return name
