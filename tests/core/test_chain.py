"""Promises of `core.chain`: any change of a fact, or of what was before it, has another link."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from asithappened.core import chain
from asithappened.core import events as e
from asithappened.core.fold import in_envelope
from tests import strategies

NOON = datetime(2026, 11, 12, 12, 0, tzinfo=UTC)


def test_the_same_words_twice_have_two_commitments() -> None:
    assert chain.commitment(b"a" * 16, b"{}") != chain.commitment(b"b" * 16, b"{}")


@given(strategies.events(*e.ALL), st.sampled_from(e.Origin), st.sampled_from(["before", "seq", "origin", "committed"]))
def test_another_place_envelope_or_payload_has_another_link(event: e.Event, origin: e.Origin, other: str) -> None:
    def link(changed: str = "") -> bytes:
        fact = in_envelope(
            event,
            epoch="e",
            seq=3 if changed == "seq" else 2,
            at=NOON,
            origin=next(o for o in e.Origin if o is not origin) if changed == "origin" else origin,
        )
        before, committed = b"b" * 32, b"c" * 32
        return chain.link(b"x" * 32 if changed == "before" else before, fact, committed[changed == "committed" :])

    assert link() == link()
    assert link(other) != link()
