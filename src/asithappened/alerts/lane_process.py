"""A lane's process: started with the first batch, given so long for an answer, ended with the lane.

Owns what is asked and answered: a line of JSON each way for each batch. In the desk's own process what a message costs
(a key pair, a connection, an event loop) competes with every publish for Python's lock. Look next: `children.child`,
`lane_child`.
"""

import math
import os
from types import TracebackType
from typing import Final

import msgspec

from asithappened.alerts.lane_child import LINE_BYTES, Batch, Became, Limits
from asithappened.children.child import Child, ChildFailed

START_S: Final = 20.0
_CERTIFICATES: Final = ("SSL_CERT_FILE", "SSL_CERT_DIR")


class LaneFailed(Exception):
    """The process ended, or did not answer in time. The message says how."""


class Lane:
    """The process of one push service, while an alert is sent through it."""

    def __init__(self, limits: Limits) -> None:
        """Know the limits. Starts nothing."""
        self._limits = limits
        self._child: Child | None = None

    def __enter__(self) -> "Lane":
        """Return it."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """End its process, if one was started."""
        if self._child is not None:
            self._child.end()

    def send(self, batch: Batch) -> Became:
        """Send to these devices. Raises LaneFailed, after which the lane is not asked again."""
        turns = math.ceil(len(batch.devices) / self._limits.at_once)
        within_s = START_S + len(batch.devices) / self._limits.a_second + turns * self._limits.within_s
        question = msgspec.json.encode(batch)
        try:
            if self._child is None:
                kept = {name: os.environ[name] for name in _CERTIFICATES if name in os.environ}
                self._child = Child("asithappened.alerts.lane_child", environment=kept, answer_bytes=LINE_BYTES)
                question = msgspec.json.encode(self._limits) + b"\n" + question  # the limits are said once
            return msgspec.json.decode(self._child.ask(question, within_s), type=Became)
        except ChildFailed as error:
            raise LaneFailed(str(error)) from error
        except msgspec.MsgspecError as error:
            raise LaneFailed(f"its process answered with something else: {error}") from error
