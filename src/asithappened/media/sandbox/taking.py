"""Takes a file in: starts a sandbox, waits for its answer, keeps the files it wrote, and deletes everything else.

Owns the child process, its priority and time limit, and how many run at once.
Never parses the file itself. Look next: lock.py, for the child's restrictions.
"""

import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from asithappened.core import limits, media
from asithappened.core.rules import Refusal
from asithappened.media.sandbox import answer
from asithappened.media.sandbox.answer import Taken

TIME_S: Final = 60.0  # at the lowest priority it may get a tenth of a processor; lock.py limits processor time
WRITTEN_BYTES: Final = 256 << 20  # by one sandbox in all: ten files of an incompressible picture
# One processor stays free for publishing and readers, however many files are uploaded at once.
AT_ONCE: Final = max(1, (os.cpu_count() or 1) - 1)
NICE: Final = 19  # the lowest: at 10, twenty pictures made the slowest publish take several times as long
_ERROR_BYTES: Final = 2_000  # of a failed sandbox's error output
_slots: Final = threading.BoundedSemaphore(AT_ONCE)

# Without the newsroom's environment, which has secrets. One arena, because each thread's would reserve 64 MB.
_ENVIRONMENT: Final = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "MALLOC_ARENA_MAX": "1"}


class SandboxFailed(Exception):
    """A sandbox failed, through no fault of the file. The message is the last line of its error output."""


def take_in(
    original: Path, into: Path, *, within_s: float = TIME_S, patience_s: float | None = None
) -> Taken | Refusal:
    """Take a file in: write the files for readers into a folder, by core.media's names, and return their description.

    Waits for a free sandbox (`patience_s` at most, if given), then for its answer (`within_s` at most). Returns a
    refusal, and leaves the folder as it was, for a file that is not taken; only "busy" is worth a retry. A film or
    sound is linked, not copied, if nothing has to be blanked in it. Raises SandboxFailed or OSError if this machine is
    at fault: no space, no process, no Pillow.
    """
    size = original.stat().st_size
    if size > limits.MEDIA_BYTES:
        return too_large(size, limits.MEDIA_BYTES)
    if not _slots.acquire(timeout=patience_s):
        return answer.refusal("busy")
    with _releasing_slot(), tempfile.TemporaryDirectory(prefix=".sandbox-", dir=into.resolve()) as name:
        made = Path(name)
        line = _asked(original.resolve(), made, time.monotonic() + within_s)
        if isinstance(line, Refusal):
            return line
        told = answer.decoded(line)
        if told is None:
            return answer.refusal("unreadable")
        if told.refused:
            return answer.refusal(told.refused, **told.values)
        return _kept(told, original, made, into)


@contextmanager
def _releasing_slot() -> Iterator[None]:
    try:
        yield
    finally:
        _slots.release()


def too_large(size: int, most: int) -> Refusal:
    return answer.refusal("large", bytes=-(-size // 1_000_000), most=most // 1_000_000)


def _asked(original: Path, made: Path, ends: float) -> bytes | Refusal:
    """Return a sandbox's answer, or the refusal that its exit means. It has ended when this returns."""
    with (made / "said").open("wb") as said:
        child = subprocess.Popen(  # noqa: S603  this program itself
            [sys.executable, "-I", "-m", "asithappened.media.sandbox", str(original), str(made)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=said,
            cwd=made,
            env=_ENVIRONMENT,
            # A process group, to kill all of it. Not a session: some kernels share processors between sessions, and
            # would give a busy one as much as this program's own, whatever their nice values.
            process_group=0,
        )
    _lower_priority(child.pid)  # at once: a third of a small picture's time is the start of this Python
    assert child.stdout is not None
    try:
        line = _read(child.stdout.fileno(), ends)
        if line is not None and len(line) <= answer.ANSWER_BYTES:
            child.wait(max(ends - time.monotonic(), 0))
    except subprocess.TimeoutExpired:
        line = None
    finally:
        child.stdout.close()
        # Killed before the wait, because until then the kernel does not reuse its pid.
        if child.returncode is None:
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    if line is None:
        return answer.refusal("busy")
    if len(line) > answer.ANSWER_BYTES:
        return answer.refusal("unreadable")
    if child.returncode in {-signal.SIGXCPU, -signal.SIGKILL}:
        return answer.refusal("heavy")
    if child.returncode > 0:
        said_last = (made / "said").read_bytes()[-_ERROR_BYTES:].decode("utf-8", "replace")
        raise SandboxFailed(said_last.strip().rpartition("\n")[2] or f"it ended with {child.returncode}")
    return line if child.returncode == 0 else answer.refusal("unreadable")  # a decoder crashed


def _lower_priority(pid: int) -> None:
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, pid, NICE)


def _read(descriptor: int, ends: float) -> bytes | None:
    """Read to the end, or to just over ANSWER_BYTES; None after a timeout."""
    waiting = select.poll()
    waiting.register(descriptor, select.POLLIN | select.POLLHUP)
    line = b""
    while len(line) <= answer.ANSWER_BYTES:
        left = ends - time.monotonic()
        if left <= 0 or not waiting.poll(left * 1_000):
            return None
        chunk = os.read(descriptor, 65_536)
        if not chunk:
            break
        line += chunk
    return line


def _kept(told: answer.Answer, original: Path, made: Path, into: Path) -> Taken | Refusal:
    """Move the written files into the folder, if they are exactly the expected ones."""
    if told.kind == "picture":
        expected = media.files(told.width)
    elif told.kind == "captions":
        expected = (media.CAPTIONS,)
    else:
        expected = (media.FILES[told.media_type],) if told.media_type in media.FILES else ()
        if expected:
            _copy(original, made / expected[0], told)
    written = [made / name for name in expected]
    whole = all(path.is_file() and not path.is_symlink() and path.stat().st_size for path in written)
    if not expected or not whole or (told.kind == "picture" and not told.width):
        return answer.refusal("unreadable")
    if told.kind in {"picture", "captions"} and sum(path.stat().st_size for path in written) > WRITTEN_BYTES:
        return answer.refusal("heavy")
    for path in written:
        path.replace(into / path.name)
    return Taken(
        kind=told.kind,
        media_type=told.media_type,
        width=told.width,
        height=told.height,
        seconds=told.seconds,
        preview=told.preview,
        found=answer.found(told.found),
        notes=told.notes,
        files=expected,
        held=told.held,
    )


def _copy(original: Path, kept: Path, told: answer.Answer) -> None:
    """Link or copy a film or sound, with the answer's places overwritten."""
    if not told.blanks and not told.writes:
        try:
            kept.hardlink_to(original)
        except OSError:  # another file system, or one without links
            shutil.copyfile(original, kept)
        return
    shutil.copyfile(original, kept)
    size = kept.stat().st_size
    nothing = bytes(1 << 20)
    with kept.open("r+b") as file:
        for at, length in told.blanks:
            file.seek(at)
            for begins in range(at, min(at + length, size), len(nothing)):
                file.write(nothing[: min(at + length, size) - begins])
        for at, written in told.writes:
            if at + len(written) // 2 <= size:
                file.seek(at)
                file.write(bytes.fromhex(written))
