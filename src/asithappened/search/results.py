"""The content of a page of results: the search, and the posts and live blogs that were found, in their present state.

Owns reading a search from an address, and the last check: a hit that no longer has the words, because it was edited a
moment ago, is left out. Look next: finding.py for the queries, render/search.py for the page.
"""

from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import urlencode

from msgspec import Struct
from msgspec.structs import replace

from asithappened.core.searching import QUERY_CHARS, Asked, asked, says, tokens
from asithappened.core.state import BlogState, PostState
from asithappened.core.text import one_line
from asithappened.log import read
from asithappened.published.places import pages_of
from asithappened.search.consume import of_a_post, of_the_blog
from asithappened.search.finding import Cursor, Hit, cursor_of, find
from asithappened.search.index import Words

BEST: Final = "best"


class Asking(Struct, frozen=True, kw_only=True):
    """A search: the words as typed, key events only, headlines first, and the start of the page."""

    typed: str = ""
    key_events: bool = False
    best: bool = False
    after: Cursor | None = None

    @property
    def query(self) -> str:
        """The search as the query of an address, which `asking` reads."""
        said = {"q": self.typed, "order": BEST if self.best else "", "key": "1" if self.key_events else ""}
        said["before"] = str(self.after) if self.after else ""
        return urlencode({name: value for name, value in said.items() if value})


class Item(Struct, frozen=True, kw_only=True):
    """A post of a live blog, with the number of its older page (0: the main page); without a post the live blog."""

    blog: BlogState
    post: PostState | None = None
    page: int = 0


class Results(Struct, frozen=True, kw_only=True):
    """One page. `wanted`: the meaning of the words; `older`: the search for the next page, if there is one."""

    wanted: Asked
    items: Sequence[Item] = ()
    older: Asking | None = None


def asking(query: Mapping[str, str]) -> Asking:
    """Read a search from the query of an address; invalid values are ignored."""
    return Asking(
        typed=one_line(query.get("q", "")[:QUERY_CHARS]),
        key_events=query.get("key") == "1",
        best=query.get("order") == BEST,
        after=cursor_of(query.get("before", "")),
    )


def look(what: Asking, *, blog: int | None = None) -> Results:
    """Return one page of results, of one live blog or of all. Raises finding.TooLong."""
    wanted = asked(what.typed)
    hits = find(wanted, blog=blog, key_events=what.key_events, headlines_first=what.best, after=what.after)
    older = replace(what, after=hits.older) if hits.older else None
    return Results(wanted=wanted, items=_items(hits.found, wanted), older=older)


def _items(hits: Sequence[Hit], wanted: Asked) -> list[Item]:
    blogs = dict(read.blogs(only=sorted({hit.blog for hit in hits})))
    posts = read.posts_of_blogs([(hit.blog, hit.post) for hit in hits if hit.post])
    found = list[tuple[int, Item]]()
    for hit in hits:
        blog = blogs.get(hit.blog)
        post = posts.get((hit.blog, hit.post))
        if blog is None or not blog.listed or (hit.post and (post is None or not post.visible)):
            continue
        if _says(of_a_post(post) if post else of_the_blog(blog), wanted):
            found.append((hit.blog, Item(blog=blog, post=post)))
    placed = [(id_, item.post.order) for id_, item in found if item.post is not None]
    pages = iter(pages_of(placed))
    return [replace(item, page=next(pages)) if item.post else item for _, item in found]


def _says(words: Words, wanted: Asked) -> bool:
    return says((tokens(words.head), tokens(words.body)), wanted)
