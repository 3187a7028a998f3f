"""Files of a live blog: uploaded in pieces by the tus protocol, asked about, and shown before they are published.

Owns the protocol's headers and status codes (tus 1.0.0: creation, termination, checksum), and who gets an answer: an
upload's sender, and people who may use the file. A file's renditions are served by name; the original never is.
Look next: `media.incoming` for partial uploads, `media.using` for who may, `media_bytes` for the answer.
"""

import base64
import hashlib
from collections.abc import Callable
from typing import Any, Final, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import reverse
from django.utils.translation import gettext as _
from msgspec import convert

from asithappened.accounts import gate
from asithappened.accounts.gate import Verb
from asithappened.core import limits
from asithappened.core import media as names
from asithappened.core.rules import Refusal
from asithappened.desk.forms.reading import Problem
from asithappened.desk.refusals import sentence
from asithappened.desk.views import in_json
from asithappened.desk.views.asking import asker, sign_in_first
from asithappened.desk.views.media_bytes import given
from asithappened.log import read
from asithappened.media import arrivals, using
from asithappened.media.incoming import Busy, NoRoom, NotBegun, TooMuch, Upload, WrongOffset
from asithappened.media.models import Media
from asithappened.media.sandbox.answer import NOTES

PROTOCOL: Final = "1.0.0"
_PIECE: Final = "application/offset+octet-stream"
_SPOKEN: Final = {
    in_json.RESUMABLE: PROTOCOL,
    "Tus-Version": PROTOCOL,
    "Tus-Extension": "creation,termination,checksum",
    "Tus-Checksum-Algorithm": "sha256",
    "Tus-Max-Size": str(limits.MEDIA_BYTES),
    # Short and built once, because an answer to a piece is not shown to anybody.
    "Content-Security-Policy": "default-src 'none'",
}
_MB: Final = 1024 * 1024
_METADATA_CHARS: Final = 4_000
_NAME_CHARS: Final = 300


