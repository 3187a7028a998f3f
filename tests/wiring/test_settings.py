"""Promises of the settings: one that cannot be is refused by its name."""

from pathlib import Path

import pytest

from tests.wiring.commanding import command


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
