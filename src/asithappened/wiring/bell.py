"""The doorbell as the worker hears it."""

import socket
from pathlib import Path

from asithappened.published import doorbell


class Doorbell:
    """Listens in a folder of doorbells; again, if somebody clears it."""

    def __init__(self, folder: Path) -> None:
        """Begin to listen."""
        self._folder, self._bell = folder, doorbell.listen(folder)

    def socket(self) -> socket.socket:
        """Return what becomes readable when it rings."""
        if not doorbell.hangs(self._bell):
            self._bell.close()
            self._bell = doorbell.listen(self._folder)
        return self._bell

    def heard(self) -> bool:
        """Take off what was rung; say whether it was of something else than a live blog."""
        return 0 in doorbell.heard(self._bell)

    def close(self) -> None:
        """Listen no more."""
        doorbell.hang_up(self._bell)
