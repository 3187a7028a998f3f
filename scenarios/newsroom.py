"""Publishes through the one door, in a process that may be killed at any moment: `python -m scenarios.newsroom`.

Owns turning a line of JSON into events and one call of press; answers with the receipt and the instant of the answer
(CLOCK_MONOTONIC, in seconds). Remembers nothing: after a kill another such process gets the same line with the same
`once`. editor.py decides what happens.
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
        act = json.loads(line)
        try:
            answer = {"what": "done", **_do(act)}
        except Exception as error:
            answer = {"what": "error", "why": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


def _do(act: dict[str, Any]) -> dict[str, Any]:
    from asithappened import press  # noqa: PLC0415

    before = time.monotonic()
    receipt = press.publish(act["blog"], [_event(act)], once=act["once"])
    return {
        "once": act["once"], "blog": receipt.blog, "epoch": receipt.epoch,
        "first": receipt.first, "last": receipt.last,
        "before": before, "answered": time.monotonic(), "repeated": receipt.repeated,
    }  # fmt: skip


def _event(act: dict[str, Any]) -> Any:
    from asithappened.core import body, events  # noqa: PLC0415

    post = act.get("post", "")
    if act["kind"] in {"publish", "revise"}:
        paragraph = body.paragraph(f"{act['token']} {act['text']}")
        at = datetime.fromtimestamp(act["at"], UTC)
        words = {
            "title": act["title"],
            "body": body.with_ids(body.Doc(content=(paragraph,)), seed=post),
            "published_at": at,
        }
        return (
            events.PostPublished(post=post, **words)
            if act["kind"] == "publish"
            else events.PostRevised(post=post, **words)
        )
    match act["kind"]:
        case "open":
            return events.BlogOpened(slug=act["slug"], title="When things go wrong", audience=events.Audience.EVERYONE)
        case "withdraw":
            return events.PostWithdrawn(post=post)
        case "pin":
            return events.PostPinned(post=post, alone=True)
        case "key":
            return events.PostKindSet(post=post, kind=events.PostKind.KEY_EVENT)
        case "describe":
            return events.BlogDescribed(title=f"When things go wrong, {act['token']}")
        case other:
            raise ValueError(f"there is no act {other!r}")


if __name__ == "__main__":
    main()
