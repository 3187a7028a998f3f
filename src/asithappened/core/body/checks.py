"""Reads a body, and refuses an invalid one: shape, sizes, characters, addresses, ids.

Owns the checks that the node types do not express. Repairs nothing: the error says where the body is wrong.
"""

import base64
import json
from datetime import datetime
from typing import Any, Final

import msgspec

from asithappened.core import limits, media, text, urls
from asithappened.core.body.nodes import AnyBlock, Audio, Card, Doc, Image, Link, Social, Text, Video
from asithappened.core.body.poll import Poll
from asithappened.core.body.results import Results
from asithappened.core.body.score import Score
from asithappened.core.body.walking import blocks, inline_of, with_depth

_DECODER: Final = msgspec.json.Decoder(Doc)
_ENCODER: Final = msgspec.json.Encoder()
_EMBEDS: Final = (Social, Card, Video, Audio)


class BodyError(ValueError):
    """A body is invalid: the message says where, and what would be right."""


def parse(raw: bytes | str | dict[str, Any]) -> Doc:
    """Read a document and check all of it: shape, sizes, characters, addresses, ids.

    `raw`: JSON, or what JSON decodes to. Raises BodyError with the place and the reason.
    """
    encoded = raw if isinstance(raw, bytes) else _encode(raw)
    if len(encoded) > limits.BODY_BYTES:
        raise BodyError(
            f"The body is {len(encoded):,} bytes long; {limits.BODY_BYTES:,} is the most. Make two posts of it."
        )
    try:
        doc = _DECODER.decode(encoded)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise BodyError(f"The body is not a document of this schema: {error}.") from error
    check(doc)
    return doc


def _encode(raw: str | dict[str, Any]) -> bytes:
    try:
        return raw.encode() if isinstance(raw, str) else json.dumps(raw).encode()
    except (UnicodeEncodeError, RecursionError, TypeError, ValueError) as error:
        raise BodyError(f"The body cannot be written as JSON: {error}.") from error


def dump(doc: Doc) -> bytes:
    """Write a document as JSON; `parse(dump(doc)) == doc`."""
    return _ENCODER.encode(doc)


def check(doc: Doc) -> None:
    """Refuse what the types alone do not: too much, too deep, bad characters, bad addresses, an id twice."""
    check_size(doc)
    seen: set[str] = set()
    for block in blocks(doc):
        if block.attrs.id and block.attrs.id in seen:
            raise BodyError(f"Two blocks have the id {block.attrs.id!r}.")
        seen.add(block.attrs.id)
        _check_strings(block)
        _check_media(block)
        _check_moving(block)


def too_many_parts() -> BodyError:
    return BodyError(f"The body has more than {limits.BODY_NODES:,} parts. Make two posts of it.")


def check_size(doc: Doc) -> None:
    """Refuse a document with too much in it, or too deep: before any work is done on it."""
    nodes = embeds = 0
    for block, depth in with_depth(doc):
        nodes += 1 + len(inline_of(block))
        embeds += isinstance(block, _EMBEDS)
        if nodes > limits.BODY_NODES:
            raise too_many_parts()
        if embeds > limits.BODY_EMBEDS:
            raise BodyError(f"The body has more than {limits.BODY_EMBEDS} embeds and cards. Make two posts of it.")
        if depth > limits.BODY_DEPTH:
            raise BodyError(f"Lists and quotations stand more than {limits.BODY_DEPTH} deep in one another.")
    if len(dump(doc)) > limits.BODY_BYTES:
        raise BodyError(f"The body is longer than {limits.BODY_BYTES:,} bytes. Make two posts of it.")


def _check_strings(block: AnyBlock) -> None:
    where = f"the {type(block).__struct_config__.tag} {block.attrs.id!r}"
    for name, value in msgspec.structs.asdict(block.attrs).items():
        if isinstance(value, str) and (bad := text.forbidden(value)):
            raise BodyError(f"{name} of {where} holds a character that cannot be printed: {bad}.")
        if name in {"src", "url"} and value:
            _check_url(value, f"{name} of {where}", urls.WEB)
    for node in inline_of(block):
        if isinstance(node, Text):
            if bad := text.forbidden(node.text):
                raise BodyError(f"The text of {where} holds a character that cannot be printed: {bad}.")
            for mark in node.marks:
                if isinstance(mark, Link):
                    _check_url(mark.attrs.href, f"a link in {where}", urls.LINKED)


def _check_media(block: AnyBlock) -> None:
    where = f"the {type(block).__struct_config__.tag} {block.attrs.id!r}"
    if isinstance(block, Image):
        pairs = [("media", block.attrs.media, block.attrs.digest)]
        if block.attrs.media and not (block.attrs.width and block.attrs.height):
            raise BodyError(f"media of {where} needs width and height: without them the page would jump.")
        if block.attrs.preview and not media.is_preview(_decoded(block.attrs.preview)):
            raise BodyError(f"preview of {where} is no WebP picture of a few pixels, in base64.")
    elif isinstance(block, Video | Audio):
        attrs, family = block.attrs, "video/" if isinstance(block, Video) else "audio/"
        pairs = [
            ("media", attrs.media, attrs.digest),
            ("poster", attrs.poster, attrs.poster_digest),
            ("captions", attrs.captions, attrs.captions_digest),
        ]
        if bool(attrs.poster) != bool(attrs.poster_width):
            raise BodyError(f"poster of {where} needs its poster_width: by that its files are named.")
        if bool(attrs.media) != bool(attrs.kind) or (not attrs.kind.startswith(family) and attrs.kind):
            raise BodyError(
                f"kind of {where} is {attrs.kind!r}: of a file of ours it is its own media type, {family}…."
            )
    else:
        return
    for name, id_, digest in pairs:
        if bool(id_) != bool(digest):
            raise BodyError(f"{name} of {where} is named by its id and the digest of its file, or not at all.")


def _check_moving(block: AnyBlock) -> None:
    if isinstance(block, Score):
        _check_moment(block.attrs.clock_at, f"clock_at of the score {block.attrs.id!r}")
    if isinstance(block, Poll):
        _check_moment(block.attrs.closed_at, f"closed_at of the poll {block.attrs.id!r}")
    if not isinstance(block, Results):
        return
    attrs, where = block.attrs, f"the results {block.attrs.id!r}"
    if attrs.declared is not None and attrs.total is not None and attrs.declared > attrs.total:
        raise BodyError(f"declared of {where} is {attrs.declared:,}, which is more than the {attrs.total:,} of total.")
    _check_moment(attrs.called_at, f"called_at of {where}")


def _check_moment(written: str, where: str) -> None:
    try:
        datetime.fromisoformat(written or "2000-01-01")
    except ValueError as error:
        raise BodyError(f"{where}: {written!r} is no day and time.") from error


def _decoded(encoded: str) -> bytes:
    try:
        return base64.b64decode(encoded, validate=True)
    except ValueError:
        return b""


def _check_url(url: str, where: str, schemes: tuple[str, ...]) -> None:
    if not urls.is_url(url, schemes):
        raise BodyError(f"{where}: {url[:80]!r} is not an address that starts with {' or '.join(schemes)}.")
