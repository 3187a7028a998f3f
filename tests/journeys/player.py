"""The demonstration's player with a test in its pauses: a process that does one thing for each line it reads.

`step` lets the next thing of the script happen; `withdraw POST` and `lengthen POST` are not in the script. Answers each
line with what happened and how far the log is, as JSON; nothing happens between two lines.
"""

import json
import sys
from typing import Any

from asithappened.wiring import home

home.prepare()

from asithappened.core import body  # noqa: E402
from asithappened.core import events as e  # noqa: E402
from asithappened.desk import actions  # noqa: E402
from asithappened.desk.demo import play  # noqa: E402
from asithappened.log import read  # noqa: E402

BY = actions.System(name="demo")


def say(day: play.Day, **more: Any) -> None:
    """Answer the test."""
    sys.stdout.write(json.dumps({"slug": day.slug, "head": read.blog(day.blog).seq, **more}) + "\n")
    sys.stdout.flush()


def lengthen(post_id: str, blog: int) -> e.PostRevised:
    """Return an edit that makes a post a screen longer."""
    post = read.post(blog, post_id)
    assert post is not None
    more = tuple(body.paragraph(f"More has become known, {n}. " * 9) for n in range(6))
    doc = body.with_ids(body.Doc(content=(*post.body.content, *more)), seed=post_id, old=post.body)
    return e.PostRevised(
        post=post_id, title=post.title, body=doc, kind=post.kind, bylines=post.bylines,
        published_at=post.published_at, position=post.position, reason="More is known.",
    )  # fmt: skip


def main() -> None:
    """Begin the day, and go through it as told."""
    day = play.begin()
    say(day, live=len(day.steps))
    played = False

    def pause(_: float = 0) -> bool:
        nonlocal played
        if played:
            say(day)
        for line in sys.stdin:
            match line.split():
                case ["step"]:
                    played = True
                    return False
                case ["withdraw", post]:
                    actions.happen(day.blog, [e.PostWithdrawn(post=post, reason="It was wrong.")], by=BY)
                    say(day)
                case ["lengthen", post]:
                    actions.happen(day.blog, [lengthen(post, day.blog)], by=BY)
                    say(day)
                case unknown:
                    raise ValueError(unknown)
        return True

    pause()
    play.play(day, pause=pause)
    say(day)


main()
