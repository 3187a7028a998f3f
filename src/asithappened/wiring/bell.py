"""The worker's doorbell."""

import socket
from pathlib import Path

from asithappened.published import doorbell


class Doorbell:
    """Listens in a folder of doorbells, and binds its socket again if the folder is cleared."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._bell = folder, doorbell.listen(folder)

    def socket(self) -> socket.socket:
        """Return the socket that becomes readable when it rings."""
        if not doorbell.is_bound(self._bell):
            self._bell.close()
            self._bell = doorbell.listen(self._folder)
        return self._bell

    def heard(self) -> bool:
        """Read the rings; return whether one was for something other than a live blog."""
        return 0 in doorbell.receive(self._bell)

    def close(self) -> None:
        doorbell.close(self._bell)
