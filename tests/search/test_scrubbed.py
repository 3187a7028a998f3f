"""Promise: an erased word is in no page of the index any more once it was scrubbed, on either database."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from asithappened import press
from asithappened.core import events as e
from asithappened.log import follow
from asithappened.log.scrub import scrub, unscrubbed_since
from asithappened.search import consume as search
from tests.log.emptied import without_triggers
from tests.search.test_consume import found, opened

__all__ = ["without_triggers"]

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]


def pages() -> bytes:
    """Return the files that hold the index."""
    if connection.vendor != "postgresql":
        path = Path(str(settings.DATABASES["default"]["NAME"]))
        return b"".join(file.read_bytes() for file in sorted(path.parent.glob(path.name + "*")))
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute("SELECT pg_read_binary_file(pg_relation_filepath('search_words'))")
        return bytes(cursor.fetchone()[0])


def test_of_an_erased_post_the_index_keeps_no_byte() -> None:
    words = [e.PostPublished(post="kept", title="Ferrykept"), e.PostPublished(post="gone", title="Zebracanary")]
    storm = opened("storm", *words)
    follow.catch_up(search)
    assert found("zebracanary") == ["gone"]
    assert all(word in pages() for word in (b"zebracanary", b"ferrykept"))
    press.publish(storm, [e.PayloadErased(of=e.post("gone"), seqs=(3,), whole=True)])
    scrub()
    assert unscrubbed_since() is None
    assert b"zebracanary" not in pages()
    assert (found("zebracanary"), found("ferrykept")) == ([], ["kept"])
