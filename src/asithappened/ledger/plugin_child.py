"""The inside of a plug-in's process: `python -m asithappened.ledger.plugin_child NAME`, with a socket as its input.

Owns loading the suggester of an entry point, and answering about one post after the other until the socket is closed.
The plug-in's own output goes to standard error. Look next: `plugin_process`, the other end.
"""

import json
import os
import resource
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib import metadata
from itertools import islice
from traceback import extract_tb
from typing import Any, BinaryIO, Final, get_args

import msgspec

from asithappened.ledger.gate import MOST
from asithappened.ledger.suggester import Suggester
from asithappened.ledger.suggestions import AnySuggestion
from asithappened.ledger.views import BlogView, PostView

GROUP: Final = "asithappened.suggesters"
KINDS: Final = frozenset(kind.__name__.lower() for kind in get_args(AnySuggestion))
MEMORY_BYTES: Final = 4 << 30  # of address space: a language pipeline maps far more than it uses
LOADING_S: Final = 60.0
_SPARE_S: Final = 5.0  # beyond the time for an answer; then the process ends itself, in case the parent is gone
_NICE: Final = 10
_TOLD: Final = 300


def main() -> None:
    """Lower the priority and the limits of this process, load the suggester, and answer."""
    with suppress(OSError, ValueError):
        os.nice(_NICE)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    talk = socket.socket(fileno=os.dup(0))
    with open(os.devnull, "rb") as nothing:  # noqa: PTH123  a plug-in that reads its input finds none
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)
    signal.setitimer(signal.ITIMER_REAL, LOADING_S)  # the signal ends this process
    with talk, talk.makefile("rb") as lines:
        for answer in _answers(sys.argv[1], lines):
            talk.sendall(json.dumps(answer).encode() + b"\n")
            signal.setitimer(signal.ITIMER_REAL, 0)


def _answers(name: str, lines: BinaryIO) -> Iterator[dict[str, Any]]:
    about = json.loads(lines.readline())
    sys.path[:] = about["path"]
    try:
        suggester = loaded(name)
        kinds = sorted(suggester.kinds & KINDS)
        yield {"version": str(suggester.version), "kinds": kinds}
    except Exception as error:
        yield {"failed": _told(error)}
        return
    blog = BlogView(posts=())
    for line in lines:
        question = json.loads(line)
        if "blog" in question:
            blog = msgspec.convert(question["blog"], BlogView)
        post = msgspec.convert(question["post"], PostView)
        signal.setitimer(signal.ITIMER_REAL, about["within_s"] + _SPARE_S)
        yield _answer(suggester, post, blog)


def loaded(name: str) -> Suggester:
    """Return the suggester that an installed package offers by a name. Raises whatever loading it raises."""
    found = list(metadata.entry_points(group=GROUP, name=name))
    if not found:
        raise LookupError(f"no installed package offers a suggester {name!r}")
    if len({entry.value for entry in found}) > 1:
        raise LookupError(f"two installed packages offer a suggester {name!r}: {', '.join(e.value for e in found)}")
    what = found[0].load()
    suggester: Suggester = what() if isinstance(what, type) else what
    return suggester


def _answer(suggester: Suggester, post: PostView, blog: BlogView) -> dict[str, Any]:
    said: list[Any] = []
    try:
        # One by one, so that the answers from before an exception are kept.
        said.extend(map(_plain, islice(suggester.suggest(post, blog), MOST + 1)))
    except Exception as error:
        return {"said": said, "raised": _told(error)}
    return {"said": said}


def _plain(one: object) -> Any:
    """Return an answer as JSON values; if it has none, a sentence about its type, which the gate then reports."""
    try:
        plain = msgspec.to_builtins(one)
        json.dumps(plain)
    except Exception:
        return f"{type(one).__name__}, which is no suggestion"
    return plain


def _told(error: Exception) -> str:
    where = extract_tb(error.__traceback__)[-1:]
    at = f", in {os.path.basename(where[0].filename)} line {where[0].lineno}" if where else ""  # noqa: PTH119
    return f"{type(error).__name__}: {error}"[:_TOLD] + at


if __name__ == "__main__":
    main()
