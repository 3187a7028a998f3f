"""The one gate: decides who may do what on which live blog.

Owns the table of roles and verbs, and `get_blog_for`, the only way in which a page gets a live blog.
Never knows what a post is. A person who is no member gets exactly the answer for a blog that does not exist.
Look next: `desk.views`, which ask here, and `desk.actions`, which ask again.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404

from asithappened.accounts.models import Membership, Role, User
from asithappened.core.state import BlogState, Status
from asithappened.log import read


class Verb(StrEnum):
    READ_DESK = "read_desk"  # see its desk, and its pages whatever their audience
    SUBMIT = "submit"  # hand in a post for approval
    PUBLISH = "publish"  # publish, edit, withdraw, pin; approve what was handed in
    DESCRIBE = "describe"  # headline, standfirst, contributors, related coverage
    OWN = "own"  # address, audience, members; close, reopen, continue, take down


_CONTRIBUTOR: Final = frozenset({Verb.READ_DESK, Verb.SUBMIT})
_EDITOR: Final = _CONTRIBUTOR | {Verb.PUBLISH, Verb.DESCRIBE}
_VERBS: Final = {Role.CONTRIBUTOR: _CONTRIBUTOR, Role.EDITOR: _EDITOR, Role.OWNER: _EDITOR | {Verb.OWN}}
_ALL: Final = frozenset(Verb)

Asking = User | AnonymousUser


@dataclass(frozen=True, kw_only=True)
class Grant:
    """A live blog that somebody may see, and their verbs there. `role` is None for a site admin."""

    id: int
    state: BlogState
    role: Role | None
    verbs: frozenset[Verb]

    def may(self, verb: Verb) -> bool:
        return verb in self.verbs


def get_blog_for(user: Asking, slug: str, *, to: Verb) -> Grant:
    """Return the live blog at a slug (a former one too), if this person has the verb there.

    Raises Http404 if there is no such blog or they are no member, PermissionDenied if they are a member without the
    verb.
    """
    found = read.found(slug)
    grant = _grant(user, *found) if found is not None else None
    if grant is None:
        raise Http404
    if to not in grant.verbs:
        raise PermissionDenied
    return grant


def check(user: Asking, blog: int, verb: Verb) -> None:
    """Raise Http404 or PermissionDenied for somebody without the verb. Every action of desk.actions calls it."""
    verbs = verbs_of(user, blog)
    if Verb.READ_DESK not in verbs:
        raise Http404
    if verb not in verbs:
        raise PermissionDenied


def verbs_of(user: Asking, blog: int) -> frozenset[Verb]:
    """Return all verbs of somebody on a live blog; none if they are no member."""
    _, verbs = _role_and_verbs(user, blog)
    return verbs


def _role_and_verbs(user: Asking, blog: int) -> tuple[Role | None, frozenset[Verb]]:
    """Return somebody's role on a live blog (None for a site admin, and without one) and their verbs there."""
    if not isinstance(user, User) or not user.is_active:
        return None, frozenset()
    if user.is_superuser:
        return None, _ALL
    with connection.cursor() as cursor:  # plain SQL, because every action asks twice, and every beat once
        cursor.execute("SELECT role FROM accounts_membership WHERE blog_id = %s AND user_id = %s", [blog, user.pk])
        found = cursor.fetchone()
    if found is None:
        return None, frozenset()
    role = Role(found[0])
    return role, _VERBS[role]


def may_open(user: Asking) -> bool:
    """Return whether somebody may open a live blog: the newsroom's own people, not guests."""
    return isinstance(user, User) and user.is_active and (user.is_staff or user.is_superuser)


def check_may_open(user: Asking) -> None:
    if not may_open(user):
        raise PermissionDenied


def may_administer(user: Asking) -> bool:
    """Return whether somebody may administer the installation: a site admin."""
    return isinstance(user, User) and user.is_active and user.is_superuser


def check_may_administer(user: Asking) -> None:
    if not may_administer(user):
        raise PermissionDenied


def blogs_for(user: Asking) -> list[Grant]:
    """Return every live blog that somebody works on, newest first; all for a site admin."""
    if not isinstance(user, User) or not user.is_active:
        return []
    if user.is_superuser:
        return [Grant(id=pk, state=state, role=None, verbs=_ALL) for pk, state in read.blogs()]
    roles = {m.blog_id: Role(m.role) for m in Membership.objects.filter(user=user)}
    return [
        Grant(id=pk, state=state, role=roles[pk], verbs=_VERBS[roles[pk]]) for pk, state in read.blogs(only=list(roles))
    ]


def only_running(user: Asking) -> Grant | None:
    """Return the one running live blog that somebody works on; None if there is none, or there are several."""
    running = [grant for grant in blogs_for(user) if grant.state.status is Status.LIVE]
    return running[0] if len(running) == 1 else None


def _grant(user: Asking, blog: int, state: BlogState) -> Grant | None:
    role, verbs = _role_and_verbs(user, blog)
    if Verb.READ_DESK not in verbs:
        return None
    return Grant(id=blog, state=state, role=role, verbs=verbs)
