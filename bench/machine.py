"""The machine a run is on: cores, processes, and what the kernel knows about them.

Owns pinning (servers on one core, clients on another), ports, starting and ending processes, and reading their
processor time and memory from /proc. Never measures time itself: the swarm does that, in C.
"""

import os
import select
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
BUILD: Final = HERE / "build"
LOOPBACK: Final = "127.0.0.1"
SPARE_FILES: Final = 500  # descriptors that a process needs beside its readers'

_CORES: Final = sorted(os.sched_getaffinity(0))
SERVER_CORE: Final = _CORES[0]
CLIENT_CORE: Final = _CORES[-1]  # on one core both share it, and the header of the table says so


class Unavailable(Exception):
    """A rival that is not installed here, or cannot do what a row asks."""


class Failed(Exception):
    """A server or client that did not do what it must for a figure to mean anything."""


class Ended(Failed):
    """A process ended while something was expected of it."""


def open_files() -> int:
    """Return the hard limit of open files: how many readers one process can hold, roughly."""
    import resource  # noqa: PLC0415 - POSIX only, and so is all that calls this

    return min(resource.getrlimit(resource.RLIMIT_NOFILE)[1], 1_000_000)


def find(program: str) -> str:
    """Return a program's path, or raise Unavailable. Servers live in sbin, which not every PATH has."""
    found = shutil.which(program, path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")
    if found is None:
        raise Unavailable(f"{program} is not installed here")
    return found


def kept_port(*, following: int = 0) -> int:
    """Return a port of the loopback address that is this process's until it ends, and `following` ports after it.

    Bound with SO_REUSEADDR and never listened on: a server that sets the option too, as all of ours do, can listen
    there, again after a kill, while the kernel gives the port to nobody who asks for any.
    """
    while True:
        held = [_bound(0)]
        port: int = held[0].getsockname()[1]
        with suppress(OSError, OverflowError):
            held += [_bound(port + after) for after in range(1, following + 1)]
            for one in held:
                one.detach()  # the descriptor stays open
            return port
        for one in held:
            one.close()


def _bound(port: int) -> socket.socket:
    one = socket.socket()
    one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        one.bind((LOOPBACK, port))
    except (OSError, OverflowError):
        one.close()
        raise
    return one


def compiled(name: str, *, tls: bool = False) -> Path:
    """Compile one of our C sources, if it is newer than what was compiled before; return the program.

    `tls`: with OpenSSL. Raises Unavailable where there is no compiler, or no OpenSSL to compile with.
    """
    compiler = find(os.environ.get("CC", "cc"))
    source, program = HERE / "c" / f"{name}.c", BUILD / (f"{name}-tls" if tls else name)
    if program.exists() and program.stat().st_mtime > source.stat().st_mtime:
        return program
    BUILD.mkdir(exist_ok=True)
    unfinished = program.with_suffix(f".{os.getpid()}")
    flags = ["-O2", "-Wall", "-Wextra", "-Werror"]
    extra = (["-DWITH_TLS"], ["-lssl", "-lcrypto"]) if tls else ([], [])
    done = _run([compiler, *flags, *extra[0], "-o", str(unfinished), str(source), *extra[1]])
    if done.returncode:
        raise (Unavailable if tls else Failed)(f"{compiler} could not build {name}: {done.stderr.strip()[-500:]}")
    unfinished.rename(program)
    return program


def _run(command: Sequence[str], timeout: float = 120) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, timeout=timeout, check=False)  # noqa: S603


def output(command: Sequence[str]) -> str:
    """Return what a command prints, both streams."""
    done = _run(command)
    return done.stdout + done.stderr


