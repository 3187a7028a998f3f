"""Promises of the press to concurrent writers: nothing lost, nothing doubled, no gap, on either database.

On a database of files and committed transactions, with threads: what a test inside one transaction cannot show.
"""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from asithappened import press
from asithappened.core import body, fold
from asithappened.core import events as e
from asithappened.log import append as log
from asithappened.log import models, read
from asithappened.press import finish
from asithappened.published import models as published
from tests.log.emptied import without_triggers
from tests.press.open_page import OpenPage
from tests.press.snapshot import snapshot

__all__ = ["without_triggers"]

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]

WRITERS, POSTS = 4, 8


def at_once(*tasks: Callable[[], Any]) -> list[Any]:
    """Run tasks in threads that start together; return their answers, or raise what one of them raised."""
    start = threading.Barrier(len(tasks))
    answers: list[Any] = [None] * len(tasks)

    def run(number: int, task: Callable[[], Any]) -> None:
        try:
            start.wait()
            answers[number] = task()
        except BaseException as error:  # a thread's failure is the test's
            answers[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number, task)) for number, task in enumerate(tasks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for answer in answers:
        if isinstance(answer, BaseException):
            raise answer
    return answers


def post(id_: str) -> e.PostPublished:
    """Make a post."""
    doc = body.with_ids(body.Doc(content=(body.paragraph(f"Words of {id_}"),)), seed=id_)
    return e.PostPublished(post=id_, title=id_, body=doc)


def opened(slug: str = "storm") -> int:
    return press.publish(None, [e.BlogOpened(slug=slug, title="Storm")]).blog


def test_writers_at_the_same_moment_lose_nothing_double_nothing_and_leave_no_gap() -> None:
    blog = opened()
    page = OpenPage(blog)
    followed: list[int] = []
    done = threading.Event()

    def write(writer: int) -> list[int]:
        return [press.publish(blog, [post(f"w{writer}-{n}")], once=f"w{writer}-{n}").first for n in range(POSTS)]

    def follow() -> None:
        # A reader of the log that only ever asks for what is after the last that it has seen.
        while not (done.is_set() and followed and followed[-1] == read.head(blog)[1]):
            followed.extend(fact.seq for fact in read.facts(blog, after=followed[-1] if followed else 0))

    follower = threading.Thread(target=lambda: (follow(), connection.close()))
    follower.start()
    try:
        seqs = at_once(*(lambda writer=writer: write(writer) for writer in range(WRITERS)))
    finally:
        done.set()
        follower.join()
    total = 1 + WRITERS * POSTS
    assert sorted(seq for mine in seqs for seq in mine) == list(range(2, total + 1))
    assert all(mine == sorted(mine) for mine in seqs)
    assert followed == list(range(1, total + 1))
    facts = list(read.facts(blog))
    assert [fact.seq for fact in facts] == list(range(1, total + 1))
    assert {fact.post for fact in facts[1:]} == {f"w{w}-{n}" for w in range(WRITERS) for n in range(POSTS)}
    assert fold.fold(facts).posts == read.posts_by_id(blog)
    assert fold.fold(facts).blog == read.blog(blog)
    assert list(published.Frame.objects.filter(blog=blog).order_by("seq").values_list("seq", flat=True)) == list(
        range(1, total + 1)
    )
    assert page.catch_up().shown() == page.expected()


def test_one_key_used_by_many_at_the_same_moment_publishes_once() -> None:
    blog = opened()
    receipts = at_once(*(lambda: press.publish(blog, [post("a")], once="form-1") for _ in range(WRITERS)))
    assert {(receipt.first, receipt.last) for receipt in receipts} == {(2, 2)}
    assert sorted(receipt.repeated for receipt in receipts) == [False, True, True, True]
    assert read.head(blog)[1] == 2


def test_a_blog_opened_by_many_at_the_same_moment_with_one_key_is_one() -> None:
    opening = [e.BlogOpened(slug="vote", title="Vote")]
    receipts = at_once(*(lambda: press.publish(None, opening, once="open") for _ in range(WRITERS)))
    assert len({(receipt.blog, receipt.epoch) for receipt in receipts}) == 1
    assert models.Blog.objects.count() == 1


def test_one_address_wanted_by_many_at_the_same_moment_goes_to_one() -> None:
    def wish(title: str) -> str:
        try:
            press.publish(None, [e.BlogOpened(slug="vote", title=title)])
        except press.Refused as refused:
            return refused.refusal.code
        return "opened"

    answers = at_once(*(lambda n=n: wish(f"Vote {n}") for n in range(WRITERS)))
    assert sorted(answers) == ["opened", "slug_taken", "slug_taken", "slug_taken"]
    assert models.Blog.objects.count() == 1


def test_of_two_who_do_the_same_at_the_same_moment_one_is_told_that_it_was_done() -> None:
    blog = opened()

    def close() -> str:
        try:
            press.publish(blog, [e.BlogClosed()])
        except press.Refused as refused:
            return refused.refusal.code
        return "done"

    assert sorted(at_once(close, close)) == ["closed", "done"]
    assert [fact.kind for fact in read.facts(blog)] == ["blog.opened", "blog.closed"]


def test_a_rebuild_among_writers_disturbs_nobody() -> None:
    blog = opened()
    page = OpenPage(blog)
    at_once(
        lambda: [press.publish(blog, [post(f"a{n}")]) for n in range(POSTS)],
        lambda: [press.publish(blog, [post(f"b{n}")]) for n in range(POSTS)],
        lambda: [press.rebuild(blog) for _ in range(3)],
    )
    assert read.head(blog)[1] == 1 + 2 * POSTS
    assert page.catch_up().shown() == page.expected()


def test_a_busy_blog_is_renamed_and_each_try_renders_only_what_the_one_before_had_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    blog = opened()
    press.publish(blog, [post(f"p{n}") for n in range(20)])
    append, rendered, meanwhile = log.append, [], iter(range(3))

    def somebody_publishes_first(**asked: Any) -> Any:
        if isinstance(asked["facts"][0].event, e.BlogRenamed) and (n := next(meanwhile, None)) is not None:
            one, rest = (e.PostRevised(post="p1", title=f"Title {n}", position=1), post(f"new{n}"))
            press.publish(blog, [one, rest])
        return append(**asked)

    def counted(*given: Any) -> Any:
        rendered.append(given[1].id)
        return post_bytes(*given)

    post_bytes = finish.post_bytes
    monkeypatch.setattr(finish, "post_bytes", counted)
    monkeypatch.setattr(log, "append", somebody_publishes_first)
    receipt = press.publish(blog, [e.BlogRenamed(slug="isolde")])
    assert receipt.slug == "isolde"
    # Twenty at first; for each of three who came between their two, and then again, at the new address, those two.
    assert len(rendered) == 20 + 3 * (2 + 2)
    shown = snapshot(blog)
    press.rebuild(blog)
    assert snapshot(blog) == shown
