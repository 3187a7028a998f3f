"""Publishes through the one door, in a process that may be killed at any moment: `python -m scenarios.newsroom`.

Owns turning a line of JSON into events and one call of press; answers with the receipt and the instant of the answer
(CLOCK_MONOTONIC, in seconds). Remembers nothing: after a kill the same line with the same `once` is said again to
another one of these. Who decides what happens is editor.py.
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
    print(json.dumps({"what": "open"}), flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            answer = {"what": "done", **_do(asked)}
        except Exception as error:
            answer = {"what": "error", "why": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


def _do(asked: dict[str, Any]) -> dict[str, Any]:
    from asithappened import press  # noqa: PLC0415

    before = time.monotonic()
    receipt = press.publish(asked["blog"], [_event(asked)], once=asked["once"])
    return {
        "once": asked["once"], "blog": receipt.blog, "epoch": receipt.epoch,
        "first": receipt.first, "last": receipt.last,
        "before": before, "answered": time.monotonic(), "repeated": receipt.repeated,
    }  # fmt: skip


def _event(asked: dict[str, Any]) -> Any:
    from asithappened.core import body, events  # noqa: PLC0415

    post = asked.get("post", "")
    if asked["kind"] in {"publish", "revise"}:
        paragraph = body.paragraph(f"{asked['token']} {asked['text']}")
        at = datetime.fromtimestamp(asked["at"], UTC)
        words = {
            "title": asked["title"],
            "body": body.with_ids(body.Doc(content=(paragraph,)), seed=post),
            "published_at": at,
        }
        return (
            events.PostPublished(post=post, **words)
            if asked["kind"] == "publish"
            else events.PostRevised(post=post, **words)
        )
    match asked["kind"]:
        case "open":
            return events.BlogOpened(
                slug=asked["slug"], title="When things go wrong", audience=events.Audience.EVERYONE
            )
        case "withdraw":
            return events.PostWithdrawn(post=post)
        case "pin":
            return events.PostPinned(post=post, alone=True)
        case "key":
            return events.PostKindSet(post=post, kind=events.PostKind.KEY_EVENT)
        case "describe":
            return events.BlogDescribed(title=f"When things go wrong, {asked['token']}")
        case other:
            raise ValueError(f"nobody here knows how to {other!r}")


if __name__ == "__main__":
    main()
