"""A home that 56ba076 made, with a replay in it: it upgrades, loses that version's address, and its replay is one."""

import lzma
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.wiring.commanding import command

pytestmark = pytest.mark.terminal

MADE = Path(__file__).with_name("home_of_56ba076.sqlite3.xz")


def test_an_old_home_is_rendered_without_its_address_and_its_replay_stops_passing_for_news(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "newsroom.sqlite3").write_bytes(lzma.decompress(MADE.read_bytes()))

    def published(slug: str) -> dict[str, bytes]:
        """Return the parts of a blog's pages."""
        query = "SELECT name, data FROM published_part WHERE blog = (SELECT blog FROM published_slug WHERE slug = ?)"
        with closing(sqlite3.connect(home / "newsroom.sqlite3")) as database:
            return {name: bytes(data) for name, data in database.execute(query, [slug])}

    assert b"http://old.example:8000" in published("storm")["meta"]
    assert command("rebuild", "published", home=home).returncode == 0
    for slug in ("storm", "storm-replay"):
        assert not [name for name, data in published(slug).items() if b"old.example" in data]
    replay, original = published("storm-replay"), published("storm")
    assert b"badge-replay" in replay["status"]
    assert replay["jsonld"] == b""
    assert b"noindex" in replay["meta"]
    assert b"badge-replay" not in original["status"]
    assert b"LiveBlogPosting" in original["jsonld"]
    script = (
        "from asithappened.desk import actions; from asithappened.log import read;"
        "actions.take_down_blog(read.blog_id('storm'), by=actions.System(name='test'));"
        "print(read.blog(read.blog_id('storm-replay')).status.value)"
    )
    answer = command("manage", "shell", "-v", "0", "-c", script, home=home)
    assert answer.stdout.split() == ["gone"], answer.stderr
