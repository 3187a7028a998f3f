"""A worker alone, in a separate process."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path


class Alone:
    """`asithappened run --role worker` in a process of its own."""

    def __init__(self, home: Path, *arguments: str) -> None:
        """Start it, and return once it works."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("ASITHAPPENED_", "DJANGO_"))}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "asithappened.wiring.cli", "run", "--role", "worker", *arguments],
            env=kept | {"ASITHAPPENED_HOME": str(home)}, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self.process.stderr is not None
        self.said = [self.process.stderr.readline()]
        while self.said[-1] and "Working in" not in self.said[-1]:
            self.said.append(self.process.stderr.readline())

    def listens(self) -> bool:
        """Say whether any of its sockets listens to the network."""
        inodes = set()
        for descriptor in Path(f"/proc/{self.process.pid}/fd").iterdir():
            with contextlib.suppress(OSError):
                inodes.add(str(descriptor.readlink()))
        rows = [line.split() for name in ("tcp", "tcp6") for line in Path(f"/proc/net/{name}").read_text().splitlines()]
        return any(row[3] == "0A" and f"socket:[{row[9]}]" in inodes for row in rows)

    def told(self, sig: signal.Signals) -> int:
        """Tell it to stop, and return its exit code."""
        self.process.send_signal(sig)
        return self.process.wait(60)


@contextlib.contextmanager
def working(home: Path, *arguments: str) -> Iterator[Alone]:
    """Run a worker alone, and leave none behind."""
    worker = Alone(home, *arguments)
    try:
        yield worker
    finally:
        worker.process.kill()
        worker.process.wait(30)
        assert worker.process.stderr is not None
        worker.process.stderr.close()
