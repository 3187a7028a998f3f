"""What the newsroom can do: one function for each verb, imperative, with a keyword-only actor.

Owns asking the gate, calling press, and writing the audit line in the same transaction. All code that wants to reach
a reader (a view, a schedule, a replay, a worker) calls a verb here.
Never renders, and never decides whether an event may happen: press asks core.rules.
Look next: `posts`, `blog`, `members`, `submissions`, `scheduling`; `carry_out` for how a verb runs; `system` for the
program's own verb.
"""

from asithappened.desk.actions.actor import Actor, System
from asithappened.desk.actions.blog import (
    close_blog,
    contributor_off,
    contributor_on,
    describe_blog,
    open_blog,
    rename_blog,
    reopen_blog,
    set_audience,
    set_embedders,
    set_live_video,
    set_related,
    set_suggested,
    take_down_blog,
)
from asithappened.desk.actions.carry_out import Busy, Receipt, Refused
from asithappened.desk.actions.correcting import correct_blog, correct_post
from asithappened.desk.actions.embargoed import Embargoed
from asithappened.desk.actions.embargoes import embargo_draft, lift_embargo
from asithappened.desk.actions.erasing import erase_post, erase_revision
from asithappened.desk.actions.holds import set_hold, set_own_hold
from asithappened.desk.actions.posts import (
    Moved,
    SaidBefore,
    move_pin,
    pin_post,
    post_id,
    publish_post,
    restore_post,
    revise_post,
    set_kind,
    unpin_post,
    withdraw_post,
)
from asithappened.desk.actions.promises import drop_promise, keep_promise, promise
from asithappened.desk.actions.scheduling import (
    discard_scheduled,
    hold_post,
    publish_scheduled,
    reschedule_post,
    reword_post,
    schedule_post,
    unpublish_post,
    unschedule_post,
)
from asithappened.desk.actions.system import happen
from asithappened.desk.actions.tomorrow import continue_blog, end_continuation, open_tomorrow

__all__ = [
    "Actor",
    "Busy",
    "Embargoed",
    "Moved",
    "Receipt",
    "Refused",
    "SaidBefore",
    "System",
    "close_blog",
    "continue_blog",
    "contributor_off",
    "contributor_on",
    "correct_blog",
    "correct_post",
    "describe_blog",
    "discard_scheduled",
    "drop_promise",
    "embargo_draft",
    "end_continuation",
    "erase_post",
    "erase_revision",
    "happen",
    "hold_post",
    "keep_promise",
    "lift_embargo",
    "move_pin",
    "open_blog",
    "open_tomorrow",
    "pin_post",
    "post_id",
    "promise",
    "publish_post",
    "publish_scheduled",
    "rename_blog",
    "reopen_blog",
    "reschedule_post",
    "restore_post",
    "revise_post",
    "reword_post",
    "schedule_post",
    "set_audience",
    "set_embedders",
    "set_hold",
    "set_kind",
    "set_live_video",
    "set_own_hold",
    "set_related",
    "set_suggested",
    "take_down_blog",
    "unpin_post",
    "unpublish_post",
    "unschedule_post",
    "withdraw_post",
]
