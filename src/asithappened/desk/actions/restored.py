"""Starting new epochs after the database was restored to an earlier state.

Lets packages that may not call press start new epochs. Readers may hold events that the log no longer has, under
numbers that it will use again; only another epoch tells them so.
"""

from asithappened import press
from asithappened.desk.actions.actor import System
from asithappened.desk.actions.carry_out import note


def begin_anew() -> int:
    """Give every live blog a new epoch, audit it, and return how many there are."""
    blogs = press.begin_anew()
    for blog in blogs:
        note(blog, by=System(name="restore"), name="restored")
    return len(blogs)
