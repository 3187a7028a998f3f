"""A plug-in's process: started with the first question, and ended when an answer takes too long.

Owns the child and the protocol: a line of JSON each way for each post, and the live blog when it is another one than
before. An endless loop, a leak or a crash in C thus ends only the plug-in's process, and our own rules still answer.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from threading import Lock
from types import TracebackType
from typing import Any, Final

import msgspec

from asithappened.ledger.views import BlogView, PostView

START_S: Final = 20.0  # to load: a pipeline of a language is some hundred megabytes
WITHIN_S: Final = 2.0  # to answer about one post
REST_S: Final = 60.0  # after a failure, before the next question
ANSWER_BYTES: Final = 2_000_000

# Nothing of the newsroom's environment, which holds secrets. One thread: the other processor is the readers'.
_ENVIRONMENT: Final = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "MALLOC_ARENA_MAX": "1", "OMP_NUM_THREADS": "1"}


class PluginFailed(Exception):
    """A plug-in did not answer, or gave an invalid answer. The message says how."""


class Plugin:
    """A `Suggester` in a process of its own, by the name of its entry point.

    `version` and `kinds` are the suggester's own, from the first question on.
    """

    def __init__(
        self, name: str, *, start_s: float = START_S, within_s: float = WITHIN_S, rest_s: float = REST_S
    ) -> None:
        """Store its name, and for how many seconds to wait for it and to leave it alone. Starts no process."""
        self.name = name
        self.version = ""
        self.kinds: frozenset[str] = frozenset()
        self._start_s, self._within_s, self._rest_s = start_s, within_s, rest_s
        self._lock = Lock()
        self._child: _Child | None = None
        self._blog: BlogView | None = None  # the one that the child has
        self._resting_until = 0.0

    def __enter__(self) -> "Plugin":
        """Return it."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """End its process."""
        self.close()

    def close(self) -> None:
        """End its process, if there is one; the next question starts a new one."""
        with self._lock:
            self._end()

    def suggest(self, post: PostView, blog: BlogView) -> Sequence[Any]:
        """Return its answers, unchecked; none while it rests after a failure. Raises PluginFailed."""
        with self._lock:
            if time.monotonic() < self._resting_until:
                return ()
            try:
                answer = self._answer(post, blog)
            except PluginFailed:
                self._end()
                self._resting_until = time.monotonic() + self._rest_s
                raise
        said = answer.get("said")
        return _Said(said if isinstance(said, list) else [], str(answer.get("raised", "")))

    def _answer(self, post: PostView, blog: BlogView) -> dict[str, Any]:
        if self._child is None:
            self._start()
        assert self._child is not None
        question: dict[str, Any] = {"post": msgspec.to_builtins(post)}
        if blog != self._blog:
            question["blog"] = msgspec.to_builtins(blog)
        answer = self._child.ask(question, self._within_s)
        self._blog = blog
        return answer

    def _start(self) -> None:
        self._child = _Child(self.name)
        about = self._child.ask({"path": sys.path, "within_s": self._within_s}, self._start_s)
        if failed := about.get("failed"):
            raise PluginFailed(f"it could not be loaded: {failed}")
        self.version = str(about.get("version", ""))
        self.kinds = frozenset(kind for kind in about.get("kinds", ()) if isinstance(kind, str))

    def _end(self) -> None:
        child, self._child, self._blog = self._child, None, None
        if child is not None:
            child.end()


class _Said(list[Any]):
    """The answers from before an exception of the plug-in; iterating raises it at their end."""

    def __init__(self, said: list[Any], raised: str) -> None:
        super().__init__(said)
        self._raised = raised

    def __iter__(self) -> Any:
        yield from super().__iter__()
        if self._raised:
            raise PluginFailed(self._raised)


class _Child:
    def __init__(self, name: str) -> None:
        self._talk, theirs = socket.socketpair()
        try:
            self._process = subprocess.Popen(  # noqa: S603  this program itself
                [sys.executable, "-I", "-m", "asithappened.ledger.plugin_child", name],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                env=_ENVIRONMENT,
                start_new_session=True,
            )
        except OSError as error:
            self._talk.close()
            raise PluginFailed(f"its process could not be started: {error}") from error
        finally:
            theirs.close()

    def ask(self, question: dict[str, Any], within_s: float) -> dict[str, Any]:
        """Send one line and return the line of the answer. Raises PluginFailed."""
        ends = time.monotonic() + within_s
        # `json` and not msgspec: it encodes lone surrogates, which hostile text may have.
        line = json.dumps(question).encode() + b"\n"
        try:
            self._talk.settimeout(within_s)
            self._talk.sendall(line)
            answer = json.loads(self._line(ends))
        except TimeoutError as error:
            raise PluginFailed(f"it took longer than {within_s:g} s, and was ended") from error
        except OSError as error:
            raise PluginFailed(f"its process has ended ({self._last_words()})") from error
        except (ValueError, RecursionError) as error:
            raise PluginFailed("it answered with what is no JSON") from error
        if not isinstance(answer, dict):
            raise PluginFailed("it answered with what is no JSON object")
        return answer

    def _line(self, ends: float) -> bytes:
        pieces, length = list[bytes](), 0
        while True:
            left = ends - time.monotonic()
            if left <= 0:
                raise TimeoutError
            self._talk.settimeout(left)
            piece = self._talk.recv(65_536)
            if not piece:
                raise ConnectionError
            pieces.append(piece)
            length += len(piece)
            if length > ANSWER_BYTES:
                raise PluginFailed(f"its answer is longer than {ANSWER_BYTES:,} bytes")
            if piece.endswith(b"\n"):
                return b"".join(pieces)

    def _last_words(self) -> str:
        with suppress(subprocess.TimeoutExpired):
            code = self._process.wait(1)
            return signal.Signals(-code).name if code < 0 else f"exit code {code}"
        return "it closed its end"

    def end(self) -> None:
        """End the process, and all that it started."""
        self._talk.close()
        if self._process.returncode is None:  # before it is waited for: until then nobody else can have its number
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
