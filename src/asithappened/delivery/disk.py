"""Whether the home's disk can be written: a newsroom that cannot publish is not ready.

Owns one small file, which is written and removed at most every CHECK_S, when asked.
"""

import asyncio
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

CHECK_S: Final = 5.0  # between two tries, however often one is asked for
TRIED_BYTES: Final = 64 * 1024  # more than the few blocks that a full disk may still have


class Disk:
    """The disk that a folder is on."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._trying: asyncio.Task[bool] | None = None
        self._tried_at = 0.0

    async def writable(self) -> bool:
        """Say whether it could be written to, now or a few seconds ago."""
        if self._trying is None or (self._trying.done() and time.monotonic() - self._tried_at > CHECK_S):
            self._tried_at = time.monotonic()
            self._trying = asyncio.get_running_loop().create_task(asyncio.to_thread(self._try))
        return await asyncio.shield(self._trying)

    def _try(self) -> bool:
        path = self._folder / f".writable-{os.getpid()}"
        written = False
        with suppress(OSError):
            path.write_bytes(bytes(TRIED_BYTES))
            written = True
        with suppress(OSError):
            path.unlink(missing_ok=True)  # also the part that a full disk took
        return written
