"""A follower that makes documents of every kind, for tests of delivery.

Owns nothing of the product. `/papers/` lists blogs and, below them, posts, a few on each page; `/papers/SLUG/` holds
the words of all posts of a blog in itself. Look next: test_taken_back.py.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from asithappened.core import events as e
from asithappened.core.events import Audience
from asithappened.core.state import Status
from asithappened.delivery import routes
from asithappened.log import read
from asithappened.log.follow import Facts
from asithappened.published import documents
from asithappened.published.documents import EntryBytes, MadeOf
from asithappened.published.listing import Layout

LIST = Layout(
    whole='<p>papers<!--slot:number--></p><a href="<!--house:address--><!--slot:path-->"></a>'
    "<!--slot:entries--><!--slot:newer--><!--slot:older-->",
    sections=("<h2>Blogs</h2><!--slot:entries-->", "<h2>Posts</h2><!--slot:entries-->"),
    empty="<p>nothing yet</p>",
    number=", page <!--slot:number-->",
    newer='<a rel="prev" href="<!--slot:newer-->"></a>',
    older='<a rel="next" href="<!--slot:older-->"></a>',
)
PAGE_ENTRIES = 12

NAME = "papers"


def version() -> str:
    return "1"


def begin() -> None:
    documents.put("/papers/", layout=LIST, page_entries=PAGE_ENTRIES)


def consume(blog: int, facts: Facts) -> Callable[[], None]:
    """Put a blog and its posts on the list, and make a document of all their words."""
    del facts
    _, head = read.head(blog)
    state = read.blog(blog)
    public = state.audience is Audience.EVERYONE and state.status is not Status.GONE
    posts = [post for post in read.posts(blog) if public]
    listed = [EntryBytes(section=0, rank=blog, data=f"<h3>{state.title} {state.slug}</h3>".encode())] if public else []
    listed += [
        EntryBytes(section=1, rank=post.position, subject=e.post(post.id), data=f"<p>{post.title}</p>".encode())
        for post in posts
    ]
    path = f"/papers/{blog}/"
    whole = Layout(whole=f"<h1>{state.title} {state.slug}</h1>{''.join(post.title for post in posts)}")
    made_of = [MadeOf(blog=blog, head=head), *(MadeOf(blog=blog, head=head, subject=e.post(post.id)) for post in posts)]

    def write() -> None:
        documents.put_entries("/papers/", blog, listed)
        if public:
            documents.put(path, layout=whole, made_of=made_of)
        else:
            documents.remove(path)

    return write


@contextmanager
def addresses() -> Iterator[None]:
    """Have delivery know the addresses of these documents."""
    routes._FOLLOWED.append(re.compile("(?P<path>/papers/)(?:page/(?P<page>[1-9][0-9]{0,5})/)?"))
    routes._FOLLOWED.append(re.compile("(?P<path>/papers/[0-9]+/)(?P<page>)"))
    try:
        yield
    finally:
        del routes._FOLLOWED[-2:]
