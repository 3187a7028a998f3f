"""Promises of `media.sandbox.lock`: inside there is no network, no other program and no other file."""

import subprocess
import sys
from pathlib import Path

LOCKED = """
import ctypes, os, socket, sys
from pathlib import Path
from asithappened.media.sandbox.lock import lock
holds = lock(Path(sys.argv[1]))
def tried(what):
    try:
        what()
        return "done"
    except OSError as error:
        return type(error).__name__
libc = ctypes.CDLL(None)
print(holds, tried(socket.socket), tried(lambda: os.execv("/bin/true", ["true"])), libc.socket(2, 1, 0),
    tried(lambda: Path(sys.argv[2]).read_bytes()), tried(lambda: Path(sys.argv[2]).write_bytes(b"x")),
    tried(lambda: (Path(sys.argv[1]) / "own").write_bytes(b"x")), tried(os.setsid), sep=";")
bytes(2 << 30)
"""


def test_inside_there_is_no_network_no_other_program_and_no_other_file(tmp_path: Path) -> None:
    secret, into = tmp_path / "secret", tmp_path / "into"
    secret.write_text("key")
    into.mkdir()
    run = subprocess.run(
        [sys.executable, "-c", LOCKED, str(into), str(secret)],
        capture_output=True,
        text=True,
        check=False,
    )
    holds, socket, program, bare, read, write, own, session = run.stdout.strip().split(";")
    assert (socket, program, session) == ("PermissionError",) * 3
    assert own == "done"
    if "calls" in holds:
        assert bare == "-1"
    if "files" in holds:
        assert (read, write) == ("PermissionError", "PermissionError")
    assert "MemoryError" in run.stderr
    if sys.platform == "linux":
        assert "calls" in holds
