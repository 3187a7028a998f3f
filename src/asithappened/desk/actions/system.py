"""The program's own verb: publishing events that are already written, from a recorded log or the demo's script.

Look next: `posts` and `blog` for people's verbs.
"""

from collections.abc import Sequence

from asithappened.core import events as e
from asithappened.desk.actions.actor import System
from asithappened.desk.actions.carry_out import Receipt, carry_out


def happen(
    blog: int | None,
    events: Sequence[e.Event],
    *,
    by: System,
    origin: e.Origin = e.Origin.REPLAY,
    once: str | None = None,
) -> Receipt:
    """Publish written events as facts. `blog` None: the first of them opens one."""
    return carry_out(blog, events, by=by, to=None, name="happen", origin=origin, once=once)
