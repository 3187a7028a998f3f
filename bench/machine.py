"""The machine of a run: its cores, ports and processes, and the kernel's figures about them.

Owns pinning (servers on one core, clients on another), ports, starting and ending processes, and reading their
processor time and memory from /proc. Never measures delays: the swarm does that, in C.
"""

import os
import select
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
BUILD: Final = HERE / "build"
LOOPBACK: Final = "127.0.0.1"
_COMPILING: Final = threading.Lock()
SPARE_FILES: Final = 500  # descriptors that a process needs beside its readers'

_CORES: Final = sorted(os.sched_getaffinity(0))
SERVER_CORE: Final = _CORES[0]
CLIENT_CORE: Final = _CORES[-1]  # a machine with one core has both on it, and the header of the table says so


class Unavailable(Exception):
    """A program is not installed here, or cannot do what a row needs."""


class Failed(Exception):
    """A server or client did not do what a figure depends on."""


class Ended(Failed):
    """A process ended before it answered."""


def open_files() -> int:
    """Return the hard limit of open files: how many readers one process can hold, roughly."""
    import resource  # noqa: PLC0415 - POSIX only, as are all callers

    return min(resource.getrlimit(resource.RLIMIT_NOFILE)[1], 1_000_000)


def find(program: str) -> str:
    """Return a program's path, or raise Unavailable. Servers live in sbin, which not every PATH has."""
    found = shutil.which(program, path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")
    if found is None:
        raise Unavailable(f"{program} is not installed here")
    return found


def reserve_port(*, following: int = 0) -> int:
    """Reserve a port of the loopback address, and `following` ports after it, until this process ends.

    It is bound with SO_REUSEADDR and never listened on. A server that sets the option too, as all of ours do, can
    listen there, also again after a kill, and the kernel gives the port to no process that binds to port 0.
    """
    while True:
        held = [_bound(0)]
        port: int = held[0].getsockname()[1]
        with suppress(OSError, OverflowError):
            held += [_bound(port + after) for after in range(1, following + 1)]
            for one in held:
                one.detach()  # keeps the descriptor open
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
    """Compile one of our C sources if it is newer than its program; return the program.

    `tls`: with OpenSSL. Raises Unavailable where there is no compiler, or no OpenSSL to compile with.
    """
    compiler = find(os.environ.get("CC", "cc"))
    source, program = HERE / "c" / f"{name}.c", BUILD / (f"{name}-tls" if tls else name)
    with _COMPILING:
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
    """Return the output of a command, both streams."""
    done = _run(command)
    return done.stdout + done.stderr


class Process:
    """A program with its child processes, in a session of its own, by which all of them are found and ended."""

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
        self.log, self.name = log, Path(command[0]).name  # without the folder: messages with it are published
        self.pid = self.popen.pid
        self._received = b""

    def send_line(self, line: str) -> None:
        """Write a line to its standard input."""
        assert self.popen.stdin
        data = memoryview(line.encode() + b"\n")
        while data:
            data = data[os.write(self.popen.stdin.fileno(), data) :]

    def read_line(self, timeout: float) -> str | None:
        """Return the next line of its standard output, None at the end; raise TimeoutError if none comes."""
        stream, deadline = self.popen.stdout, time.monotonic() + timeout
        assert stream
        while b"\n" not in self._received:
            left = deadline - time.monotonic()
            if left <= 0 or not _readable(stream.fileno(), left):
                raise TimeoutError(f"{self.name} printed nothing for {timeout:.1f} s; {self.tail()}")
            part = os.read(stream.fileno(), 65_536)
            if not part:
                return None
            self._received += part
        line, _, self._received = self._received.partition(b"\n")
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
        """Return how long its first thread ran, and how long it waited for a processor, in seconds."""
        ran, waited, _ = Path(f"/proc/{self.pid}/schedstat").read_text().split()
        return int(ran) / 1e9, int(waited) / 1e9

    def memory_kb(self) -> int:
        """Return the memory of its processes: their own pages, and their share of shared ones (PSS)."""
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
        """Wait for the first process and return its exit code; raise TimeoutError if it goes on."""
        try:
            return self.popen.wait(timeout)
        except subprocess.TimeoutExpired as late:
            raise TimeoutError(f"{self.name} still runs after {timeout:.1f} s") from late

    def kill(self) -> None:
        """Kill all its processes, each by its own id."""
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
        """End it with SIGTERM, and if that takes too long, kill it."""
        self.terminate()
        with suppress(TimeoutError):
            self.wait(timeout)
        self.kill()

    def tail(self, chars: int = 1_500) -> str:
        """Return the end of its log."""
        return self.log.read_text(errors="replace")[-chars:] if self.log and self.log.exists() else ""


@contextmanager
def on_core(core: int | None) -> Iterator[None]:
    """Pin this process meanwhile: a child inherits the affinity of its parent."""
    before = os.sched_getaffinity(0)
    if core is not None:
        os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def _readable(descriptor: int, timeout: float) -> bool:
    # Not select(), which accepts no descriptor above 1,023: this process may have a thousand connections.
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    return bool(poll.poll(timeout * 1_000))


def _stat(pid: int) -> list[str] | None:
    """Return the fields of /proc/PID/stat from the state on, so that a space or parenthesis in the name shifts none."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None


def _cpu_s(pid: int) -> float:
    """Return a process's time: the scheduler's nanoseconds of all threads; only without them, ticks of 10 ms."""
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
    """Return the memory of all TCP sockets in this network namespace: both ends of a loopback connection."""
    for line in Path("/proc/net/sockstat").read_text().splitlines():
        words = line.split()
        if words[0] == "TCP:":
            return int(words[words.index("mem") + 1]) * os.sysconf("SC_PAGE_SIZE") // 1024
    return 0


def wait_until(check: Callable[[], bool], timeout: float, what: str, every: float = 0.02) -> None:
    """Wait until a check is true; raise Failed with `what` if that takes too long."""
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
    """Return the properties of the machine that the figures depend on."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    cpu = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")
    return {
        "cpu": cpu,
        "cores": str(len(_CORES)),
        "kernel": os.uname().release.partition("-")[0],
        "open_files": str(open_files()),
        "placement": "server and clients on one core" if SERVER_CORE == CLIENT_CORE else "server and clients apart",
    }
