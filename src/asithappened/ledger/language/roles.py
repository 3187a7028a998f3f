"""Small words and verbs by their role for a sweep and for the rows that the desk suggests.

Owns reading the lexicon `roles`, whose first lines say what the roles are. Look next: `sweep_families`, `sweep_words`,
`statement_text`.
"""

from collections.abc import Mapping

from asithappened.ledger.language import lexicon
from asithappened.ledger.language.forms import ROLES


@lexicon.kept
def roles(language: str) -> Mapping[str, frozenset[str]]:
    """Return a language's words by their role; a role without words is empty."""
    listed = lexicon.load(language, "roles")
    return {role: frozenset(word for word, values in listed.items() if role in values) for role in ROLES}


def pattern(language: str, role: str) -> str:
    """Return an expression for any word of a role, with either apostrophe; it matches nothing where there is none."""
    words = sorted(roles(language)[role], key=lambda word: (-len(word), word))
    return "|".join(word.replace("'", "[’']") for word in words) or "(?!)"
