"""Promises of the doctor about the machine: a clock before the log, a full disk and files of others are named."""

from pathlib import Path

import pytest
import time_machine
from pytest_django import Settings

from asithappened import press
from asithappened.core import events as e
from asithappened.wiring.doctor import machine


@pytest.mark.django_db
def test_a_clock_that_stands_before_what_is_in_the_log_is_said_to() -> None:
    press.publish(None, [e.BlogOpened(slug="storm", title="Storm")])
    assert machine.clock().result == "ok"
    with time_machine.travel("2026-01-02T00:00:00Z", tick=False):
        assert machine.clock().result == "fail"


def test_a_disk_is_full_before_it_refuses_a_publish(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "DISK_WARN_BYTES", 2**62)
    monkeypatch.setattr(machine, "DISK_FAIL_BYTES", 0)
    assert machine.disk().result == "warn"
    monkeypatch.setattr(machine, "DISK_FAIL_BYTES", 2**62)
    assert machine.disk().result == "fail"


def test_keys_that_others_can_read_are_named_with_what_to_do(tmp_path: Path, settings: Settings) -> None:
    settings.HOME = tmp_path
    key = tmp_path / "secret.key"
    key.write_bytes(b"k")
    key.chmod(0o600)
    assert machine.home().result == "ok"
    key.chmod(0o644)
    found = machine.home()
    assert (found.result, found.do) == ("fail", f"chmod 600 {key}")
