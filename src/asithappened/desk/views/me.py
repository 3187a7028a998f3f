"""A person's own page: their profile, the desk's language, and a new password after a one-time link."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import SetPasswordForm
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from asithappened.accounts import mail
from asithappened.accounts.views import came_by_link
from asithappened.core import media
from asithappened.desk import actions
from asithappened.desk.actions import holds, profiles
from asithappened.desk.forms.holding import Holding
from asithappened.desk.forms.profile import Profile
from asithappened.desk.forms.reading import Fields
from asithappened.desk.views.asking import asker, signed_in
from asithappened.desk.views.flow import flow
from asithappened.desk.views.media_bytes import given
from asithappened.desk.views.screen import Button, Done, Screen
from asithappened.media.models import Media


class Language(forms.Form):
    """The language of the desk for one person."""

    language = forms.ChoiceField(label=gettext_lazy("Language of the desk"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the languages that the desk is translated into."""
        super().__init__(*args, **kwargs)
        choices = [("", gettext_lazy("What the browser asks for")), *settings.LANGUAGES]
        self.fields["language"].choices = choices  # type: ignore[attr-defined]


@flow
def me(request: HttpRequest) -> Screen:
    """Show and change the page. A password is set here only within a quarter of an hour of a one-time link."""
    user, may_set, here = asker(request), came_by_link(request), reverse("desk:me")
    told = profiles.of(user)

    def tell(typed: dict[str, Any]) -> Done:
        picture = None if typed.get("no_photo") else told.picture
        if typed["photo"]:
            picture = profiles.take_picture(typed["photo"])
        words = {name: typed[name] for name in ("byline", "role", "url")}
        gone = profiles.set_own(by=user, picture=picture, **words)
        return Done(said=" ".join(_gone(gone)), to=here)

    def speak(typed: dict[str, Any]) -> Done:
        user.language = typed["language"]
        user.save(update_fields=["language"])
        with override(user.language or get_language()):
            return Done(said=_("Saved."), to=here)

    def set_password(typed: dict[str, Any]) -> Done:
        user.set_password(typed["new_password1"])
        user.save(update_fields=["password"])
        update_session_auth_hash(request, user)
        mail.write_to(user, "changed", what="account/email/password_set", **mail.asking(request))
        said = _("Your password is set. Wherever else you were signed in, you no longer are.")
        return Done(said=said, to=here)

    def hold(typed: dict[str, Any]) -> Done:
        actions.set_own_hold(by=user, seconds=typed["seconds"])
        return Done(said=_("Saved."), to=here)

    made = partial(Profile, pictured=told.picture is not None)
    begins = {"byline": user.byline, "role": told.role, "url": told.url}
    language = Fields(made=Language, name="language", initial={"language": user.language})
    held = Fields(made=Holding, name="hold", initial={"seconds": holds.of_person(user)})
    buttons: dict[str, Button[Any]] = {
        "profile": Button(reads=Fields(made=made, name="profile", initial=begins), verb=tell),
        "language": Button(reads=language, verb=speak),
        "hold": Button(reads=held, verb=hold),
    }
    if may_set:
        setting: Any = partial(SetPasswordForm, user)
        buttons["password"] = Button(reads=Fields(made=setting, name="password"), verb=set_password)
    return Screen(
        template="desk/me.html",
        context=lambda: {"may_set": may_set, "picture": told.picture is not None},
        buttons=buttons,
        back=here,
    )


def _gone(gone: profiles.Gone) -> Iterator[str]:
    yield _("Saved.")
    if gone.to:
        n = len(gone.to)
        yield ngettext("Readers of {n} live blog have it.", "Readers of {n} live blogs have it.", n).format(n=n)
    if gone.not_to:
        titles = ", ".join(_("“{words}”").format(words=title) for title in gone.not_to)
        yield _("Not yet those of {titles}: an editor there can put it in, under Settings.").format(titles=titles)


@require_safe
@signed_in
def picture(request: HttpRequest) -> HttpResponse:
    """Show people their own picture, as readers have it."""
    row = profiles.of(asker(request)).picture
    if row is None or row.state != Media.State.READY:
        raise Http404
    return given(request, row.pk, media.file_name(media.widths(row.width)[0], "webp"))
