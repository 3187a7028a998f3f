"""Promise of a process that only works: Ctrl-C ends it as it ends a server, and several may work."""

import signal
from pathlib import Path

import pytest

from tests.wiring.commanding import command
from tests.wiring.working_alone import working


@pytest.mark.terminal
def test_a_worker_alone_ends_by_ctrl_c_as_a_server_does_and_several_may_work(home: Path) -> None:
    with working(home) as one, working(home) as two:
        assert any("Joining it" in line for line in two.said)
        assert one.told(signal.SIGINT) == 130
        assert two.told(signal.SIGTERM) == 0
    wrong = command("run", "--role", "worker", "--workers", "2", home=home)
    assert wrong.returncode == 2
    assert "as many as you like" in wrong.stderr
    assert command("run", "--role", "cook", home=home).returncode == 2
