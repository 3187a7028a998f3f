"""The one HTTP client for addresses that a person, a file or another site named.

Owns which addresses may be connected to, and the limits of an answer: time, bytes, redirects. No cookies, no proxy from
the environment, no kept connections. Callers decide what to do with an answer. What the operator configured is not
asked by `fetch`: HTTP services by `configured`; a database, S3, mail and GRIP by modules that pyproject.toml lists
under "per-file-ignores".
"""

from asithappened.outbound.addresses import Guard
from asithappened.outbound.deadline import Deadline
from asithappened.outbound.errors import Failed, Forbidden, OutboundError
from asithappened.outbound.fetching import Fetched, fetch
from asithappened.outbound.politely import politely
from asithappened.outbound.posting import Answer, Poster

__all__ = [
    "Answer",
    "Deadline",
    "Failed",
    "Fetched",
    "Forbidden",
    "Guard",
    "OutboundError",
    "Poster",
    "fetch",
    "politely",
]
