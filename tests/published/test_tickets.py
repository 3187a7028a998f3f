"""Promises of `published.tickets`: a ticket says one blog, one holder and a time, and nothing unsigned is one."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from asithappened.published.tickets import Ticket, key_in, read, sign

KEY = b"k" * 32


@given(st.integers(1, 2**62), st.integers(1, 2**40), st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_a_ticket_says_its_blog_its_time_and_its_holder(blog: int, expires_at: int, holder: str) -> None:
    ticket = sign(KEY, blog, expires_at, holder)
    assert read(KEY, ticket) == Ticket(blog=blog, expires_at=expires_at, holder=holder)
    assert read(b"j" * 32, ticket) is None


def test_tickets_that_earlier_versions_gave_are_read() -> None:
    """Signed by version 0.1.0 with this key: blog 7, until 1,000, for account 42."""
    assert sign(KEY, 7, 1000, "42") == "7.1000.NDI.v1Pgzi23reJtjQdM81yJk_P_34sqhzU-aLOsbQbjitM"
    assert read(KEY, "7.1000.NDI.v1Pgzi23reJtjQdM81yJk_P_34sqhzU-aLOsbQbjitM") is not None


@given(st.text(max_size=60))
def test_nothing_made_up_passes_or_breaks_anything(ticket: str) -> None:
    assert read(KEY, ticket) is None


@given(st.data())
def test_no_letter_of_a_ticket_can_be_changed(data: st.DataObject) -> None:
    ticket = sign(KEY, 7, 1000, "ada")
    at = data.draw(st.integers(0, len(ticket) - 1))
    other = data.draw(st.sampled_from([c for c in "abcXYZ019-_." if c != ticket[at]]))
    assert read(KEY, ticket[:at] + other + ticket[at + 1 :]) is None


def test_a_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "ticket.key"
    key = key_in(path)
    assert (len(key), key_in(path), path.stat().st_mode & 0o777) == (32, key, 0o600)
    assert [file.name for file in path.parent.iterdir()] == ["ticket.key"]
