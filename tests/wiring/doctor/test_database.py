"""Promises of the doctor about databases: damage, other versions and other keys are said once, with what to do."""

import json
from pathlib import Path

import pytest
from pytest_django import Settings

from asithappened.wiring import agreement
from asithappened.wiring.doctor import database
from tests.wiring.commanding import command


@pytest.mark.terminal
def test_a_doctor_before_a_database_that_is_none_says_it_once_and_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "newsroom.sqlite3").write_bytes(b"this was never a database" * 400)
    (tmp_path / "newsroom.sqlite3").chmod(0o600)
    answer = command("doctor", "--json", home=tmp_path)
    assert answer.returncode == 1
    failed = [finding for finding in json.loads(answer.stdout)["findings"] if finding["result"] == "fail"]
    assert [finding["check"] for finding in failed] == ["tables"]
    assert "backup" in failed[0]["do"]


@pytest.mark.django_db
def test_a_healthy_database_is_said_to_be_and_keys_of_another_home_are_named(
    settings: Settings, tmp_path: Path
) -> None:
    settings.TICKET_KEY_FILE = tmp_path / "ticket.key"
    agreement.check()
    assert [check().result for check in (database.sqlite, database.tables, database.whole, database.keys)] == ["ok"] * 4
    settings.TICKET_KEY_FILE = tmp_path / "another.key"
    found = database.keys()
    assert found.result == "fail"
    assert found.says.startswith("ticket.key of this home")
