"""Promise: kill -9 at any moment of a day loses nothing that was answered, doubles nothing, and breaks no database."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tables import new_home

WRITER = """
import sys
from asithappened.wiring import home
home.prepare()
from asithappened import press
from asithappened.core import body
from asithappened.core import events as e
from asithappened.log import read

blog = press.publish(None, [e.BlogOpened(slug="storm", title="Storm")], once="open").blog
for n in range(int(sys.argv[1])):
    doc = body.with_ids(body.Doc(content=(body.paragraph(f"Words {n}"),)), seed=str(n))
    events = [e.PostPublished(post=f"p{n}", title=f"Post {n}", body=doc, position=n)]
    if n % 3 == 0:
        events.append(e.PostKindSet(post=f"p{n}", kind=e.PostKind.KEY_EVENT))
    if n % 5 == 4:
        events.append(e.PostWithdrawn(post=f"p{n - 1}"))
    receipt = press.publish(blog, events, once=f"step-{n}")
    print(n, receipt.first, receipt.last, int(receipt.repeated), flush=True)
print("done", flush=True)
"""
CHECKER = """
from asithappened.wiring import home
home.prepare()
from asithappened import press
from asithappened.core import fold
from asithappened.log import read
from asithappened.published import models

blog = read.blog_id("storm")
facts = list(read.facts(blog))
folded = fold.fold(facts)
assert [fact.seq for fact in facts] == list(range(1, len(facts) + 1))
assert folded.posts == read.posts_by_id(blog) and folded.blog == read.blog(blog)
lived = sorted((f.seq, bytes(f.data)) for f in models.Frame.objects.filter(blog=blog))
press.rebuild(blog)
assert sorted((f.seq, bytes(f.data)) for f in models.Frame.objects.filter(blog=blog)) == lived
print(len(facts), sum(fact.kind == "post.published" for fact in facts))
"""
STEPS, KILLS = 30, 3


def start(script: str, home: Path, *arguments: str) -> subprocess.Popen[str]:
    """Start a program of its own on a home."""
    environment = {k: v for k, v in os.environ.items() if k != "ASITHAPPENED_DATABASE"}
    return subprocess.Popen(
        [sys.executable, "-c", script, *arguments],
        env=environment | {"ASITHAPPENED_HOME": str(home)}, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


@pytest.mark.terminal
def test_a_writer_killed_at_random_moments_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    chance = random.Random(0)
    answered: dict[int, tuple[int, int]] = {}
    killed = 0
    home = new_home(tmp_path / "home")
    for life in range(KILLS + 1):
        writer = start(WRITER, home, str(STEPS))
        assert writer.stdout is not None
        # Killed while it works on the step after some answer: its own output is the only clock here.
        lives_until = len(answered) + chance.randint(1, STEPS // KILLS) if life < KILLS else STEPS + 1
        for line in writer.stdout:
            if line.strip() == "done":
                break
            step, first, last, _ = map(int, line.split())
            assert answered.setdefault(step, (first, last)) == (first, last), "an answered publish is kept as it was"
            if len(answered) >= lives_until:
                os.kill(writer.pid, signal.SIGKILL)
                killed += 1
                break
        writer.stdout.read()
        writer.stdout.close()
        writer.wait()
    assert killed == KILLS
    assert list(answered) == list(range(STEPS))
    ranges = sorted(answered.values())
    assert [first for first, _ in ranges] == [2, *(last + 1 for _, last in ranges[:-1])]
    checker = start(CHECKER, home)
    out, _ = checker.communicate(timeout=60)
    assert checker.returncode == 0
    assert out.split() == [str(ranges[-1][1]), str(STEPS)]
    with sqlite3.connect(home / "newsroom.sqlite3") as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database.close()
