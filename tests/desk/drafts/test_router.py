"""What changes every few seconds is apart: its models are in a file of their own, which an upgrade makes."""

import json
import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connections, models, transaction

from asithappened import press
from asithappened.core import events as e
from asithappened.desk.drafts.router import APART
from asithappened.log.models import Blog
from tests.log.emptied import without_triggers
from tests.wiring.commanding import command

__all__ = ["without_triggers"]
on_both_files = pytest.mark.django_db(transaction=True, databases=["default", APART])


@pytest.fixture
def sketch(django_db_setup: None) -> Iterator[type[models.Model]]:
    """Make a model of the application, and forget it again."""

    class Sketch(models.Model):
        words = models.TextField()

        class Meta:
            app_label = APART

    yield Sketch
    del apps.all_models[APART]["sketch"]
    apps.clear_cache()


@pytest.fixture
def table(sketch: type[models.Model], transactional_db: None) -> Iterator[type[models.Model]]:
    """Make the model's table where it belongs."""
    with connections[APART].schema_editor() as editor:
        editor.create_model(sketch)
    yield sketch
    with connections[APART].schema_editor() as editor:
        editor.delete_model(sketch)


@on_both_files
def test_a_model_of_drafts_is_read_and_written_in_its_own_file(table: type[models.Model]) -> None:
    table._default_manager.create(words="Half a sent")
    assert table._default_manager.get().words == "Half a sent"  # type: ignore[attr-defined]
    assert table._meta.db_table in connections[APART].introspection.table_names()
    assert table._meta.db_table not in connections["default"].introspection.table_names()
    assert "log_event" not in connections[APART].introspection.table_names()


@on_both_files
def test_a_save_that_goes_on_keeps_no_publish_waiting_nor_a_publish_a_save(table: type[models.Model]) -> None:
    for alias in ("default", APART):
        with connections[alias].cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 0")  # whoever would have to wait fails
    try:
        with transaction.atomic(using=APART):
            table._default_manager.create(words="Half a sent")
            blog = press.publish(None, [e.BlogOpened(slug="storm", title="Storm")]).blog
        with transaction.atomic():
            Blog.objects.filter(pk=blog).update(head=1)
            table._default_manager.create(words="Half a sentence")
    finally:
        for alias in ("default", APART):
            connections[alias].close()


@pytest.mark.terminal
def test_an_upgrade_makes_the_tables_in_a_home_of_before_and_a_backup_brings_them_back(tmp_path: Path) -> None:
    home, file = tmp_path / "home", tmp_path / "backup.tar"
    assert command("invite", "ann@courier.example", home=home).returncode == 0
    (home / "drafts.sqlite3").unlink()  # as in a home of before there was such a file
    findings = json.loads(command("doctor", "--json", home=home).stdout)["findings"]
    assert [one["check"] for one in findings if one["result"] == "fail"] == ["tables"]
    assert not (home / "drafts.sqlite3").exists(), "a doctor makes nothing"
    assert command("list", home=home).returncode == 0
    assert (home / "drafts.sqlite3").stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(home / "drafts.sqlite3")) as database:
        tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
        assert {one for one in tables if not one.startswith(("sqlite_", "django_"))} >= {"drafts_draft"}
        database.execute(
            "INSERT INTO drafts_draft (blog, author, key, of, words, first_words, writer, turn, version, state,"
            " made_at, saved_at) VALUES (1, 1, 'k', '', 'Half a sent', '', 'w', 1, 1,"
            " 'open', '2026-01-01', '2026-01-01')"
        )
        database.commit()
        assert command("backup", str(file), home=home).returncode == 0
        database.execute("UPDATE drafts_draft SET words = 'Half a sentence'")
        database.commit()
    with tarfile.open(file) as tar:
        assert "drafts.sqlite3" in tar.getnames()
    assert command("restore", str(file), home=home).returncode == 0
    with closing(sqlite3.connect(home / "drafts.sqlite3")) as database:
        assert database.execute("SELECT words FROM drafts_draft").fetchall() == [("Half a sent",)]


@pytest.mark.terminal
def test_drafts_that_are_damaged_are_named_and_what_is_published_is_safe(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert command("invite", "ann@courier.example", home=home).returncode == 0
    (home / "drafts.sqlite3").write_bytes(b"this was never a database" * 400)
    answer = command("list", home=home)
    assert answer.returncode == 1
    assert "drafts.sqlite3 cannot be used" in answer.stderr
    assert "nothing that is published" in answer.stderr
    [found] = [
        one for one in json.loads(command("doctor", "--json", home=home).stdout)["findings"] if one["result"] == "fail"
    ]
    assert "drafts.sqlite3" in found["says"]
    (home / "drafts.sqlite3").rename(home / "aside")
    assert command("list", home=home).returncode == 0
