"""The follower of the log that keeps what stands under a live blog as related coverage by itself.

Owns when it is looked for: with what is said of the live blog itself, and with every twentieth fact, as it grows. Each
of its entries is of another live blog, and goes in the transaction that takes that one back (published.documents).
Whether it is shown, delivery decides as it composes the page: what people set wins.
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
from asithappened.search.results import is_open

NAME: Final = "related"
MOST: Final = 6  # as many as fill two rows of the page
SEARCHED: Final = 300  # of a house with more about the same words the newest
EVERY: Final = 20  # facts: as many as make another story of it
KEY_EVENTS: Final = 5


def version() -> str:
    """Return what it was found and rendered by."""
    return f"{fingerprint()} {code(Path(__file__).parent)}"


def begin() -> None:
    """Put nothing: each live blog has a list of its own."""


def consume(blog: int, facts: Facts) -> Callable[[], None]:
    """Return what puts the list of a live blog, and those of the others in which it stands or should."""
    about_itself = facts.anew or any(fact.subject == THE_BLOG for fact in facts)
    if not about_itself and not any(seq % EVERY == 0 for seq in range(facts.after + 1, facts.upto + 1)):
        return lambda: None
    if facts.anew and not connection.in_atomic_block:
        with suppress(ExceptionGroup):  # which the index's own turn says
            follow.catch_up(index)
    lists = {blog: looked_for(blog)}
    if about_itself:
        others = set(lists[blog]) | _with(blog)
        lists |= {other: looked_for(other) for other in sorted(others - {blog})}
    return lambda: _put(lists)


def looked_for(blog: int) -> list[int]:
    """Return what stands under a live blog by itself: nothing where nobody may read it, or wants any."""
    state = read.blog(blog)
    if not is_open(state) or not is_wanted(blog):
        return []
    said = [post.title for post in read.posts(blog, newest=KEY_EVENTS, kind=PostKind.KEY_EVENT)]
    words = ranking.wanted(state, said)
    try:
        ids = finding.live_blogs(words, most=SEARCHED)
    except finding.TooLong:
        return []
    found = {id_: other for id_, other in read.blogs(only=[id_ for id_ in ids if id_ != blog]) if is_open(other)}
    return ranking.ranked(state, words, found, of=_count(), most=MOST)


def is_wanted(blog: int) -> bool:
    """Say whether related coverage is to stand under a live blog by itself."""
    return not Unrelated.objects.filter(blog=blog).exists()


def want(blog: int, wanted: bool) -> None:
    """Have related coverage stand under a live blog by itself, or not, from now on."""
    with transaction.atomic():
        if wanted:
            Unrelated.objects.filter(blog=blog).delete()
        else:
            Unrelated.objects.get_or_create(blog=blog)
        _put({blog: looked_for(blog)})


def shown(blog: int) -> list[BlogState]:
    """Return what stands under a live blog by itself, unless people set something."""
    ids = documents.blogs_of(related_path(blog))
    states = dict(read.blogs(only=ids))
    return [states[id_] for id_ in ids if id_ in states and is_open(states[id_])]


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
    states = {id_: state for id_, state in read.blogs(only=others) if is_open(state)}
    made = dict[str, tuple[Layout, list[tuple[int, EntryBytes]]]]()
    for blog, found in lists.items():
        edition = edition_of(read.blog(blog))
        told = [(id_, related.entry(edition, states[id_])) for id_ in found if id_ in states]
        entries = [(id_, EntryBytes(section=0, rank=MOST - n, data=data)) for n, (id_, data) in enumerate(told)]
        made[related_path(blog)] = (related.layout(edition), entries)
    documents.put_lists(made)
