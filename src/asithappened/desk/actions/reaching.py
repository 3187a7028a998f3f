"""How far a correction came: a job notes it a few seconds after every publication of one.

Owns putting that job, in the append's own transaction, and which corrections wait for it. One that was made before it
was published here has none: its readers were others. Look next: `desk.reach`, `desk.jobs`.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from asithappened.core import events as e
from asithappened.jobs.clock import CLOCK
from asithappened.jobs.models import Job, State
from asithappened.jobs.put import put
from asithappened.press import Receipt

KIND: Final = "note_reach"
_AFTER: Final = timedelta(seconds=5)  # by then every open page should have it, and the desk should know if some do not


def note_later(receipt: Receipt, events: Sequence[e.Event]) -> None:
    """Put the job of each correction among the events that were just appended."""
    for seq, event in enumerate(events, receipt.first):
        if isinstance(event, e.CorrectionRecorded) and event.at is None:
            said = {"blog": receipt.blog, "seq": seq}
            put(KIND, key=f"{receipt.blog}:{seq}", payload=said, due=CLOCK.now() + _AFTER)


def awaited(blog: int) -> set[int]:
    """Return the seqs of a live blog's corrections whose reach will be noted."""
    waiting = Job.objects.filter(kind=KIND, key__startswith=f"{blog}:", state__in=(State.WAITING, State.RUNNING))
    return {int(key.partition(":")[2]) for key in waiting.values_list("key", flat=True)}
