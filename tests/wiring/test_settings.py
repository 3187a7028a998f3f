"""Promises of the settings: one that cannot be is refused by its name."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest

from asithappened.wiring import settings
from tests.wiring.commanding import command

FULL: Final = 2
NORMAL: Final = 1


@pytest.mark.terminal
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ASITHAPPENED_URL", "live.example.org"),
        ("ASITHAPPENED_URL", "ftp://live.example.org"),
        ("ASITHAPPENED_LANGUAGE", "xx"),
        ("ASITHAPPENED_DATABASE", "mysql://ada@db/news"),
        ("ASITHAPPENED_GRIP_URL", "http://127.0.0.1:5561/?iss=newsroom&key=changeme"),
    ],
)
def test_a_setting_that_cannot_be_is_refused_by_its_name(
    name: str, value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = command("log", "storm", "--home", str(tmp_path), settings={name: value})
    assert answer.returncode == 1
    assert answer.stderr.startswith(name)
    assert "Traceback" not in answer.stderr


def test_what_was_published_survives_a_power_cut_and_a_draft_a_killed_process() -> None:
    at = settings._databases("")
    for name, expected in (("default", FULL), ("drafts", NORMAL)):
        with closing(sqlite3.connect(":memory:")) as database:
            database.executescript(at[name]["OPTIONS"]["init_command"])
            assert database.execute("PRAGMA synchronous").fetchone() == (expected,)
