"""Bringing in the pictures that posts name by their address alone: of an archive, or from before there were files.

Owns which are fetched, and that a post is changed only when its picture is there: from then on it is one of ours, and
its address stays as where it came from. Whoever calls it again goes on where it stopped.
"""

from collections.abc import Iterator
from typing import Final

from msgspec import Struct, convert
from msgspec.structs import replace

from asithappened.accounts import gate
from asithappened.accounts.models import User
from asithappened.core import body, limits
from asithappened.core.rules import Refusal
from asithappened.core.state import PostState
from asithappened.desk.actions import posts
from asithappened.desk.actions.actor import System
from asithappened.desk.actions.carry_out import Moved, Refused
from asithappened.desk.draft import draft_of
from asithappened.log import read
from asithappened.media import arriving, taking_in, using
from asithappened.media.models import Media
from asithappened.outbound import Guard, OutboundError, fetch

WITHIN_S: Final = 30.0
# An archive's pictures seldom have alternative text, and a program can give them none: nothing is asked of it.
_BY: Final = System(name="media fetch")


class Outcome(Struct, frozen=True, kw_only=True):
    """What became of one address in one post: the file that it is now, or why it is none."""

    post: str
    src: str
    media: str = ""
    why: str = ""


def elsewhere(blog: int) -> list[PostState]:
    """Return the posts with a picture that is only an address, oldest first."""
    found = [post for post in read.posts_by_id(blog).values() if post.visible and any(_addresses(post.body))]
    return sorted(found, key=lambda post: post.order)


def fetch_pictures(blog: int, *, by: User, guard: Guard) -> Iterator[Outcome]:
    """Fetch every picture of a live blog that is only an address, a post at a time, and yield what became of each.

    `by`: who may use the files before they are published; it takes whoever may publish here.
    """
    gate.check(by, blog, gate.Verb.PUBLISH)
    known: dict[str, Media | str] = {}
    for post in elsewhere(blog):
        for src in dict.fromkeys(_addresses(post.body)):
            if src not in known:
                known[src] = _brought(src, blog, by, guard)
        yield from _change(blog, post, known)


def _addresses(doc: body.Doc) -> Iterator[str]:
    for block in body.blocks(doc):
        if isinstance(block, body.Image) and block.attrs.src and not block.attrs.media:
            yield block.attrs.src


def _brought(src: str, blog: int, by: User, guard: Guard) -> Media | str:
    """Return the file at an address, ready to be shown, or why there is none."""
    try:
        found = fetch(src, guard=guard, accept="image/*", at_most=limits.PICTURE_BYTES, within_s=WITHIN_S)
        row = arriving.arrive_whole(found.body, blog=blog, by=by.pk)
        if row.state == Media.State.WAITING:
            taking_in.decode(row.pk)
            row.refresh_from_db()
    except (OutboundError, TimeoutError) as why:
        return str(why)
    if row.state == Media.State.REFUSED:
        return convert(row.refusal, Refusal).message
    return row if row.kind == Media.Kind.PICTURE else "It is not a picture."


def _change(blog: int, post: PostState, known: dict[str, Media | str]) -> Iterator[Outcome]:
    srcs = list(dict.fromkeys(_addresses(post.body)))
    ready = {src: row for src in srcs if isinstance(row := known[src], Media)}
    refused = ""
    if ready:
        draft = draft_of(post)
        content = tuple(_with_files(block, ready) for block in draft.body.content)
        new = replace(draft, body=replace(draft.body, content=content))
        try:
            posts.revise_post(blog, by=_BY, post=post.id, draft=new, based_on=post.last_seq, minor=True)
        except (Moved, Refused) as why:
            refused = str(why) or "The post was changed meanwhile."
    for src in srcs:
        row = known[src]
        if isinstance(row, Media) and not refused:
            yield Outcome(post=post.id, src=src, media=row.pk)
        else:
            yield Outcome(post=post.id, src=src, why=refused or str(row))


def _with_files(block: body.Block, ready: dict[str, Media]) -> body.Block:
    match block:
        case body.Gallery():
            return replace(block, content=tuple(_picture(image, ready) for image in block.content))
        case body.Image():
            return _picture(block, ready)
        case _:
            return block


def _picture(image: body.Image, ready: dict[str, Media]) -> body.Image:
    row = ready.get(image.attrs.src)
    if row is None or image.attrs.media:
        return image
    own = using.attrs(row)
    shown = {name: own[name] for name in ("media", "digest", "width", "height", "preview")}
    said = {name: own[name] for name in ("alt", "credit") if name in own and not getattr(image.attrs, name)}
    return replace(image, attrs=replace(image.attrs, **shown, **said))
