"""Promises: an erasure does not wait, and what it could not scrub at once is scrubbed as soon as possible."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.db.backends.utils import CursorWrapper

from asithappened import press
from asithappened.core import body
from asithappened.core import events as e
from asithappened.jobs.work import Duty, Work
from asithappened.jobs.worker import Worker
from asithappened.log.scrub import scrub, unscrubbed_since
from asithappened.wiring.doctor import database as doctor
from tests.delivery.serving import until
from tests.log.emptied import without_triggers

__all__ = ["without_triggers"]

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]

CANARY = "erased-canary"


@pytest.fixture
def blog() -> int:
    """A blog with one post to be erased, two revisions of it, and one to be kept.

    What is erased is one long word: of hundreds that are the same, telling two revisions apart takes six seconds.
    """
    blog = press.publish(None, [e.BlogOpened(slug="storm", title="Storm")]).blog
    press.publish(blog, [e.PostPublished(post="kept", title="Kept", body=_doc("kept"))])
    press.publish(blog, [e.PostPublished(post="gone", title="Gone", body=_doc(CANARY * 400))])
    press.publish(blog, [e.PostRevised(post="gone", title="Gone", body=_doc(f"{CANARY}-again" * 300), position=1)])
    return blog


def _doc(words: str) -> body.Doc:
    return body.with_ids(body.Doc(content=(body.paragraph(words),)), seed=words)


def _erase(blog: int) -> None:
    press.publish(blog, [e.PayloadErased(of=e.post("gone"), seqs=(3, 4), whole=True)])


@contextmanager
def somebody_reads() -> Iterator[None]:
    """Hold the state of this moment open, as an export or a backup does, on another connection."""
    other = connection.copy("other")
    try:
        with other.cursor() as cursor:
            postgres = connection.vendor == "postgresql"
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ" if postgres else "BEGIN DEFERRED")
            cursor.execute("SELECT count(*) FROM log_payload")
            yield
            cursor.execute("ROLLBACK")
    finally:
        other.close()


def _left(cursor: CursorWrapper) -> int:
    """Return how many erased rows or copies of their words lie in the database's files."""
    if connection.vendor == "postgresql":
        # What a vacuum would still find: its own report is the only word that PostgreSQL has for it without extensions.
        reports: list[str] = []
        assert connection.connection is not None
        hear = lambda notice: reports.append(notice.message_primary or "")  # noqa: E731
        connection.connection.add_notice_handler(hear)
        cursor.execute("VACUUM (VERBOSE) log_payload")
        connection.connection.remove_notice_handler(hear)
        found = [re.search(r"tuples: (\d+) removed, \d+ remain, (\d+) are dead", report) for report in reports]
        return sum(int(match[1]) + int(match[2]) for match in found if match)
    path = Path(str(settings.DATABASES["default"]["NAME"]))
    return sum(file.read_bytes().count(CANARY.encode()) for file in path.parent.glob(path.name + "*"))


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one database a file")
def test_who_reads_another_database_keeps_no_words(blog: int) -> None:
    other = connection.copy("other")
    other.settings_dict = connection.settings_dict | {"NAME": "postgres"}
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SELECT count(*) FROM pg_class")
            _erase(blog)
            assert unscrubbed_since() is None
            cursor.execute("ROLLBACK")
    finally:
        other.close()


def test_what_nobody_reads_is_scrubbed_with_the_erasure(blog: int) -> None:
    with connection.cursor() as cursor:
        _erase(blog)
        assert unscrubbed_since() is None
        assert _left(cursor) == 0


def test_an_erasure_and_the_next_publish_wait_for_no_reader(blog: int) -> None:
    with connection.cursor() as cursor:
        with somebody_reads():
            _erase(blog)
            assert unscrubbed_since() is not None, "nobody is told that it is gone from the files while it is not"
            assert not scrub()
            press.publish(blog, [e.PostPublished(post="next", title="Next", body=_doc("next"))])
            assert _left(cursor) > 0, "the reader does hold what was erased"
        assert scrub()
        assert unscrubbed_since() is None
        assert _left(cursor) == 0


def test_patience_for_locks_is_as_before_after_a_scrub(blog: int) -> None:
    name = "lock_timeout" if connection.vendor == "postgresql" else "busy_timeout"
    show = f"SHOW {name}" if connection.vendor == "postgresql" else f"PRAGMA {name}"
    with connection.cursor() as cursor:
        cursor.execute(show)
        before = cursor.fetchone()
        with somebody_reads():
            _erase(blog)
        scrub()
        cursor.execute(show)
        assert cursor.fetchone() == before


def test_a_running_worker_goes_on_until_it_is_scrubbed(blog: int) -> None:
    with somebody_reads():
        _erase(blog)
        worker = Worker(Work(duties=(Duty(name="scrub", run=scrub, every_s=0.01),)), look_s=0.01)
        worker.start()
    until(lambda: unscrubbed_since() is None)
    worker.stop()


def test_the_doctor_says_what_still_lies_in_the_files(blog: int) -> None:
    assert doctor.erased().result == "ok"
    with somebody_reads():
        _erase(blog)
        found = doctor.erased()
        assert (found.check, found.result) == ("erased", "warn")
    scrub()
    assert doctor.erased().result == "ok"
