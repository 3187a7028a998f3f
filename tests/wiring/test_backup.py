"""A backup holds everything, a restore loses nothing, and readers of what was restored begin anew."""

import io
import json
import os
import sqlite3
import tarfile
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from asithappened.wiring import served
from tests.wiring.commanding import PAGE, SLUG, command
from tests.wiring.conftest import imported
from tests.wiring.test_home import used_tomorrow

pytestmark = pytest.mark.terminal


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


def test_a_backup_has_the_newsrooms_own_lists_of_words_and_nothing_else_that_lies_there(home: Path) -> None:
    folder = home / "lexicons/en"
    folder.mkdir(parents=True)
    (folder / "hedges.txt").write_text("sources close to = purported\n")
    (folder / ".hedges.txt.swp").write_text("half of it")
    file = home.parent / "lists.tar"
    assert command("backup", str(file), home=home).returncode == 0
    (folder / "hedges.txt").write_text("")
    assert command("restore", str(file), home=home).returncode == 0
    assert {path.name: path.read_text() for path in folder.iterdir()} == {
        "hedges.txt": "sources close to = purported\n"
    }


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
            content = change(entry, source.extractfile(entry).read())
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
