"""What readers are told of those who cover a live blog: roles, links, pictures.

Owns that a person's own profile goes, by an act of theirs, to each running live blog that names them as on and where
they may describe it; who only hands in there is described by an editor. Whose profile a contributor's is, the name
says: the one member of that byline; of two, nobody's.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from asithappened.accounts import gate
from asithappened.accounts.gate import Verb
from asithappened.accounts.models import User
from asithappened.core import events as e
from asithappened.core.state import BlogState, Contributor, Status
from asithappened.desk.actions.actor import permit
from asithappened.desk.actions.carry_out import Busy, Receipt, Refused, carry_out
from asithappened.desk.models import Profile
from asithappened.log import read
from asithappened.media import portraits
from asithappened.media.models import Media


@dataclass(frozen=True, kw_only=True)
class Gone:
    """Where a profile went: the headlines of live blogs whose readers have it, and of those that name the person and
    have to be told by an editor, or once more."""

    to: list[str]
    not_to: list[str]


def of(user: User) -> Profile:
    """Return somebody's profile, an empty one if they wrote none."""
    return Profile.objects.select_related("picture").filter(user=user).first() or Profile(user=user)


def take_picture(content: bytes) -> Media:
    """Return a picture of somebody that was sent with a form, taken in. Raises Refused."""
    taken = portraits.take(content)
    if not isinstance(taken, Media):
        raise Refused(taken)
    return taken


def set_own(*, by: User, byline: str, role: str, url: str, picture: Media | None) -> Gone:
    """Keep what somebody says of themselves, and tell the readers of the live blogs that name them as on."""
    with transaction.atomic():
        by.byline = byline
        by.save(update_fields=["byline"])
        profile, _new = Profile.objects.update_or_create(
            user=by, defaults={"role": role, "url": url, "picture": picture}
        )
    gone = Gone(to=[], not_to=[])
    for grant in gate.blogs_for(by):
        if _named(grant.state, byline) and grant.state.status is Status.LIVE:
            if picture is not None:
                portraits.bring_to(grant.id, picture, by=by)  # where who only hands in is described by an editor
            told = grant.may(Verb.DESCRIBE) and _told(grant.id, profile, by=by)
            (gone.to if told else gone.not_to).append(grant.state.title)
    return gone


def _named(blog: BlogState, name: str) -> bool:
    return any(one.on and one.name == name for one in blog.contributors)


def _told(blog: int, profile: Profile, *, by: User) -> bool:
    try:
        _describe(blog, profile, by=by)
    except Refused as refused:
        return refused.refusal.code == "unchanged"
    except Busy:
        return False
    return True


def _describe(blog: int, profile: Profile, *, by: User) -> Receipt:
    picture = profile.picture
    return describe(blog, by=by, name=profile.user.byline, role=profile.role, url=profile.url, picture=picture)


def describe(blog: int, *, by: User, name: str, role: str, url: str, picture: Media | None) -> Receipt:
    """Say to a live blog's readers what there is to say of a contributor."""
    permit(by, blog, Verb.DESCRIBE)
    if picture is not None:
        portraits.bring_to(blog, picture, by=by)
    described = e.ContributorDescribed(name=name, role=role, url=url, picture=_portrait(picture))
    return carry_out(blog, [described], by=by, to=Verb.DESCRIBE, name="describe_contributor", about=name)


def _portrait(picture: Media | None) -> e.Portrait | None:
    if picture is None:
        return None
    return e.Portrait(media=picture.pk, digest=picture.digest, width=picture.width, height=picture.height)


def known_as(blog: int, name: str) -> Profile | None:
    """Return the profile of whom a live blog's contributor of this name is: of the one member of that byline."""
    members = Profile.objects.filter(user__byline=name, user__is_active=True, user__memberships__blog=blog)
    found = list(members.select_related("picture", "user")[:2])
    return found[0] if len(found) == 1 and (found[0].role or found[0].url or found[0].picture) else None


def joining(blog: int, name: str) -> Iterator[e.Event]:
    """Yield what readers are told of somebody as they come on, if they are told nothing yet and it is theirs to say."""
    known = next((one for one in read.blog(blog).contributors if one.name == name), None)
    profile = None if known is not None and known.described else known_as(blog, name)
    if profile is None:
        return
    if profile.picture is not None:
        portraits.bring_to(blog, profile.picture, by=profile.user)
    if Verb.DESCRIBE in gate.verbs_of(profile.user, blog):
        picture = _portrait(profile.picture)
        yield e.ContributorDescribed(name=name, role=profile.role, url=profile.url, picture=picture)


def going_along(on: Contributor) -> Iterator[e.Event]:
    """Yield what makes somebody a contributor of another live blog, as readers of this one know them."""
    yield e.ContributorJoined(name=on.name)
    if on.described:
        yield e.ContributorDescribed(name=on.name, role=on.role, url=on.url, picture=on.picture)
