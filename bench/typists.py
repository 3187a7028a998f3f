"""People who type: `python -m bench.typists`, a process of threads that each save a draft again and again.

Owns how a draft is saved, as the desk would: one row by Django's ORM, over the one before. It opens the same home as
the publisher; which of its files the drafts are in is said with `begin`. One JSON command a line. Look next: drafts.py.
"""

import json
import random
import sys
import threading
import time
from collections.abc import Callable
from typing import Any, ClassVar, Final

DRAFT_CHARS: Final = 2_000


class Typists:
    """Threads that save while they are told to."""

    def __init__(self) -> None:
        self.took_s: list[float] = []
        self._typing = threading.Event()

    def begin(self, alias: str, count: int, every_s: float) -> dict[str, Any]:
        """Make the table in a database, and seat people who wait for `go`."""
        from django.db import connections, models  # noqa: PLC0415

        class Typed(models.Model):
            """A draft as the desk may have it: whose, of what, and the form's content."""

            who = models.PositiveIntegerField()
            post = models.CharField(max_length=64)
            typed = models.TextField()
            saved_at = models.DateTimeField(auto_now=True)
            objects: ClassVar[models.Manager["Typed"]] = models.Manager()

            class Meta:
                app_label = "drafts"
                db_table = "bench_draft"
                constraints = [models.UniqueConstraint(fields=["who", "post"], name="bench_draft_of_one")]

            def __str__(self) -> str:
                return f"{self.who}, {self.post}"

        with connections[alias].schema_editor() as editor:
            editor.create_model(Typed)
        connections[alias].close()

        def save(who: int, typed: str) -> None:
            Typed.objects.using(alias).bulk_create(
                [Typed(who=who, post="new", typed=typed)],
                update_conflicts=True,
                update_fields=["typed", "saved_at"],
                unique_fields=["who", "post"],
            )

        for who in range(count):
            threading.Thread(target=self._type, args=(who, every_s, save), daemon=True).start()
        return {}

    def go(self) -> dict[str, Any]:
        """Have them type."""
        self._typing.set()
        return {}

    def rest(self) -> dict[str, Any]:
        """Have them stop, and return how long each save took since they began, in ms."""
        self._typing.clear()
        took, self.took_s = self.took_s, []
        return {"took_ms": [round(one * 1e3, 3) for one in took]}

    def _type(self, who: int, every_s: float, save: Any) -> None:
        by_chance = random.Random(who)  # noqa: S311 -- when somebody presses a key
        words = "".join(by_chance.choices("abcdefghij klmno", k=DRAFT_CHARS))
        number = 0
        while True:
            self._typing.wait()
            time.sleep(by_chance.random() * every_s)  # nobody begins with the others
            while self._typing.is_set():
                number += 1
                began = time.perf_counter()
                save(who, f"{number} {words}")
                took = time.perf_counter() - began
                self.took_s.append(took)
                time.sleep(max(0.0, every_s - took))


def obey(made: Callable[[], Any]) -> None:
    """Read commands until standard input ends, and have one of these do them."""
    from asithappened.wiring.sqlite import use_safe_sqlite  # noqa: PLC0415

    use_safe_sqlite()  # before Django binds sqlite3
    import django  # noqa: PLC0415

    django.setup()
    people = made()
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            answer = {"what": "done", **getattr(people, asked.pop("do"))(**asked)}
        except Exception as error:
            answer = {"what": "error", "why": f"{type(error).__name__}: {error}"}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    obey(Typists)
