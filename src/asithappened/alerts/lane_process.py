"""A lane's process: started with the first batch, given so long for an answer, ended with the lane.

Owns the child and the talk with it: a line of JSON each way for each batch. In the desk's own process what a message
costs (a key pair, a connection, an event loop) competes with every publish for Python's lock.
"""

import math
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from types import TracebackType
from typing import Final

import msgspec

from asithappened.alerts.lane_child import Batch, Became, Limits

START_S: Final = 20.0
_PIECE: Final = 65_536
# Nothing of the newsroom's environment, which holds secrets; where certificates are is none.
_CERTIFICATES: Final = ("SSL_CERT_FILE", "SSL_CERT_DIR")


class LaneFailed(Exception):
    """The process ended, or did not answer in time. The message says how."""


class Lane:
    """The process of one push service, while an alert is sent through it."""

    def __init__(self, limits: Limits) -> None:
        """Know the limits. Starts nothing."""
        self._limits = limits
        self._talk, self._theirs = socket.socketpair()
        self._process: subprocess.Popen[bytes] | None = None
        self._question = msgspec.json.encode(limits) + b"\n"  # the limits are said once

    def __enter__(self) -> "Lane":
        """Return it."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """End its process, if one was started."""
        self._talk.close()
        self._theirs.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def send(self, batch: Batch) -> Became:
        """Send to these devices. Raises LaneFailed, after which the lane is not asked again."""
        turns = math.ceil(len(batch.devices) / self._limits.at_once)
        within_s = START_S + len(batch.devices) / self._limits.a_second + turns * self._limits.within_s
        try:
            if self._process is None:
                self._process = self._start()
            return msgspec.json.decode(self._asked(batch, within_s), type=Became)
        except TimeoutError as error:
            raise LaneFailed(f"its process took longer than {within_s:.0f} s") from error
        except OSError as error:
            raise LaneFailed(f"its process failed ({self._last_words() or error})") from error
        except msgspec.MsgspecError as error:
            raise LaneFailed(f"its process answered with something else: {error}") from error

    def _start(self) -> subprocess.Popen[bytes]:
        kept = {name: os.environ[name] for name in _CERTIFICATES if name in os.environ}
        with self._theirs:
            return subprocess.Popen(
                [sys.executable, "-I", "-m", "asithappened.alerts.lane_child"],
                stdin=self._theirs.fileno(),
                stdout=subprocess.DEVNULL,
                env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "MALLOC_ARENA_MAX": "1", **kept},
                start_new_session=True,
            )

    def _asked(self, batch: Batch, within_s: float) -> bytes:
        ends = time.monotonic() + within_s
        self._talk.settimeout(within_s)
        self._talk.sendall(self._question + msgspec.json.encode(batch) + b"\n")
        self._question = b""
        answer = b""
        while not answer.endswith(b"\n"):
            self._talk.settimeout(max(0.001, ends - time.monotonic()))
            piece = self._talk.recv(_PIECE)
            if not piece:
                raise ConnectionError("it closed its end")
            answer += piece
        return answer

    def _last_words(self) -> str:
        if self._process is None:
            return ""
        with suppress(subprocess.TimeoutExpired):
            code = self._process.wait(1)
            return signal.Signals(-code).name if code < 0 else f"exit code {code}"
        return ""
