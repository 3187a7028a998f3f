"""What readers are told of those who cover a live blog: roles, links, pictures.

Owns that saving one's own profile publishes it on each running live blog that names this person as on and on which they
may publish; elsewhere an editor has to do so. A contributor's profile is found by name: it is that of the only member
with this byline, and if two members share it, of neither.
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
    """Where a profile was published: the headlines of live blogs whose readers have it, and of those that name the
    person but still need an editor, or another try."""

    to: list[str]
    not_to: list[str]


def of(user: User) -> Profile:
    """Return a person's profile, an empty one if they wrote none."""
    return Profile.objects.select_related("picture").filter(user=user).first() or Profile(user=user)


def take_picture(content: bytes) -> Media:
    """Return the media file of a picture that was sent with a form. Raises Refused."""
    taken = portraits.take(content)
    if not isinstance(taken, Media):
        raise Refused(taken)
    return taken


def set_own(*, by: User, byline: str, role: str, url: str, picture: Media | None) -> Gone:
    """Save a person's own profile, and publish it on the live blogs that name them as on."""
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
                portraits.bring_to(grant.id, picture, by=by)  # also for an editor, who describes them
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
    """Publish the description of a contributor to a live blog's readers."""
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
    """Return the profile of a contributor, found by name: that of the live blog's only member with this byline."""
    members = Profile.objects.filter(user__byline=name, user__is_active=True, user__memberships__blog=blog)
    found = list(members.select_related("picture", "user")[:2])
    return found[0] if len(found) == 1 and (found[0].role or found[0].url or found[0].picture) else None


def joining(blog: int, name: str) -> Iterator[e.Event]:
    """Yield the description of a person who comes on, if readers have none yet and the person may publish it."""
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
    """Yield the events that make somebody a contributor of another live blog, described as in this one."""
    yield e.ContributorJoined(name=on.name)
    if on.described:
        yield e.ContributorDescribed(name=on.name, role=on.role, url=on.url, picture=on.picture)
