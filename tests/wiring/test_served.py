"""Promises of the lock of a home: it names the server, and ends with its process."""

import fcntl
import os
from pathlib import Path

import pytest

from asithappened.wiring import address, served


def test_a_lock_says_who_serves_and_is_gone_with_the_process(tmp_path: Path) -> None:
    assert served.server_of(tmp_path) is None
    with served.serving(tmp_path, listens="http://localhost:1") as first:
        assert first is None
        one = served.server_of(tmp_path)
        assert one is not None
        assert (one.pid, one.listens) == (os.getpid(), "http://localhost:1")
        with served.serving(tmp_path, listens="http://localhost:2") as there:
            assert there == one
        with pytest.raises(served.Taken, match="Stop that first"), served.exclusively(tmp_path):
            pass
    assert served.server_of(tmp_path) is None
    with served.exclusively(tmp_path), pytest.raises(served.Taken), served.serving(tmp_path, listens="x"):
        pass
    assert address.kept(tmp_path) is None


def test_two_servers_that_start_at_the_same_instant_both_serve(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (tmp_path / served.FILE).open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        monkeypatch.setattr("asithappened.wiring.served.time.sleep", lambda _: fcntl.flock(other, fcntl.LOCK_SH))
        with served.serving(tmp_path, listens="http://localhost:2") as there:
            assert str(there) == "another process"
