"""Bringing in an archive's pictures from a terminal: killed in its midst, it goes on and asks for nothing twice."""

import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from threading import Event

import pytest

from tests.journeys.bringing import drawn
from tests.journeys.installation import Installation, killed, until
from tests.outbound.conftest import site
from tests.outbound.site import Answer, Site, said

__all__ = ["site"]
pytestmark = pytest.mark.terminal

OPENED = """
from asithappened.wiring import home

home.prepare(make=True)
from asithappened import press
from asithappened.accounts.models import User
from asithappened.core import body
from asithappened.core import events as e

User.objects.create_superuser("chief@house.example", "correct horse battery")
blog = press.publish(None, [e.BlogOpened(slug="archive", title="An archive", audience=e.Audience.EVERYONE)]).blog
for n in range(6):
    picture = body.Image(attrs=body.ImageAttrs(src=f"ADDRESS/{n}.jpg", caption=f"Picture {n}"))
    doc = body.with_ids(body.Doc(content=(picture,)), seed=f"p{n}")
    press.publish(blog, [e.PostPublished(post=f"p{n}", body=doc, position=n)])
"""


def test_killed_in_its_midst_it_goes_on_where_it_stopped(site: Site, tmp_path: Path) -> None:
    home, asked, go_on = Installation(tmp_path / "home"), Counter[int](), Event()
    home.given["ASITHAPPENED_OUTBOUND_TO"] = "127.0.0.1/32"
    answers = [said(drawn(colour)) for colour in ("red", "teal", "navy", "olive", "gray", "lime")]
    answers[1], answers[5] = said(b"", status=404), said(b"no picture")

    def answering(n: int) -> Answer:
        def answer(request: BaseHTTPRequestHandler) -> None:
            asked[n] += 1
            if n == 3 and not go_on.is_set():
                go_on.wait(60)  # it is killed meanwhile
            else:
                answers[n](request)

        return answer

    site.pages |= {f"/{n}.jpg": answering(n) for n in range(6)}
    setting_up = [sys.executable, "-c", OPENED.replace("ADDRESS", site.address)]
    subprocess.run(setting_up, env=home.environment, check=True)
    running = home.start("media", "fetch", "archive", "--json")
    until(lambda: asked[3] and noted(home) == 3, "the fourth picture is asked for, and the third was noted")
    killed(running)
    go_on.set()
    outcomes = home.as_json("media", "fetch", "archive")
    assert {one["src"].rpartition("/")[2] for one in outcomes if one["why"]} == {"1.jpg", "5.jpg"}
    assert asked == Counter({0: 1, 1: 1, 2: 1, 3: 2, 4: 1, 5: 1}), "only what was in hand is asked for twice"
    shown = [fact["post"] for fact in home.log("archive") if fact["kind"] == "post.revised"]
    assert sorted(shown) == ["p0", "p2", "p3", "p4"], "each post was changed once"
    printed = home.command("media", "fetch", "archive")
    assert "1.jpg" in printed
    assert "2 are not asked for again, unless with --again." in printed
    assert sum(asked.values()) == 7


def noted(home: Installation) -> int:
    """Return of how many addresses an installation knows what became of them."""
    with closing(sqlite3.connect(next(home.home.glob("*.sqlite3")))) as connection:
        return int(connection.execute("SELECT count(*) FROM media_sought").fetchone()[0])
