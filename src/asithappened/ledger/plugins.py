"""Suggesters of other packages: found by entry point, each in a process of its own, checked by the gate like ours.

Owns listing them and trying one. A newsroom names those that it uses (ASITHAPPENED_SUGGESTERS); one that is only
installed is never loaded. Look next: `plugin_process` for asking one, `plugin_child` for the other end.
"""

from importlib import metadata
from typing import Final

from asithappened.ledger import gate
from asithappened.ledger.gate import Dropped
from asithappened.ledger.plugin_child import GROUP
from asithappened.ledger.plugin_process import Plugin
from asithappened.ledger.views import BlogView, of_text

# The text for trying a suggester: a suggestion of every kind, and letters of more than one byte.
_TRIAL: Final = (
    "At least 12 boats sank off Port Vale, “we are not sure yet”, harbour master Zoë Quill told the Coast Echo.\n\n"
    "The number was not confirmed. The port has been closed since Monday, and an air alert is over."
)


def names() -> tuple[str, ...]:
    """Return the names of the suggesters that installed packages offer."""
    return tuple(sorted({entry.name for entry in metadata.entry_points(group=GROUP)}))


def faults_of(name: str) -> list[str]:
    """Start a suggester, ask it about a text of ours, and return its faults."""
    post = of_text(_TRIAL)
    dropped: list[Dropped] = []
    with Plugin(name) as plugin:
        gate.asked(plugin, post, BlogView(posts=(post,)), dropped.append)
    return [f"{one.reason}: {one.seen}" for one in dropped]
