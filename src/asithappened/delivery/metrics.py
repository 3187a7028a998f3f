"""Metrics in Prometheus's form.

Owns their names. They are served on an internal address only: how many readers a blog has is the newsroom's business.
"""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram


class Metrics:
    """Counters and gauges of one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.readers = Gauge("asithappened_readers", "Open streams", registry=self.registry)
        self.events = Counter("asithappened_events", "Events sent to rooms", registry=self.registry)
        self.deliveries = Counter("asithappened_deliveries", "Batches written to readers", registry=self.registry)
        self.latency = Histogram(
            "asithappened_delivery_seconds",
            "From append to the last reader's write",
            registry=self.registry,
            buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5),
        )
        self.queued = Gauge("asithappened_queued_bytes", "Bytes that wait for slow readers", registry=self.registry)
        self.resets = Counter("asithappened_resets", "Streams told to begin again", registry=self.registry)
        self.cuts = Counter(
            "asithappened_cuts", "Streams cut because their reader did not read", registry=self.registry
        )
        self.refused = Counter("asithappened_refused_streams", "Streams refused: full", registry=self.registry)
        self.refusals = Counter(
            "asithappened_refusals", "Connections and requests ended by us", ["why"], registry=self.registry
        )
        self.connections = Gauge("asithappened_connections", "Open connections", registry=self.registry)
        self.body_bytes = Gauge(
            "asithappened_body_bytes", "Bytes of requests that are not answered yet", registry=self.registry
        )
        self.behind_running = Gauge(
            "asithappened_desk_running", "Requests that the desk is answering", registry=self.registry
        )
        self.behind_waiting = Gauge(
            "asithappened_desk_waiting", "Requests that wait for the desk", registry=self.registry
        )
        self.edge_items = Counter("asithappened_edge_items", "Items sent to edges", registry=self.registry)
        self.edge_failures = Counter(
            "asithappened_edge_failures", "Times that an edge could not be told", registry=self.registry
        )
