"""Hypothesis strategies for what can happen: made from the msgspec types themselves, so that a new field is tried too.

Owns values of any type of core (`of`), documents (`docs`), and every kind of event (`events`). All of them are fit to
be appended; what is not is planted by hand in the tests. Look next: `tests/press/happenings.py`, for sequences.
"""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any, Final

import msgspec
from hypothesis import assume
from hypothesis import strategies as st
from msgspec import inspect as mi
from msgspec.structs import replace

from asithappened.core import body, codec
from asithappened.core import events as e

# Letters that decompose, right-to-left, an emoji outside the BMP, a joiner, markup, quotes, a line end.
_CHARACTERS: Final = "ab Zé́ßאبअ한😀‍–’\"'<>&/\\%{}[]\n\t"
_URLS: Final = (
    "https://courier.example/a?b=c&d=%22#e",
    "http://[::1]:8000/",
    "https://пример.example/путь",
    "https://courier.example/" + "x" * 80,
)


def words(least: int = 0, most: int | None = None) -> st.SearchStrategy[str]:
    """Return text that a newsroom could print, short for speed."""
    return st.text(_CHARACTERS, min_size=least, max_size=min(most or 12, 12))


def urls() -> st.SearchStrategy[str]:
    """Return addresses that may stand in a page."""
    return st.sampled_from(_URLS)


def instants() -> st.SearchStrategy[datetime]:
    """Return aware instants, in any offset."""
    first, last = datetime(1990, 1, 1), datetime(2100, 1, 1)  # noqa: DTZ001 -- hypothesis adds the zone
    return st.datetimes(first, last, timezones=st.timezones())


_BY_NAME: Final[dict[str, Callable[[], st.SearchStrategy[Any]]]] = {
    "url": lambda: st.one_of(st.just(""), urls()),
    "src": lambda: st.one_of(st.just(""), urls()),
    "href": lambda: st.one_of(urls(), st.just("mailto:desk@courier.example?subject=Hello%20there")),
    "date": lambda: st.sampled_from(["", "2026-11-12", "2026-11-12T14:00:00+00:00"]),
    "clock_at": lambda: st.sampled_from(["", "2026-11-12T19:30:00Z"]),
    "called_at": lambda: st.sampled_from(["", "2026-11-12T22:04Z", "2026-11-12T22:04:09Z"]),
    "closed_at": lambda: st.sampled_from(["", "2026-11-12T22:04:09Z"]),
    "zone": lambda: st.sampled_from(["UTC", "Europe/London", "Asia/Kolkata"]),
    "language": lambda: st.sampled_from(["en", "en-GB", "ar", "zh-Hant-TW"]),
    "body": lambda: _documents(),  # noqa: PLW0108 -- defined below
}


@cache
def of(cls: type[msgspec.Struct]) -> st.SearchStrategy[Any]:
    """Return values of a Struct, every field of which is tried with and without its default."""
    return _struct(mi.type_info(cls), 0)


def _struct(info: Any, depth: int) -> st.SearchStrategy[Any]:
    required: dict[str, st.SearchStrategy[Any]] = {}
    optional: dict[str, st.SearchStrategy[Any]] = {}
    for field in info.fields:
        made = _BY_NAME[field.name]() if field.name in _BY_NAME else _value(field.type, depth + 1)
        (required if field.required else optional)[field.name] = made
    return st.fixed_dictionaries(required, optional=optional).map(lambda values: _whole(info.cls(**values)))


PREVIEW: Final = "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA=="
"""A WebP of one pixel."""


def _whole(value: Any) -> Any:
    """Return a value whose attributes belong together: a file of ours has its digest, and what else it needs."""
    match value:
        case body.Image(attrs=attrs):
            size = {name: getattr(attrs, name) or 600 for name in ("width", "height")} if attrs.media else {}
            digest, preview = ("ab" * 32, PREVIEW) if attrs.media else ("", "")
            return replace(value, attrs=replace(attrs, digest=digest, preview=preview, **size))
        case body.Video(attrs=attrs) | body.Audio(attrs=attrs):
            kind = "video/mp4" if isinstance(value, body.Video) else "audio/mpeg"
            pairs: dict[str, Any] = {
                f"{name}_digest": "cd" * 32 if getattr(attrs, name) else "" for name in ("poster", "captions")
            }
            digest, kind = ("ab" * 32, kind) if attrs.media else ("", "")
            pairs["poster_width"] = 1280 if attrs.poster else 0
            return replace(value, attrs=replace(attrs, digest=digest, kind=kind, **pairs))
        case body.Results(attrs=attrs) if attrs.declared is not None and attrs.total is not None:
            return replace(value, attrs=replace(attrs, total=max(attrs.declared, attrs.total)))
        case _:
            return value


