"""Other forms of wrong words: in another case or number, in a German compound.

Owns spelling them, so that no list has to. Look next: `wrong_words` for what was wrong; `wrong_lands` for a people's.
"""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from asithappened.ledger.changes import Corrected
from asithappened.ledger.language.roles import roles
from asithappened.ledger.language.tokens import read

_SHORT: Final = 5  # letters, fewer than which begin or end too many other words
_HEAD: Final = 3  # letters of what a compound has beside a word
_ENDINGS: Final = {"de": ("e", "en", "n", "s", "es"), "en": ("s", "es"), "es": ("s", "es")}
_ADJECTIVE: Final = {"de": ("em", "en", "er", "es", "e", ""), "es": ("os", "as", "o", "a")}


class Form(NamedTuple):
    """Words in another form: from word `at` to `last` (one past), and what stands there instead, if that is known."""

    at: int
    last: int
    right: str


class Forms(NamedTuple):
    """The forms of wrong words. `last`: those of the last one; `compound`: what a German one is made of, if any."""

    before: tuple[str, ...]
    last: frozenset[str]
    compound: str
    now: str

    def standing(self, lows: Sequence[str]) -> Iterator[Form]:
        """Yield where words stand in another form. Linear: they are few."""
        size = len(self.before)
        for at, low in enumerate(lows):
            if low in self.last and at >= size and tuple(lows[at - size : at]) == self.before:
                yield Form(at - size, at + 1, self.now)
            elif self.compound and len(low) >= len(self.compound) + _HEAD and low.isalpha():
                if low.startswith(self.compound):
                    yield Form(at, at + 1, self.now + low[len(self.compound) :])
                elif low.endswith(self.compound):
                    yield Form(at, at + 1, self.now)

    def may(self, there: frozenset[str]) -> bool:
        """Say whether some words have such a form, in whatever order, but for compounds."""
        return not self.last.isdisjoint(there) and there.issuperset(self.before)


def forms(corrected: Corrected, language: str, *, named: bool) -> Forms:
    """Return other forms of the wrong words. `named`: they are a name, which has none."""
    words = [token for token in read(corrected.was).tokens if token.kind != "mark"]
    lows, now = [token.low for token in words], corrected.now.strip()
    if not words or named:
        return Forms((), frozenset(), "", now)
    capital, single, short = words[-1].text[0].isupper(), len(words) == 1, language[:2]
    german = short == "de"
    last = _inflected(lows[-1], short, capital=capital)
    compound = lows[0] if german and single and capital and len(lows[0]) >= _SHORT and lows[0].isalpha() else ""
    if lows[0] in roles(language)["related"]:
        compound = ""  # a "Krankenschwester" is no sister
    return Forms(tuple(lows[:-1]), last, compound, now)


def _inflected(low: str, language: str, *, capital: bool) -> frozenset[str]:
    """Return a word's other forms: a name has none in English and Spanish, and a short one is too like others."""
    if not low.isalpha() or len(low) < _SHORT or (capital and language != "de"):
        return frozenset()
    endings = _ENDINGS.get(language, ())
    found = {low + ending for ending in endings}
    if language != "de":
        found |= {low.removesuffix(ending) for ending in endings}
    for ending in () if capital else _ADJECTIVE.get(language, ()):
        base = low.removesuffix(ending)
        if ending and base != low and len(base) >= _SHORT - 1:
            found |= {base + other for other in _ADJECTIVE[language]}
            break
    return frozenset(one for one in found if len(one) >= _SHORT - 1) - {low}
