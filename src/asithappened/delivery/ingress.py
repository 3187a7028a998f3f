"""What both lanes share of each connection: its limits, who is asking, and how it is refused.

Owns nothing of its own: it holds these together. Look next: guard.py, which asks them.
"""

from asithappened.delivery import documents
from asithappened.delivery.bodies import Bodies
from asithappened.delivery.connections import Connections
from asithappened.delivery.metrics import Metrics
from asithappened.delivery.proxies import Proxies
from asithappened.delivery.recognised import Recognised
from asithappened.delivery.refusals import Refusals


class Ingress:
    """Those of one process."""

    def __init__(
        self,
        hosts: frozenset[str],
        metrics: Metrics,
        *,
        proxies: Proxies | None = None,
        session_cookie: str = "",
        secure: bool = False,
    ) -> None:
        """Know the hosts that this installation answers to, whose word is taken on whom a request is from, and cookies.

        `session_cookie`: by which the application behind knows people; `secure`: whether readers come by HTTPS.
        """
        self.hosts = hosts
        self.proxies = proxies or Proxies()
        self.refusals = Refusals(metrics)
        self.connections = Connections(self.proxies, self.refusals)
        self.bodies = Bodies()
        self.recognised = Recognised(session_cookie)
        self.every_header = documents.HSTS if secure else []
        self.every_line = documents.lines(self.every_header)  # the same, as it goes over a connection
        self._metrics = metrics

    def report(self, now: float) -> None:
        """Say in metrics and log what is held and what was refused; `now` on the loop's clock. Called every 2 s."""
        self._metrics.connections.set(len(self.connections.open))
        self._metrics.body_bytes.set(self.bodies.held)
        self.refusals.report(now)


def host_of(value: bytes) -> str:
    """Return a Host header without its port, in lower case."""
    host = value.decode("latin-1").strip().lower()
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdigit() else host
