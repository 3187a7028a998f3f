"""The follower of the log that keeps the authors' pages: an entry a post, and a profile of the blog that names them.

What is taken back leaves them before this hears of it (published.documents).
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Final

from asithappened.core.events import POST, THE_BLOG, BlogEvent, Subject
from asithappened.core.state import BlogState, PostState
from asithappened.front import telling
from asithappened.log import read
from asithappened.log.follow import Facts
from asithappened.published import documents
from asithappened.published.assets import url
from asithappened.published.documents import EntryBytes
from asithappened.render import house_lists
from asithappened.render.addresses import AUTHORS, author_path
from asithappened.render.fingerprint import fingerprint

NAME: Final = "authors"
PAGE_POSTS: Final = 40
PROFILE, POSTS = 0, 1
"""The sections: who somebody is, as the live blog that was opened last tells; and what they posted."""


def version() -> str:
    """Return what they were rendered by."""
    return f"{fingerprint()} {url(house_lists.STYLE)}"


def begin() -> None:
    """Put nothing: an author has a page with the first post."""


def consume(blog: int, facts: Facts) -> Callable[[], None]:
    """Return what puts a blog's posts on the pages of those who signed them: those that are new or changed.

    All of them if the blog itself changed: its headline stands beside each, and its address is in each.
    """
    subjects, whole = set[Subject](), facts.anew
    for fact in facts:
        if fact.subject.about == POST:
            subjects.add(fact.subject)
        whole |= fact.event is None or isinstance(fact.event, BlogEvent)
    state = read.blog(blog)
    posts: list[PostState] = []
    if telling.listed(state):
        found = read.posts_by_id(blog, None if whole else sorted(subject.id for subject in subjects))
        posts = [post for post in found.values() if post.visible]
    told: defaultdict[str, list[EntryBytes]] = defaultdict(list)
    names: dict[str, str] = {}
    for post in posts:
        for name in dict.fromkeys(post.bylines):
            names[author_path(name)] = name
            told[author_path(name)].append(_entry(state, post))
    if telling.listed(state):
        for one in filter(lambda one: one.described, state.contributors):
            told[author_path(one.name)].append(
                EntryBytes(section=PROFILE, rank=0, data=house_lists.profile(state, one))
            )

    def write() -> None:
        for path in sorted(names if facts.anew else documents.missing(names)):
            documents.put(path, layout=house_lists.author(names[path]), page_entries=PAGE_POSTS)
        of = None if whole else {THE_BLOG, *subjects}
        documents.put_told(AUTHORS, blog, told, of=of, alone=PROFILE)

    return write


def _entry(blog: BlogState, post: PostState) -> EntryBytes:
    return EntryBytes(
        section=POSTS,
        rank=post.position,
        data=house_lists.post_entry(blog, post),
        subject=Subject(POST, post.id),
        also=(THE_BLOG,),
        bare=house_lists.post_entry(blog, post, named=False),
    )
