"""Events to bytes and back, with versions.

Owns how a payload is written and how an older one is read. A new field with a default needs no new version; any other
change raises the event's VERSION and adds a row to UPCASTS. A kind this program does not know decodes to None, so that
a log written by a newer program can still be followed.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

import msgspec

from asithappened.core import body, events, limits, text, urls

Payload = dict[str, Any]

UPCASTS: Final[dict[tuple[str, int], Callable[[Payload], Payload]]] = {
    ("post.pinned", 1): lambda old: {**old, "alone": True},
    ("payload.erased", 1): lambda old: {"of": {"about": events.POST, "id": old.pop("post")}, **old},
}
"""(kind, version) to a function that makes that version's payload into the next one's."""

_CLASSES: Final = {event.KIND: event for event in events.ALL}
_DECODERS: Final = {event.KIND: msgspec.json.Decoder(event) for event in events.ALL}
_ENCODER: Final = msgspec.json.Encoder()


# An instant at either end of what a datetime holds cannot be shown in another zone.
FIRST_YEAR: Final = 1000
LAST_YEAR: Final = 9000


class EventError(ValueError):
    """An event that cannot be taken, with the field and the reason."""


def encode(event: events.Event) -> bytes:
    """Write an event's payload; refuse one that its own schema would not read back.

    Raises EventError. Constructing a Struct checks nothing, so this is where every event that is to be appended is
    checked: field by field by decoding it again, then its body and its strings.
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
    _check_values(event, event.KIND)
    return raw


def _check_values(value: object, where: str) -> None:
    match value:
        case str() if bad := text.forbidden(value):
            raise EventError(f"{where} holds a character that cannot be printed: {bad}.")
        case datetime() if not FIRST_YEAR <= value.year <= LAST_YEAR:
            raise EventError(f"{where}: {value:%Y-%m-%d} cannot be; a year from {FIRST_YEAR} to {LAST_YEAR} can.")
        case body.Doc():
            return
        case tuple():
            for item in value:
                _check_values(item, where)
        case events.EventShape() | events.Related():
            for name, item in msgspec.structs.asdict(value).items():
                if name == "url" and item and not urls.is_url(item):
                    raise EventError(f"{where}.{name}: {item[:80]!r} is not an address that starts with http or https.")
                _check_values(item, f"{where}.{name}")
        case _:
            return


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
