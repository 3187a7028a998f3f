"""A backup holds everything, a restore loses nothing, and readers of what was restored begin anew."""

import io
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from asithappened.wiring import served
from tests.wiring.test_cli import AT_NOBODYS, PAGE, command

pytestmark = pytest.mark.terminal

SLUG = "a-vote-and-a-storm"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a home that has a live blog in it, and a backup of that."""
    folder = tmp_path_factory.mktemp("made")
    imported(folder / "home", PAGE)
    assert command("backup", str(folder / "backup.tar"), home=folder / "home").returncode == 0
    return folder


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    """Return a home with a live blog in it, to be broken; its backup is beside it."""
    shutil.copytree(made / "home", tmp_path / "home", ignore=shutil.ignore_patterns("doorbells"))
    shutil.copy(made / "backup.tar", tmp_path / "backup.tar")
    return tmp_path / "home"


def imported(home: Path, page: str) -> None:
    """Bring a page in."""
    file = home.parent / "page.txt"
    file.write_text(page)
    answer = command("import", str(file), "--as", "page-text", "--slug", SLUG, home=home, settings=AT_NOBODYS)
    assert answer.returncode == 0, answer.stderr


def rows(home: Path, query: str) -> list[tuple[object, ...]]:
    """Ask the database of a home."""
    with sqlite3.connect(home / "newsroom.sqlite3") as database:
        return database.execute(query).fetchall()


def test_a_backup_put_in_place_brings_back_what_was_and_gives_each_blog_a_new_epoch(home: Path) -> None:
    file = home.parent / "backup.tar"
    assert file.stat().st_mode & 0o077 == 0
    before, keys = rows(home, "SELECT epoch, head FROM log_blog"), (home / "ticket.key").read_bytes()
    imported(home, PAGE.replace("The count has begun.", "The count has ended."))
    (home / "ticket.key").write_bytes(os.urandom(32))
    answer = command("restore", str(file), "--json", home=home)
    assert answer.returncode == 0, answer.stderr
    said = json.loads(answer.stdout)
    assert said["blogs"] == 1
    [(epoch, head)] = rows(home, "SELECT epoch, head FROM log_blog")
    assert head == before[0][1]
    assert epoch != before[0][0]
    assert rows(home, "SELECT epoch, head FROM published_blog") == [(epoch, head)]
    assert "The count has begun." in command("page-text", SLUG, home=home).stdout
    assert (home / "ticket.key").read_bytes() == keys
    assert {path.stat().st_mode & 0o077 for path in home.glob("newsroom.sqlite3*")} == {0}
    assert b"The count has ended." in b"".join(path.read_bytes() for path in Path(said["aside"]).iterdir())
    assert command("doctor", home=home).returncode == 0


def test_a_backup_is_the_beginning_of_another_home(home: Path) -> None:
    file, other = home.parent / "backup.tar", home.parent / "other"
    assert command("restore", str(file), home=other).returncode == 0
    assert "The count has begun." in command("page-text", SLUG, home=other).stdout


def test_a_backup_has_the_files_of_media_and_nothing_that_is_still_arriving(home: Path) -> None:
    def write(name: str, content: str) -> None:
        path = home / "media" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)

    kept = {"ab/abcdef0123/original": "a picture", "ab/abcdef0123/640.webp": "of 640"}
    for name, content in {**kept, "incoming/abcdef9999": "half a", "ab/abcdef0123/.0a1b": "half of"}.items():
        write(name, content)
    file = home.parent / "media.tar"
    assert command("backup", str(file), home=home).returncode == 0
    write("ab/abcdef0123/640.webp", "another")
    answer = command("restore", str(file), "--json", home=home)
    assert answer.returncode == 0, answer.stderr
    there = {
        path.relative_to(home / "media").as_posix(): path for path in (home / "media").rglob("*") if path.is_file()
    }
    assert {name: path.read_text() for name, path in there.items()} == kept
    assert (Path(json.loads(answer.stdout)["aside"]) / "media/ab/abcdef0123/640.webp").read_text() == "another"


def test_a_backup_is_not_written_over(home: Path) -> None:
    file = home.parent / "backup.tar"
    file.write_text("a year of work")
    assert "not written over" in command("backup", str(file), home=home).stderr
    assert file.read_text() == "a year of work"


def without(name: str) -> Callable[[tarfile.TarInfo, bytes], bytes | None]:
    """Leave a file out."""
    return lambda entry, content: None if entry.name == name else content


def torn(entry: tarfile.TarInfo, content: bytes) -> bytes:
    """Damage the database in its middle."""
    if entry.name != "newsroom.sqlite3":
        return content
    return content[:8192] + os.urandom(len(content) - 16384) + content[-8192:]


def renamed(entry: tarfile.TarInfo, content: bytes) -> bytes:
    """Have a file lead out of the folder."""
    if entry.name == "ticket.key":
        entry.name = "../ticket.key"
    return content


def astray(entry: tarfile.TarInfo, content: bytes) -> bytes:
    """Have a file lead out of the folder of media."""
    if entry.name == "ticket.key":
        entry.name = "media/ab/../../../ticket.key"
    return content


def of_tomorrow(entry: tarfile.TarInfo, content: bytes) -> bytes:
    """Have the database be one that a newer version has used."""
    if entry.name != "newsroom.sqlite3":
        return content
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "newer.sqlite3"
        path.write_bytes(content)
        used_tomorrow(path)
        return path.read_bytes()


def used_tomorrow(database: Path) -> None:
    """Have a database be one that a newer version has used."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('log', '9999_x', '2099-01-01')")
        connection.commit()


