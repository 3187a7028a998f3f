"""A retrying thread logs one line for an outage, whatever happens in it, and ends when it is stopped."""

import logging
import threading

import pytest

from asithappened.published import retrying
from asithappened.published.retrying import RetryingThread
from tests.delivery.serving import until

log = logging.getLogger("asithappened.delivery")


class Asking(RetryingThread):
    """Fails until `there` is set."""

    log = log
    fails = "Nobody is at http://edge/%2F%s"
    works_again = "Somebody is at http://edge/%2F%s again"

    def __init__(self) -> None:
        super().__init__("asking")
        self.tried = 0
        self.there = threading.Event()

    def _work(self) -> None:
        self.tried += 1
        if not self.there.is_set():
            raise OSError("100 % away,\ntwice")
        self._works()
        self._stopped(None)


def test_an_outage_is_one_line_whatever_the_address_and_the_error_hold(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retrying, "RETRY_S", 0.01)
    asking = Asking()
    with caplog.at_level(logging.WARNING):
        asking.start()
        until(lambda: asking.tried > 3)
        asking.there.set()
        until(lambda: len(caplog.messages) > 1)
        asking.stop()
    assert not asking._thread.is_alive()
    assert caplog.messages == [
        "Nobody is at http://edge/%2F%s: OSError: 100 % away, twice",
        "Somebody is at http://edge/%2F%s again",
    ]
