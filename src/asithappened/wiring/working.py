"""The worker of a process: beside its server, or alone in a process that listens on no port.

Owns how the worker is put together for a real installation, and how a process that only works starts and ends.
Look next: `work` for what there is to do, `jobs.worker` for how it is done.
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
    """Make the worker of this process, which counts among these metrics; nothing runs before `start`."""
    return Worker(work(), bell=lambda: Doorbell(Path(settings.DOORBELLS)), report=Metrics(registry))


def work_alone(*, drain_s: float, metrics_port: int | None = None) -> int:
    """Work until told to stop; return the exit code."""
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
