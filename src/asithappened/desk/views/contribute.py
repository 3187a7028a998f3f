"""A reader writes to the newsroom: the form's page, and taking what is sent.

Owns which senders are kept out: those who fill in the hidden field, who send faster than anybody types, or who send too
much. Nobody is signed in here and no cookie is set, so a token in the form, signed and dated, replaces Django's CSRF
token. A live blog that takes no contributions answers 404, as if it did not exist. Look next: `actions.contributions`.
"""

import secrets
import time
from typing import Any, Final

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from asithappened.accounts import attempts
from asithappened.core import limits, text
from asithappened.core.state import BlogState
from asithappened.desk.actions.contributions import contribute as keep
from asithappened.log import read
from asithappened.render.contribute import TRAP, Form, contribute_page

OF_A_NETWORK: Final = 5  # in a window of ten minutes, from an IPv4 address or a /64 of IPv6
IN_ALL: Final = 120  # in that window, for one live blog: a reader every five seconds
LEAST_S: Final = 3  # nobody writes a sentence in less
MOST_S: Final = 12 * 60 * 60
_SALT: Final = "asithappened.desk.contribute"


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def contribute(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the form, or take what is sent."""
    found = read.found(slug)
    if found is None or not found[1].takes_contributions:
        raise Http404
    blog, state = found
    if request.method != "POST":
        return _page(state, Form(token=_token(blog)))
    sent = {name: request.POST.get(name, "") for name in ("words", "name", "email", "agree", "token")}
    if request.POST.get(TRAP):
        return _page(state, None)  # a machine: it is thanked, and nothing is stored
    words, name, email = text.cleaned(sent["words"]).strip(), text.one_line(sent["name"]), sent["email"].strip()
    nonce, problems = _read(sent["token"], blog)
    problems |= _wrong(words, name, email, agreed=bool(sent["agree"]))
    if not problems and not _within_limits(request, blog):
        problems = {"busy"}
    if not problems and not keep(blog, words=words, name=name, email=email, once=nonce):
        problems = {"busy"}
    if not problems:
        return _page(state, None)
    token = sent["token"] if nonce else _token(blog)
    form = Form(token=token, typed=sent, problems=problems)
    return _page(state, form, status=429 if problems == {"busy"} else 422)


def _wrong(words: str, name: str, email: str, *, agreed: bool) -> set[str]:
    """Return the names of the fields that have to be corrected."""
    found = set()
    if text.blank(words):
        found.add("empty")
    if len(words) > limits.CONTRIBUTION_CHARS:
        found.add("long")
    if words.count("://") > limits.CONTRIBUTION_LINKS:
        found.add("links")
    if len(name) > limits.NAME_CHARS:
        found.add("name")
    if email:
        try:
            validate_email(email)
        except ValidationError:
            found.add("email")
        if len(email) > 254:
            found.add("email")
    if not agreed:
        found.add("agree")
    return found


def _token(blog: int) -> str:
    return signing.dumps([blog, int(time.time()), secrets.token_hex(8)], salt=_SALT)


def _read(token: str, blog: int) -> tuple[str, set[str]]:
    """Return the form's key ("" if the token is not valid), and in what way the form has to be sent again."""
    try:
        of, at, nonce = signing.loads(token[:200], salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return "", {"again"}
    age = time.time() - at
    if of != blog or age > MOST_S:
        return "", {"again"}
    return nonce, {"again"} if age < LEAST_S else set()


def _within_limits(request: HttpRequest, blog: int) -> bool:
    network = attempts.network_of(request)
    return attempts.count(f"contributions {blog} {network}", OF_A_NETWORK) and attempts.count(
        f"contributions {blog}", IN_ALL
    )


def _page(blog: BlogState, form: Form | None, *, status: int = 200) -> HttpResponse:
    said: dict[str, Any] = {"words_chars": limits.CONTRIBUTION_CHARS, "name_chars": limits.NAME_CHARS}
    said |= {"site": settings.SITE_NAME, "kept_days": settings.CONTRIBUTIONS_KEPT_DAYS}
    answer = HttpResponse(contribute_page(blog, form=form, **said), status=status)
    answer["X-Robots-Tag"] = "noindex"
    return answer
