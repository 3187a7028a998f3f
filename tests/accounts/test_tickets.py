"""Tickets to live blogs that are not everyone's: one blog, one key, until a time, and nothing else passes."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asithappened.published.tickets import key_in, sign, verify

KEY = b"k" * 32


@given(st.integers(1, 2**62), st.integers(1, 2**40), st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_a_ticket_passes_for_its_blog_until_its_time(blog, expires_at, holder):
    ticket = sign(KEY, blog, expires_at, holder)
    assert verify(KEY, ticket, blog, expires_at - 1)
    assert not verify(KEY, ticket, blog, expires_at)
    assert not verify(KEY, ticket, blog + 1, 0)
    assert not verify(b"j" * 32, ticket, blog, 0)


@given(st.text(max_size=60))
def test_nothing_made_up_passes_or_breaks_anything(ticket):
    assert not verify(KEY, ticket, 1, 0)


@given(st.data())
def test_no_letter_of_a_ticket_can_be_changed(data):
    ticket = sign(KEY, 7, 1000, "ada")
    at = data.draw(st.integers(0, len(ticket) - 1))
    other = data.draw(st.sampled_from([c for c in "abcXYZ019-_." if c != ticket[at]]))
    assert not verify(KEY, ticket[:at] + other + ticket[at + 1 :], 7, 0)


def test_a_key_is_made_once_and_only_its_owner_reads_it(tmp_path):
    path = tmp_path / "deep" / "ticket.key"
    key = key_in(path)
    assert (len(key), key_in(path), path.stat().st_mode & 0o777) == (32, key, 0o600)
    assert [file.name for file in path.parent.iterdir()] == ["ticket.key"]


def test_checking_a_ticket_needs_no_django():
    code = "import sys; import asithappened.published.tickets; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.django_db
def test_the_desk_gives_a_ticket_that_passes(settings, tmp_path):
    import time

    from asithappened.accounts import tickets
    from asithappened.accounts.models import User

    settings.TICKET_KEY_FILE = tmp_path / "ticket.key"
    user = User.objects.create_user("ada@house.example")
    ticket = tickets.issue(3, user)
    assert verify(key_in(settings.TICKET_KEY_FILE), ticket, 3, int(time.time()))
