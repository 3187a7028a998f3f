"""Promises of backup and restore: nothing is replaced while a home is served, and nothing written over."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.wiring.commanding import command

pytestmark = pytest.mark.terminal


def test_a_backup_is_not_written_over(home: Path) -> None:
    file = home.parent / "backup.tar"
    file.write_text("a year of work")
    assert "not written over" in command("backup", str(file), home=home).stderr
    assert file.read_text() == "a year of work"


HOLD = """
import sys, pathlib
from asithappened.wiring import served
with served.serving(pathlib.Path(sys.argv[1]), listens="http://localhost:1"):
    print("serving", flush=True); sys.stdin.read()
"""


def test_nothing_is_restored_while_the_home_is_served_and_backups_may_be_made(home: Path) -> None:
    file = home.parent / "backup.tar"
    server = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert server.stdout is not None
    assert server.stdin is not None
    try:
        assert server.stdout.readline() == "serving\n"
        assert command("backup", f"{file}.2", home=home).returncode == 0
        for arguments in ([str(file)], ["--in-place"]):
            answer = command("restore", *arguments, home=home)
            assert answer.returncode == 1
            assert f"process {server.pid}" in answer.stderr
        server.send_signal(signal.SIGKILL)  # a lock is gone with its process
        server.wait(30)
        assert command("restore", "--in-place", home=home).returncode == 0
    finally:
        server.kill()
        server.stdin.close()
        server.stdout.close()
        server.wait(30)
