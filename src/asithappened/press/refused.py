"""The exceptions of `publish`."""

from asithappened.core.events import Event
from asithappened.core.rules import Refusal


class Refused(Exception):
    """An event may not happen. Nothing was written; `refusal` says why, in a code and in words."""

    def __init__(self, refusal: Refusal, event: Event | None = None) -> None:
        super().__init__(refusal.message)
        self.refusal = refusal
        self.event = event


class Busy(Exception):
    """Other publishes came first too often. Nothing was written; the same call, with the same key, can be repeated."""
