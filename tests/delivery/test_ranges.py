"""Promises of `delivery.ranges`: one part is served, within the file, and by If-Range only of the same file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asithappened.delivery import ranges


@given(st.integers(0, 50), st.integers(0, 60), st.integers(0, 60))
def test_a_part_is_within_the_file_or_none(size: int, first: int, last: int) -> None:
    for asked in (f"bytes={first}-{last}", f"bytes={first}-", f"bytes=-{last}"):
        part = ranges.asked(asked.encode(), b"", etag=b'"x"', size=size)
        if part is not None and part.start < part.stop:
            assert 0 <= part.start < part.stop <= size


@pytest.mark.parametrize(
    ("asked", "part", "header"),
    [
        (b"bytes=0-9", (0, 10), b"bytes 0-9/100"),
        (b"bytes=90-", (90, 100), b"bytes 90-99/100"),
        (b"bytes=-10", (90, 100), b"bytes 90-99/100"),
        (b"bytes=-500", (0, 100), b"bytes 0-99/100"),
        (b"bytes=50-500", (50, 100), b"bytes 50-99/100"),
        (b"bytes=100-", (100, 100), b"bytes */100"),
        (b"bytes=-0", (100, 0), b"bytes */100"),
        (b"", None, b""), (b"bytes=9-0", None, b""), (b"bytes=0-1,5-6", None, b""), (b"items=0-9", None, b""),
        (b"bytes=-", None, b""), (b"bytes=1e3-", None, b""), (b"bytes=" + b"9" * 99 + b"-", None, b""),
    ],
)  # fmt: skip
def test_a_part_is_read_as_it_was_asked_and_what_cannot_be_read_asks_for_the_whole(
    asked: bytes, part: tuple[int, int] | None, header: bytes
) -> None:
    found = ranges.asked(asked, b"", etag=b'"x"', size=100)
    assert (None if found is None else (found.start, found.stop)) == part
    assert found is None or found.header == (b"content-range", header)


def test_who_has_the_beginning_of_another_file_is_given_the_whole() -> None:
    assert ranges.asked(b"bytes=5-", b'"x"', etag=b'"x"', size=9) is not None
    assert ranges.asked(b"bytes=5-", b'"y"', etag=b'"x"', size=9) is None
