"""What both lanes share: hosts, proxies, and the counts and limits of all connections. Look next: guard.py."""

from asithappened.delivery import documents
from asithappened.delivery.bodies import Bodies
from asithappened.delivery.connections import Connections
from asithappened.delivery.metrics import Metrics
from asithappened.delivery.proxies import Proxies
from asithappened.delivery.recognised import Recognised
from asithappened.delivery.refusals import Pages, Refusals


class Ingress:
    """These of one process."""

    def __init__(
        self,
        hosts: frozenset[str],
        metrics: Metrics,
        *,
        proxies: Proxies | None = None,
        session_cookie: str = "",
        secure: bool = False,
        refused: Pages | None = None,
        language: str = "en",
    ) -> None:
        """`hosts`: the names that this installation answers to; `secure`: readers use HTTPS.

        `session_cookie`: its name in the application behind; `refused`: the pages of refusals, in this `language` for
        whoever asks for no other.
        """
        self.hosts = hosts
        self.proxies = proxies or Proxies()
        self.refusals = Refusals(metrics, refused, language)
        self.connections = Connections(self.proxies, self.refusals)
        self.bodies = Bodies()
        self.recognised = Recognised(session_cookie)
        self.every_header = documents.HSTS if secure else []
        self.every_line = documents.lines(self.every_header)  # the same, as bytes of HTTP
        self._metrics = metrics

    def report(self, now: float) -> None:
        """Update the metrics, and log refusals; `now` on the loop's clock. Called every 2 s."""
        self._metrics.connections.set(len(self.connections.open))
        self._metrics.body_bytes.set(self.bodies.held)
        self.refusals.report(now)


def host_of(value: bytes) -> str:
    """Return a Host header without its port, in lower case."""
    host = value.decode("latin-1").strip().lower()
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdigit() else host
