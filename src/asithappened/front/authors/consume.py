"""The follower of the log that keeps the authors' pages: an entry a post, and the profile from a live blog.

What is taken back is removed before the follower runs (published.documents).
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Final

from asithappened.core.events import POST, THE_BLOG, BlogEvent, Subject
from asithappened.core.state import BlogState, PostState
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
"""The sections: the profile, from the live blog that was opened last; and the posts."""


def version() -> str:
    """Return the version of the code that renders them."""
    return f"{fingerprint()} {url(house_lists.STYLE)}"


def begin() -> None:
    """Create nothing: an author gets their page with the first post."""


def consume(blog: int, facts: Facts) -> Callable[[], None]:
    """Return a function that writes a live blog's new and changed posts on the pages of their authors.

    If the live blog itself changed, it writes all of them, because each entry contains its headline and address.
    """
    subjects, whole = set[Subject](), facts.anew
    for fact in facts:
        if fact.subject.about == POST:
            subjects.add(fact.subject)
        whole |= fact.event is None or isinstance(fact.event, BlogEvent)
    state = read.blog(blog)
    posts: list[PostState] = []
    if state.listed:
        found = read.posts_by_id(blog, None if whole else sorted(subject.id for subject in subjects))
        posts = [post for post in found.values() if post.visible]
    told: defaultdict[str, list[EntryBytes]] = defaultdict(list)
    names: dict[str, str] = {}
    for post in posts:
        for name in dict.fromkeys(post.bylines):
            names[author_path(name)] = name
            told[author_path(name)].append(_entry(state, post))
    if state.listed:
        for one in filter(lambda one: one.described, state.contributors):
            told[author_path(one.name)].append(
                EntryBytes(section=PROFILE, rank=0, data=house_lists.profile(state, one))
            )

    def write() -> None:
        for path in sorted(names if facts.anew else documents.missing(names)):
            documents.put(path, layout=house_lists.author(names[path]), page_entries=PAGE_POSTS)
        of = None if whole else {THE_BLOG, *subjects}
        documents.put_entries_below(AUTHORS, blog, told, of=of, alone=PROFILE)

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
