"""The first steps of the first site admin: the house, a live blog, a colleague; and removing the sample.

Owns three pages that can be skipped, and that they are shown once (`User.welcomed_at`). They call the same verbs as
`blogs`, `people` and `me`.
"""

import secrets
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from asithappened.accounts import gate
from asithappened.accounts.gate import Asking, Verb
from asithappened.accounts.models import Role, User
from asithappened.core.events import Audience
from asithappened.core.state import Status
from asithappened.desk import actions
from asithappened.desk import sample as samples
from asithappened.desk.actions import members
from asithappened.desk.actions.sample import remove_sample
from asithappened.desk.forms.profile import Byline
from asithappened.desk.forms.reading import Fields
from asithappened.desk.forms.welcome import FirstBlog, FirstColleague
from asithappened.desk.views import receipts
from asithappened.desk.views.asking import asker, suggestions
from asithappened.desk.views.flow import flow, post_only
from asithappened.desk.views.me import Language
from asithappened.desk.views.screen import Button, Done, Screen, Shown, press


def is_new(user: Asking) -> bool:
    """Say whether this is a site admin in an installation in which nobody was shown round before."""
    return gate.may_administer(user) and not User.objects.filter(welcomed_at__isnull=False).exists()


def _admin(request: HttpRequest) -> User:
    user = asker(request)
    gate.check_may_administer(user)
    return user


def _finish(user: User) -> Done:
    user.welcomed_at = timezone.now()
    user.save(update_fields=["welcomed_at"])
    only = gate.only_running(user)
    to = reverse("desk:desk", args=[only.state.slug]) if only else reverse("desk:blogs")
    return Done(said=_("You are all set. These steps are not shown again."), to=to)


class AboutYou(Byline, Language):
    """A person's printed name, and the language of the desk for them."""


@flow
def house(request: HttpRequest) -> Screen:
    """Show the house's name, address and language; ask for the first person's name."""
    user = _admin(request)

    def go_on(typed: dict[str, Any]) -> Done:
        user.byline, user.language = typed["byline"], typed["language"]
        user.save(update_fields=["byline", "language"])
        return Done(said=_("Saved."), to=reverse("desk:welcome_blog"))

    fields = Fields(made=AboutYou, initial={"byline": user.byline, "language": user.language})
    return Screen(
        template="desk/welcome_house.html",
        context=lambda: {"house_language": dict(settings.LANGUAGES)[settings.LANGUAGE_CODE]},
        buttons={"next": Button(reads=fields, verb=go_on), "skip": press(lambda: _finish(user))},
        back=reverse("desk:welcome"),
    )


@flow
def blog(request: HttpRequest) -> Screen:
    """Open the first live blog, or keep the sample for now."""
    user = _admin(request)
    onward = reverse("desk:welcome_people")

    def open_(typed: dict[str, Any]) -> Done:
        receipt = actions.open_blog(
            by=user,
            slug=typed["slug"],
            title=typed["title"],
            language=typed["language"],
            zone=typed["zone"],
            audience=Audience(typed["audience"]),
            once=f"open-{user.pk}-{typed['once']}",
        )
        said = _("“{title}” is open.").format(title=typed["title"])
        return Done(said=said, to=onward, receipt=receipts.of_blog(receipt))

    language = user.language or "en"
    fields = Fields(made=FirstBlog, initial={"once": secrets.token_hex(12), "language": language})
    return Screen(
        template="desk/welcome_blog.html",
        context=lambda: {**suggestions(), "sample": samples.blogs()},
        buttons={
            "open": Button(reads=fields, verb=open_),
            "keep": press(lambda: Done(said=_("Nothing was opened."), to=onward)),
            "skip": press(lambda: _finish(user)),
        },
        default="open",
        back=reverse("desk:welcome_blog"),
    )


@flow
def people(request: HttpRequest) -> Screen:
    """Add the first colleague to a live blog, with a link to pass on."""
    user = _admin(request)
    running = [grant for grant in gate.blogs_for(user) if grant.state.status is Status.LIVE]
    choices = [(grant.state.slug, grant.state.title) for grant in running]

    def add(typed: dict[str, Any]) -> Shown:
        grant = gate.get_blog_for(user, typed["blog"], to=Verb.OWN)
        role = Role(typed["role"])
        invited = members.add_member(
            grant.id, by=user, email=typed["email"], role=role, byline=typed["byline"], confirmed=typed["user"]
        )
        told = {"link": invited.link, "mailed": invited.mailed, "whose": str(invited.member.user)}
        return Shown(context=told, told=told)

    fields = Fields(made=partial(FirstColleague, blogs=choices), initial={"role": Role.EDITOR})
    return Screen(
        template="desk/welcome_people.html",
        context=lambda: {"running": running},
        buttons={"add": Button(reads=fields, verb=add), "done": press(lambda: _finish(user))},
        default="add",
        back=reverse("desk:welcome_people"),
    )


@post_only
def sample(request: HttpRequest) -> Screen:
    """Remove the sample content."""
    user, listed = _admin(request), reverse("desk:blogs")

    def remove() -> Done:
        n = remove_sample(by=user)
        said = ngettext("The sample is gone, for readers too.", "All {n} samples are gone, for readers too.", n)
        return Done(said=said.format(n=n), to=listed)

    return Screen(buttons={"remove": press(remove)}, back=listed)
