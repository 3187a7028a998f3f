"""The verbs of drafts, and deleting a draft when its post is published or erased.

Owns the permissions, and when a draft must go. A save leaves no audit line and writes to no table of the main database.
Look next: `drafts.keeping`.
"""

from collections import defaultdict
from datetime import UTC, datetime

from django.core.exceptions import PermissionDenied
from django.http import Http404

from asithappened.accounts.gate import Verb
from asithappened.accounts.models import User
from asithappened.core.rules import Refusal
from asithappened.desk.actions.actor import permit
from asithappened.desk.actions.carry_out import Refused
from asithappened.desk.actions.posts import post_id
from asithappened.desk.draft import draft_of
from asithappened.desk.drafts import keeping
from asithappened.desk.drafts.models import Draft
from asithappened.desk.models import Submission
from asithappened.log import read


def save_draft(blog: int, *, by: User, copy: keeping.Copy) -> Draft:
    """Save a draft. Raises what `keeping.save` raises, Http404 for a post that does not exist, Refused for one that is
    erased.

    Whether the post was published, handed in or erased meanwhile is checked after the write. Those acts look for drafts
    after their own write too, so that one of the two sees the other.
    """
    permit(by, blog, Verb.PUBLISH if copy.of else Verb.SUBMIT)
    if copy.of:
        _not_erased(blog, copy.of)
    kept = keeping.save(blog, by.pk, copy)
    if copy.of:
        try:
            _not_erased(blog, copy.of)
        except Refused:
            keeping.forget_of(blog, copy.of)
            raise
    elif kept.version == 1 and (kept.author, kept.key) in _out(blog, {(kept.author, kept.key)}):
        keeping.sent(blog, by.pk, copy.key)
        kept.refresh_from_db()
        raise keeping.Newer(kept)
    return kept


def _not_erased(blog: int, post: str) -> None:
    found = read.post(blog, post)
    if found is None:
        raise Http404
    if found.erased:
        raise Refused(Refusal("erased", "The words of this post were erased. Nothing of it is kept any more."))


def delete_draft(kept: Draft, *, by: User) -> None:
    """Delete a draft. Its author may; an owner too, if it has not been touched for long."""
    permit(by, kept.blog, Verb.SUBMIT)
    if kept.author != by.pk:
        if not untouched(kept):
            raise PermissionDenied
        permit(by, kept.blog, Verb.OWN)
    keeping.discard(kept)


def untouched(kept: Draft) -> bool:
    """Say whether a draft has not been touched for so long that the list marks it. None is ever deleted for its age."""
    return kept.saved_at < datetime.now(UTC) - keeping.UNTOUCHED


def tidy() -> None:
    """Delete every draft whose post is published or erased, for those that the acts themselves missed.

    A recurring duty of the worker. Also deletes the keys of drafts that were sent long ago.
    """
    of_blogs = defaultdict(list)
    for kept in Draft.objects.filter(state=Draft.State.OPEN):
        of_blogs[kept.blog].append(kept)
    for blog, found in of_blogs.items():
        out = _out(blog, {(kept.author, kept.key) for kept in found if not kept.of})
        posts = read.posts_by_id(blog, list({kept.of for kept in found if kept.of}))
        for kept in found:
            if not kept.of:
                since = out.get((kept.author, kept.key))
                if since is not None and kept.saved_at <= since:  # words typed after that were not published
                    keeping.sent(blog, kept.author, kept.key)
            elif (post := posts.get(kept.of)) is not None and post.erased:
                keeping.forget_of(blog, kept.of)
            elif post is not None and (kept.based_on or 0) < post.content_seq:
                keeping.sent_edit(blog, kept.author, kept.of, draft_of(post))
    keeping.forget_sent()
    keeping.scrub()


def _out(blog: int, keys: set[tuple[int, str]]) -> dict[tuple[int, str], datetime]:
    """Return, of these authors and keys, those whose post is in the log or handed in, and since when."""
    ids = {key: post_id(blog, key) for _, key in keys}
    published = read.posts_by_id(blog, list(ids.values()))
    rows = Submission.objects.filter(blog_id=blog, once__in=list(ids)).values_list("author", "once", "made_at")
    out = {(author, key): at for author, key, at in rows}
    now = datetime.now(UTC)
    return out | {
        (author, key): published[ids[key]].published_at or now for author, key in keys if ids[key] in published
    }
