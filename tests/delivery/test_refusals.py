"""Promises of `delivery.refusals`: an attack shows in the log, and does not fill the disk."""

import pytest

from asithappened.delivery import refusals
from asithappened.delivery.metrics import Metrics
from asithappened.delivery.refusals import Refusals


def test_many_refusals_are_one_line_that_names_each_kind_and_its_last_address(caplog: pytest.LogCaptureFixture) -> None:
    metrics = Metrics()
    refused = Refusals(metrics)
    refused.report(0.0)
    assert not caplog.messages, "nothing was refused"
    for address in ("192.0.2.1", "192.0.2.2", "192.0.2.3"):
        refused.note(refusals.CROWD, address)
    refused.note(refusals.FULL, "192.0.2.9")
    refused.report(0.0)
    refused.note(refusals.FULL, "192.0.2.10")
    refused.report(refusals.LOG_S - 0.1)
    assert caplog.messages == [
        "Refused: 3 came from an address that has too many (last from 192.0.2.3);"
        " 1 found all places taken (last from 192.0.2.9)"
    ]
    refused.report(refusals.LOG_S)
    assert caplog.messages[1:] == ["Refused: 1 found all places taken (last from 192.0.2.10)"]
    assert metrics.registry.get_sample_value("asithappened_refusals_total", {"why": "full"}) == 2


def test_who_found_no_room_is_told_when_to_come_back() -> None:
    assert (b"retry-after", b"5") in refusals.answer(refusals.FULL).headers
    assert not [name for name, _ in refusals.answer(refusals.BODY_LARGE).headers if name == b"retry-after"]
