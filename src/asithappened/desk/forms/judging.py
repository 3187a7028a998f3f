"""Whether readers can see all of a body, block by block, whether the text field, the editor or a program sent it.

Owns what the schema cannot check: that the page's policy allows a picture and that it is described, that parts have the
address they need, the dates of social posts. Unchanged blocks are not judged again: an archive's picture without a
description must not keep anybody from correcting a typo. Look next: `picture_address`, `dates`, core.body.checks.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, tzinfo

from django.utils.translation import gettext as _
from msgspec.structs import replace

from asithappened.core import body
from asithappened.desk.forms import dates
from asithappened.desk.forms.picture_address import unseen

WHOLE = -1


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A body with the ids of its blocks, and its errors: by block (or WHOLE), then by attribute.

    The attribute of a picture in a gallery is named with its place: "content[1].attrs.alt".
    """

    doc: body.Doc
    errors: Mapping[int, Mapping[str, str]]


def judged(doc: body.Doc, *, seed: str, zone: tzinfo = UTC, old: body.Doc | None = None) -> Judged:
    """Judge a body. `seed`: from which new ids are made. `zone`: of an hour that was typed without one.

    Blocks keep their ids; those without one get the id of the same block in `old`, or a new one.
    """
    errors: dict[int, Mapping[str, str]] = {}
    try:
        doc = body.with_ids(doc, seed=seed, old=old)
    except body.BodyError as error:
        return Judged(doc=doc, errors={WHOLE: {"": plain(error)}})
    before = {block.attrs.id: block for block in (old.content if old else ())}
    made: list[body.Block] = []
    for number, block in enumerate(doc.content):
        was = before.get(block.attrs.id)
        if block == was:
            made.append(block)
            continue
        wrong = _wrong(block, was)
        try:
            made.append(_dated(block, zone))
        except dates.CannotRead as error:
            wrong["date"] = str(error)
        if wrong:
            errors[number] = wrong
    if not errors:
        doc = body.Doc(content=tuple(made))
        try:
            body.check(doc)
        except body.BodyError as error:
            errors[WHOLE] = {"": plain(error)}
    return Judged(doc=doc, errors=errors)


def _wrong(block: body.Block, was: body.Block | None) -> dict[str, str]:
    """Return what a person should correct in a block, by attribute. An archive's address stays as it came."""
    wrong: dict[str, str] = {}
    match block:
        case body.Image(attrs=attrs):
            wrong = _wrong_picture(attrs, was.attrs if isinstance(was, body.Image) else None)
        case body.Gallery():
            known = {one.attrs.id: one.attrs for one in was.content} if isinstance(was, body.Gallery) else {}
            for number, one in enumerate(block.content):
                before = known.get(one.attrs.id)
                if one.attrs != before:
                    found = _wrong_picture(one.attrs, before)
                    wrong |= {f"content[{number}].attrs.{name}": said for name, said in found.items()}
        case body.Card():
            if not block.attrs.url and not (was and getattr(was.attrs, "url", None) == ""):
                wrong["url"] = _nothing_there()
        case body.Video() | body.Audio():
            if not (block.attrs.url or block.attrs.media) and not (was and getattr(was.attrs, "url", None) == ""):
                wrong["url"] = _nothing_there()
        case body.Results():
            for number, line in enumerate(block.content):
                if not line.attrs.name.strip():
                    wrong[f"content[{number}].attrs.name"] = _("Say who stands here, or take this line out.")
        case body.Poll():
            if not block.attrs.title.strip():
                wrong["title"] = _("Say what is asked.")
            for number, option in enumerate(block.content):
                if not option.attrs.name.strip():
                    wrong[f"content[{number}].attrs.name"] = _("Say what may be chosen, or take this option out.")
            if len(block.content) < 2:
                wrong[""] = _("A poll has two options at the least.")
        case body.Score(attrs=attrs):
            missing = (name for name in ("home", "away") if not getattr(attrs, name).strip())
            wrong |= dict.fromkeys(missing, _("Say who plays."))
        case _:
            pass
    return wrong or _refused(block)


def _wrong_picture(picture: body.ImageAttrs, was: body.ImageAttrs | None) -> dict[str, str]:
    wrong: dict[str, str] = {}
    as_it_came = was is not None and not was.media and was.src == picture.src
    reason = "" if picture.media or as_it_came else unseen(picture.src) if picture.src else _nothing_there()
    if reason:
        wrong["src"] = reason
    if (picture.src or picture.media) and not picture.alt.strip() and not picture.decorative:
        wrong["alt"] = _("Say what the picture shows, for whoever cannot see it.")
    return wrong


def _nothing_there() -> str:
    return _("Without an address there is nothing to see. Give it, or take this part out.")


def _refused(block: body.Block) -> dict[str, str]:
    try:
        body.check(body.Doc(content=(block,)))
    except body.BodyError as error:
        return {"": plain(error)}
    return {}


def _dated(block: body.Block, zone: tzinfo) -> body.Block:
    """Return a block with its typed date read. Raises dates.CannotRead."""
    if not isinstance(block, body.Social) or not block.attrs.date:
        return block
    return replace(block, attrs=replace(block.attrs, date=dates.read(block.attrs.date, zone)))


def plain(error: body.BodyError) -> str:
    """Return the reason without the block's id, which means nothing to a person."""
    words = re.sub(r" '[A-Za-z0-9_-]*'(?=[:. ])", "", str(error), count=1)
    return words[:1].upper() + words[1:]
