"""Promises of `delivery.static_files`: a built file becomes an answer once; an older name is not cached for ever."""

from asithappened.delivery import documents
from asithappened.delivery.static_files import static_file
from asithappened.published import assets


def test_a_file_is_one_answer_by_its_own_name_and_by_that_of_an_earlier_version() -> None:
    newest = static_file(assets.url("reader.js"))
    older = static_file("/static/reader.00000000.js")
    assert newest is not None
    assert older is not None
    assert newest is static_file(assets.url("reader.js"))
    assert older is static_file("/static/reader.js")
    assert newest.bodies == older.bodies
    assert (b"cache-control", documents.FOREVER) in newest.headers
    assert (b"cache-control", documents.HOUR) in older.headers


def test_what_was_never_built_is_no_file() -> None:
    assert static_file("/static/nothing.js") is None
    assert static_file("/static/../settings.py") is None
