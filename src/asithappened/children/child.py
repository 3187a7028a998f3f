"""A child process of this program that answers questions: a line each way, and a deadline for each answer.

Owns starting it without our environment, the socket pair, how it failed, and ending it with all that it started. What
the lines say is their users' (`alerts.lane_process`, `ledger.plugin_process`). It is no sandbox: that is
`media.sandbox`.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Final

_PIECE: Final = 65_536
# Nothing of the newsroom's environment, which holds secrets.
_ENVIRONMENT: Final = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "MALLOC_ARENA_MAX": "1"}


class ChildFailed(Exception):
    """A child did not start, ended, or did not answer in time or within its length. The message says which."""


class Child:
    """A process that runs a module of ours, which finds the other end of the talk as its input."""

    def __init__(
        self, module: str, *arguments: str, environment: Mapping[str, str] | None = None, answer_bytes: int
    ) -> None:
        """Start it. `environment`: what it gets besides a path and a locale. Raises ChildFailed."""
        self._answer_bytes = answer_bytes
        self._talk, theirs = socket.socketpair()
        try:
            self._process = subprocess.Popen(  # noqa: S603  this program itself
                [sys.executable, "-I", "-m", module, *arguments],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                env={**_ENVIRONMENT, **(environment or {})},
                start_new_session=True,
            )
        except OSError as error:
            self._talk.close()
            raise ChildFailed(f"its process could not be started: {error}") from error
        finally:
            theirs.close()

    def ask(self, question: bytes, within_s: float) -> bytes:
        """Send one line and return the line of the answer. Raises ChildFailed, after which it is only to be ended."""
        ends = time.monotonic() + within_s
        try:
            self._talk.settimeout(within_s)
            self._talk.sendall(question + b"\n")
            return self._line(ends)
        except TimeoutError as error:
            raise ChildFailed(f"its process took longer than {within_s:g} s, and was ended") from error
        except OSError as error:
            raise ChildFailed(f"its process has ended ({self._how_it_ended()})") from error

    def _line(self, ends: float) -> bytes:
        pieces, length = list[bytes](), 0
        while True:
            left = ends - time.monotonic()
            if left <= 0:
                raise TimeoutError
            self._talk.settimeout(left)
            piece = self._talk.recv(_PIECE)
            if not piece:
                raise ConnectionError
            pieces.append(piece)
            length += len(piece)
            if length > self._answer_bytes:
                raise ChildFailed(f"its answer is longer than {self._answer_bytes:,} bytes")
            if piece.endswith(b"\n"):
                return b"".join(pieces)

    def _how_it_ended(self) -> str:
        with suppress(subprocess.TimeoutExpired):
            code = self._process.wait(1)
            return signal.Signals(-code).name if code < 0 else f"exit code {code}"
        return "it closed its end"

    def end(self) -> None:
        """End the process, and all that it started."""
        self._talk.close()
        if self._process.returncode is None:  # before it is waited for: until then nobody else can have its number
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
