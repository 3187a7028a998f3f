"""Promises of an idempotency key: the same call again changes nothing and gets the first answer; all or none."""

import pytest

from asithappened import press
from asithappened.core import body
from asithappened.core import events as e
from asithappened.log import append as log
from asithappened.log import models, read
from asithappened.published import models as published

pytestmark = [pytest.mark.both, pytest.mark.django_db]


def post(id_: str, words: str = "Gusts of 80mph") -> e.PostPublished:
    """Make a post."""
    doc = body.with_ids(body.Doc(content=(body.paragraph(words),)), seed=id_)
    return e.PostPublished(post=id_, title=words, body=doc)


@pytest.fixture
def blog() -> int:
    return press.publish(None, [e.BlogOpened(slug="storm", title="Storm")]).blog


def everything() -> tuple[int, ...]:
    """Count the rows of every table of ours."""
    tables = (models.Blog, models.Entry, models.Payload, models.Once, models.Post, published.Frame, published.Part)
    return tuple(table.objects.count() for table in tables)


def test_the_same_key_again_gets_the_first_receipt_and_appends_nothing(blog: int) -> None:
    first = press.publish(blog, [post("a"), e.PostPinned(post="a")], once="key")
    press.publish(blog, [post("b")])
    rows = everything()
    again = press.publish(blog, [post("a"), e.PostPinned(post="a")], once="key")
    assert (again.first, again.last, again.repeated, first.repeated) == (2, 3, True, False)
    assert everything() == rows


def test_a_twin_that_goes_through_in_the_midst_of_a_call_answers_it(blog: int, monkeypatch: pytest.MonkeyPatch) -> None:
    twins: list[press.Receipt] = []

    def appended(blog: int | None, once: str) -> log.Appended | None:
        found = look(blog, once)
        if still.pop("first", False):
            twins.append(press.publish(blog, [post("a")], once=once))
        return found

    look, still = log.appended, {"first": True}
    monkeypatch.setattr(log, "appended", appended)
    again = press.publish(blog, [post("a")], once="key")
    assert (again.first, again.repeated) == (twins[0].first, True)


def test_a_key_that_was_used_for_something_else_is_refused(blog: int) -> None:
    press.publish(blog, [post("a")], once="key")
    for other in ([post("a", "Gusts of 89mph")], [post("b")], [e.BlogClosed()]):
        with pytest.raises(press.Refused) as refused:
            press.publish(blog, other, once="key")
        assert refused.value.refusal.code == "once_reused"


def test_a_key_is_of_one_blog_only(blog: int) -> None:
    other = press.publish(None, [e.BlogOpened(slug="other", title="Other")]).blog
    press.publish(blog, [post("a")], once="key")
    assert press.publish(other, [post("a")], once="key").repeated is False


def test_a_blog_opened_twice_with_one_key_is_one_blog() -> None:
    opening = [e.BlogOpened(slug="vote", title="Vote")]
    first = press.publish(None, opening, once="open")
    again = press.publish(None, opening, once="open")
    assert (again.blog, again.epoch, again.repeated) == (first.blog, first.epoch, True)
    assert read.every_blog() == [first.blog]


@pytest.mark.parametrize("key", ["", "x" * 129])
def test_a_key_of_no_or_endless_length_is_refused(blog: int, key: str) -> None:
    with pytest.raises(press.Refused):
        press.publish(blog, [post("a")], once=key)


def test_of_several_events_all_happen_or_none(blog: int) -> None:
    rows = everything()
    tried: list[list[e.Event]] = [
        [post("a"), e.PostPinned(post="nobody")],
        [post("a"), e.ContributorJoined(name="")],
        [post("a"), e.PayloadErased(of=e.post("a"), seqs=(1,), whole=True)],
        [],
        [e.ContributorJoined(name=f"n{n}") for n in range(101)],
    ]
    for events in tried:
        with pytest.raises(press.Refused):
            press.publish(blog, events, once="key")
    assert everything() == rows
    assert press.publish(blog, [post("a")], once="key").first == 2


class Overboard(Exception):
    """Raised in `alongside`."""


def test_what_goes_wrong_alongside_undoes_everything(blog: int) -> None:
    def fail(receipt: press.Receipt) -> None:
        assert receipt.first == 2
        raise Overboard

    rows = everything()
    with pytest.raises(Overboard):
        press.publish(blog, [post("a")], once="key", alongside=fail)
    assert everything() == rows


def test_an_erasure_names_only_what_holds_words_and_leaves_none(blog: int) -> None:
    press.publish(blog, [post("a"), e.PostPinned(post="a"), e.PostRevised(post="a", title="b", position=1)])
    press.publish(blog, [post("other")])
    for seqs, whole, code in (
        ((3,), False, "no_post"),
        ((5,), False, "no_post"),
        ((2, 3, 4), True, "no_post"),
        ((99,), True, "no_post"),
        ((4,), True, "words_left"),
    ):
        with pytest.raises(press.Refused) as refused:
            press.publish(blog, [e.PayloadErased(of=e.post("a"), seqs=seqs, whole=whole)])
        assert refused.value.refusal.code == code
    press.publish(blog, [e.PayloadErased(of=e.post("a"), seqs=(2,))])
    press.publish(blog, [e.PayloadErased(of=e.post("a"), seqs=(4,), whole=True)])
    assert [fact.event is None for fact in read.facts(blog, subject=e.post("a"))] == [True, False, True, False, False]


def test_nobody_publishes_into_a_blog_that_is_not_there() -> None:
    with pytest.raises(press.Refused) as refused:
        press.publish(999_999, [post("a")])
    assert refused.value.refusal.code == "not_open"


@pytest.mark.parametrize("audience", e.Audience)
def test_the_published_row_says_who_may_read(audience: e.Audience, blog: int) -> None:
    if audience is not e.Audience.NOBODY:
        press.publish(blog, [e.AudienceSet(audience=audience)])
    row = published.PublishedBlog.objects.get(pk=blog)
    assert (row.audience, row.status) == (audience, "live")
    press.publish(blog, [e.BlogTakenDown()])
    assert published.PublishedBlog.objects.get(pk=blog).status == "gone"