class Process:
    """A program of ours with all its children, in a session of its own, so that none of them can be left behind."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        core: int | None,
        log: Path | None = None,
        piped: bool = False,
        env: dict[str, str] | None = None,
        cwd: Path | None = None,
    ) -> None:
        with on_core(core), log.open("ab") if log else open(os.devnull, "wb") as sink:  # noqa: PTH123
            self.popen = subprocess.Popen(  # noqa: S603
                command,
                stdin=subprocess.PIPE if piped else subprocess.DEVNULL,
                stdout=subprocess.PIPE if piped else sink,
                stderr=sink,
                bufsize=0,
                start_new_session=True,
                env={**os.environ, **(env or {})},
                cwd=cwd,
            )
        self.log, self.name = log, Path(command[0]).name  # without the folder: what is said of it is published
        self.pid = self.popen.pid
        self._heard = b""

    def say(self, line: str) -> None:
        """Write a line to its standard input."""
        assert self.popen.stdin
        data = memoryview(line.encode() + b"\n")
        while data:
            data = data[os.write(self.popen.stdin.fileno(), data) :]

    def line(self, timeout: float) -> str | None:
        """Return the next line of its standard output, None at the end; raise TimeoutError if none comes."""
        stream, deadline = self.popen.stdout, time.monotonic() + timeout
        assert stream
        while b"\n" not in self._heard:
            left = deadline - time.monotonic()
            if left <= 0 or not _readable(stream.fileno(), left):
                raise TimeoutError(f"{self.name} said nothing for {timeout:.1f} s; {self.tail()}")
            part = os.read(stream.fileno(), 65_536)
            if not part:
                return None
            self._heard += part
        line, _, self._heard = self._heard.partition(b"\n")
        return line.decode()

    def pids(self) -> list[int]:
        """Return every living process of the session."""
        found = []
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                fields = _stat(int(entry.name))
                if fields and int(fields[3]) == self.pid and fields[0] != "Z":
                    found.append(int(entry.name))
        return found

    def cpu_s(self) -> float:
        """Return the processor time of all its processes so far, in seconds, the kernel's part included."""
        return sum(_cpu_s(pid) for pid in self.pids())

    def loop_s(self) -> tuple[float, float]:
        """Return how long its first thread ran, and how long it waited while others had the processor, in seconds."""
        ran, waited, _ = Path(f"/proc/{self.pid}/schedstat").read_text().split()
        return int(ran) / 1e9, int(waited) / 1e9

    def memory_kb(self) -> int:
        """Return what its processes hold: their own pages, and their share of shared ones (PSS)."""
        return sum(_pss_kb(pid) for pid in self.pids())

    def threads(self) -> int:
        """Return how many threads its processes have."""
        return sum(len(list(Path(f"/proc/{pid}/task").iterdir())) for pid in self.pids())

    def alive(self) -> bool:
        """Say whether the first process still runs."""
        return self.popen.poll() is None

    def terminate(self) -> None:
        """Send SIGTERM to the first process, as a service manager does."""
        if self.alive():
            os.kill(self.pid, signal.SIGTERM)

    def wait(self, timeout: float) -> int:
        """Wait for the first process and return its exit code; raise TimeoutError if it stays."""
        try:
            return self.popen.wait(timeout)
        except subprocess.TimeoutExpired as late:
            raise TimeoutError(f"{self.name} is still there after {timeout:.1f} s") from late

    def kill(self) -> None:
        """End all of it at once (SIGKILL), each by its own id."""
        for pid in {*self.pids(), self.pid}:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self.popen.wait(10)
        for stream in (self.popen.stdin, self.popen.stdout):
            if stream:
                stream.close()

    def stop(self, timeout: float = 5) -> None:
        """End it kindly, and if that takes too long, at once."""
        self.terminate()
        with suppress(TimeoutError):
            self.wait(timeout)
        self.kill()

    def tail(self, chars: int = 1_500) -> str:
        """Return the end of what it wrote to its log."""
        return self.log.read_text(errors="replace")[-chars:] if self.log and self.log.exists() else ""


@contextmanager
def on_core(core: int | None) -> Iterator[None]:
    """Pin this process for a moment: a child inherits the affinity of its parent."""
    before = os.sched_getaffinity(0)
    if core is not None:
        os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def _readable(descriptor: int, timeout: float) -> bool:
    # Not select(), which takes no descriptor above 1,023: this process may hold a thousand readers.
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    return bool(poll.poll(timeout * 1_000))


def _stat(pid: int) -> list[str] | None:
    """The fields of /proc/PID/stat from the state on: a name with a space or parenthesis must not shift them."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None


def _cpu_s(pid: int) -> float:
    """Prefer the scheduler's nanoseconds, over all threads, to utime + stime in ticks of 10 ms."""
    try:
        paths = list(Path(f"/proc/{pid}/task").iterdir())
        return sum(int((path / "schedstat").read_text().split()[0]) for path in paths) / 1e9
    except (FileNotFoundError, ProcessLookupError, IndexError):
        fields = _stat(pid)
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") if fields else 0.0


def _pss_kb(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def kernel_socket_kb() -> int:
    """Return the memory of all TCP sockets of this machine (namespace), both ends of a loopback connection."""
    for line in Path("/proc/net/sockstat").read_text().splitlines():
        words = line.split()
        if words[0] == "TCP:":
            return int(words[words.index("mem") + 1]) * os.sysconf("SC_PAGE_SIZE") // 1024
    return 0


def until(check: Callable[[], bool], timeout: float, what: str, every: float = 0.02) -> None:
    """Wait until a check holds; raise Failed with `what` when it takes too long."""
    deadline = time.monotonic() + timeout
    while not check():
        if time.monotonic() > deadline:
            raise Failed(f"waited {timeout:.0f} s in vain: {what}")
        time.sleep(every)


def listening(port: int, address: str = LOOPBACK) -> bool:
    """Say whether something accepts connections on a port."""
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex((address, port)) == 0


def describe() -> dict[str, str]:
    """Return what a reader of the figures has to know about the machine."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    cpu = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")
    return {
        "cpu": cpu,
        "cores": str(len(_CORES)),
        "kernel": os.uname().release.partition("-")[0],
        "open_files": str(open_files()),
        "placement": "server and clients on one core" if SERVER_CORE == CLIENT_CORE else "server and clients apart",
    }
