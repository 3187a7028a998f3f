"""Promises of the home folder: the first command makes it, for its owner alone, or says why not."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.tables import new_home
from tests.wiring.commanding import AT_NOBODYS, PAGE, command


@pytest.mark.terminal
def test_the_first_command_makes_the_home_and_home_may_stand_anywhere(tmp_path: Path) -> None:
    home, file = tmp_path / "deep" / "home", tmp_path / "page.txt"
    file.write_text(PAGE)
    answer = command("import", str(file), "--as", "page-text", "--home", str(home), "--json", settings=AT_NOBODYS)
    assert (answer.returncode, answer.stderr) == (0, f"Made a new home at {home}\n")
    assert (home / "newsroom.sqlite3").is_file()
    assert home.stat().st_mode & 0o077 == 0
    slug = json.loads(answer.stdout)["slug"]
    again = command("--home", str(home), "page-text", slug)
    assert again.returncode == 0
    assert "The count has begun." in again.stdout
    assert command("doctor", home=home).returncode == 0


@pytest.mark.terminal
def test_a_home_that_cannot_be_made_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    answer = command("invite", "ada@courier.example", "--home", str(tmp_path / "file" / "home"))
    assert answer.returncode == 1
    assert "cannot be made" in answer.stderr
    assert "Traceback" not in answer.stderr


def used_tomorrow(database: Path) -> None:
    """Have a database be one that a newer version has used."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('log', '9999_x', '2099-01-01')")
        connection.commit()


@pytest.mark.terminal
def test_an_older_program_does_not_start_on_what_a_newer_one_has_used(home: Path) -> None:
    used_tomorrow(home / "newsroom.sqlite3")
    before = (home / "newsroom.sqlite3").read_bytes()
    for arguments in (["list"], ["run", "--port", "65001"]):
        answer = command(*arguments, home=home)
        assert answer.returncode == 1
        assert "used by a newer version" in answer.stderr
        assert "log.9999_x" in answer.stderr
    assert (home / "newsroom.sqlite3").read_bytes() == before
    findings = json.loads(command("doctor", "--json", home=home).stdout)["findings"]
    assert [one["check"] for one in findings if one["result"] == "fail"] == ["tables"]


@pytest.mark.terminal
def test_nobody_else_reads_the_database_whatever_the_folders_mode_and_the_doctor_sees_to_it(home: Path) -> None:
    home.chmod(0o755)
    for path in home.glob("newsroom.sqlite3*"):
        path.chmod(0o644)
    findings = json.loads(command("doctor", "--json", home=home).stdout)["findings"]
    [found] = [one for one in findings if one["check"] == "home"]
    assert found["result"] == "fail"
    assert "newsroom.sqlite3" in found["says"]
    assert f"chmod 600 {home}/newsroom.sqlite3" in found["do"]
    assert command("list", home=home).returncode == 0
    assert {path.stat().st_mode & 0o077 for path in home.glob("newsroom.sqlite3*")} == {0}
    assert command("doctor", home=home).returncode == 0


def test_counts_of_readers_lie_with_drafts_also_in_a_home_that_had_none(tmp_path: Path) -> None:
    home = new_home(tmp_path / "home")
    with closing(sqlite3.connect(home / "drafts.sqlite3")) as older:
        older.execute("DROP TABLE readership_count")
        older.execute("DELETE FROM django_migrations WHERE app = 'readership'")
        older.commit()
    assert command("rebuild", "published", home=home).returncode == 0
    tables = {
        name: {found for (found,) in _rows(home / f"{name}.sqlite3", "SELECT name FROM sqlite_master")}
        for name in ("newsroom", "drafts")
    }
    assert {name for name, found in tables.items() if "readership_count" in found} == {"drafts"}


def _rows(file: Path, question: str) -> list[tuple[str]]:
    with closing(sqlite3.connect(file)) as database:
        return list(database.execute(question))
