"""Publishes through the one door, in a process of its own: `python -m bench.publisher`, one JSON command a line.

Owns making posts of a given length with the swarm's mark in them, and the instants before and after each append.
It opens the same home folder as the server (environment), so a publish rings the same doorbell as an editor's does.
"""

import json
import sys
import time
from datetime import UTC, datetime
from typing import Any


def main() -> None:
    """Read commands until standard input ends."""
    import django  # noqa: PLC0415

    from asithappened.wiring.sqlite import use_safe_sqlite  # noqa: PLC0415

    use_safe_sqlite()  # before Django binds sqlite3
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0, interactive=False)
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            answer = {"what": "done", **DO[asked.pop("do")](**asked)}
        except Exception as error:
            answer = {"what": "error", "why": f"{type(error).__name__}: {error}"}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def open_blog(slug: str) -> dict[str, Any]:
    """Open the blog, or find it from an earlier run."""
    from asithappened import press  # noqa: PLC0415
    from asithappened.core.events import Audience, BlogOpened  # noqa: PLC0415

    event = BlogOpened(slug=slug, title="What the machine allows", audience=Audience.EVERYONE)
    receipt = press.publish(None, [event], once=f"bench-{slug}")
    return {"blog": receipt.blog, "epoch": receipt.epoch}


def posts(blog: int, first: int, count: int, chars: int) -> dict[str, Any]:
    """Publish posts in one append."""
    from asithappened import press  # noqa: PLC0415

    before_ns = time.monotonic_ns()
    receipt = press.publish(blog, [_post(number, before_ns, chars) for number in range(first, first + count)])
    answer_ns = time.monotonic_ns()
    return {
        "before_ns": before_ns, "answer_ns": answer_ns,
        "epoch": receipt.epoch, "first": receipt.first, "last": receipt.last,
    }  # fmt: skip


def seed(blog: int, first: int, count: int, chars: int) -> dict[str, Any]:
    """Publish many posts, 50 an append, so that a long blog is there soon."""
    for start in range(first, first + count, 50):
        posts(blog, start, min(50, first + count - start), chars)
    return {}


def _post(number: int, at_ns: int, chars: int) -> Any:
    from asithappened.core import body  # noqa: PLC0415
    from asithappened.core.events import PostPublished  # noqa: PLC0415

    # A post's words, not one letter a thousand times: pages of it have to compress like pages.
    words = " ".join(WORDS[(number * 7 + i * i * 31 + i) % len(WORDS)] for i in range(chars // 6))
    cut = len(words) // 3
    return PostPublished(
        post=f"b{number}-{time.time_ns():x}",
        title=f"bench-mark-{number:08d}-{at_ns:020d}",
        body=body.with_ids(
            body.Doc(content=(body.paragraph(words[:cut]), body.paragraph(words[cut:]))), seed=str(number)
        ),
        published_at=datetime.now(UTC),
    )


DO = {"open": open_blog, "posts": posts, "seed": seed}
WORDS = """
the of and to a in that it is was for on are as with his they at be this from have or by one had not but what all were
when we there can an your which their said if do will each about how up out them then she many some so these would other
into has more her two like him see time could no make than first been its who now people my made over did down only way
find use may water long little very after words called just where most know river council bridge minister police flood
warning station evening morning quarter district engineer statement spokesperson reported confirmed earlier according
""".split()  # noqa: SIM905

if __name__ == "__main__":
    main()
