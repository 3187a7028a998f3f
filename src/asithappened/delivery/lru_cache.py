"""A cache of finished documents, in bounded memory: the least recently used are evicted.

Owns also the table of those that the fast lane may serve by their path alone. freshness.py decides whether the cache
may be used.
"""

from collections import OrderedDict
from collections.abc import Callable
from typing import Final, Generic, Protocol, TypeVar

from asithappened.delivery.documents import Document

Key = TypeVar("Key")

NOT_BY_PATH: Final = b""


class Versioned(Protocol):
    """The source of a document; its version changes whenever the document might."""

    @property
    def version(self) -> int:
        """Rises with each change."""


class LruCache(Generic[Key]):
    """Documents by key, `most` bytes of them. `by_path`: those for everyone, each with its source."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.bytes = 0
        self.by_path: dict[bytes, tuple[Versioned, Document]] = {}
        self._cached: OrderedDict[Key, tuple[Document, bytes]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._cached)

    def __contains__(self, key: Key) -> bool:
        return key in self._cached

    def get(self, key: Key) -> Document | None:
        """Return a document, and mark it as used."""
        cached = self._cached.get(key)
        if cached is None:
            return None
        self._cached.move_to_end(key)
        return cached[0]

    def put(self, key: Key, document: Document, of: Versioned, *, path: bytes = NOT_BY_PATH) -> None:
        """Cache a document, under its path too if it is for everyone; evict others if there is no room."""
        if key in self._cached:
            self._evicted(*self._cached.pop(key))
        self._cached[key] = document, path
        self.bytes += document.size
        if path:
            self.by_path[path] = of, document
        while self.bytes > self.most:
            self._evicted(*self._cached.popitem(last=False)[1])

    def drop(self, those: Callable[[Key], bool]) -> None:
        """Evict the documents whose key `those` is true of."""
        for key in [key for key in self._cached if those(key)]:
            self._evicted(*self._cached.pop(key))

    def _evicted(self, document: Document, path: bytes) -> None:
        self.bytes -= document.size
        self.by_path.pop(path, None)
        document.close()
