"""Removing the sample content: the live blogs that the demonstration opened. Look next: `desk.sample`."""

from asithappened.accounts import gate
from asithappened.accounts.models import User
from asithappened.core.rules import Refusal
from asithappened.desk import sample
from asithappened.desk.actions.blog import take_down_blog
from asithappened.desk.actions.carry_out import Refused


def remove_sample(*, by: User) -> int:
    """Take the sample's live blogs down, and return how many there were. Raises Refused if there is none."""
    gate.check_may_administer(by)
    found = sample.blogs()
    if not found:
        raise Refused(Refusal("unchanged", "There is no sample here any more."))
    for blog in found:
        take_down_blog(blog, by=by, reason="Sample content, removed.")
    return len(found)
