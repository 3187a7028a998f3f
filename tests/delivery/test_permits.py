"""Promises of `delivery.permits`: a ticket is good for its time, unless it was taken back, and needs no Django."""

import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from asithappened.delivery.permits import Permits
from asithappened.published.tickets import Ticket

ROWS = st.sampled_from([(7, "a"), (0, "a"), (7, "b"), (8, "a")])


@given(st.integers(0, 2_000), st.dictionaries(ROWS, st.integers(0, 2_000)))
def test_a_ticket_is_good_until_its_time_unless_it_was_taken_back(
    now: int, revoked: dict[tuple[int, str], int]
) -> None:
    permits = Permits()
    permits.revoked = revoked
    taken_back = max(revoked.get((7, "a"), 0), revoked.get((0, "a"), 0)) >= 1_000
    ticket = Ticket(blog=7, expires_at=1_000, holder="a")
    assert permits.good(ticket, now) is (now < 1_000 and not taken_back)


def test_checking_a_ticket_needs_no_django() -> None:
    code = "import sys; import asithappened.delivery.permits; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
