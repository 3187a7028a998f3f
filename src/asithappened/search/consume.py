"""The follower of the log that keeps the index of readers' search: the present words of each post.

Owns which words those are. Withdrawn posts leave the index in their own transaction, before this follower runs
(`obey`). Each search checks what everyone may read (finding.py), so a live blog in preparation is already indexed when
it opens.
"""

from collections.abc import Callable, Collection
from typing import Final

from asithappened.core import body
from asithappened.core.events import POST, THE_BLOG, PostKind, Subject
from asithappened.core.fold import microseconds
from asithappened.core.state import BlogState, PostState
from asithappened.log import read
from asithappened.log.follow import Facts
from asithappened.published import documents
from asithappened.search import index, schema
from asithappened.search.index import Words

NAME: Final = "search"
THE_BLOG_ITSELF: Final = ""  # in place of a post's id


def version() -> str:
    """Return the version of this code's result, including that of core.searching's tokens."""
    return f"3{'' if schema.DELETES_SECURELY else ' merging'}"


def begin() -> None:
    """Empty the index."""
    schema.empty()


def consume(blog: int, facts: Facts) -> Callable[[], None]:
    """Return a callback that indexes the present words of changed posts, and removes posts that readers no longer have.

    A replay is not indexed, because it is no news.
    """
    touched = {fact.post if fact.subject.about == POST else "" for fact in facts if _may_change_words(fact.subject)}
    state = read.blog(blog)
    posts = read.posts_by_id(blog, sorted(touched - {THE_BLOG_ITSELF}))
    found = [] if state.replay else [of_a_post(post) for post in posts.values() if post.visible]
    if not state.replay and THE_BLOG_ITSELF in touched:
        found.append(of_the_blog(state))
    gone = touched - {words.post for words in found}

    def write() -> None:
        index.forget(blog, sorted(gone))
        index.put(blog, found)

    return write


def obey() -> None:
    """Remove withdrawn and erased posts from the index in the same transaction."""
    documents.on_taking_back(_forget)


def _forget(blog: int, subjects: Collection[Subject] | None) -> None:
    """Remove posts. A whole live blog need not be removed, because each search checks who may read it."""
    posts = sorted(subject.id for subject in subjects or () if subject.about == POST)
    if subjects is not None and THE_BLOG in subjects:
        posts.append(THE_BLOG_ITSELF)
    if posts:
        index.forget(blog, posts)


def _may_change_words(subject: Subject) -> bool:
    return subject.about == POST or subject == THE_BLOG


def of_a_post(post: PostState) -> Words:
    return Words(
        post=post.id,
        position=post.position,
        head=post.title,
        body="\n".join((body.plain(post.body), *post.bylines)),
        key_event=post.kind is PostKind.KEY_EVENT,
    )


def of_the_blog(blog: BlogState) -> Words:
    """Return the words by which a live blog itself is found: headline, standfirst, tags and contributors."""
    names = (one.name for one in blog.contributors)
    position = microseconds(blog.opened_at) if blog.opened_at else 0
    return Words(
        post=THE_BLOG_ITSELF,
        position=position,
        head=blog.title,
        body="\n".join((blog.standfirst, *blog.tags, *names)),
    )