def _value(info: Any, depth: int) -> st.SearchStrategy[Any]:
    match info:
        case mi.StrType(pattern=str(pattern), max_length=most):
            ascii_ = st.characters(codec="ascii")
            return st.from_regex(pattern, fullmatch=True, alphabet=ascii_).filter(lambda s: len(s) <= (most or 64))
        case mi.StrType():
            return words(info.min_length or 0, info.max_length)
        case mi.IntType():
            return st.integers(info.ge, info.le)
        case mi.FloatType():
            return st.floats(info.ge, info.le, allow_nan=False, allow_infinity=False)
        case mi.BoolType():
            return st.booleans()
        case mi.NoneType():
            return st.none()
        case mi.DateTimeType():
            return instants()
        case mi.EnumType(cls=cls):
            return st.sampled_from(cls)
        case mi.LiteralType(values=values):
            return st.sampled_from(values)
        case mi.VarTupleType(item_type=item):
            least = info.min_length or 0
            return st.lists(st.deferred(lambda: _value(item, depth)), min_size=least, max_size=least + 2).map(tuple)
        case mi.UnionType(types=types):
            # Lists hold lists: past a depth only what holds nothing.
            flat = [t for t in types if not isinstance(t, mi.StructType) or not _holds_blocks(t)]
            return st.one_of([_value(t, depth) for t in (flat if depth > 6 else types)])
        case mi.StructType():
            return st.deferred(lambda: _struct(info, depth))
        case _:
            raise TypeError(f"No strategy for {info}: add one here.")


def _holds_blocks(info: mi.StructType) -> bool:
    return info.cls in (body.BulletList, body.OrderedList, body.Quote, body.Table)


@st.composite
def docs(draw: st.DrawFn) -> body.Doc:
    """Draw documents, every block of which has an id of its own."""
    doc = body.with_ids(body.Doc(content=tuple(draw(st.lists(blocks(), max_size=4)))), seed="d")
    assume(_taken(doc))  # not `filter`, which writes out the whole strategy, 44 KB of it, whenever it tries again
    return doc


def _documents() -> st.SearchStrategy[body.Doc]:
    return docs()


def _taken(doc: body.Doc) -> bool:
    try:
        body.check(doc)
    except body.BodyError:
        return False  # random lists may nest past the limit
    return True


def bare_docs() -> st.SearchStrategy[body.Doc]:
    """Return documents whose blocks have no ids yet, as an editor makes them."""
    return st.lists(blocks(), max_size=5).map(lambda content: _bare(body.Doc(content=tuple(content))))


def _bare(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(map(_bare, value))
    if isinstance(value, msgspec.Struct):
        fields = {name: _bare(getattr(value, name)) for name in value.__struct_fields__}
        return type(value)(**fields | ({"id": ""} if "id" in fields else {}))
    return value


_BLOCKS: Final = mi.type_info(body.Doc).fields[0].type.item_type.types  # type: ignore[attr-defined]


@cache
def blocks() -> st.SearchStrategy[Any]:
    """Return single blocks of every type, half of them paragraphs."""
    kinds = [_block(info) for info in _BLOCKS]
    return st.one_of(kinds[0], st.one_of(kinds))


def _block(info: Any) -> st.SearchStrategy[Any]:
    return st.deferred(lambda: _struct(info, 1))


@st.composite
def events(draw: st.DrawFn, *kinds: type[e.Event]) -> e.Event:
    """Draw events of these kinds, or of any kind, fit to be appended."""
    event: e.Event = draw(st.one_of([of(kind) for kind in kinds or e.ALL]))
    assume(_fit(event))
    return event


def _fit(event: e.Event) -> bool:
    try:
        codec.encode(event)
    except codec.EventError:
        return False  # an offset of seconds, as some zones had: rare; hypothesis complains if it is not
    return True