def media(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin an upload, or answer OPTIONS with what the server supports."""
    return _answered(request, slug, {"POST": _begin, "OPTIONS": _say_how})


def medium(request: HttpRequest, slug: str, medium: str) -> HttpResponse:
    """Accept a piece of a file, tell how far the upload is and what became of the file, or end the upload."""
    acts: dict[str, _Act] = {"HEAD": _how_far, "PATCH": _take, "DELETE": _stop, "GET": _tell}
    return _answered(request, slug, acts, medium)


def media_file(request: HttpRequest, slug: str, medium: str, name: str) -> HttpResponse:
    """Serve a rendition of a picture, film or sound to a person who may use it in this live blog."""
    return _answered(request, slug, {"GET": _show, "HEAD": _show}, medium, name)


class Here(NamedTuple):
    """The live blog of the request, after the gate let the person in. `slug`: as in the request."""

    id: int
    slug: str


_Act = Callable[..., HttpResponse]


def _answered(request: HttpRequest, slug: str, acts: dict[str, _Act], *of: str) -> HttpResponse:
    act = acts.get(request.method or "")
    if act is None:
        return HttpResponseNotAllowed(list(acts))
    if (asked := sign_in_first(request)) is not None:
        return asked
    # The live blog's state is not read: every piece of every file shares the interpreter with publishing.
    blog = read.blog_id(slug)
    if blog is None:
        raise Http404
    gate.check(asker(request), blog, Verb.SUBMIT)
    return act(request, Here(blog, slug), *of)


def _resumable(request: HttpRequest) -> HttpResponse | None:
    """Refuse a client that does not speak this version of the protocol."""
    if request.headers.get(in_json.RESUMABLE) == PROTOCOL:
        return None
    words = _("Files are sent here by the tus protocol, version {version}. Nothing was taken.")
    return _spoken(_no(412, code="not_resumable", message=words.format(version=PROTOCOL)))


def _say_how(request: HttpRequest, here: Here) -> HttpResponse:
    return _spoken(HttpResponse(status=204))


# --- an upload


def _begin(request: HttpRequest, here: Here) -> HttpResponse:
    if (refused := _resumable(request)) is not None:
        return refused
    length = _number(request.headers.get("Upload-Length"))
    if not length:
        return _spoken(
            _no(400, code="no_length", message=_("Say with Upload-Length how many bytes it has. Nothing was taken."))
        )
    said = _metadata(request.headers.get("Upload-Metadata", ""))
    try:
        upload = arrivals.incoming().begin(
            blog=here.id,
            by=asker(request).pk,
            length=length,
            name=said.get("filename", "")[:_NAME_CHARS],
            media_type=said.get("filetype", "")[:_NAME_CHARS],
        )
    except NotBegun as not_begun:
        return _spoken(_not_begun(not_begun))
    answer = _spoken(HttpResponse(status=201))
    answer["Location"] = reverse("desk:medium", args=[here.slug, upload.id])
    answer["Upload-Offset"] = "0"
    return answer


def _not_begun(refused: NotBegun) -> HttpResponse:
    match refused.why:
        case "too_large":
            words = _("This file is too large: up to {most} MB are taken. Nothing of it was sent.")
            return _no(413, code="too_large", message=words.format(most=refused.most // _MB))
        case "too_many":
            words = _("{n} files of yours are being sent already. Wait for one of them, then try this one again.")
            return _no(429, code="too_many_uploads", message=words.format(n=refused.most))
        case "no_room":
            return _no(507, code="no_room", message=_no_room())


def _no_room() -> str:
    return _("The newsroom’s disk has no room for this file. What was sent before is safe. Try again later.")


def _how_far(request: HttpRequest, here: Here, id_: str) -> HttpResponse:
    if (refused := _resumable(request)) is not None:
        return refused
    upload = arrivals.settle(_upload(request, here, id_))
    answer = _at(HttpResponse(status=200), arrivals.incoming().offset(upload))
    answer["Upload-Length"] = str(upload.length)
    return answer


def _take(request: HttpRequest, here: Here, id_: str) -> HttpResponse:
    if (refused := _resumable(request)) is not None:
        return refused
    upload = _upload(request, here, id_)
    offset = _number(request.headers.get("Upload-Offset"))
    if request.content_type != _PIECE or offset is None:
        words = _("A piece of a file says with Upload-Offset where it begins, and is {type}. Nothing was taken.")
        return _spoken(_no(415, code="no_piece", message=words.format(type=_PIECE)))
    # Not `request.body`: a request refers to itself, so it would hold the piece until the garbage collector runs, and
    # hundreds of requests pass between two collections. Delivery has limited how much may arrive.
    piece = request.read()
    if not _whole(piece, request.headers.get("Upload-Checksum", "")):
        words = _("This piece arrived otherwise than it was sent. Nothing of it was taken: send it again.")
        return _spoken(_no(460, code="checksum", message=words))
    partial = arrivals.incoming()
    try:
        if upload.media:
            raise WrongOffset(upload.length)
        offset = partial.append(upload, offset, piece)
    except Busy:
        words = _("Another piece of this file is arriving. Nothing of this one was taken: ask how far it is.")
        return _spoken(_no(423, code="busy_upload", message=words))
    except WrongOffset as wrong:
        words = _("This piece does not begin where the file ends so far. Nothing of it was taken: ask how far it is.")
        return _at(_no(409, code="offset", message=words), wrong.offset)
    except TooMuch:
        words = _("This is more than was announced. Nothing of this piece was taken.")
        return _spoken(_no(413, code="too_much", message=words))
    except NoRoom:
        return _spoken(_no(507, code="no_room", message=_no_room()))
    arrivals.settle(upload)
    return _at(HttpResponse(status=204), offset)


def _stop(request: HttpRequest, here: Here, id_: str) -> HttpResponse:
    if (refused := _resumable(request)) is not None:
        return refused
    arrivals.incoming().end(_upload(request, here, id_))
    return _spoken(HttpResponse(status=204))


def _upload(request: HttpRequest, here: Here, id_: str) -> Upload:
    """Return an upload of this person to this live blog. Somebody else's upload is answered with 404."""
    upload = arrivals.incoming().find(id_)
    if upload is None or (upload.blog, upload.by) != (here.id, asker(request).pk):
        raise Http404
    return upload


def _number(said: str | None) -> int | None:
    return int(said) if said and said.isascii() and said.isdigit() and len(said) < 16 else None


def _metadata(said: str) -> dict[str, str]:
    """Return the metadata that a sender gives of a file: names with values in base64. Unreadable ones are left out."""
    told = {}
    for pair in said[:_METADATA_CHARS].split(","):
        name, _space, encoded = pair.strip().partition(" ")
        try:
            told[name] = base64.b64decode(encoded, validate=True).decode()
        except ValueError:
            continue
    return told


def _whole(piece: bytes, said: str) -> bool:
    """Say whether a piece has the checksum that its sender gave, if one was given."""
    algorithm, _space, encoded = said.partition(" ")
    if not said:
        return True
    return algorithm == "sha256" and base64.b64encode(hashlib.sha256(piece).digest()).decode() == encoded.strip()


def _at(answer: HttpResponse, offset: int) -> HttpResponse:
    answer["Upload-Offset"] = str(offset)
    return _spoken(answer)


def _spoken(answer: HttpResponse) -> HttpResponse:
    for name, value in _SPOKEN.items():
        answer[name] = value
    return answer


def _no(status: int, *, code: str, message: str) -> HttpResponse:
    return in_json.refusal(status, Problem(code=code, message=message))


# --- a file that is here


def _tell(request: HttpRequest, here: Here, id_: str) -> HttpResponse:
    """Tell how far a file is, and once it is ready, how a post refers to it. By the upload's id or the file's own."""
    upload = arrivals.incoming().find(id_)
    if upload is not None and (upload.blog, upload.by) == (here.id, asker(request).pk):
        upload = arrivals.settle(upload)
        if not upload.media:
            sent = {"state": "uploading", "offset": arrivals.incoming().offset(upload), "length": upload.length}
            return in_json.answer(200, media={"id": "", "name": upload.name, **sent, **_NOTHING_YET})
        id_ = upload.media
    row = _usable(request, here, id_)
    return in_json.answer(200, media={**told(row, here.slug), "name": upload.name if upload else ""})


_NOTHING_YET: Final[dict[str, Any]] = {
    "kind": "",
    "refusal": "",
    "notes": [],
    "attrs": {},
    "found": {},
    "shown": "",
    "files": {},
}


def told(row: Media, slug: str) -> dict[str, Any]:
    """Return the description of a file for a composer."""
    shown = using.shown_as(row)
    files = names.files(row.width) if row.state == Media.State.READY and row.kind == Media.Kind.PICTURE else ()
    return {
        "id": row.pk,
        "state": row.state,
        "offset": row.bytes,
        "length": row.bytes,
        "kind": row.kind,
        "refusal": sentence(convert(row.refusal, Refusal)) if row.refusal else "",
        "notes": [sentence(NOTES[code]) for code in row.notes if code in NOTES],
        "attrs": using.attrs(row),
        "found": row.found,
        "shown": _address(slug, row, shown) if shown else "",
        "files": {name: _address(slug, row, name) for name in files},
    }


def _address(slug: str, row: Media, name: str) -> str:
    return reverse("desk:media_file", args=[slug, row.pk, name])


def _show(request: HttpRequest, here: Here, id_: str, name: str) -> HttpResponse:
    row = _usable(request, here, id_)
    if row.state != Media.State.READY or not names.SERVED.fullmatch(name):
        raise Http404
    return given(request, row.pk, name)


def _usable(request: HttpRequest, here: Here, id_: str) -> Media:
    row = using.usable([id_], blog=here.id, by=asker(request)).get(id_)
    if row is None:
        raise Http404
    return row
