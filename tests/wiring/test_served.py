"""Promises of the lock of a home: it names the server, and ends with its process."""

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
