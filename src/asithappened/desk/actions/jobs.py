"""What a site admin says of jobs that wait for a person's word. Look next: `jobs.stopped`."""

from asithappened.accounts import gate
from asithappened.accounts.models import User
from asithappened.core.rules import Refusal
from asithappened.desk.actions.carry_out import Refused
from asithappened.jobs import stopped


def settle_job(number: int, *, by: User, word: str) -> None:
    """Have a job tried again, discarded, or taken for done, by `stopped.SETTLED`; Refused if somebody was first."""
    gate.check_may_administer(by)
    if not stopped.SETTLED[word](number, by=by.pk):
        raise Refused(Refusal("settled", "This job does not wait for anybody's word any more. Nothing was changed."))
