"""People who type: `python -m bench.typists`, a process of threads that each save a draft periodically.

Owns how a draft is saved, like the desk's: one row by Django's ORM, which replaces the one before. It opens the same
home as the publisher; `begin` names the database. Reads one JSON command a line. Look next: drafts.py.
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
    """Threads that save between `go` and `rest`."""

    def __init__(self) -> None:
        self.took_s: list[float] = []
        self._typing = threading.Event()

    def begin(self, alias: str, count: int, every_s: float) -> dict[str, Any]:
        """Make the table in a database, and threads that wait for `go`."""
        from django.db import connections, models  # noqa: PLC0415

        class Typed(models.Model):
            """A draft like the desk's: whose it is, of which post, and the form's content."""

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
        """Let the threads save."""
        self._typing.set()
        return {}

    def rest(self) -> dict[str, Any]:
        """Stop the threads; return how long each save took since `go`, in ms."""
        self._typing.clear()
        took, self.took_s = self.took_s, []
        return {"took_ms": [round(one * 1e3, 3) for one in took]}

    def _type(self, who: int, every_s: float, save: Any) -> None:
        chance = random.Random(who)  # noqa: S311 -- no secret: the moment of a save
        words = "".join(chance.choices("abcdefghij klmno", k=DRAFT_CHARS))
        number = 0
        while True:
            self._typing.wait()
            time.sleep(chance.random() * every_s)  # so that the saves are spread
            while self._typing.is_set():
                number += 1
                began = time.perf_counter()
                save(who, f"{number} {words}")
                took = time.perf_counter() - began
                self.took_s.append(took)
                time.sleep(max(0.0, every_s - took))


def run_commands(make: Callable[[], Any]) -> None:
    """Read commands until standard input ends; each is a method of the object that `make` returns."""
    from asithappened.wiring.sqlite import use_safe_sqlite  # noqa: PLC0415

    use_safe_sqlite()  # before Django binds sqlite3
    import django  # noqa: PLC0415

    django.setup()
    target = make()
    for line in sys.stdin:
        arguments = json.loads(line)
        try:
            answer = {"what": "done", **getattr(target, arguments.pop("do"))(**arguments)}
        except Exception as error:
            answer = {"what": "error", "why": f"{type(error).__name__}: {error}"}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    run_commands(Typists)
