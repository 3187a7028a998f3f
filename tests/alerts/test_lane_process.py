"""Promises of a lane's process: it is told what it needs and nothing else, and ends with the lane."""

from pathlib import Path

import pytest

from asithappened.alerts.lane_child import Batch, Limits, To
from asithappened.alerts.lane_process import Lane
from tests.alerts.newsroom import lanes
from tests.alerts.phones import Phone, PushService


def limits(*networks: str) -> Limits:
    return Limits(networks=list(networks), at_once=1, a_second=1_000, within_s=5.0, failures=3, longest_pause_s=60.0)


def batch(service: PushService, *names: str) -> Batch:
    phone = Phone()
    endpoints = [service.subscription(phone, name)["endpoint"] for name in names]
    devices = [To(n, endpoint, phone.p256dh, phone.auth) for n, endpoint in enumerate(endpoints)]
    return Batch(message=b"{}", headers={"ttl": "60"}, signed={service.origin: "vapid t=x, k=y"}, devices=devices)


def test_a_lane_connects_to_no_network_that_the_operator_did_not_open(service: PushService) -> None:
    with Lane(limits()) as lane:
        became = lane.send(batch(service, "ok-1", "ok-2", "ok-3", "ok-4"))
    assert service.asked == []
    assert list(became.answers.values()) == [None, None, None]
    assert became.stopped
    assert "127.0.0.1" in became.why


def test_a_lane_sees_nothing_of_the_newsrooms_environment(
    service: PushService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASITHAPPENED_SECRET_KEY", "never to be seen")
    service.answers = {"gone": (410, {})}
    with Lane(limits("127.0.0.0/8")) as lane:
        assert lanes() == []  # nothing was sent yet
        lane.send(batch(service, "gone-1"))
        [child] = lanes()
        environment = Path(f"/proc/{child}/environ").read_bytes()
    assert b"LC_ALL=C.UTF-8" in environment
    assert b"ASITHAPPENED" not in environment
    assert b"DJANGO" not in environment
    assert lanes() == []
