"""Runs the command as people do, in a separate process; with a live blog and a page for it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from asithappened import press
from asithappened.core import body
from asithappened.core import events as e
from asithappened.wiring import address
from bench.machine import reserve_port
from tests.commands import ran

db = pytest.mark.django_db(databases="__all__")


# By itself a home is at localhost:8000, where whoever runs the tests may have another server.
AT_NOBODYS = {address.VARIABLE: f"http://localhost:{reserve_port()}"}


SLUG = "a-vote-and-a-storm"
PAGE = """A vote and a storm – as it happened

Last modified: 06:59 PM GMT+0

The town decides

Polls close

The count has begun.
"""


def blog(slug: str = "storm") -> int:
    """Open a blog with a post that stays, one that was withdrawn and one that was erased."""
    opened = press.publish(None, [e.BlogOpened(slug=slug, title="Storm", audience=e.Audience.EVERYONE)]).blog
    for id_ in ("stays", "withdrawn", "erased"):
        doc = body.with_ids(body.Doc(content=(body.paragraph(f"words of {id_}"),)), seed=id_)
        press.publish(opened, [e.PostPublished(post=id_, title=id_.title(), body=doc)])
    press.publish(
        opened, [e.PostWithdrawn(post="withdrawn"), e.PayloadErased(of=e.post("erased"), seqs=(4,), whole=True)]
    )
    return opened


def command(
    *arguments: str, home: Path | None = None, settings: dict[str, str] | None = None, out: int | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command as a person does, in a process of its own.

    `out`: the descriptor that it prints to, if what it prints is not to be returned.
    """
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("ASITHAPPENED_", "DJANGO_"))}
    if home is not None:
        environment["ASITHAPPENED_HOME"] = str(home)
    environment |= {"NO_COLOR": "1"} | (settings or {})
    if out is None:
        return ran(*arguments, environment=environment)
    return subprocess.run(
        [sys.executable, "-m", "asithappened.wiring.cli", *arguments],
        env=environment, stdout=out, stderr=subprocess.PIPE, text=True, timeout=60, check=False,
    )  # fmt: skip
