"""A listener of the doorbell: the socket at which rings arrive, and the stamp.

Owns opening both again after their folder was cleared. Look next: published/doorbell.py, which rings.
"""

import asyncio
import socket
from pathlib import Path

from asithappened.published import doorbell


class Bell:
    """A listener of the doorbell. `open` begins to listen; the stamp can be read before."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.stamp = doorbell.Stamp(folder)
        self._rung = asyncio.Event()
        self._socket: socket.socket | None = None

    def open(self) -> None:
        """Listen, on the running loop."""
        self._socket = doorbell.listen(self._folder)
        asyncio.get_running_loop().add_reader(self._socket, self._receive)

    def close(self) -> None:
        if self._socket is not None:
            asyncio.get_running_loop().remove_reader(self._socket)
            doorbell.close(self._socket)
            self._socket = None

    async def rung(self, *, within_s: float) -> bool:
        """Wait for a ring; return False if there was none."""
        try:
            async with asyncio.timeout(within_s):
                await self._rung.wait()
        except TimeoutError:
            return False
        finally:
            self._rung.clear()
        return True

    def rebind(self) -> None:
        """Open socket and stamp again if the folder was cleared, as /tmp is every week."""
        self.stamp.reopen()
        if self._socket is None or not doorbell.is_bound(self._socket):
            self.close()
            self.open()

    def _receive(self) -> None:
        assert self._socket is not None
        if doorbell.receive(self._socket):
            self._rung.set()
