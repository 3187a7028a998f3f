"""This process's ear at the doorbell: the socket that rings arrive at, and the stamp.

Owns that both are found again where somebody cleared their folder. Look next: published/doorbell.py, what a ring is.
"""

import asyncio
import socket
from pathlib import Path

from asithappened.published import doorbell


class Bell:
    """A listener of the doorbell, once it is open on a loop."""

    def __init__(self, folder: Path) -> None:
        """Map the stamp; `open` begins to listen."""
        self._folder = folder
        self.stamp = doorbell.Stamp(folder)
        self._rung = asyncio.Event()
        self._socket: socket.socket | None = None

    def open(self) -> None:
        """Listen, on the running loop."""
        self._socket = doorbell.listen(self._folder)
        asyncio.get_running_loop().add_reader(self._socket, self._hear)

    def close(self) -> None:
        """Stop listening."""
        if self._socket is not None:
            asyncio.get_running_loop().remove_reader(self._socket)
            doorbell.hang_up(self._socket)
            self._socket = None

    async def rung(self, *, within_s: float) -> bool:
        """Wait for a ring, and say whether there was one."""
        try:
            await asyncio.wait_for(self._rung.wait(), within_s)
        except TimeoutError:
            return False
        finally:
            self._rung.clear()
        return True

    def rebind(self) -> None:
        """Listen where rings are sent, should somebody have cleared the folder (/tmp is cleared by the week)."""
        self.stamp.follow()
        if self._socket is None or not doorbell.hangs(self._socket):
            self.close()
            self.open()

    def _hear(self) -> None:
        assert self._socket is not None
        if doorbell.heard(self._socket):
            self._rung.set()
