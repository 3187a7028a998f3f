"""The follower of the log that keeps the automatic related coverage of each live blog.

Owns when it is computed: when the live blog is described, and with every twentieth fact, as it grows. Each of its
entries is about another live blog, and is removed in the transaction that takes that one down (published.documents).
Delivery decides whether it is shown when it composes the page: related coverage that people set comes first.
"""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from django.db import connection, transaction

from asithappened.core.events import THE_BLOG, PostKind
from asithappened.core.state import BlogState
from asithappened.log import follow, read
from asithappened.log.follow import Facts
from asithappened.published import documents
from asithappened.published.documents import EntryBytes
from asithappened.published.layout import RELATED, related_path
from asithappened.published.listing import Layout
from asithappened.render import related
from asithappened.render.edition import edition_of
from asithappened.render.fingerprint import code, fingerprint
from asithappened.search import consume as index
from asithappened.search import finding
from asithappened.search.models import Unrelated
from asithappened.search.related import ranking

NAME: Final = "related"
MOST: Final = 6  # entries; they fill two rows of the page
SEARCHED: Final = 300  # the newest live blogs with the same words, if a house has more
EVERY: Final = 20  # facts, after which the story may be another
KEY_EVENTS: Final = 5


def version() -> str:
    """Return the version of the search and the rendering."""
    return f"{fingerprint()} {code(Path(__file__).parent)}"


def begin() -> None:
    """Do nothing: each live blog has its own list."""


def consume(blog: int, facts: Facts) -> Callable[[], None]:
    """Return a callback that writes a live blog's list, and the lists of others in which it is or should be."""
    about_itself = facts.anew or any(fact.subject == THE_BLOG for fact in facts)
    if not about_itself and not any(seq % EVERY == 0 for seq in range(facts.after + 1, facts.upto + 1)):
        return lambda: None
    if facts.anew and not connection.in_atomic_block:
        with suppress(ExceptionGroup):  # the index's own follower reports it
            follow.catch_up(index)
    lists = {blog: looked_for(blog)}
    if about_itself:
        others = set(lists[blog]) | _with(blog)
        lists |= {other: looked_for(other) for other in sorted(others - {blog})}
    return lambda: _put(lists)


def looked_for(blog: int) -> list[int]:
    """Return a live blog's automatic related coverage; none if not everyone may read it, or if it is switched off."""
    state = read.blog(blog)
    if not state.listed or not is_wanted(blog):
        return []
    said = [post.title for post in read.posts(blog, newest=KEY_EVENTS, kind=PostKind.KEY_EVENT)]
    words = ranking.wanted(state, said)
    try:
        ids = finding.live_blogs(words, most=SEARCHED)
    except finding.TooLong:
        return []
    found = {id_: other for id_, other in read.blogs(only=[id_ for id_ in ids if id_ != blog]) if other.listed}
    return ranking.ranked(state, words, found, of=_count(), most=MOST)


def is_wanted(blog: int) -> bool:
    """Say whether a live blog has automatic related coverage."""
    return not Unrelated.objects.filter(blog=blog).exists()


def want(blog: int, wanted: bool) -> None:
    """Switch a live blog's automatic related coverage on or off."""
    with transaction.atomic():
        if wanted:
            Unrelated.objects.filter(blog=blog).delete()
        else:
            Unrelated.objects.get_or_create(blog=blog)
        _put({blog: looked_for(blog)})


def shown(blog: int) -> list[BlogState]:
    """Return the automatic related coverage of a live blog, unless people set any."""
    ids = documents.blogs_of(related_path(blog))
    states = dict(read.blogs(only=ids))
    return [states[id_] for id_ in ids if id_ in states and states[id_].listed]


def _with(blog: int) -> set[int]:
    paths = [path for path in documents.paths_of(blog) if path.startswith(RELATED)]
    return {int(path.removeprefix(RELATED)) for path in paths}


def _count() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM published_blog WHERE audience = 'everyone' AND status <> 'gone'")
        return int(cursor.fetchone()[0])


def _put(lists: dict[int, list[int]]) -> None:
    # What stands there is read once nobody can take it back any more, and who wants none may have said so meanwhile.
    lists = {blog: found if is_wanted(blog) else [] for blog, found in lists.items()}
    others = documents.lock_everyones({other for found in lists.values() for other in found})
    states = {id_: state for id_, state in read.blogs(only=others) if state.listed}
    made = dict[str, tuple[Layout, list[tuple[int, EntryBytes]]]]()
    for blog, found in lists.items():
        edition = edition_of(read.blog(blog))
        told = [(id_, related.entry(edition, states[id_])) for id_ in found if id_ in states]
        entries = [(id_, EntryBytes(section=0, rank=MOST - n, data=data)) for n, (id_, data) in enumerate(told)]
        made[related_path(blog)] = (related.layout(edition), entries)
    documents.put_lists(made)
