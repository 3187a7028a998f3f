"""Promises of `delivery.news`: when events cannot bring a page up to date, and their bytes on a stream."""

from msgspec.structs import replace

from asithappened.delivery import news
from asithappened.published.read import Blog, Frame, Part

WAS = Blog(id=1, slug="a", epoch="e", head=5, generation=1, render=1, floor=0, audience="everyone", status="live")


def test_pages_begin_again_where_the_log_or_its_rendering_is_another_or_they_missed_too_much() -> None:
    assert not news.must_reset(WAS, WAS)
    assert not news.must_reset(WAS, replace(WAS, head=5 + news.CATCHUP_EVENTS, generation=2))
    assert news.must_reset(WAS, replace(WAS, epoch="f"))
    assert news.must_reset(WAS, replace(WAS, render=2))
    assert news.must_reset(WAS, replace(WAS, head=4)), "a log that was restored from before"
    assert news.must_reset(WAS, replace(WAS, head=6 + news.CATCHUP_EVENTS))


def test_the_parts_that_changed_go_with_the_last_event() -> None:
    parts = [Part("title", 7, True, b"<h1>A</h1>")]
    first, last = news.batches("e", [Frame(6, b"{}"), Frame(7, b"[]")], parts)
    assert (first.seq, last.seq) == (6, 7)
    assert first.data == b"id: e-6\ndata: {}\n\n"
    assert last.data.startswith(b"id: e-7\ndata: []\n\nevent: part\ndata: ")
    assert b"title" in last.data
    assert news.batches("e", [], parts) == []
