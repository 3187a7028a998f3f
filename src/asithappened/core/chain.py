"""The log's hash chain, which shows if a fact was changed, left out or added later.

Owns two hashes a fact. The commitment hashes the payload with a salt; the salt is stored beside the payload and erased
with it, so that the commitment cannot confirm a guess at erased words. The link hashes the link before, the envelope
and the commitment, so that the chain stays valid after an erasure. SHA-256, so that anyone can check.
Look next: log/append.py, which writes both.
"""

from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from typing import Final

import msgspec

from asithappened.core.events import Fact

SALT_BYTES: Final = 16
FIRST: Final = b""
"""The link before a log's first fact."""
UNKNOWN: Final = b""
"""The commitment of a payload that was erased before commitments existed."""

_ENCODER: Final = msgspec.json.Encoder()


def commitment(salt: bytes, payload: bytes) -> bytes:
    """Return the 32 bytes that a fact's envelope keeps of its payload: SHA-256 of the salt and the payload's bytes."""
    return sha256(salt + payload).digest()


def link(before: bytes, fact: Fact, committed: bytes) -> bytes:
    """Return the 32 bytes that tie a fact to the one before it.

    SHA-256 of: `before` (32 bytes; none for the first), the commitment (32 bytes, or none: UNKNOWN), and the envelope
    as a JSON array without spaces: seq, at (UTC, microseconds, Z), origin, kind, version, about, id, position or null.
    The epoch is not in it: a log that was put back from a backup has a new one, and the same facts.
    """
    envelope = [
        fact.seq, _utc(fact.at), fact.origin.value, fact.kind, fact.version, fact.subject.about, fact.subject.id,
        fact.position,
    ]  # fmt: skip
    return sha256(before + committed + _ENCODER.encode(envelope)).digest()


@lru_cache(maxsize=1)  # the facts of an append have one time
def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
