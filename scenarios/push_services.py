"""Push services in a process of their own: `python -m scenarios.push_services`, one that is good, one slow, one silent.

Owns what they answer and count. Prints their addresses, and for each line of its input what they have received. In the
process of the scenario the same loop would answer 220 messages a second and time the publishes, and in its figures the
one would be taken for the other. They stand for machines elsewhere, so what runs here goes first (`nice`).
"""

import asyncio
import contextlib
import json
import os
import sys
import time
from collections import Counter
from types import TracebackType
from typing import Any, Final

from bench import machine

SLOWLY_S: Final = 5.0
ONE_IN_GONE: Final = 100  # devices
AFTER_S: Final = {"good": 0.0, "slow": SLOWLY_S, "silent": None}
_ANSWER_S: Final = 30.0


class PushServices:
    """The process, as the scenario has it. `origins`: the address of each service."""

    def __enter__(self) -> "PushServices":
        """Start it."""
        self._process = machine.Process(
            [sys.executable, "-m", "scenarios.push_services"], core=None, piped=True, cwd=machine.HERE.parent
        )
        self.origins: dict[str, str] = self._line()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """End it."""
        self._process.kill()

    def received(self) -> dict[str, Any]:
        """Return of each service: `sent` messages, to `devices`, those that got two, and the time of the last."""
        self._process.send_line("?")
        return self._line()

    def _line(self) -> dict[str, Any]:
        line = self._process.read_line(_ANSWER_S)
        if line is None:
            raise machine.Unavailable("the push services ended")
        said: dict[str, Any] = json.loads(line)
        return said


class _Service:
    """A push service. `after_s`: when it answers; None for never."""

    def __init__(self, after_s: float | None) -> None:
        self._after_s = after_s
        self._sent: Counter[str] = Counter()
        self._last = 0.0

    async def start(self) -> str:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, backlog=512)
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def received(self) -> dict[str, Any]:
        twice = [device for device, times in self._sent.items() if times > 1]
        return {"sent": self._sent.total(), "devices": len(self._sent), "twice": twice, "last": self._last}

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
                headers = dict(line.split(": ", 1) for line in head.split("\r\n")[1:] if line)
                await reader.readexactly(int(headers["content-length"]))
                device = head.split(" ", 2)[1].rpartition("/")[2]
                self._sent[device] += 1
                self._last = time.monotonic()
                if self._after_s is None:
                    await asyncio.Event().wait()
                await asyncio.sleep(self._after_s or 0)
                status = "410 Gone" if int(device) % ONE_IN_GONE == 0 else "201 Created"
                writer.write(f"HTTP/1.1 {status}\r\ncontent-length: 0\r\n\r\n".encode())
                await writer.drain()
        writer.close()


async def _serve() -> None:
    services = {name: _Service(after_s) for name, after_s in AFTER_S.items()}
    print(json.dumps({name: await one.start() for name, one in services.items()}), flush=True)
    while await asyncio.to_thread(sys.stdin.readline):
        print(json.dumps({name: one.received() for name, one in services.items()}), flush=True)


if __name__ == "__main__":
    os.nice(10)
    asyncio.run(_serve())
