"""Promises of `press.pages`: the older half of a full main page becomes an older page, and no boundary moves."""

from asithappened.core.state import PostState
from asithappened.press.pages import Order, Pages
from asithappened.published.layout import PAGE_POSTS


def post(number: int, *, withdrawn: bool = False) -> PostState:
    """Return a post, the one after `number - 1`."""
    return PostState(
        id=f"p{number}", position=number, first_seq=number, content_seq=number, last_seq=number, withdrawn=withdrawn
    )


def fed(pages: Pages, numbers: range) -> Pages:
    """Feed posts in."""
    for number in numbers:
        pages.feed(post(number))
    return pages


def full(newest: tuple[int, Order] | None = None) -> Pages:
    """Return a main page that one more post fills."""
    return Pages(newest, [(f"p{n}", (n, n)) for n in range(1, 2 * PAGE_POSTS)])


def test_the_older_half_of_a_full_page_becomes_a_page_and_the_next_is_filled_above_it() -> None:
    pages = fed(Pages(None, ()), range(1, 2 * PAGE_POSTS))
    assert (pages.filled, pages.newest_number) == ({}, 0)
    pages.feed(post(2 * PAGE_POSTS))
    assert pages.filled == {1: (PAGE_POSTS, PAGE_POSTS)}
    fed(pages, range(2 * PAGE_POSTS + 1, 3 * PAGE_POSTS + 1))
    assert pages.filled == {1: (PAGE_POSTS, PAGE_POSTS), 2: (2 * PAGE_POSTS, 2 * PAGE_POSTS)}


def test_a_post_that_goes_or_stands_below_the_boundary_fills_nothing() -> None:
    pages = full()
    pages.feed(post(1, withdrawn=True))
    pages.feed(post(2 * PAGE_POSTS))
    assert pages.filled == {}
    older = full(newest=(4, (PAGE_POSTS, PAGE_POSTS)))
    older.feed(post(PAGE_POSTS))
    assert older.filled == {}


def test_the_page_before_a_new_one_leads_to_it() -> None:
    pages = full(newest=(4, (0, 0)))
    assert set(pages.relinked(all_of_them=False)) == set()
    pages.feed(post(2 * PAGE_POSTS))
    assert set(pages.relinked(all_of_them=False)) == {4, 5}
    assert set(pages.relinked(all_of_them=True)) == {1, 2, 3, 4, 5}
