"""What the newsroom has done later, on somebody's behalf: the desk's kinds of jobs.

Owns that whoever asked is asked about again when it runs, and that a job publishes under its own key: run again after a
crash, it appends nothing. Never decides when: who puts a job says when it is due. Look next: `jobs.work`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final

import msgspec
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _

from asithappened.accounts.gate import Verb
from asithappened.accounts.models import User
from asithappened.desk import actions
from asithappened.desk.actions.actor import permit
from asithappened.desk.draft import Draft
from asithappened.jobs.put import put
from asithappened.jobs.work import Given, GiveUp, Kind, NotAllowed, Promise
from asithappened.log import read


class ToPublish(msgspec.Struct, frozen=True, kw_only=True):
    """What a job that publishes says: a post's words, and on which live blog."""

    blog: int
    draft: Draft


def publish_later(blog: int, *, by: User, draft: Draft, due: datetime, once: str) -> bool:
    """Have a post published when it is due, on somebody's behalf, who has to be allowed now and then; say if it is new.

    Inside a transaction the job is a part of it. The same key on the same live blog again changes nothing.
    """
    permit(by, blog, Verb.PUBLISH)
    says = msgspec.to_builtins(ToPublish(blog=blog, draft=draft))
    return put(PUBLISH.name, key=f"{blog}-{once}", payload=says, due=due, on_behalf_of=by.pk)


def _publish(given: Given) -> None:
    said = msgspec.convert(given.payload, ToPublish)
    once = f"job {given.key}"
    if read.post(said.blog, actions.post_id(said.blog, once)) is not None:
        return  # by this very job, before its worker ended; what became of the post since is nobody's fault
    with on_behalf(given) as by:
        try:
            actions.publish_post(said.blog, by=by, draft=said.draft, once=once)
        except actions.Refused as refused:
            if refused.refusal.code != "sent_before":  # by this very job, a moment ago, and edited since
                raise GiveUp(str(refused)) from refused


@contextmanager
def on_behalf(given: Given) -> Iterator[User]:
    """Act as whoever a job is for, inside: NotAllowed says that this person may not any more."""
    person = User.objects.filter(pk=given.on_behalf_of or 0).first()
    if person is None:
        raise NotAllowed(_("The account for which this was to be done is no longer there."))
    try:
        yield person
    except (PermissionDenied, Http404) as refused:
        raise NotAllowed(_("{who} may no longer do this on this live blog.").format(who=person)) from refused


PUBLISH: Final = Kind(name="publish_post", promise=Promise.ONCE_BY_KEY, run=_publish)
