"""Reading a body and refusing what cannot be one: shape, sizes, characters, addresses, ids.

Owns what the node types alone do not say. Nothing is mended here: what is wrong is refused with its place.
"""

import json
from typing import Any, Final

import msgspec

from asithappened.core import limits, text, urls
from asithappened.core.body.nodes import AnyBlock, Audio, Card, Doc, Link, Social, Text, Video
from asithappened.core.body.walking import blocks, inline_of, with_depth

_DECODER: Final = msgspec.json.Decoder(Doc)
_ENCODER: Final = msgspec.json.Encoder()
_EMBEDS: Final = (Social, Card, Video, Audio)


class BodyError(ValueError):
    """A body that cannot be taken: the message says where it is wrong and what would be right."""


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


def too_many_parts() -> BodyError:
    """Return what to say of a body that has too many parts."""
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


def _check_url(url: str, where: str, schemes: tuple[str, ...]) -> None:
    if not urls.is_url(url, schemes):
        raise BodyError(f"{where}: {url[:80]!r} is not an address that starts with {' or '.join(schemes)}.")
