"""Enqueues a job.

Owns the only way into the table. Called inside a transaction, the job is committed or rolled back with it.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from asithappened.jobs.clock import CLOCK
from asithappened.jobs.models import ALREADY_DUE, Job

PAYLOAD_CHARS: Final = 1_000_000  # three times the largest post; a file is stored elsewhere, and named here


class BadJob(ValueError):
    """A job is invalid; nothing was written."""


def put(
    kind: str, *, key: str, payload: Mapping[str, Any], due: datetime | None = None, on_behalf_of: int | None = None
) -> bool:
    """Enqueue a job, and return whether it is new: a kind has one job of each key, and a second one changes nothing.

    `due`: None is as soon as possible. `on_behalf_of`: a user's id, whose rights are checked again when it runs.
    """
    written = json.dumps(dict(payload), ensure_ascii=True, allow_nan=False)
    if len(written) > PAYLOAD_CHARS:
        raise BadJob(f"A job says {PAYLOAD_CHARS:,} characters at the most, and this {kind} has {len(written):,}.")
    if not 0 < len(key) <= 200 or not 0 < len(kind) <= 64:
        raise BadJob("A job's kind has 1 to 64 characters, and its key 1 to 200.")
    now = CLOCK.now()
    times = {"due": due or now, "try_at": due or ALREADY_DUE, "put_at": now}
    _, new = Job.objects.get_or_create(
        kind=kind, key=key, defaults={"payload": written, "on_behalf_of": on_behalf_of, **times}
    )
    return new
