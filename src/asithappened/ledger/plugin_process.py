"""A plug-in's process: started with the first question, and ended when an answer takes too long.

Owns what is asked and answered: a line of JSON each way for each post, and the live blog when it is another one than
before. An endless loop, a leak or a crash in C thus ends only the plug-in's process, and our own rules still answer.
Look next: `children.child`, `plugin_child`.
"""

import json
import sys
import time
from collections.abc import Sequence
from threading import Lock
from types import TracebackType
from typing import Any, Final

import msgspec

from asithappened.children.child import Child, ChildFailed
from asithappened.ledger.views import BlogView, PostView

START_S: Final = 20.0  # to load: a pipeline of a language is some hundred megabytes
WITHIN_S: Final = 2.0  # to answer about one post
REST_S: Final = 60.0  # after a failure, before the next question
ANSWER_BYTES: Final = 2_000_000

_ONE_THREAD: Final = {"OMP_NUM_THREADS": "1"}  # the other processor is the readers'


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
        self._child: Child | None = None
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
        answer = _asked(self._child, question, self._within_s)
        self._blog = blog
        return answer

    def _start(self) -> None:
        try:
            self._child = Child(
                "asithappened.ledger.plugin_child", self.name, environment=_ONE_THREAD, answer_bytes=ANSWER_BYTES
            )
        except ChildFailed as error:
            raise PluginFailed(str(error)) from error
        about = _asked(self._child, {"path": sys.path, "within_s": self._within_s}, self._start_s)
        if failed := about.get("failed"):
            raise PluginFailed(f"it could not be loaded: {failed}")
        self.version = str(about.get("version", ""))
        self.kinds = frozenset(kind for kind in about.get("kinds", ()) if isinstance(kind, str))

    def _end(self) -> None:
        child, self._child, self._blog = self._child, None, None
        if child is not None:
            child.end()


def _asked(child: Child, question: dict[str, Any], within_s: float) -> dict[str, Any]:
    try:
        # `json` and not msgspec: it encodes lone surrogates, which hostile text may have.
        answer = json.loads(child.ask(json.dumps(question).encode(), within_s))
    except ChildFailed as error:
        raise PluginFailed(str(error)) from error
    except (ValueError, RecursionError) as error:
        raise PluginFailed("it answered with what is no JSON") from error
    if not isinstance(answer, dict):
        raise PluginFailed("it answered with what is no JSON object")
    return answer


class _Said(list[Any]):
    """The answers from before an exception of the plug-in; iterating raises it at their end."""

    def __init__(self, said: list[Any], raised: str) -> None:
        super().__init__(said)
        self._raised = raised

    def __iter__(self) -> Any:
        yield from super().__iter__()
        if self._raised:
            raise PluginFailed(self._raised)
