"""Clocks that a test sets."""

from asithappened.jobs.clock import Clock

EPOCH = 1_800_000_000.0


class Machine:
    """A machine's two clocks: one that anybody can set, and one that only goes on."""

    def __init__(self) -> None:
        """Begin in January 2027."""
        self.wall, self.uptime, self.boot = EPOCH, 500.0, "boot-1"

    def process(self) -> Clock:
        """Return the clock of a process that begins now."""
        return Clock(wall=lambda: self.wall, elapsed=lambda: self.uptime, boot=self.boot)

    def elapse(self, seconds: float) -> None:
        """Let time pass."""
        self.wall += seconds
        self.uptime += seconds

    def set(self, by_s: float) -> None:
        """Set the clock, forth or back."""
        self.wall += by_s
