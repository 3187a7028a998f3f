"""The doorbell as the worker hears it."""

import socket
from pathlib import Path

from asithappened.published import doorbell


class Doorbell:
    """Listens in a folder of doorbells, and makes its socket again if somebody clears the folder."""

    def __init__(self, folder: Path) -> None:
        """Begin to listen."""
        self._folder, self._bell = folder, doorbell.listen(folder)

    def socket(self) -> socket.socket:
        """Return what becomes readable when it rings."""
        if not doorbell.is_bound(self._bell):
            self._bell.close()
            self._bell = doorbell.listen(self._folder)
        return self._bell

    def heard(self) -> bool:
        """Read the rings; say whether one was for something other than a live blog."""
        return 0 in doorbell.receive(self._bell)

    def close(self) -> None:
        """Listen no more."""
        doorbell.close(self._bell)
