"""Promises of the log's tables: the database refuses every change and deletion of a fact."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from asithappened import press
from asithappened.core import body
from asithappened.core import events as e
from asithappened.log import models, read

pytestmark = [pytest.mark.both, pytest.mark.django_db]

FACTS = ("log_event", "log_payload", "log_erasure", "log_once")


@pytest.fixture
def blog() -> int:
    """Open a blog that has a row in every table of facts."""
    blog = press.publish(None, [e.BlogOpened(slug="storm", title="Storm")], once="opened").blog
    for n in (1, 2):
        doc = body.with_ids(body.Doc(content=(body.paragraph(f"Words {n}"),)), seed="x")
        press.publish(blog, [e.PostPublished(post=f"p{n}", title=f"Post {n}", body=doc)], once=f"p{n}")
    press.publish(blog, [e.PayloadErased(of=e.post("p1"), seqs=(2,), whole=True)])
    return blog


def refused(statement: str) -> None:
    """Run a statement; pass if the database refuses it in our words."""
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("table", FACTS)
def test_no_fact_can_be_updated(table: str, blog: int) -> None:
    column = {"log_event": "seq", "log_payload": "data", "log_erasure": "by_id", "log_once": "first"}[table]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        assert cursor.fetchone()[0] > 0
    refused(f"UPDATE {table} SET {column} = {column}")


@pytest.mark.parametrize("table", FACTS)
def test_no_fact_can_be_deleted(table: str, blog: int) -> None:
    refused(f"DELETE FROM {table}")


@pytest.mark.parametrize("table", FACTS)
def test_no_table_of_facts_can_be_emptied_at_once(table: str, blog: int) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE: it is a DELETE there, and refused as one")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what is deferred would be refused first, and for that alone
    refused(f"TRUNCATE {table} CASCADE")


def test_a_payload_can_go_once_an_erasure_says_which_fact_took_it(blog: int) -> None:
    kept = set(models.Payload.objects.filter(entry__blog=blog).values_list("entry__seq", flat=True))
    assert kept == {1, 3, 4}
    assert models.Erasure.objects.get().by.seq == 4


CHANGES: dict[str, Callable[[models.Entry], object]] = {
    "save": lambda entry: entry.save(),
    "delete": lambda entry: models.Entry.objects.filter(pk=entry.pk)._raw_delete(using="default"),
    "update": lambda entry: models.Entry.objects.filter(pk=entry.pk).update(kind="blog.closed"),
}


@pytest.mark.parametrize("way", CHANGES)
def test_the_orm_gets_no_further(way: str, blog: int) -> None:
    entry = models.Entry.objects.get(blog=blog, seq=3)
    with pytest.raises(DatabaseError), transaction.atomic():
        CHANGES[way](entry)
    assert len(list(read.facts(blog))) == 4
