"""Beginning anew after the database was put back to an earlier state.

Owns the way to press's new epochs for packages that may not call press. Readers may hold events that the log no longer
has, and numbers that it will give to others: only another epoch tells them so.
"""

from asithappened import press
from asithappened.desk.actions.actor import System
from asithappened.desk.actions.carry_out import note


def begin_anew() -> int:
    """Give every live blog a new epoch, note it, and return how many there are."""
    blogs = press.begin_anew()
    for blog in blogs:
        note(blog, by=System(name="restore"), name="restored")
    return len(blogs)
