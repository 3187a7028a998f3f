"""Whether a post may show the media files that it names. Every verb that takes its words asks.

Owns the conditions: the file is ready, the actor may use it in this live blog, its digest is the one that is named, and
it is described for readers who cannot see it. Files that the post already shows may stay.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from django.utils.translation import gettext as _

from asithappened.core import body
from asithappened.core import events as e
from asithappened.core.rules import Refusal
from asithappened.desk.actions.actor import Actor, System
from asithappened.log import read
from asithappened.media import using
from asithappened.media.models import Media
from asithappened.press import Refused

_ALL: Final = 2**62


def forbid(blog: int, events: Sequence[e.Event], *, by: Actor | None, first: int = _ALL) -> None:
    """Raise Refused if one of these events shows a file that it may not, in the transaction that makes them facts.

    `first`: the seq of the first event. `by`: None for an import. A replay by the program is not checked.
    """
    for event in events:
        if isinstance(event, e.PostWords):
            check(blog, event.body, by=by, post=event.post, before=first, lock=True)
        elif isinstance(event, e.ContributorDescribed) and event.picture is not None and not isinstance(by, System):
            _check_portrait(blog, event.picture, by=by)


def _check_portrait(blog: int, picture: e.Portrait, *, by: Actor | None) -> None:
    assert not isinstance(by, System)
    row = using.usable([picture.media], blog=blog, by=by, lock=True).get(picture.media)
    here = row is not None and row.state == Media.State.READY and row.kind == Media.Kind.PICTURE
    said = (picture.digest, picture.width, picture.height)
    if row is None or not here or (row.digest, row.width, row.height) != said:
        raise Refused(Refusal("no_such_media", _not_here()))


def of_events(events: Sequence[e.Event]) -> set[str]:
    """Return the ids of the media files that events show."""
    found = set[str]()
    for event in events:
        match event:
            case e.PostWords(body=doc):
                found |= body.media_of(doc).keys()
            case e.ContributorDescribed(picture=e.Portrait(media=id_)):
                found.add(id_)
            case _:
                pass
    return found


def check(
    blog: int, doc: body.Doc, *, by: Actor | None, post: str = "", before: int = _ALL, lock: bool = False
) -> None:
    """Raise Refused if a body shows what this actor may not publish in this live blog.

    `post`: the post of the body; files that its facts before that seq show may stay. `lock`: lock the files' rows until
    the transaction ends.
    """
    wanted = body.media_of(doc)
    if not wanted or isinstance(by, System):
        return
    rows = using.usable(wanted, blog=blog, by=by, lock=lock)
    strange = {id_: digest for id_, digest in wanted.items() if id_ not in rows or rows[id_].digest != digest}
    before_it = (fact for fact in (read.revisions(blog, post) if strange and post else ()) if fact.seq < before)
    if not strange.items() <= shown(before_it).items():
        raise Refused(Refusal("no_such_media", _not_here()))
    if any(rows[id_].state != Media.State.READY for id_ in wanted.keys() - strange.keys()):
        raise Refused(Refusal("media_not_ready", _not_ready()))
    if any(_undescribed(block) for block in body.blocks(doc)):
        raise Refused(Refusal("no_alt", _no_alt()))


def _not_here() -> str:
    return _("This shows a file that was not put into this live blog, or is gone. Nothing was lost: put it in again.")


def _not_ready() -> str:
    return _("A file in this is not ready yet. Nothing was lost: wait until it is, then send this again.")


def _no_alt() -> str:
    return _(
        "Say of each picture what it shows, for whoever cannot see it, or that it is decorative. Nothing was lost."
    )


def _undescribed(block: body.AnyBlock) -> bool:
    if not isinstance(block, body.Image) or not block.attrs.media:
        return False
    return not block.attrs.decorative and not block.attrs.alt.strip()


def shown(facts: Iterable[e.Fact]) -> dict[str, str]:
    """Return the media files that facts with words show: the digest of each by its id."""
    found: dict[str, str] = {}
    for fact in facts:
        if isinstance(fact.event, e.PostWords):
            found |= body.media_of(fact.event.body)
    return found
