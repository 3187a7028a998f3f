"""Nothing taken back is in a document made by following the log, at once, even with the worker stopped.

Walks all followers that `wiring` knows, and one of every shape that a later room may need (papers.py). A room that
makes such documents has nothing to do here.
"""

from collections.abc import Callable, Iterator

import pytest
from msgspec import structs

from asithappened.core import events as e
from asithappened.delivery.routes import page_path
from asithappened.log import follow
from asithappened.published import models
from asithappened.wiring.work import followers
from tests.delivery import papers
from tests.delivery.client import Answer
from tests.delivery.conftest import ASKED
from tests.delivery.newsroom import Blog
from tests.delivery.serving import Served
from tests.delivery.test_withdrawn import every_byte

pytestmark = pytest.mark.both

FOLLOWERS: list[follow.Follower] = [*followers(), papers]
PAGES = 50  # that any document of these tests may have
THERE_OR_NOT = {200, 308, 404, 410}  # a feed below a live blog moves, and goes, with it


@pytest.fixture(autouse=True)
def addresses() -> Iterator[None]:
    """Have delivery know the papers."""
    with papers.addresses():
        yield


def work() -> None:
    """Do what the worker does."""
    for follower in FOLLOWERS:
        follow.catch_up(follower)


def made_of(*blogs: Blog) -> list[str]:
    """Return the addresses of all documents that were made by following and hold something of these blogs."""
    ids = [blog.id for blog in blogs]
    holding = {id_ for table in (models.Entry, models.Source)
               for id_ in table.objects.filter(blog__in=ids).values_list("document", flat=True)}  # fmt: skip
    return sorted(set(models.Document.objects.filter(pk__in=holding).values_list("path", flat=True)))


def pages_of(documents: list[str], served: Served) -> list[str]:
    """Return the address of every page that documents have now."""
    found = []
    for document in documents:
        for path in (page_path(document, number) for number in range(1, PAGES)):
            # Where no later page can be, the address is the desk's.
            if (answer := served.get(path)).status == 404 or answer.body.startswith(b"desk"):
                break
            found.append(path)
            if answer.status != 200:
                break  # while it is made anew it has no pages
    return found


Taking = Callable[[Blog, int], list[e.Event]]
TAKEN: dict[str, tuple[str, Taking]] = {
    "a withdrawal": ("words", lambda blog, seq: [e.PostWithdrawn(post="told")]),
    "an erasure of a post": ("words", lambda blog, seq: [e.PayloadErased(of=e.post("told"), seqs=(seq,), whole=True)]),
    "an erasure of an earlier revision": (
        "words",
        lambda blog, seq: [blog.revision("told", "Better words."), e.PayloadErased(of=e.post("told"), seqs=(seq,))],
    ),
    "a withdrawal that is made good again": (
        "words",
        lambda blog, seq: [e.PostWithdrawn(post="told"), blog.post("Better words.", id_="told")],
    ),
    "members only": ("all", lambda blog, seq: [e.AudienceSet(audience=e.Audience.MEMBERS)]),
    "nobody": ("all", lambda blog, seq: [e.AudienceSet(audience=e.Audience.NOBODY)]),
    "a take-down": ("all", lambda blog, seq: [e.BlogTakenDown(reason="A court's order")]),
    "another address": ("slug", lambda blog, seq: [e.BlogRenamed(slug=f"calm-{blog.id}")]),
}


@pytest.mark.parametrize("how", TAKEN)
def test_what_is_taken_back_is_at_once_in_no_document_that_was_made_of_it(lanes: dict[str, Served], how: str) -> None:
    what, taking = TAKEN[how]
    blog, other = Blog.opened(posts=1), Blog.opened(posts=1)
    slug, words, title = f"storm-canary-{blog.id}", f"canarywords{blog.id}x", f"canarytitle{blog.id}x"
    headline = e.BlogDescribed(title=title, language="en", zone="UTC", tags=("Storms",))
    told = structs.replace(blog.post(words, id_="told"), bylines=("Ada Fox",), kind=e.PostKind.KEY_EVENT)
    seq = blog.publish(e.BlogRenamed(slug=slug), headline, told)
    canaries = {"words": [words], "slug": [slug], "all": [slug, words, title]}[what]
    work()
    served = [lanes[lane] for lane in ASKED]
    documents = made_of(blog, other)
    warmed = pages_of(documents, served[0])
    kept_alive = [each.connect() for each in served]
    for each, connection in zip(served, kept_alive, strict=True):
        said = every_byte(each, warmed, connection)  # in three encodings: from the second on, as it is kept
        assert all(canary.encode() in said for canary in canaries), "the search finds what is there"
    blog.publish(*taking(blog, seq))
    for each, connection in zip(served, kept_alive, strict=True):
        said = every_byte(each, warmed, connection) + every_byte(each, pages_of(documents, each))
        assert not [canary for canary in canaries if canary.encode() in said]
        assert other.slug.encode() in said, "what was made of others stays"
        assert all(given_or_being_made(each.get(path)) for path in warmed)
    work()
    said = every_byte(served[0], pages_of(documents, served[0]))
    assert not [canary for canary in canaries if canary.encode() in said]
    assert all(served[0].get(path).status in THERE_OR_NOT for path in warmed), "it is made again, or is no more"
    assert what != "words" or title.encode() in said


def given_or_being_made(answer: Answer) -> bool:
    """Say whether an answer is what may be given, or says that it will be: and that nobody may keep this word."""
    if answer.status == 503:
        return answer["cache-control"] == "no-store" and int(answer["retry-after"]) > 0
    return answer.status in THERE_OR_NOT


def test_a_withdrawal_leaves_what_holds_none_of_its_words_as_it_is(lanes: dict[str, Served]) -> None:
    blog, other = Blog.opened(posts=3), Blog.opened(posts=1)
    work()
    served = lanes["fast"]
    before = served.get(f"/papers/{other.id}/")
    blog.publish(e.PostWithdrawn(post="p1"))
    assert served.get(f"/papers/{other.id}/").alike == before.alike
    assert served.get(f"/papers/{blog.id}/").status == 503
    assert blog.slug.encode() in every_byte(served, pages_of(["/papers/"], served)), (
        "its entry is not made of that post"
    )
