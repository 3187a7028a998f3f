"""Simulates open desks: `python -m bench.beats`, a process of threads that each send the desk's beat again and again.

Owns how one is sent: through Django as a request is, without a socket. It opens the same home as the publisher; each
desk is somebody of its own, signed in. One JSON command a line. Look next: drafts.py, which has them beat.
"""

import json
import os
import random
import threading
import time
import traceback
from typing import Any

from bench.typists import obey


class Desks:
    """Threads that beat while they are told to."""

    def __init__(self) -> None:
        self.took_s: list[float] = []
        self.cpu_s: list[float] = []
        self._open = threading.Event()

    def begin(self, slug: str, count: int, every_s: float) -> dict[str, Any]:
        """Make people, and seat them before a desk that waits for `go`."""
        from django.test import Client  # noqa: PLC0415

        from asithappened.accounts.models import User  # noqa: PLC0415

        for who in range(count):
            user = User.objects.create_superuser(f"desk-{who}@bench.example", byline=f"Desk {who}")
            client = Client(headers={"host": "localhost"})
            client.force_login(user)
            threading.Thread(target=self._sit, args=(client, slug, who, every_s), daemon=True).start()
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

    def _sit(self, *seat: Any) -> None:
        try:
            self._beat(*seat)
        except BaseException:  # with fewer desks than were asked for, the figures would be wrong
            traceback.print_exc()
            os._exit(1)

    def _beat(self, client: Any, slug: str, who: int, every_s: float) -> None:
        by_chance = random.Random(who)  # noqa: S311 -- when somebody opened the desk
        said = json.dumps({"version": 1, "tab": f"tab-of-{who:03}", "at": "new"})
        while True:
            self._open.wait()
            time.sleep(by_chance.random() * every_s)  # so that beats are spread
            while self._open.is_set():
                began, cpu = time.perf_counter(), time.thread_time()
                answer = client.post(f"/desk/live/{slug}/beat/", said, content_type="application/json")
                assert answer.status_code == 200, answer.content
                took = time.perf_counter() - began
                self.cpu_s.append(time.thread_time() - cpu)
                self.took_s.append(took)
                time.sleep(max(0.0, every_s - took))


if __name__ == "__main__":
    obey(Desks)
