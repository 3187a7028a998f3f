"""Promises of the commitments: any change shows, an erasure breaks nothing and leaves nothing to guess by."""

from datetime import UTC, datetime
from hashlib import sha256

import pytest
from hypothesis import HealthCheck, given, settings

from asithappened import press
from asithappened.core import body, chain
from asithappened.core import events as e
from asithappened.log import models, read
from tests.log.chained import broken
from tests.press.happenings import Happening, Newsroom, days

NOON = datetime(2026, 11, 12, 12, 0, tzinfo=UTC)


@pytest.mark.both
@pytest.mark.django_db
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(days(12))
def test_a_log_is_what_it_committed_itself_to_whatever_was_erased(day: list[list[Happening]]) -> None:
    room = Newsroom().open()
    for _ in room.play(day):
        assert broken(room.blog) == []


@pytest.mark.both
@pytest.mark.django_db
def test_of_an_erased_payload_no_salt_is_left_to_confirm_a_guess_with() -> None:
    blog = press.publish(None, [e.BlogOpened(slug="storm", title="Storm")]).blog
    doc = body.with_ids(body.Doc(content=(body.paragraph("A name"),)), seed="p")
    press.publish(blog, [e.PostPublished(post="p", body=doc)])
    payload = models.Payload.objects.get(entry__blog=blog, entry__seq=2)
    salt, said, committed = bytes(payload.salt), bytes(payload.data), bytes(payload.entry.commitment)
    assert len(salt) == chain.SALT_BYTES
    assert committed == sha256(salt + said).digest() != sha256(said).digest()
    press.publish(blog, [e.PayloadErased(of=e.post("p"), seqs=(2,), whole=True)])
    assert not models.Payload.objects.filter(entry__blog=blog, entry__seq=2).exists()
    assert bytes(models.Entry.objects.get(blog=blog, seq=2).commitment) == committed
    assert broken(blog) == []
    assert read.tip(blog)[2] == bytes(models.Entry.objects.get(blog=blog, seq=3).link)
