"""Any file at all: it is planned, or it is refused with a sentence; nothing else ever comes out."""

import copy
import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from asithappened.core import codec
from asithappened.importers.found import ImportRefused
from asithappened.importers.plan import Known, plan
from asithappened.importers.registry import FORMATS, found_in
from tests.importers.files import PAGE, STORM, item, page


def taken(raw: bytes, name: str) -> None:
    """Import a file as far as the log; what is planned can be appended, and a refusal says what is safe."""
    try:
        found = found_in(raw, name)
        made = plan(found, Known(), slug=found.slug)
    except ImportRefused as refusal:
        assert "Nothing was written." in str(refusal)  # noqa: PT017
        return
    for group in made.groups:
        for event in group:
            codec.encode(event)


JSON = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=9), st.sampled_from(["true", "<p>x"])
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=6,
)
WHOLE = item(blocks=STORM, html=page(STORM))


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the path of every value inside a value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for key, one in inner for found in places(one, (*path, key)))]


PLACES = [path for path in places(WHOLE) if path]


@given(st.lists(st.tuples(st.sampled_from(PLACES), JSON), max_size=4))
def test_an_answer_with_values_of_any_other_type_is_taken_or_refused(
    changes: list[tuple[tuple[Any, ...], Any]],
) -> None:
    made = copy.deepcopy(WHOLE)
    for path, value in changes:
        outer: Any = made
        for key in path[:-1]:
            try:
                outer = outer[key]
            except (KeyError, IndexError, TypeError):
                break
        if isinstance(outer, dict) or (isinstance(outer, list) and isinstance(path[-1], int) and path[-1] < len(outer)):
            outer[path[-1]] = value
    taken(json.dumps(made).encode(), "guardian")


@given(JSON)
def test_any_json_is_taken_or_refused(value: Any) -> None:
    taken(json.dumps(value).encode(), "guardian")


@given(st.binary(max_size=200), st.sampled_from(sorted(FORMATS)))
def test_any_bytes_are_taken_or_refused(raw: bytes, name: str) -> None:
    taken(raw, name)


LINES = st.one_of(
    st.sampled_from(
        [*PAGE.splitlines(), "", "", "Updated", "— (@a)", "— A B (@a.b) May 1, 2024", "  1. x", "    • y", "•"]
    ),
    st.text(max_size=12),
    st.sampled_from(
        ["Photograph: x", "Related: x", "https://a.example/x", "Contributors", "Last modified:", "said:", "“"]
    ),
)


@given(st.lists(LINES, max_size=30))
def test_any_lines_are_taken_or_refused(lines: list[str]) -> None:
    taken("\n".join(lines).encode(), "page-text")
    taken("\n\n".join(["Title", "Last modified: 01: 00 PM", "Standfirst.", *lines]).encode(), "page-text")
