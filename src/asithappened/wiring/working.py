"""Runs the worker: beside a server, or alone in a process without a port.

Owns building the worker of an installation, and starting and stopping a process with a worker alone.
Look next: `work` for the list of work, `jobs.worker` for the worker itself.
"""

import signal
import sys
from pathlib import Path
from types import FrameType

from django.conf import settings
from prometheus_client import CollectorRegistry, start_http_server

from asithappened.jobs.metrics import Metrics
from asithappened.jobs.worker import Worker
from asithappened.wiring.bell import Doorbell
from asithappened.wiring.work import work


def make(registry: CollectorRegistry) -> Worker:
    """Make this process's worker, which reports to these metrics; nothing runs before `start`."""
    return Worker(work(), bell=lambda: Doorbell(Path(settings.DOORBELLS)), report=Metrics(registry))


def work_alone(*, drain_s: float, metrics_port: int | None = None) -> int:
    """Run a worker until it is stopped; return the exit code."""
    registry = CollectorRegistry()
    worker = make(registry)
    interrupted = False

    def hear(sig: int, _: FrameType | None) -> None:
        nonlocal interrupted
        again, interrupted = interrupted and sig == signal.SIGINT, interrupted or sig == signal.SIGINT
        if sig == signal.SIGINT and not again:
            sys.stderr.write(f"Stopping. What is in hand has {drain_s:g} s to end; Ctrl-C again stops now.\n")
        worker.drain(0.0 if again else drain_s)

    for handled in (signal.SIGINT, signal.SIGTERM):
        signal.signal(handled, hear)
    if metrics_port is not None:
        start_http_server(metrics_port, addr="127.0.0.1", registry=registry)
    worker.start()
    worker.join()
    return 128 + signal.SIGINT if interrupted else 0
