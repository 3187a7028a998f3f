"""Who may use an unpublished file in a live blog, and its description for a composer.

A person who uploaded it there may use it, and so may everyone who publishes there; its id alone gives no access. Once
it is published, delivery serves it with its post.
"""

from collections.abc import Iterable
from typing import Any, Final

from asithappened.accounts import gate
from asithappened.accounts.gate import Verb
from asithappened.accounts.models import User
from asithappened.core import limits, media
from asithappened.media.models import Media, MediaUse

PREVIEWED: Final = 640  # pixels: as wide as a composer shows a picture


def usable(ids: Iterable[str], *, blog: int, by: User | None, lock: bool = False) -> dict[str, Media]:
    """Return those of these files that somebody may use in a live blog, by id. `by`: None checks no person.

    `lock`: lock the rows until the transaction ends.
    """
    verbs = gate.verbs_of(by, blog) if by is not None else frozenset(Verb)
    if Verb.SUBMIT not in verbs:
        return {}
    uses = MediaUse.objects.filter(blog_id=blog, media__in=list(ids))
    if Verb.PUBLISH not in verbs:
        uses = uses.filter(by=by)
    rows = Media.objects.filter(pk__in=list(uses.values_list("media", flat=True))).order_by("pk")
    return {row.pk: row for row in (rows.select_for_update(no_key=True) if lock else rows)}


def copy_uses(ids: Iterable[str], *, of: int, to: int) -> None:
    """Allow files in another live blog to the people who brought them into this one. Call it in a transaction."""
    uses = MediaUse.objects.filter(blog_id=of, media__in=list(ids))
    rows = [MediaUse(media_id=use.media_id, blog_id=to, by_id=use.by_id, at=use.at) for use in uses]
    MediaUse.objects.bulk_create(rows, ignore_conflicts=True)


def attrs(row: Media) -> dict[str, Any]:
    """Return the attributes of a body's node that shows this file, with the file's metadata; {} until it is ready.

    The alternative text is the file's own, never its caption.
    """
    if row.state != Media.State.READY:
        return {}
    here: dict[str, Any] = {"media": row.pk, "digest": row.digest}
    match row.kind:
        case Media.Kind.PICTURE:
            here |= {"width": row.width, "height": row.height, "preview": row.preview}
            said = {"alt": limits.ALT_CHARS, "caption": limits.CAPTION_CHARS, "credit": limits.TITLE_CHARS}
        case Media.Kind.VIDEO | Media.Kind.AUDIO:
            here |= {"kind": row.media_type, "width": row.width, "height": row.height, "seconds": row.seconds}
            said = {"title": limits.TITLE_CHARS, "caption": limits.CAPTION_CHARS, "credit": limits.TITLE_CHARS}
        case _:
            said = {}
    found = {name: str(row.found.get(name) or "")[:most] for name, most in said.items()}
    return here | {name: words for name, words in found.items() if words}


def shown_as(row: Media) -> str:
    """Return the name of the file that a composer shows; "" if there is none."""
    if row.state != Media.State.READY:
        return ""
    if row.kind == Media.Kind.PICTURE:
        widths = media.widths(row.width)
        return media.file_name(max(w for w in widths if w <= max(PREVIEWED, widths[0])), "webp")
    return media.CAPTIONS if row.kind == Media.Kind.CAPTIONS else media.FILES.get(row.media_type, "")
