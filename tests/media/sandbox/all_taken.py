"""`python -m tests.media.sandbox.all_taken FOLDER`: take in each file of a folder, in a process that does nothing else.

Owns what is measured of it: what each file became, how long it took, and by how much this process grew at its largest.
"""

import json
import os
import sys
import time
from pathlib import Path

from asithappened.core.rules import Refusal
from asithappened.media.sandbox import taking


def main() -> None:
    """Print one JSON line."""
    folder = Path(sys.argv[1])
    into = folder / "into"
    into.mkdir()
    files = sorted(path for path in folder.iterdir() if path.is_file())
    before, became = _largest_kb(), {}
    for path in files:
        begun = time.monotonic()
        taken = taking.take_in(path, into)
        took = time.monotonic() - begun
        written = sorted(one.name for one in into.iterdir())
        raw = b"".join((into / name).read_bytes() for name in written if "evil" in path.name)
        became[path.name] = {
            "code": taken.code if isinstance(taken, Refusal) else "",
            "size": None if isinstance(taken, Refusal) else [taken.width, taken.height],
            "notes": [] if isinstance(taken, Refusal) else list(taken.notes),
            "took_s": round(took, 2),
            "left": [name for name in written if isinstance(taken, Refusal) or name not in taken.files],
            "evil": any(mark in raw for mark in (b"<script", b"PK\3\4", b"evil")),
        }
        for name in written:
            (into / name).unlink()
        raw = b""
    try:
        os.waitpid(-1, os.WNOHANG)
        children = True
    except ChildProcessError:
        children = False
    print(json.dumps({"became": became, "grew_kb": _largest_kb() - before, "children": children}))


def _largest_kb() -> int:
    """Return how large this process has been: of its own memory, which what started it has no part in."""
    status = Path("/proc/self/status").read_text("ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))


if __name__ == "__main__":
    main()
