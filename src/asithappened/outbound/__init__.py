"""The one way out: whatever a person, a file or another site named is asked for here, and nowhere else.

Owns which addresses may be connected to, and what an answer may cost: time, bytes, redirects. No cookies, no proxy from
the environment, no keeping of connections. Never what is done with an answer. What the operator configured (a database,
S3, mail, GRIP) does not come this way: those modules are listed in pyproject.toml, under "banned-api".
"""

from asithappened.outbound.addresses import Guard
from asithappened.outbound.deadline import Deadline
from asithappened.outbound.errors import Failed, Forbidden, OutboundError
from asithappened.outbound.fetching import Fetched, fetch
from asithappened.outbound.politely import politely

__all__ = ["Deadline", "Failed", "Fetched", "Forbidden", "Guard", "OutboundError", "fetch", "politely"]
