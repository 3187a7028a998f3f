"""The rows of the timeline: posts with the very bytes that readers have, for a whole page or for an open screen.

Owns which posts are shown, and what of each. An open screen asks for the posts that changed after its last fact, for
posts by id, or for the next older ones, and gets a fragment. Look next: `frontend/desk/timeline.ts`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe
from msgspec.structs import replace

from asithappened.accounts.gate import Grant, Verb
from asithappened.core import body
from asithappened.core.body.poll import counted
from asithappened.core.state import PostState
from asithappened.desk.draft import draft_of
from asithappened.desk.finding import asked, find, order_of
from asithappened.desk.views import notes
from asithappened.desk.views.asking import grant_for, page, signed_in
from asithappened.desk.views.posts import preview
from asithappened.log import read
from asithappened.polls import counting
from asithappened.published.layout import MEDIA_SLOT
from asithappened.published.models import PublishedPost
from asithappened.render.edition import edition_of
from asithappened.render.post import day_mark, fragment, order_mark

FAR: Final = 500  # facts; a screen that is further behind gets the newest posts anew, which is less
MOST: Final = 100  # rows in one answer: 100 posts of 5 KB are half a megabyte


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A post on the desk: its state, and the bytes that readers have (None if they have none).

    `words`: a withdrawn post's words, as readers had them. `notes`: how many open notes are about it.
    `day`: two neighbours of the same day show the date once.
    """

    post: PostState
    fragment: SafeString | None
    words: SafeString | None
    pinned: bool
    day: str
    notes: int = 0

    @property
    def order(self) -> str:
        """The key by which rows are sorted, the same as in readers' fragments."""
        return order_mark(self.post)

    @property
    def moving(self) -> bool:
        """Whether it has figures that can be changed without the rest of it."""
        return any(isinstance(block, body.Moving) for block in self.post.body.content)

    @property
    def state(self) -> str:
        """Whether readers have it: published, withdrawn or erased."""
        return self.post.status.value


def timeline(grant: Grant, query: QueryDict) -> dict[str, Any]:
    """Return the context of `desk/parts/rows.html`: the posts that match the search and the filters."""
    wanted = asked({name: str(value) for name, value in query.items()})
    found = find(grant, wanted, before=order_of(str(query.get("before", ""))))
    return _standing(grant) | {"shown": shown(grant, found.posts), "wanted": wanted, "before": found.before}


def _standing(grant: Grant) -> dict[str, Any]:
    """Return the seq that the rows are up to. They are at least as new, because they are read after it."""
    return {"epoch": read.head(grant.id)[0], "head": grant.state.seq}


def shown(grant: Grant, posts: Sequence[PostState]) -> list[Shown]:
    """Return posts with the very bytes that readers have; an open poll is rendered anew, with its votes so far."""
    rows = PublishedPost.objects.filter(blog=grant.id, post__in=[post.id for post in posts], visible=True)
    # Its pictures come from the desk's own address, where the gate lets members of the live blog have them.
    found = ((post, bytes(fragment).decode()) for post, fragment in rows.values_list("post", "fragment"))
    fragments = {post: fragment.replace(MEDIA_SLOT, "") for post, fragment in found}
    fragments |= {post.id: _with_votes(grant, post) for post in posts if post.id in fragments and _is_asking(post)}
    noted = notes.waiting_by_post(grant.id, [post.id for post in posts])
    edition = edition_of(grant.state)
    return [
        Shown(
            post=post,
            # finished by render and sanitised, the bytes that delivery sends
            fragment=mark_safe(fragments[post.id]) if post.id in fragments else None,  # noqa: S308
            words=preview(grant, draft_of(post), post) if post.withdrawn and grant.may(Verb.PUBLISH) else None,
            pinned=post.id in grant.state.pins,
            day=day_mark(post.published_at, edition),
            notes=noted.get(post.id, 0),
        )
        for post in posts
    ]


def _is_asking(post: PostState) -> bool:
    return any(isinstance(block, body.Poll) and not block.attrs.closed for block in post.body.content)


def _with_votes(grant: Grant, post: PostState) -> str:
    """Return a post that asks with how its polls stand: a vote from here would lead away from the screen."""
    blocks = tuple(
        counted(block, counting.votes(grant.id, post=post.id, poll=block.attrs.id))
        if isinstance(block, body.Poll) and not block.attrs.closed
        else block
        for block in post.body.content
    )
    shown = replace(post, body=body.Doc(content=blocks))
    return fragment(edition_of(grant.state, desk=True), shown).decode()


@require_safe
@signed_in
def rows(request: HttpRequest, slug: str) -> HttpResponse:
    """Return rows as a fragment: those named, those that changed after a fact, or those that match a search.

    `post`: ids. `since`, `epoch`: the screen's last fact; a screen too far behind gets the newest posts anew.
    """
    grant = grant_for(request, slug, to=Verb.READ_DESK)
    context = _changed(grant, request.GET)
    if context is None:
        context = timeline(grant, request.GET) | {"anew": "since" in request.GET}
    return render(request, "desk/parts/rows.html", page(grant, **context))


def _changed(grant: Grant, query: QueryDict) -> dict[str, Any] | None:
    """Return the rows that are named and those that changed; None if the whole timeline is to be sent."""
    standing, ids = _standing(grant), set(query.getlist("post")[:MOST])
    if "since" in query:
        since = str(query["since"])
        known = since.isascii() and since.isdecimal() and len(since) < 18 and query.get("epoch") == standing["epoch"]
        if not known or not 0 <= standing["head"] - int(since) <= FAR:
            return None
        changed = read.changed(grant.id, after=int(since), most=MOST)
        if len(changed) == MOST:
            return None
        ids |= set(changed)
    elif not ids:
        return None
    posts = sorted(read.posts_by_id(grant.id, sorted(ids)).values(), key=lambda post: post.order, reverse=True)
    return standing | {"shown": shown(grant, posts)}
