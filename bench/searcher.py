"""An installation to search: `python -m bench.searcher`, one JSON command a line.

Owns its words, distributed like those of a language (Zipf): a few are in nearly every post, most are in few. Posts are
published through the one door, fifty an append, and the worker's own followers make the index.
"""

import itertools
import random
import time
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from bench.typists import run_commands

WORDS: Final = 20_000
_SOUNDS: Final = (
    "ba",
    "cor",
    "di",
    "fen",
    "gal",
    "hu",
    "jor",
    "ka",
    "lem",
    "mi",
    "nor",
    "pa",
    "qui",
    "res",
    "sto",
    "tu",
)
_AT: Final = datetime(2026, 1, 1, 6, 0, tzinfo=UTC)


def word(number: int) -> str:
    """Return a word by its rank, the most frequent first."""
    sounds = []
    number += 16 * 16  # so that no word has fewer than three
    while number:
        number, at = divmod(number, 16)
        sounds.append(_SOUNDS[at])
    return "".join(sounds)


class Installation:
    """The live blogs of a home."""

    def __init__(self) -> None:
        from django.conf import settings  # noqa: PLC0415
        from django.core.management import call_command  # noqa: PLC0415

        for database in settings.DATABASES:
            call_command("migrate", database=database, verbosity=0, interactive=False)
        self._chance = random.Random(40_000)  # noqa: S311 -- the same words in every run
        self._weights = list(itertools.accumulate(1 / (number + 2) for number in range(WORDS)))
        self._numbers = range(WORDS)
        self._said = 0
        self._blogs: list[int] = []

    def build(self, blogs: int, posts: int, chars: int) -> dict[str, Any]:
        """Open the live blogs, publish their posts, and run all followers."""
        from django.db import connection  # noqa: PLC0415

        from asithappened import press  # noqa: PLC0415
        from asithappened.core.events import Audience, BlogOpened  # noqa: PLC0415

        for number in range(blogs):
            opened = BlogOpened(slug=f"house-{number}", title=self._words(40).capitalize(), audience=Audience.EVERYONE)
            blog = press.publish(None, [opened]).blog
            self._blogs.append(blog)
            for start in range(0, posts, 50):
                press.publish(blog, [self._post(chars) for _ in range(min(50, posts - start))])
        self._follow(without="")
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")  # as its autovacuum does by itself, within a minute
        return {}

    def search(self, queries: list[dict[str, str]]) -> dict[str, Any]:
        """Request each address without signing in; return how long the answers took, by kind."""
        from django.test import Client  # noqa: PLC0415

        client = Client(headers={"host": "localhost:8000"})
        took: dict[str, list[float]] = defaultdict(list)
        for warm, query in [(True, queries[0]), *((False, one) for one in queries)]:
            began = time.perf_counter()
            answer = client.get(query["address"])
            spent = time.perf_counter() - began
            assert answer.status_code == 200, (query, answer.status_code)
            if not warm:
                took[query["kind"]].append(spent * 1e3)
        return {"took_ms": took}

    def publish(self, turns: int, chars: int) -> dict[str, Any]:
        """Publish posts and run all followers, with the index and without it in turns."""
        from asithappened import press  # noqa: PLC0415
        from asithappened.search import consume  # noqa: PLC0415

        took: dict[str, list[float]] = {"with_ms": [], "without_ms": []}
        for turn in range(turns + 3):
            blog = self._blogs[turn % len(self._blogs)]
            for name, without in (("without_ms", consume.NAME), ("with_ms", "")):
                event = self._post(chars)
                began = time.perf_counter()
                press.publish(blog, [event])
                self._follow(without=without)
                if turn >= 3:  # the first turns are slower
                    took[name].append((time.perf_counter() - began) * 1e3)
                self._follow(without="")
        return took

    def _follow(self, *, without: str) -> None:
        from asithappened.log import follow  # noqa: PLC0415
        from asithappened.wiring.work import followers  # noqa: PLC0415

        for follower in followers():
            if without != follower.NAME:
                follow.catch_up(follower)

    def _post(self, chars: int) -> Any:
        from asithappened.core import body  # noqa: PLC0415
        from asithappened.core.events import PostKind, PostPublished  # noqa: PLC0415

        self._said += 1
        words = self._words(chars)
        doc = body.Doc(content=(body.paragraph(words[: chars // 3]), body.paragraph(words[chars // 3 :])))
        return PostPublished(
            post=f"s{self._said}",
            title=self._words(50).capitalize(),
            body=body.with_ids(doc, seed=str(self._said)),
            kind=PostKind.UPDATE if self._said % 12 else PostKind.KEY_EVENT,
            published_at=_AT + timedelta(seconds=37 * self._said),
        )

    def _words(self, chars: int) -> str:
        chosen = self._chance.choices(self._numbers, cum_weights=self._weights, k=chars // 7)
        return " ".join(map(word, chosen))


if __name__ == "__main__":
    run_commands(Installation)
