"""Events to bytes and back, with versions.

Owns how a payload is written and how an older one is read. A new field with a default needs no new version; any other
change raises the event's VERSION and adds a row to UPCASTS. A kind that this program does not know decodes to None, so
that a log written by a newer program can still be followed.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

import msgspec
from msgspec.structs import astuple

from asithappened.core import body, events, limits, text, urls

Payload = dict[str, Any]

UPCASTS: Final[dict[tuple[str, int], Callable[[Payload], Payload]]] = {
    ("post.pinned", 1): lambda old: {**old, "alone": True},
    ("payload.erased", 1): lambda old: {"of": {"about": events.POST, "id": old.pop("post")}, **old},
}
"""(kind, version) to a function that turns a payload of that version into one of the next."""

_CLASSES: Final = {event.KIND: event for event in events.ALL}
_DECODERS: Final = {event.KIND: msgspec.json.Decoder(event) for event in events.ALL}
_ENCODER: Final = msgspec.json.Encoder()


# A datetime in year 1 or 9999 overflows when it is converted to another zone.
FIRST_YEAR: Final = 1000
LAST_YEAR: Final = 9000


class EventError(ValueError):
    """An event is invalid; the message names the field and the reason."""


def encode(event: events.Event) -> bytes:
    """Write an event's payload, and check it: field by field by decoding it again, then its body and its strings.

    Raises EventError. Constructing a Struct checks nothing, so every event is checked here before it is appended.
    """
    try:
        raw = _ENCODER.encode(event)
        if _DECODERS[event.KIND].decode(raw) != event:
            raise EventError(f"{event.KIND} does not read back as it was written.")
    except (msgspec.MsgspecError, UnicodeEncodeError, RecursionError) as error:
        raise EventError(f"{event.KIND} cannot be taken: {error}.") from error
    if len(raw) > limits.PAYLOAD_BYTES:
        raise EventError(f"{event.KIND} is {len(raw):,} bytes long; {limits.PAYLOAD_BYTES:,} is the most.")
    doc = getattr(event, "body", None)
    if isinstance(doc, body.Doc):
        try:
            body.check(doc)
        except body.BodyError as error:
            raise EventError(str(error)) from error
    if not _plain(raw) and (wrong := _wrong(event)):
        raise EventError(f"{event.KIND}{wrong}")
    return raw


def _plain(raw: bytes) -> bool:
    """Say whether a payload has nothing that `_wrong` could find, as nearly every row of the ledger.

    Its fields cost five times as much one by one. JSON has no character of its own that cannot be printed, escapes
    those of a string with a backslash, and begins an instant with its year.
    """
    payload = raw.decode()
    return payload.isprintable() and not any(map(payload.replace('\\"', "").__contains__, _TO_LOOK_AT))


_TO_LOOK_AT: Final = ("\\", '"url":', '"0', '"9')  # an escape but that of a quotation mark, an address, a far year


def _wrong(value: object) -> str:
    """Return what is invalid in a value, to follow its name; "" if nothing is."""
    if isinstance(value, str):
        bad = text.forbidden(value)
        return f" holds a character that cannot be printed: {bad}." if bad else ""
    if isinstance(value, _SHAPES):
        for name, item in zip(value.__struct_fields__, astuple(value), strict=True):
            if not item:
                continue
            if name == "url" and not urls.is_url(item):
                return f".{name}: {item[:80]!r} is not an address that starts with http or https."
            if wrong := _wrong(item):
                return f".{name}{wrong}"
    elif isinstance(value, tuple):
        return next(filter(None, map(_wrong, value)), "")
    elif isinstance(value, datetime) and not FIRST_YEAR <= value.year <= LAST_YEAR:
        return f": {value:%Y-%m-%d} cannot be; a year from {FIRST_YEAR} to {LAST_YEAR} can."
    return ""


_SHAPES: Final = (events.EventShape, events.LedgerShape, events.Related, events.Signature)


def decode(kind: str, version: int, payload: bytes | None) -> events.Event | None:
    """Read a payload of any version; None for one that was erased and for a kind or version newer than this program."""
    event = _CLASSES.get(kind)
    if event is None or payload is None or version > event.VERSION:
        return None
    if version < event.VERSION:
        raw = msgspec.json.decode(payload)
        for step in range(version, event.VERSION):
            raw = UPCASTS[kind, step](raw)
        return msgspec.convert(raw, event)
    return _DECODERS[kind].decode(payload)
