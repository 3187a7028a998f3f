"""Fetches many addresses without overloading their hosts: one at a time from each host, with pauses and retries.

Owns the pauses, and the number of concurrent hosts. Its queue of answers is bounded, so a slow caller slows the
fetching down (back-pressure).
"""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from queue import Full, Queue
from typing import Final, TypeVar

from asithappened.outbound.errors import Failed, OutboundError

AT_ONCE: Final = 3  # hosts; each answer may be a picture of 64 MB
PAUSE_S: Final = 0.5
PATIENCE_S: Final = 60.0  # the most waiting for Retry-After in all; then the host's other tasks fail
TRIES: Final = 3
_LATER: Final = frozenset((429, 503))
_ABANDONED_S: Final = 0.5  # within which threads end whose answers nobody takes any more

Task = TypeVar("Task")
Answer = TypeVar("Answer")


def politely(
    tasks: Mapping[str, Sequence[Task]], ask: Callable[[Task], Answer], *, pause_s: float = PAUSE_S
) -> Iterator[tuple[Task, Answer | Exception]]:
    """Ask for each task, given by host, and yield it with its answer or its error, as they arrive.

    `ask` is called in threads. Its errors other than OutboundError and ValueError are raised here.
    """
    over = threading.Event()
    hosts: Queue[Sequence[Task] | None] = Queue()
    answers: Queue[tuple[Task, Answer | Exception]] = Queue(maxsize=1)
    for one in tasks.values():
        hosts.put(one)
    workers = min(AT_ONCE, len(tasks))
    for _ in range(workers):
        hosts.put(None)

    def work() -> None:
        while (of_host := hosts.get()) is not None and not over.is_set():
            for task, answer in _of_host(of_host, ask, over, pause_s):
                if not _put(answers, (task, answer), over):
                    return

    for n in range(workers):
        threading.Thread(target=work, name=f"ask-{n}", daemon=True).start()
    try:
        for _ in range(sum(map(len, tasks.values()))):
            task, answer = answers.get()
            if isinstance(answer, Exception) and not isinstance(answer, OutboundError | ValueError):
                raise answer
            yield task, answer
    finally:
        over.set()


def _put(answers: Queue[Answer], answer: Answer, over: threading.Event) -> bool:
    """Wait for space in the queue; False if the caller takes no more: a thread that waited on would keep its answer."""
    while not over.is_set():
        try:
            answers.put(answer, timeout=_ABANDONED_S)
        except Full:
            continue
        return True
    return False


def _of_host(
    tasks: Sequence[Task], ask: Callable[[Task], Answer], over: threading.Event, pause_s: float
) -> Iterator[tuple[Task, Answer | Exception]]:
    given_up: Failed | None = None
    for n, task in enumerate(tasks):
        if given_up is not None:
            yield task, given_up
            continue
        if over.wait(pause_s if n else 0):
            return
        answer = _asked(task, ask, over)
        if isinstance(answer, Failed) and answer.status in _LATER:
            asked_for = f" It asks to be asked again in {answer.again_in_s:,.0f} s." if answer.again_in_s else ""
            answer = given_up = Failed(f"{answer}{asked_for} Nothing more was asked of it.", status=answer.status)
        yield task, answer


def _asked(task: Task, ask: Callable[[Task], Answer], over: threading.Event) -> Answer | Exception:
    patience = PATIENCE_S
    for n in range(TRIES):
        try:
            return ask(task)
        except Failed as why:
            wait_s = why.again_in_s or 2.0**n
            if why.status not in _LATER or wait_s > patience or n == TRIES - 1 or over.wait(wait_s):
                return why
            patience -= wait_s
        except Exception as error:  # raised again in the caller's thread
            return error
    raise AssertionError
