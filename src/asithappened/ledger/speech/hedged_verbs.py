"""German and Spanish forms of the verb that say how sure the text is: "soll geflohen sein", "habría huido".

Owns what stands for English "is said to have" and "may have": a modal with the infinitive of what is past, and the
Spanish conditional of what is past. A plan ("soll öffnen") and a condition ("si …, habría …") are none.
"""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from asithappened.ledger.suggestions import HedgeKind

_SAID: Final = frozenset({"soll", "sollen"})
_MAY: Final = frozenset({"dürfte", "dürften", "könnte", "könnten", "kann", "können", "mag"})
_ENDS: Final = frozenset({",", ".", ";", ":", "!", "?", "–", "—", "(", ")", "“”", "und", "oder"})
_NO_PARTICIPLES: Final = frozenset({"recht", "nicht", "bereit", "bekannt", "dort", "jetzt", "selbst", "zeit"})
# With "sein" these are of what is past: "soll geflohen sein"; no "soll geschlossen sein".
_MOVED: Final = """
gegangen gekommen gefahren geflohen gestiegen gefallen gestorben geflogen gereist gelaufen gesunken gestürzt gestoßen
geblieben geraten gerannt gesprungen geschlafen verschwunden entkommen explodiert kollidiert passiert geschehen geplatzt
gebrochen geprallt verunglückt ertrunken erfroren gelandet entgleist geflüchtet gewandert gedrungen getreten worden
gewesen gekracht gerutscht gekentert gerast gestrandet gestolpert
"""
_PAST: Final = tuple(_MOVED.split())
_WOULD: Final = frozenset({"habría", "habrían"})
_COULD: Final = frozenset({"podría", "podrían", "puede", "pueden", "pudo", "pudieron", "podía"})
_HAVING: Final = frozenset({"haber", "haberse", "haberlo", "haberla", "haberlos"})
_IRREGULAR: Final = frozenset({"dicho", "hecho", "muerto", "roto", "visto", "puesto", "vuelto", "abierto", "escrito",
                               "cubierto", "resuelto", "descubierto", "impuesto", "propuesto"})  # fmt: skip
_IF: Final = frozenset({"si", "hubiera", "hubiese", "hubieran", "hubiesen"})
# What would have been so, and is no rumour: "le habría bastado".
_ONLY_WOULD: Final = frozenset({"bastado", "gustado", "preferido", "querido", "podido", "debido", "costado", "servido"})
_FAR: Final = 24  # items from a German modal to its clause's end


class Hedged(NamedTuple):
    """A hedge at items `first` to `last` (included)."""

    first: int
    last: int
    kind: HedgeKind


def hedged(lows: Sequence[str], language: str) -> Iterator[Hedged]:
    """Yield the verbs of a sentence that hedge. `lows`: its words in small letters."""
    read = _German(lows).all if language == "de" else _Spanish(lows).all if language == "es" else None
    if read is not None:
        yield from read()


class _German:
    def __init__(self, lows: Sequence[str]) -> None:
        self.lows = lows

    def all(self) -> Iterator[Hedged]:
        for at, low in enumerate(self.lows):
            if low not in _SAID | _MAY:
                continue
            last = next((n for n in range(at + 1, min(len(self.lows), at + _FAR)) if self.lows[n] in _ENDS), 0)
            if self._is_past((last or min(len(self.lows), at + _FAR)) - 1, at) or self._is_past(at - 1, 0):
                yield Hedged(at, at, "reported" if low in _SAID else "estimative")

    def _is_past(self, at: int, first: int) -> bool:
        """Say whether an infinitive of what is past ends at a place: "bedroht haben", "gelegt worden sein"."""
        if at < first + 2 - (first == 0) or at < 1:
            return False
        done, helper = self.lows[at - 1], self.lows[at]
        if helper == "sein":
            return done.endswith(_PAST)
        formed = done.endswith(("t", "en")) and len(done) > 4 and done not in _NO_PARTICIPLES
        return helper == "haben" and formed and tuple(self.lows[at - 2 : at - 1]) != ("zu",)


class _Spanish:
    def __init__(self, lows: Sequence[str]) -> None:
        self.lows = lows

    def all(self) -> Iterator[Hedged]:
        for at, low in enumerate(self.lows):
            behind = self.lows[at + 1 : at + 3]
            rumour = bool(behind) and _participle(behind[0]) and behind[0] not in _ONLY_WOULD
            if low in _WOULD and rumour and _IF.isdisjoint(self.lows):
                yield Hedged(at, at + 1, "reported")
            if low in _COULD and len(behind) > 1 and behind[0] in _HAVING and _participle(behind[1]):
                yield Hedged(at, at + 2, "estimative")


def _participle(low: str) -> bool:
    return low.endswith(("ado", "ido", "ído")) or low in _IRREGULAR
