"""Promises of `published.documents`: what was made from words is taken back with them, in the same transaction."""

from collections.abc import Collection, Iterator
from typing import Any

import pytest
from django.db import transaction

from asithappened import press
from asithappened.core import body
from asithappened.core import events as e
from asithappened.published import documents, models
from asithappened.published.documents import EntryBytes, MadeOf
from asithappened.published.listing import Layout

pytestmark = [pytest.mark.both, pytest.mark.django_db]

LIST = Layout(whole="<!--slot:entries-->", sections=("<!--slot:entries-->",))


def open_blog(slug: str, **fields: Any) -> int:
    """Open a blog that is everyone's, with a post p1."""
    opened = e.BlogOpened(slug=slug, title=slug, **{"audience": e.Audience.EVERYONE} | fields)
    doc = body.with_ids(body.Doc(content=(body.paragraph("Words"),)), seed=slug)
    return press.publish(None, [opened, e.PostPublished(post="p1", title="One", body=doc)]).blog


def version(path: str = "/list/") -> int:
    return models.Document.objects.get(path=path).version


def listed(blog: int) -> list[str]:
    """Return of which subjects of a blog the list has entries."""
    return sorted(models.Entry.objects.filter(blog=blog).values_list("subject", flat=True))


@pytest.fixture
def storm() -> int:
    """Return a blog with an entry of its own, and one of its post, on a list."""
    blog = open_blog("storm")
    documents.put("/list/", layout=LIST)
    documents.put_entries("/list/", blog, entries())
    return blog


def entries() -> list[EntryBytes]:
    """Return the two entries."""
    return [
        EntryBytes(section=0, rank=2, data=b"blog"),
        EntryBytes(section=0, rank=1, data=b"post", subject=e.post("p1")),
    ]


def test_entries_that_are_the_same_change_nothing(storm: int) -> None:
    was = version()
    documents.put_entries("/list/", storm, reversed(entries()))
    assert version() == was
    documents.put_entries("/list/", storm, entries()[:1])
    assert (version(), listed(storm)) == (was + 1, ["blog:"])


def test_a_withdrawal_takes_the_posts_entries_and_no_others(storm: int) -> None:
    flood = open_blog("flood")
    documents.put_entries("/list/", flood, entries())
    was = version()
    press.publish(storm, [e.PostWithdrawn(post="p1")])
    assert (listed(storm), listed(flood)) == (["blog:"], ["blog:", "post:p1"])
    assert version() == was + 1


def test_what_takes_nothing_away_leaves_every_document_as_it_is(storm: int) -> None:
    was = version()
    press.publish(storm, [e.PostKindSet(post="p1", kind=e.PostKind.KEY_EVENT), e.PostPinned(post="p1")])
    press.publish(storm, [e.BlogDescribed(title="Other", language="ar", zone="UTC"), e.BlogClosed()])
    press.publish(storm, [e.BlogReopened()])
    press.rebuild(storm)
    press.rebuild(storm, anew=True)
    assert (version(), listed(storm)) == (was, ["blog:", "post:p1"])


def test_a_rebuild_of_a_blog_with_withdrawals_takes_nothing_more_back(storm: int) -> None:
    press.publish(storm, [e.PostWithdrawn(post="p1")])
    was = version()
    press.rebuild(storm, anew=True)
    assert (version(), listed(storm)) == (was, ["blog:"])


def test_a_document_made_of_words_is_given_to_nobody_once_they_are_taken_back(storm: int) -> None:
    head = models.PublishedBlog.objects.get(pk=storm).head
    of = [MadeOf(blog=storm, head=head), MadeOf(blog=storm, head=head, subject=e.post("p1"))]
    documents.put("/whole/", layout=Layout(whole="One"), made_of=of)
    documents.put("/other/", layout=Layout(whole="Storm"), made_of=of[:1])
    press.publish(storm, [e.PostWithdrawn(post="p1")])
    assert bytes(models.Document.objects.get(path="/whole/").layout) == b""
    assert b"Storm" in bytes(models.Document.objects.get(path="/other/").layout)
    documents.put("/whole/", layout=Layout(whole="Nothing"))
    assert b"Nothing" in bytes(models.Document.objects.get(path="/whole/").layout)


def test_a_document_made_of_what_is_no_longer_so_is_refused(storm: int) -> None:
    head = models.PublishedBlog.objects.get(pk=storm).head
    press.publish(storm, [e.PostWithdrawn(post="p1")])
    with pytest.raises(documents.Outdated), transaction.atomic():
        documents.put(
            "/whole/", layout=Layout(whole="One"), made_of=[MadeOf(blog=storm, head=head, subject=e.post("p1"))]
        )
    assert not models.Document.objects.filter(path="/whole/").exists()


@pytest.mark.parametrize("audience", [e.Audience.MEMBERS, e.Audience.NOBODY])
def test_nothing_of_a_blog_that_is_not_everyones_gets_into_a_document(storm: int, audience: e.Audience) -> None:
    hidden = open_blog("hidden", audience=audience)
    head = models.PublishedBlog.objects.get(pk=hidden).head
    with pytest.raises(documents.NotEveryones), transaction.atomic():
        documents.put_entries("/list/", hidden, entries())
    with pytest.raises(documents.NotEveryones), transaction.atomic():
        documents.put("/whole/", layout=Layout(whole="x"), made_of=[MadeOf(blog=hidden, head=head)])
    documents.put_entries("/list/", hidden, [])
    assert listed(hidden) == []


def test_a_document_that_is_removed_leaves_nothing(storm: int) -> None:
    documents.remove("/list/")
    assert not models.Entry.objects.filter(blog=storm).exists()
    press.publish(storm, [e.BlogTakenDown(reason="x")])


@pytest.fixture
def forgotten() -> Iterator[list[tuple[int, Collection[e.Subject] | None]]]:
    """Have a room's own rows forget, too: return what they were told to."""
    told: list[tuple[int, Collection[e.Subject] | None]] = []
    documents.on_taking_back(lambda blog, subjects: told.append((blog, subjects)))
    yield told
    documents._FORGETS.pop()


def test_a_rooms_own_rows_are_told_in_the_same_transaction(
    storm: int, forgotten: list[tuple[int, Collection[e.Subject] | None]]
) -> None:
    press.publish(storm, [e.PostWithdrawn(post="p1")])
    press.publish(storm, [e.BlogTakenDown(reason="x")])
    assert forgotten == [(storm, {e.post("p1")}), (storm, None)]


def test_a_room_that_cannot_forget_stops_the_append(storm: int) -> None:
    def fail(blog: int, subjects: Collection[e.Subject] | None) -> None:
        raise RuntimeError

    documents.on_taking_back(fail)
    try:
        with pytest.raises(RuntimeError):
            press.publish(storm, [e.PostWithdrawn(post="p1")])
    finally:
        documents._FORGETS.pop()
    assert listed(storm) == ["blog:", "post:p1"]
    assert models.PublishedPost.objects.get(blog=storm, post="p1").visible
