"""Removing the sample content: the live blogs that the demonstration opened, and the sources that it added.

Look next: `desk.sample`.
"""

from asithappened.accounts import gate
from asithappened.accounts.models import User
from asithappened.core import events as e
from asithappened.core.ledger_state import Series, Statement
from asithappened.core.rules import Refusal
from asithappened.desk import sample
from asithappened.desk.actions.blog import take_down_blog
from asithappened.desk.actions.carry_out import Refused
from asithappened.desk.models import Source
from asithappened.log import read


def remove_sample(*, by: User) -> int:
    """Take the sample's live blogs down, and return how many there were. Raises Refused if there is none.

    Its sources leave the list, except those that somebody changed, or quoted in a live blog of the house's own.
    """
    gate.check_may_administer(by)
    found = sample.blogs()
    if not found:
        raise Refused(Refusal("unchanged", "There is no sample here any more."))
    for blog in found:
        take_down_blog(blog, by=by, reason="Sample content, removed.")
    added = Source.objects.filter(key__in=sample.sources(), version=1, leaving=False, merged_into=None)
    added.exclude(key__in=_quoted()).delete()
    return len(found)


def _quoted() -> set[str]:
    """Return the keys of all sources in the ledgers of live blogs that are there."""
    keys: set[str] = set()
    for blog, _state in read.blogs():
        for row in (*read.rows(blog, e.STATEMENT), *read.rows(blog, e.SERIES)):
            if isinstance(row, Statement):
                keys |= {row.by.source} if row.by else set()
            elif isinstance(row, Series):
                keys |= {value.by.source for value in row.values if value.by}
    return keys
