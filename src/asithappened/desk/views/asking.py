"""What every view of the desk does first and last: who asks, which blog, what its page shows, saying no in words."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from asithappened.accounts import gate
from asithappened.accounts.gate import Grant, Verb
from asithappened.accounts.models import User
from asithappened.core.state import PostState, Status
from asithappened.desk import actions, typed
from asithappened.desk.actions.members import MemberError
from asithappened.desk.forms import blog as forms
from asithappened.desk.models import Submission
from asithappened.desk.views.refused import signed_out
from asithappened.log import read
from asithappened.render.edition import edition_of
from asithappened.render.words import label_of

P = ParamSpec("P")


def signed_in(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Ask whoever is not signed in to sign in first. What they sent is not done, and stands in the answer."""

    @wraps(view)
    def asked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        return signed_out(request) if typed.given_back(request) else redirect_to_login(request.get_full_path())

    return asked


def asker(request: HttpRequest) -> User:
    """Return who is signed in; only behind signed_in."""
    assert isinstance(request.user, User)
    return request.user


def grant_for(request: HttpRequest, slug: str, *, to: Verb) -> Grant:
    """Return the live blog that was asked for, through the gate."""
    return gate.get_blog_for(asker(request), slug, to=to)


def page(grant: Grant, **more: Any) -> dict[str, Any]:
    """Return what every page of one live blog's desk shows: the blog, and what this person may do there."""
    waiting = 0
    if grant.may(Verb.PUBLISH):
        waiting = Submission.objects.filter(blog_id=grant.id, state=Submission.State.WAITING).count()
    return {
        "grant": grant,
        "blog": grant.state,
        "edition": edition_of(grant.state),
        "running": grant.state.status is Status.LIVE,
        "gone": grant.state.status is Status.GONE,
        "may": {verb.value: grant.may(verb) for verb in Verb},
        "waiting": waiting,
        "pinned": pinned(grant),
        **more,
    }


def suggestions() -> dict[str, Any]:
    """Return the lists behind the fields for zone and language."""
    return {"zones": forms.zones(), "languages": forms.LANGUAGES}


def attempt(request: HttpRequest, done: str, verb: Callable[[], object]) -> bool:
    """Call a verb and say how it went: `done`, or the refusal in its own words. Nothing else is swallowed."""
    try:
        verb()
    except (actions.Refused, actions.Busy, MemberError) as refused:
        messages.error(request, str(refused))
        return False
    except actions.Moved:
        messages.error(request, moved())
        return False
    messages.success(request, done)
    return True


def based_on(request: HttpRequest, grant: Grant) -> int:
    """Return the blog's seq when the form was sent out: what came after that, its person has not seen."""
    raw = request.POST.get("based_on", "")
    return int(raw) if raw.isdecimal() and len(raw) < 19 else grant.state.seq


def called(grant: Grant, post: PostState) -> str:
    """Return what to call a post in a sentence: its headline or first words, in quotation marks."""
    words = label_of(post, grant.state.language, 60)
    return _("“{words}”").format(words=words) if words else _("The post")


def pinned(grant: Grant) -> str:
    """Return what the post that stands above all others is called; "" if none does."""
    post = read.post(grant.id, grant.state.pinned) if grant.state.pinned else None
    return called(grant, post) if post else ""


def moved() -> str:
    """Say that somebody was first."""
    return _("Somebody else changed this while you were looking at it. Nothing of yours was saved: look again.")
