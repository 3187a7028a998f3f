"""The worker's doorbell."""

import socket
from pathlib import Path

from asithappened.published import doorbell


class Doorbell:
    """Listens in a folder of doorbells, to publishes only while asked to. Binds again if the folder is cleared."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._others = doorbell.listen(folder, publishes=False)
        self._publishes: socket.socket | None = None

    def sockets(self, *, publishes: bool) -> list[socket.socket]:
        """Return the sockets that become readable when it rings, for `publishes` too or only for other things."""
        if not doorbell.is_bound(self._others):
            self._others.close()
            self._others = doorbell.listen(self._folder, publishes=False)
        if self._publishes is not None and not (publishes and doorbell.is_bound(self._publishes)):
            doorbell.close(self._publishes)
            self._publishes = None
        if publishes and self._publishes is None:
            self._publishes = doorbell.listen(self._folder)
        return [self._others] if self._publishes is None else [self._others, self._publishes]

    def heard(self) -> bool:
        """Read the rings; return whether one was for something other than a live blog."""
        if self._publishes is not None:
            doorbell.receive(self._publishes)
        return 0 in doorbell.receive(self._others)

    def close(self) -> None:
        self.sockets(publishes=False)
        doorbell.close(self._others)
