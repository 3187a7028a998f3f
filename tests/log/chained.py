"""Checks a blog's log against its commitments, from the documentation of core.chain alone."""

import json
from hashlib import sha256

from asithappened.log import models


def broken(blog: int) -> list[int]:
    """Return the seqs of facts whose payload or link is not what was committed; an erased payload is no fault."""
    found, before = [], b""
    entries = models.Entry.objects.filter(blog=blog).order_by("seq").select_related("payload")
    for entry in entries:
        payload = getattr(entry, "payload", None)
        said = payload is None or sha256(bytes(payload.salt) + bytes(payload.data)).digest() == bytes(entry.commitment)
        at = entry.at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        envelope = [
            entry.seq, at, entry.origin, entry.kind, entry.version, entry.about, entry.subject, entry.position,
        ]  # fmt: skip
        written = json.dumps(envelope, separators=(",", ":"), ensure_ascii=False).encode()
        link = sha256(before + bytes(entry.commitment) + written).digest()
        if not said or link != bytes(entry.link):
            found.append(entry.seq)
        before = bytes(entry.link)
    if bytes(models.Blog.objects.get(pk=blog).link) != before:
        found.append(-1)
    return found
