"""Single-flight: concurrent callers with the same key share one run of the work, and its result."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, Generic, TypeVar

Key = TypeVar("Key")
Result = TypeVar("Result")


class SingleFlight(Generic[Key, Result]):
    """At most one run for each key at a time."""

    def __init__(self) -> None:
        self._flights: dict[Key, asyncio.Task[Result]] = {}

    def task(self, key: Key, work: Callable[[], Coroutine[Any, Any, Result]]) -> asyncio.Task[Result]:
        """Return the running task for a key, started now if there is none."""
        flight = self._flights.get(key)
        if flight is None or flight.done():  # a finished one, not removed yet, may have an old result
            flight = self._flights[key] = asyncio.get_running_loop().create_task(work())
            flight.add_done_callback(lambda ended: self._landed(key, ended))
        return flight

    async def result(self, key: Key, work: Callable[[], Coroutine[Any, Any, Result]]) -> Result:
        """Return the result for a key. A caller that is cancelled does not cancel the work of the others."""
        return await asyncio.shield(self.task(key, work))

    def _landed(self, key: Key, ended: asyncio.Task[Result]) -> None:
        if self._flights.get(key) is ended:
            del self._flights[key]
