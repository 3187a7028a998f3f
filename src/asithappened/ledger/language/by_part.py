"""What was read in a part of a post, kept while its words stay: of a post that is being typed one paragraph changes.

Owns the keeping, bounded in characters and not in parts, since a part may be as long as a post. What reads a part is
given it as if it stood first, so that its answer holds wherever the part moves to. Look next: `reading`.
"""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Final, Generic, TypeVar

from msgspec.structs import replace

from asithappened.ledger.language import lexicon
from asithappened.ledger.views import Part, PartView

KEPT: Final = 4_000_000  # characters for each function: a live blog of 500 posts has one million

_T = TypeVar("_T")
_Key = tuple[Part, str, str, str, str]


class ByPart(Generic[_T]):
    """A function of a part and a language that reads each part once. Offsets in its answers begin with the part."""

    def __init__(self, read: Callable[[PartView, str], _T]) -> None:
        self._read = read
        self._answers: OrderedDict[_Key, _T] = OrderedDict()
        self._characters = 0
        self._lock = Lock()
        lexicon.on_other_lists(self.forget)

    def __call__(self, part: PartView, language: str) -> _T:
        """Return what a part says, from memory if it said so before."""
        key = (part.kind, part.text, part.author, part.channel, language)
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                return self._answers[key]
        answer = self._read(replace(part, start=0, block=""), language)
        with self._lock:
            if key not in self._answers:
                self._answers[key] = answer
                self._characters += len(part.text)
            while self._characters > KEPT and len(self._answers) > 1:
                oldest, _ = self._answers.popitem(last=False)
                self._characters -= len(oldest[1])
        return answer

    def forget(self) -> None:
        """Read everything again."""
        with self._lock:
            self._answers.clear()
            self._characters = 0


def by_part(read: Callable[[PartView, str], _T]) -> ByPart[_T]:
    """Read a part again only when its words, or the lists of words, have changed."""
    return ByPart(read)
