"""Whether a post may show the files of ours that it names: asked by every verb that takes its words.

Owns the conditions: the file is ready, the person who acts may use it in this live blog, it is the very file that is
named, and it is described for readers who cannot see it. What a post showed before it may go on showing.
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
    """Raise Refused if one of these events shows what it may not, inside the transaction that makes them facts.

    `first`: the seq of the first of them. `by`: None for an import; of what the program plays again nothing is asked.
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
    """Return the ids of the files of ours that events show."""
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

    `post`: whose words it is to be; what its facts before that seq show it may go on showing. `lock`: the files stay
    as they are until the transaction ends.
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
    """Return what facts that carry words show of ours: the digest of each file by its id."""
    found: dict[str, str] = {}
    for fact in facts:
        if isinstance(fact.event, e.PostWords):
            found |= body.media_of(fact.event.body)
    return found
