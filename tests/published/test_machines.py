"""Promises of `published.machines`: one machine is one name, and a database that is away is one line in the log."""

import socket
from pathlib import Path

import pytest

from asithappened.published import doorbell, machines, retrying
from asithappened.published.machines import Listener


def test_a_database_that_is_away_is_one_line_however_often_it_is_asked(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    pytest.importorskip("psycopg")
    monkeypatch.setattr(retrying, "RETRY_S", 0.01)
    bell = doorbell.listen(folder)
    with socket.socket(socket.AF_UNIX) as broken:
        broken.bind(str(folder / ".s.PGSQL.5432"))
        broken.listen()
        listener = Listener(f"postgresql://nobody@/nothing?host={folder}", folder)
        listener.start()
        for _ in range(5):
            broken.accept()[0].close()
        listener.stop()
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert doorbell.receive(bell) == {}
    doorbell.close(bell)


def test_a_machine_is_named_by_its_own_folder_and_has_no_name_before_anybody_listens(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    assert machines.name_of(here) == "?"
    here.mkdir()
    there.mkdir()
    assert machines.name_of(here) == machines.name_of(here) != machines.name_of(there)
    assert machines.sentence(here, 7, 3) == f"{machines.name_of(here)} 7 3"
