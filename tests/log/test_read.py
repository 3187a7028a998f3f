"""Promises of `log.read`: facts in order whatever the steps, rows by the index, kinds from a newer program counted."""

from datetime import UTC, datetime

import pytest

from asithappened import press
from asithappened.core import body, fold
from asithappened.core import events as e
from asithappened.core.state import Status
from asithappened.log import models, read

pytestmark = [pytest.mark.both, pytest.mark.django_db]
AT = datetime(2026, 11, 12, 14, 0, tzinfo=UTC)


def open_blog(slug: str, **fields: object) -> int:
    return press.publish(None, [e.BlogOpened(slug=slug, title=slug.title(), **fields)]).blog  # type: ignore[arg-type]


def publish(blog: int, id_: str, **fields: object) -> press.Receipt:
    doc = body.with_ids(body.Doc(content=(body.paragraph(id_),)), seed=id_)
    return press.publish(blog, [e.PostPublished(post=id_, title=id_, body=doc, **fields)])  # type: ignore[arg-type]


def test_facts_come_in_order_however_many_are_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    blog = open_blog("storm")
    for n in range(6):
        publish(blog, f"p{n}")
    whole = list(read.facts(blog))
    assert [fact.seq for fact in whole] == [1, 2, 3, 4, 5, 6, 7]
    for step in (1, 2, 3, 7):
        monkeypatch.setattr(read, "_STEP", step)
        assert list(read.facts(blog)) == whole
        assert list(read.facts(blog, after=2, upto=5)) == whole[2:5]
        assert list(read.facts(blog, subject=e.post("p3"))) == [whole[4]]


def test_a_fact_of_a_newer_program_is_counted_and_does_nothing() -> None:
    blog = open_blog("storm")
    publish(blog, "p1")
    epoch, head = read.head(blog)
    entry = models.Entry.objects.create(
        blog_id=blog, seq=head + 1, at=AT, origin="live", kind="figure.revised", version=9, about="figure", subject="p1"
    )
    models.Payload.objects.create(entry=entry, salt=b"", data=b'{"figure":"89mph"}')
    models.Blog.objects.filter(pk=blog).update(head=head + 1)
    press.rebuild(blog)
    publish(blog, "p2")
    facts = list(read.facts(blog))
    assert [(f.seq, f.event is None) for f in facts] == [(1, False), (2, False), (3, True), (4, False)]
    assert fold.fold(facts).posts == read.posts_by_id(blog)
    assert {fact.epoch for fact in facts} == {epoch}


def test_posts_are_found_newest_first_by_kind_and_below_another() -> None:
    blog = open_blog("storm")
    for position, kind in enumerate(
        [e.PostKind.KEY_EVENT, e.PostKind.UPDATE, e.PostKind.SUMMARY, e.PostKind.KEY_EVENT]
    ):
        publish(blog, f"p{position}", position=position, kind=kind)
    press.publish(blog, [e.PostWithdrawn(post="p1")])
    assert [p.id for p in read.posts(blog)] == ["p3", "p2", "p0"]
    assert [p.id for p in read.posts(blog, visible=None)] == ["p3", "p2", "p1", "p0"]
    assert [p.id for p in read.posts(blog, newest=1)] == ["p3"]
    assert [p.id for p in read.posts(blog, before=(2, 4))] == ["p0"]
    assert [p.id for p in read.posts(blog, kind=e.PostKind.KEY_EVENT)] == ["p3", "p0"]
    assert [p.id for p in read.posts(blog, newest=1, kind=e.PostKind.SUMMARY)] == ["p2"]


def test_of_two_posts_with_one_position_the_one_first_published_later_is_newer() -> None:
    blog = open_blog("storm")
    for id_ in ("a", "b"):
        publish(blog, id_, position=7)
    press.publish(blog, [e.PostRevised(post="a", title="a, again", position=7)])
    assert [p.id for p in read.posts(blog)] == ["b", "a"]


def test_a_blog_is_found_by_every_address_it_ever_had_and_no_other_may_take_one() -> None:
    blog = open_blog("storm")
    press.publish(blog, [e.BlogRenamed(slug="isolde")])
    assert read.blog_id("storm") == read.blog_id("isolde") == blog
    other = open_blog("other")
    for refused in (lambda: open_blog("storm"), lambda: press.publish(other, [e.BlogRenamed(slug="storm")])):
        with pytest.raises(press.Refused) as answer:
            refused()
        assert answer.value.refusal.code == "slug_taken"
    assert read.every_blog() == [blog, other]


def test_lists_of_blogs_keep_to_the_audience_and_leave_out_those_taken_down() -> None:
    ids = {audience.value: open_blog(audience.value, audience=audience) for audience in e.Audience}
    down = open_blog("down", audience=e.Audience.EVERYONE)
    press.publish(down, [e.BlogTakenDown()])
    assert [pk for pk, _ in read.blogs(audience=e.Audience.EVERYONE)] == [ids["everyone"]]
    assert {pk for pk, _ in read.blogs()} == set(ids.values())
    assert [pk for pk, _ in read.blogs(status=Status.GONE)] == [down]
    assert [pk for pk, _ in read.blogs(only=[ids["members"]])] == [ids["members"]]
