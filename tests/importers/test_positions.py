"""Where posts stand when not all of their times are known: newer is always higher, and what is here stays."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from asithappened.core import body as b
from asithappened.core.fold import microseconds
from asithappened.core.state import PostState
from asithappened.importers import positions
from asithappened.importers.found import FoundPost

NINE = datetime(2024, 1, 5, 9, 0, tzinfo=UTC)


def post(id_: str, at: datetime | None = None) -> FoundPost:
    """Return a post."""
    return FoundPost(id=id_, place=id_, body=b.Doc(), published_at=at)


def known(id_: str, position: int) -> PostState:
    """Return a post that is here already, of unknown time."""
    return PostState(id=id_, position=position, first_seq=1, content_seq=1, last_seq=1)


def test_a_known_time_is_its_own_position_and_what_is_here_keeps_the_one_it_has() -> None:
    found = positions.of([post("a"), post("b"), post("c", NINE)], {"b": known("b", 70)})
    assert found[1:] == [70, microseconds(NINE)]
    assert 0 <= found[0] < 70


@given(st.lists(st.booleans(), min_size=1, max_size=12))
def test_in_a_file_with_rising_times_newer_is_higher_wherever_times_are_missing(timed: list[bool]) -> None:
    posts = [post(str(n), NINE + timedelta(hours=n) if has else None) for n, has in enumerate(timed)]
    found = positions.of(posts, {})
    assert found == sorted(set(found))


def test_what_has_no_time_and_nothing_beside_it_goes_on_above_what_is_here() -> None:
    assert positions.of([post("new")], {"old": known("old", 500)})[0] > 500
