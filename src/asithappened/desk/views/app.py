"""The desk as an app on a phone: its manifest, its service worker, and the one page that both keep.

Owns that a device keeps nothing personal from the server: the page is rendered without the person who asks, and the
worker is given the list of built files only. `known` alone tells a device who is signed in. What another app hands over
is shown to its person and is not stored here. Look next: `frontend/desk/worker`, `frontend/desk/app`.
"""

import hashlib
from functools import lru_cache
from typing import Any, Final

import msgspec
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from asithappened.accounts import gate
from asithappened.accounts.gate import Verb
from asithappened.core.state import Status
from asithappened.desk.forms.post import PostForm
from asithappened.desk.views import in_json
from asithappened.desk.views.asking import asker, sign_in_first
from asithappened.desk.views.words import words
from asithappened.published import assets

_NAMES: Final = ("desk.css", "desk.js", "desk-editor.js", "desk-reading.js", "desk-upload.js", "desk-app.js")
# A style sheet refers to the fonts without a hash.
_FONTS: Final = (
    "house-newsreader.woff2",
    "house-source-sans.woff2",
    "reader-newsreader.woff2",
    "reader-source-sans.woff2",
)
_SAID: Final = ("file.failed", "file.gone", "kept.out", "kept.offline", "editor.file.lost", "editor.file.lost.named")
LIGHT: Final = "#f5f3ef"  # --paper of house/elements.css
DARK: Final = "#161514"
_SHORT_CHARS: Final = 12  # a home screen cuts longer names off below the icon
_TEXT_CHARS: Final = 10_000  # of a text that another app hands over; frontend/desk/worker/sharing.ts has the same limit


def app_context() -> dict[str, Any]:
    """Return what every page says of the app: where its manifest and worker are, in the language of the page."""
    worker = f"{reverse('desk:worker')}?in={_language(get_language())}" if settings.APP else ""
    return {"app_worker": worker, "app_light": LIGHT, "app_dark": DARK, "app_icon": assets.url("app-apple-180.png")}


def _language(code: str | None) -> str:
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


@require_safe
def app(request: HttpRequest) -> HttpResponse:
    """Show the page that names nobody, in the language of the person who asks."""
    return HttpResponse(_shell(_language(request.GET.get("in") or get_language())))


@lru_cache(maxsize=8)
def _shell(language: str) -> str:
    with override(language):
        return _rendered({})


def _rendered(handed_over: dict[str, str]) -> str:
    nobody = {
        "user": AnonymousUser(),
        "blog": {"slug": "-", "zone": "UTC", "language": ""},  # the script puts the device's live blog here
        "may": {"publish": True},
        "form": PostForm(),
        "app_shell": True,
        "app_me": mark_safe("<bdi data-me></bdi>"),  # the script puts the name in
        "handed_over": handed_over,
        "site_name": settings.SITE_NAME,
        "desk_css": assets.url("desk.css"),
        "desk_js": assets.url("desk.js"),
        "desk_editor": assets.url("desk-editor.js"),
        "desk_reading": assets.url("desk-reading.js"),
        "desk_upload": assets.url("desk-upload.js"),
        "desk_app_js": assets.url("desk-app.js"),
        "desk_piece": settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
        "desk_words": words,
    }
    return render_to_string("desk/app.html", nobody | app_context())


@require_safe
def known(request: HttpRequest) -> HttpResponse:
    """Tell a device who is signed in and on which running live blogs they work, for when it has no network."""
    if (asked := sign_in_first(request)) is not None:
        return asked
    user = asker(request)
    blogs = [
        {
            "id": grant.id,
            "slug": grant.state.slug,
            "title": grant.state.title,
            "zone": grant.state.zone,
            "language": grant.state.language,
            "may": "write" if grant.may(Verb.PUBLISH) else "hand_in",
        }
        for grant in gate.blogs_for(user)
        if grant.state.status is Status.LIVE and grant.may(Verb.SUBMIT)
    ]
    return in_json.answer(200, known={"user": user.pk, "byline": user.byline, "blogs": blogs})


@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest) -> HttpResponse:
    """Show what another app handed over, if the device's worker did not take it. Nothing of it is stored here.

    Another app has no CSRF token, so its form is first given back to its person (`refused.stale_form`), who sends it.
    """
    if request.method != "POST":
        return HttpResponseRedirect(reverse("desk:app"))
    sent = {name: request.POST.get(name, "")[:_TEXT_CHARS] for name in ("title", "text", "url")}
    with override(_language(get_language())):
        return HttpResponse(_rendered(sent | ({"files": "1"} if request.FILES else {})))


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """Say what a phone calls the app, how it looks, and what can be handed to it."""
    start = reverse("desk:app")

    def icon(name: str, size: int, purpose: str = "any") -> dict[str, str]:
        return {"src": assets.url(name), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}

    icons = [icon("app-192.png", 192), icon("app-512.png", 512), icon("app-maskable-512.png", 512, "maskable")]
    name = settings.SITE_NAME
    shortcuts = [(_("New post"), "write"), (_("Camera"), "camera")]
    told = {
        "id": start,
        "name": _("{house}: the desk").format(house=name),
        "short_name": name if len(name) <= _SHORT_CHARS else _("Desk"),
        "lang": _language(get_language()),
        "start_url": start,
        "scope": reverse("desk:blogs"),
        "display": "standalone",
        "theme_color": LIGHT,
        "background_color": LIGHT,
        "categories": ["news"],
        "icons": icons,
        "shortcuts": [{"name": said, "url": f"{start}?do={do}", "icons": icons[:1]} for said, do in shortcuts],
        "share_target": {
            "action": reverse("desk:share"),
            "method": "POST",
            "enctype": "multipart/form-data",
            "params": {
                "title": "title",
                "text": "text",
                "url": "url",
                "files": [{"name": "files", "accept": ["image/*", "video/*", "audio/*"]}],
            },
        },
    }
    return HttpResponse(msgspec.json.encode(told), content_type="application/manifest+json")


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Serve the service worker with the list of files that it keeps; if there shall be none, one that unregisters."""
    script = _worker(_language(request.GET.get("in"))) if settings.APP else _GONE
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")


@lru_cache(maxsize=8)
def _worker(language: str) -> bytes:
    shell = _shell(language)
    kept = [assets.url(name) for name in _NAMES]
    digest = hashlib.blake2s("\n".join((*kept, *map(assets.url, _FONTS), shell)).encode(), digest_size=8)
    with override(language):
        said = words()["words"]
    told = {
        "version": digest.hexdigest(),
        "shell": f"{reverse('desk:app')}?in={language}",
        "share": reverse("desk:share"),
        "assets": [*kept, *(assets.PREFIX + name for name in _FONTS)],
        "piece": settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
        "words": {name: said[name] for name in _SAID},
    }
    script, _kind, _for_ever = assets.files()["desk-worker.js"]
    return b"self.TOLD=" + msgspec.json.encode(told) + b";\n" + script


# The device's own words are not lost by this: they are in its database, not among the files that the worker keeps.
_GONE: Final = b"""
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name.startsWith("desk-")) await caches.delete(name);
  await self.registration.unregister();
})()));
"""
