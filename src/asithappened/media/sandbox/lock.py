"""Restricts the sandbox: memory, time and files to what one picture needs; no network, no other programs.

Owns the limits. The process sets them itself before it opens anything, because setting them between fork and exec is
not safe in a process with threads. The kernel enforces them and needs no privileges for it; a kernel may lack some of
them, and `lock` returns which are in force.
"""

import contextlib
import ctypes
import errno
import os
import resource
import struct
import sys
from pathlib import Path
from typing import Final

MEMORY_BYTES: Final = 1 << 30  # 50 megapixels are 200 MB, and a second picture of that size is made on the way
CPU_S: Final = 20  # 50 megapixels in all sizes take some 4
FILE_BYTES: Final = 64 << 20  # of one written file; a lossless picture of 2,560 pixels has at most some 30 MB
FILES: Final = 64

# Calls that no decoder of pictures needs, by processor: socket, socketpair, execve, execveat, ptrace, process_vm_readv,
# process_vm_writev, kill, setsid, setpgid, mount, unshare, setns, bpf, userfaultfd, add_key, request_key, keyctl; then,
# alike everywhere, pidfd_send_signal, io_uring_setup, pidfd_open, pidfd_getfd.
_EVERYWHERE: Final = (424, 425, 434, 438)
_DENIED: Final = {
    "x86_64": (41, 53, 59, 322, 101, 310, 311, 62, 112, 109, 165, 272, 308, 321, 323, 248, 249, 250),
    "aarch64": (198, 199, 221, 281, 117, 270, 271, 129, 157, 154, 40, 97, 268, 280, 282, 217, 218, 219),
}
_ARCHITECTURE: Final = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}  # as the kernel's audit names them
_X32: Final = 0x40000000  # the same calls under other numbers, on x86_64
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _KILL, _REFUSE = 0x7FFF0000, 0x80000000, 0x00050000 | errno.EPERM
_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2

_CREATE_RULES, _ADD_RULE, _RESTRICT, _BENEATH = 444, 445, 446, 1
_ACCESS: Final = (1 << 13) - 1  # every access to files that the first version of Landlock knows
_TRUNCATE: Final = 1 << 14  # since its third
_READ: Final = 1 | 4 | 8  # libraries are mapped as programs are, hence execute
_WRITE: Final = 2 | 4 | 256

_AUDITED: Final = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system")


def lock(into: Path) -> tuple[str, ...]:
    """Restrict this process for good to what decoding one file needs; it may write into the folder `into`.

    Returns the restrictions beside the limits: "files" (Landlock: it reads Python's folders, and writes `into`), and
    either "calls" (seccomp: no socket and no other program) or "hook" (the same, for Python code only).
    """
    for what, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_S),
        (resource.RLIMIT_FSIZE, FILE_BYTES),
        (resource.RLIMIT_NOFILE, FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        _, allowed = resource.getrlimit(what)
        limit = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
        with contextlib.suppress(ValueError):  # macOS has no limit on memory
            resource.setrlimit(what, (limit, limit))
    holds = []
    libc = ctypes.CDLL(None)
    if sys.platform == "linux" and not _prctl(libc, _NO_NEW_PRIVILEGES, 1):
        if _only_files(libc, into):
            holds.append("files")
        if _only_calls(libc):
            holds.append("calls")
    if "calls" not in holds:
        sys.addaudithook(_refuse)
        holds.append("hook")
    return tuple(holds)


def _only_calls(libc: ctypes.CDLL) -> bool:
    machine = os.uname().machine
    if machine not in _DENIED:
        return False
    denied = (*_DENIED[machine], *_EVERYWHERE)
    # Each step: what to do, how far to jump if so and if not, with what. The call's number is at 0, the processor at 4.
    steps = [
        (_LOAD, 0, 0, 4),
        (_EQUAL, 1, 0, _ARCHITECTURE[machine]),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, 0),
        (_AT_LEAST, len(denied) + 1, 0, _X32),
        *((_EQUAL, len(denied) - at, 0, call) for at, call in enumerate(denied)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    program = struct.pack("HxxxxxxP", len(steps), ctypes.addressof(code))
    return not _prctl(libc, _SECCOMP, _FILTER, program)


def _prctl(libc: ctypes.CDLL, what: int, how: int, program: bytes | None = None) -> int:
    nothing = ctypes.c_ulong(0)
    return int(libc.prctl(what, ctypes.c_ulong(how), ctypes.c_char_p(program), nothing, nothing))


def _syscall(libc: ctypes.CDLL, number: int, *arguments: int | bytes | None) -> int:
    """Call the kernel by number, each number as wide as a register."""
    wide = (ctypes.c_long(a) if isinstance(a, int) else ctypes.c_char_p(a) for a in arguments)
    return int(libc.syscall(ctypes.c_long(number), *wide))


def _only_files(libc: ctypes.CDLL, into: Path) -> bool:
    version = _syscall(libc, _CREATE_RULES, None, 0, 1)
    if version < 1:
        return False
    truncate = _TRUNCATE if version >= 3 else 0
    rules = _syscall(libc, _CREATE_RULES, struct.pack("Q", _ACCESS | truncate), 8, 0)
    if rules < 0:
        return False
    readable = {*sys.path, sys.prefix, sys.base_prefix, "/usr/lib", "/lib", "/lib64", "/etc/ld.so.cache"}
    for path, access in [*((path, _READ) for path in readable), (str(into), _WRITE | truncate)]:
        try:
            there = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            continue
        # A rule about a file may name no access that only folders have.
        fits = access if os.path.isdir(path) else access & (1 | 2 | 4 | truncate)  # noqa: PTH112
        _syscall(libc, _ADD_RULE, rules, _BENEATH, struct.pack("=Qi", fits, there), 0)
        os.close(there)
    held = not _syscall(libc, _RESTRICT, rules, 0)
    os.close(rules)
    return held


def _refuse(event: str, _arguments: object) -> None:
    if event.startswith(_AUDITED):
        raise PermissionError(f"no {event} in here")
