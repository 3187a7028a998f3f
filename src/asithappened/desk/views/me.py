"""A person's own page: the byline their posts carry, the desk's language, a new password for who came by a link."""

from functools import partial
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import SetPasswordForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from asithappened.accounts import mail
from asithappened.accounts.views import came_by_link
from asithappened.core import limits
from asithappened.desk import actions
from asithappened.desk.actions import holds
from asithappened.desk.forms.blog import OneLine
from asithappened.desk.forms.holding import Holding
from asithappened.desk.forms.reading import Fields
from asithappened.desk.views.asking import asker
from asithappened.desk.views.flow import flow
from asithappened.desk.views.screen import Button, Done, Screen


class Byline(forms.Form):
    """How somebody is named in print."""

    byline = OneLine(
        label=gettext_lazy("Byline"),
        required=False,
        max_length=limits.NAME_CHARS,
        help_text=gettext_lazy("What new posts of yours say. Those already published keep theirs."),
    )


class Language(forms.Form):
    """The language in which the desk speaks to somebody."""

    language = forms.ChoiceField(label=gettext_lazy("Language of the desk"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer those that there are."""
        super().__init__(*args, **kwargs)
        choices = [("", gettext_lazy("What the browser asks for")), *settings.LANGUAGES]
        self.fields["language"].choices = choices  # type: ignore[attr-defined]


@flow
def me(request: HttpRequest) -> Screen:
    """Show and change it. A password is set here only within a quarter of an hour of a one-time link."""
    user, may_set, here = asker(request), came_by_link(request), reverse("desk:me")

    def name(typed: dict[str, Any]) -> Done:
        user.byline = typed["byline"]
        user.save(update_fields=["byline"])
        return Done(said=_("Saved."), to=here)

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

    byline = Fields(made=Byline, name="byline", initial={"byline": user.byline})
    language = Fields(made=Language, name="language", initial={"language": user.language})
    held = Fields(made=Holding, name="hold", initial={"seconds": holds.of_person(user)})
    buttons: dict[str, Button[Any]] = {
        "byline": Button(reads=byline, verb=name),
        "language": Button(reads=language, verb=speak),
        "hold": Button(reads=held, verb=hold),
    }
    if may_set:
        made: Any = partial(SetPasswordForm, user)
        buttons["password"] = Button(reads=Fields(made=made, name="password"), verb=set_password)
    return Screen(
        template="desk/me.html",
        context=lambda: {"may_set": may_set},
        buttons=buttons,
        back=here,
    )
