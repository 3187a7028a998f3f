"""Promises of the inside of a lane's process."""

import os
import socket
import subprocess
import sys
import threading

import msgspec

from tests.alerts.phones import PushService
from tests.alerts.test_lane_process import batch, limits


def test_a_process_ends_when_whoever_asked_is_gone_even_in_the_middle_of_a_batch(service: PushService) -> None:
    asked = threading.Event()
    service.when_asked = lambda _: asked.set()
    ours, theirs = socket.socketpair()
    with theirs:
        child = subprocess.Popen(
            [sys.executable, "-I", "-m", "asithappened.alerts.lane_child"],
            stdin=theirs.fileno(),
            env={"PATH": os.defpath},
        )
    lines = [limits("127.0.0.0/8"), batch(service, "never-1", "never-2")]
    with ours:
        ours.sendall(b"".join(msgspec.json.encode(line) + b"\n" for line in lines))
        assert asked.wait(30)
    assert child.wait(30) == 1
    assert service.asked == ["never-1"]
