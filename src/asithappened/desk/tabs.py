"""What waits beside the timeline, a tab each: drafts, submissions, and what rooms to come add.

Owns what a tab is. Each is told by the module that owns what is in it; `views.tabs` gathers them and answers for one.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from asithappened.accounts.gate import Grant, Verb
from asithappened.accounts.models import User


@dataclass(frozen=True, kw_only=True)
class Tab:
    """A tab of the right column.

    `name`: in its address. `label`: on it, put off until it is shown. `key`: after G, it opens the tab. `may`: who has
    it. `count`: how much waits for this person; asked every two seconds by everybody, so one indexed query at most.
    `template`, `context`: the panel, a fragment of a page, rendered with `asking.page` and what `context` returns.
    """

    name: str
    label: Any
    key: str
    may: Verb
    count: Callable[[Grant, User], int]
    template: str
    context: Callable[[Grant, User], Mapping[str, Any]]
