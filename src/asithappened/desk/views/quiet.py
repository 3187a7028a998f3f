"""Whether a live blog has been quiet for so long that its coverage may be over. Only a person closes it."""

from datetime import datetime, timedelta
from typing import Any, Final

from asithappened.accounts.gate import Grant
from asithappened.jobs.clock import CLOCK
from asithappened.log import read

QUIET: Final = timedelta(hours=3)


def quiet(grant: Grant) -> dict[str, Any]:
    """Return the time of the newest post (`since`; None: unknown), and whether that is long ago (`now`)."""
    newest = read.posts(grant.id, newest=1)
    since: datetime | None = newest[0].published_at if newest else grant.state.opened_at
    return {"since": since, "now": since is not None and CLOCK.now() - since > QUIET}
