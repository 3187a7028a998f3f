"""Promises of `delivery.lru_cache`: it is bounded, and evicts the least recently used first."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from asithappened.delivery import documents
from asithappened.delivery.documents import Document
from asithappened.delivery.lru_cache import NOT_BY_PATH, LruCache

MOST = 2_000
ACTS = st.lists(
    st.tuples(st.integers(0, 9), st.integers(1, 300), st.sampled_from(["put", "put by path", "get", "drop"]))
)


@dataclass
class Of:
    """The source of documents."""

    version: int = 0


def document(size: int) -> Document:
    """Return a document of so many bytes."""
    return Document(b"x" * size, kind=documents.JSON, cache=documents.PAGE, compress=False)


@given(ACTS)
def test_a_cache_keeps_what_was_asked_for_last_and_never_too_much(acts: list[tuple[int, int, str]]) -> None:
    cache = LruCache[int](MOST)
    put: dict[int, Document] = {}  # the last asked for last
    by_path: set[bytes] = set()
    for key, size, act in acts:
        path = b"/%d" % key
        if act == "drop":
            cache.drop(lambda other, key=key: other == key)  # type: ignore[misc]
            put.pop(key, None)
        elif act == "get":
            assert cache.get(key) is (put.get(key) if key in cache else None)
            if key in cache:
                put[key] = put.pop(key)
        else:
            put.pop(key, None)
            put[key] = document(size)
            cache.put(key, put[key], Of(), path=path if act == "put by path" else NOT_BY_PATH)
            by_path = by_path | {path} if act == "put by path" else by_path - {path}
        kept = [key for key in put if key in cache]
        assert kept == list(put)[len(put) - len(kept) :], "who was asked for longest ago went first"
        assert cache.bytes == sum(put[key].size for key in kept) <= MOST
        assert set(cache.by_path) == by_path & {b"/%d" % key for key in kept}
