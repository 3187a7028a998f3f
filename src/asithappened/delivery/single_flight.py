"""Work that many ask for at once and that is done once: all who ask while it is under way wait for the same."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, Generic, TypeVar

Key = TypeVar("Key")
Result = TypeVar("Result")


class SingleFlight(Generic[Key, Result]):
    """At most one piece of work under way for each key."""

    def __init__(self) -> None:
        self._flights: dict[Key, asyncio.Task[Result]] = {}

    def begun(self, key: Key, work: Callable[[], Coroutine[Any, Any, Result]]) -> asyncio.Task[Result]:
        """Return what is under way for a key, after beginning it if nothing is."""
        flight = self._flights.get(key)
        if flight is None or flight.done():  # done, and not taken away yet: what it found may be old
            flight = self._flights[key] = asyncio.get_running_loop().create_task(work())
            flight.add_done_callback(lambda done: self._landed(key, done))
        return flight

    async def result(self, key: Key, work: Callable[[], Coroutine[Any, Any, Result]]) -> Result:
        """Return what the work for a key comes to. One who stops waiting does not end it for the others."""
        return await asyncio.shield(self.begun(key, work))

    def _landed(self, key: Key, done: asyncio.Task[Result]) -> None:
        if self._flights.get(key) is done:
            del self._flights[key]
