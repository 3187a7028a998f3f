"""Finished documents in bounded memory: the least recently asked for go first.

Owns what is kept and how much of it, and the table of those that the fast lane may give by their path alone. Whether
what is kept may be given is never its to say.
"""

from collections import OrderedDict
from collections.abc import Callable
from typing import Final, Generic, Protocol, TypeVar

from asithappened.delivery.documents import Document

Key = TypeVar("Key")

NOT_BY_PATH: Final = b""


class Versioned(Protocol):
    """What a document is of; its version changes whenever the document might."""

    @property
    def version(self) -> int:
        """Count what has changed."""


class Shelf(Generic[Key]):
    """Documents by key, and `by_path` those that may be given to anybody, each with what it is of."""

    def __init__(self, most: int) -> None:
        """Start empty. `most`: bytes that are kept."""
        self.most = most
        self.bytes = 0
        self.by_path: dict[bytes, tuple[Versioned, Document]] = {}
        self._kept: OrderedDict[Key, tuple[Document, bytes]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def __contains__(self, key: Key) -> bool:
        return key in self._kept

    def get(self, key: Key) -> Document | None:
        """Return a document, which is then the last to go."""
        kept = self._kept.get(key)
        if kept is None:
            return None
        self._kept.move_to_end(key)
        return kept[0]

    def put(self, key: Key, document: Document, of: Versioned, *, path: bytes = NOT_BY_PATH) -> None:
        """Keep a document, under its path too if it may be given to anybody who names that."""
        if key in self._kept:
            self._dropped(*self._kept.pop(key))
        self._kept[key] = document, path
        self.bytes += document.size
        if path:
            self.by_path[path] = of, document
        while self.bytes > self.most:
            self._dropped(*self._kept.popitem(last=False)[1])

    def drop(self, those: Callable[[Key], bool]) -> None:
        """Keep nothing any more of which this is true."""
        for key in [key for key in self._kept if those(key)]:
            self._dropped(*self._kept.pop(key))

    def _dropped(self, document: Document, path: bytes) -> None:
        self.bytes -= document.size
        self.by_path.pop(path, None)
