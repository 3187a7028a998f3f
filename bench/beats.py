"""Simulates open desks: `python -m bench.beats`, a process of threads that each send the desk's beat periodically.

Owns how a beat is sent: as a request through Django, without a socket. It opens the same home as the publisher; each
desk is a signed-in user of its own. Reads one JSON command a line. Look next: drafts.py, which runs it.
"""

import json
import os
import random
import threading
import time
import traceback
from typing import Any

from bench.typists import run_commands


class Desks:
    """Threads that send beats between `go` and `rest`."""

    def __init__(self) -> None:
        self.took_s: list[float] = []
        self.cpu_s: list[float] = []
        self._open = threading.Event()

    def begin(self, slug: str, count: int, every_s: float) -> dict[str, Any]:
        """Make users, and a thread for each, which waits for `go`."""
        from django.test import Client  # noqa: PLC0415

        from asithappened.accounts.models import User  # noqa: PLC0415

        for who in range(count):
            user = User.objects.create_superuser(f"desk-{who}@bench.example", byline=f"Desk {who}")
            client = Client(headers={"host": "localhost"})
            client.force_login(user)
            threading.Thread(target=self._run, args=(client, slug, who, every_s), daemon=True).start()
        return {}

    def go(self) -> dict[str, Any]:
        """Let the threads beat."""
        self._open.set()
        return {}

    def rest(self) -> dict[str, Any]:
        """Stop the threads; return the time and the processor time of each beat since `go`, in ms."""
        self._open.clear()
        took, self.took_s, cpu, self.cpu_s = self.took_s, [], self.cpu_s, []
        return {"took_ms": [round(one * 1e3, 3) for one in took], "cpu_ms": [round(one * 1e3, 3) for one in cpu]}

    def _run(self, *arguments: Any) -> None:
        try:
            self._beat(*arguments)
        except BaseException:  # with fewer desks than are measured, the figures would be wrong
            traceback.print_exc()
            os._exit(1)

    def _beat(self, client: Any, slug: str, who: int, every_s: float) -> None:
        chance = random.Random(who)  # noqa: S311 -- no secret: the moment of a beat
        body = json.dumps({"version": 1, "tab": f"tab-of-{who:03}", "at": "new"})
        while True:
            self._open.wait()
            time.sleep(chance.random() * every_s)  # so that the beats are spread
            while self._open.is_set():
                began, cpu = time.perf_counter(), time.thread_time()
                answer = client.post(f"/desk/live/{slug}/beat/", body, content_type="application/json")
                assert answer.status_code == 200, answer.content
                took = time.perf_counter() - began
                self.cpu_s.append(time.thread_time() - cpu)
                self.took_s.append(took)
                time.sleep(max(0.0, every_s - took))


if __name__ == "__main__":
    run_commands(Desks)
