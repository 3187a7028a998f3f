"""What every view of the desk does first: find who asks, for which blog, and what every page of it shows."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from asithappened.accounts import gate
from asithappened.accounts.gate import Grant, Verb
from asithappened.accounts.models import User
from asithappened.core.state import PostState, Status
from asithappened.desk import typed
from asithappened.desk.forms import blog as forms
from asithappened.desk.forms.reading import Problem
from asithappened.desk.models import Submission
from asithappened.desk.views import in_json, in_sheet
from asithappened.desk.views.refused import signed_out
from asithappened.render.edition import edition_of
from asithappened.render.words import label_of

P = ParamSpec("P")
PERSON: Final = "X-Desk-Person"  # the header in which an open page names its person


def sign_in_first(request: HttpRequest) -> HttpResponse | None:
    """Ask a person who is not signed in to sign in. Nothing that they sent is done, and the answer gives it back."""
    if request.user.is_authenticated:
        return None
    if in_sheet.by_script(request) or typed.given_back(request):
        return signed_out(request)
    return redirect_to_login(request.get_full_path())


def in_whose_name(request: HttpRequest) -> HttpResponse | None:
    """Refuse a request of a page that was opened by somebody other than the person who is signed in now.

    If another person has signed in meanwhile, in another tab, the page must send nothing in their name. Django also
    renews the CSRF token at sign-in, but this promise does not rest on that.
    """
    name = request.headers.get(PERSON)
    who = asker(request)
    if name is None or name == str(who.pk):
        return None
    said = _("{name} is signed in here now. Nothing was sent in that name: sign in again as yourself, then send it.")
    return in_json.refusal(409, Problem(code="another", message=said.format(name=who)), who=str(who))


def signed_in(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Show a read-only page to people who are signed in."""

    @wraps(view)
    def asked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return sign_in_first(request) or view(request, *args, **kwargs)

    return asked


def asker(request: HttpRequest) -> User:
    """Return the person who is signed in. Only for views behind `signed_in` or a flow."""
    assert isinstance(request.user, User)
    return request.user


def grant_for(request: HttpRequest, slug: str, *, to: Verb) -> Grant:
    """Return the live blog that was asked for, through the gate."""
    return gate.get_blog_for(asker(request), slug, to=to)


def page(grant: Grant, **more: Any) -> dict[str, Any]:
    """Return what every page of one live blog's desk shows: the blog, and what this person may do there."""
    return {
        "grant": grant,
        "blog": grant.state,
        "edition": edition_of(grant.state),
        "running": grant.state.status is Status.LIVE,
        "gone": grant.state.status is Status.GONE,
        "may": {verb.value: grant.may(verb) for verb in Verb},
        "waiting": Submission.objects.filter(blog_id=grant.id, state=Submission.State.WAITING).count,
        "pins": grant.state.pins,
        **more,
    }


def suggestions() -> dict[str, Any]:
    """Return the lists behind the fields for zone and language."""
    return {"zones": forms.zones(), "languages": forms.LANGUAGES}


def called(grant: Grant, post: PostState) -> str:
    """Return what to call a post in a sentence: its headline or first words, in quotation marks."""
    words = label_of(post, grant.state.language, 60)
    return _("“{words}”").format(words=words) if words else _("The post")


def moved() -> str:
    """Return the sentence that somebody else changed it first."""
    return _("Somebody else changed this while you were looking at it. Nothing of yours was saved: look again.")