@pytest.mark.parametrize(
    ("change", "said"),
    [(without("newsroom.sqlite3"), "lacks"), (without("secret.key"), "lacks"), (torn, "Nothing was changed"),
     (renamed, "is no backup"), (astray, "is no backup"), (of_tomorrow, "newer version")],
)  # fmt: skip
def test_what_is_not_a_whole_backup_of_this_program_changes_nothing(
    home: Path, change: Callable[[tarfile.TarInfo, bytes], bytes | None], said: str
) -> None:
    file = home.parent / "backup.tar"
    changed = home.parent / "changed.tar"
    with tarfile.open(file) as source, tarfile.open(changed, "w") as target:
        for entry in source:
            content = change(entry, source.extractfile(entry).read())  # type: ignore[union-attr]
            if content is not None:
                entry.size = len(content)
                target.addfile(entry, io.BytesIO(content))
    before = {path.name: path.read_bytes() for path in home.iterdir() if path.is_file()}
    answer = command("restore", str(changed), home=home)
    assert answer.returncode == 1, answer.stdout
    assert said in answer.stderr
    assert "Nothing was changed" in answer.stderr
    after = {path.name: path.read_bytes() for path in home.iterdir() if path.is_file()}
    assert {n: c for n, c in after.items() if n != served.FILE} == {n: c for n, c in before.items() if n != served.FILE}
    assert not list(home.glob(".restoring-*"))


def test_what_is_no_backup_at_all_is_refused(home: Path) -> None:
    for content in (b"", b"not a tar", PAGE.encode() * 100):
        (home.parent / "other.tar").write_bytes(content)
        assert command("restore", str(home.parent / "other.tar"), home=home).returncode == 1
    assert command("restore", str(home.parent / "none.tar"), home=home).returncode == 1
    assert command("restore", home=home).returncode == 2
    assert command("restore", "x", "--in-place", home=home).returncode == 2


HOLD = """
import sys, pathlib
from asithappened.wiring import served
with served.serving(pathlib.Path(sys.argv[1]), listens="http://localhost:1"):
    print("serving", flush=True); sys.stdin.read()
"""


def test_nothing_is_restored_while_the_home_is_served_and_backups_may_be_made(home: Path) -> None:
    file = home.parent / "backup.tar"
    server = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert server.stdout is not None
    assert server.stdin is not None
    try:
        assert server.stdout.readline() == "serving\n"
        assert command("backup", f"{file}.2", home=home).returncode == 0
        for arguments in ([str(file)], ["--in-place"]):
            answer = command("restore", *arguments, home=home)
            assert answer.returncode == 1
            assert f"process {server.pid}" in answer.stderr
        server.send_signal(signal.SIGKILL)  # a lock is gone with its process
        server.wait(30)
        assert command("restore", "--in-place", home=home).returncode == 0
    finally:
        server.kill()
        server.stdin.close()
        server.stdout.close()
        server.wait(30)


def test_keys_that_were_lost_are_said_to_be_and_taken_with_a_restore_in_place(home: Path) -> None:
    assert command("restore", "--in-place", home=home).returncode == 0
    assert command("doctor", home=home).returncode == 0
    (home / "secret.key").write_bytes(os.urandom(32))
    (home / "secret.key").chmod(0o600)
    answer = command("doctor", "--json", home=home)
    findings = {finding["check"]: finding for finding in json.loads(answer.stdout)["findings"]}
    assert findings["keys"]["result"] == "fail"
    assert "secret.key" in findings["keys"]["says"]
    run = command("run", "--port", "65001", home=home)
    assert run.returncode == 1
    assert "other keys" in run.stderr
    assert "Serving" not in run.stderr
    assert command("restore", "--in-place", home=home).returncode == 0
    assert command("doctor", home=home).returncode == 0


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
