"""Promises of `core.codec`: events read back as written, invalid ones are refused in words, versions are upcast."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asithappened.core import body, codec, limits
from asithappened.core import events as e
from tests import strategies

AT = datetime(2026, 11, 12, 14, 0, tzinfo=UTC)


@pytest.mark.parametrize("kind", e.ALL, ids=lambda kind: kind.KIND)
@settings(max_examples=15)
@given(data=st.data())
def test_every_event_reads_back_as_it_was_written(kind: type[e.Event], data: st.DataObject) -> None:
    event = data.draw(strategies.events(kind))
    assert codec.decode(kind.KIND, kind.VERSION, codec.encode(event)) == event


def test_every_event_has_a_name_and_no_two_the_same() -> None:
    assert all(event.KIND for event in e.ALL)
    assert len({event.KIND for event in e.ALL}) == len(e.ALL)
    defined = {cls for cls in vars(e).values() if isinstance(cls, type) and issubclass(cls, e.Event)}
    assert set(e.ALL) == defined - {e.Event, e.PostEvent, e.PostWords}


def nested(depth: int) -> body.Doc:
    block: body.BulletList | body.Paragraph = body.paragraph("deep")
    for _ in range(depth):
        block = body.BulletList(content=(body.ListItem(content=(block,)),))
    return body.Doc(content=(block,))


NUL, BIDI, LONE = "a\0b", "abc\u202edcba", "a\ud800b"
A_POST: dict[str, Any] = {"post": "p", "title": "T", "published_at": AT}

BAD: dict[str, tuple[e.Event, str]] = {
    "an empty slug": (e.BlogRenamed(slug=""), "length"),
    "a slug with a line end": (e.BlogRenamed(slug="storm\n"), "slug"),
    "a slug with a slash": (e.BlogRenamed(slug="a/b"), "slug"),
    "a slug in capitals": (e.BlogRenamed(slug="Storm"), "slug"),
    "a post id with a line end": (e.PostPinned(post="p\n"), "post"),
    "a post id with a dot": (e.PostPinned(post="../p"), "post"),
    "a NUL in a title": (e.PostPublished(**A_POST | {"title": NUL}), "U+0000 at character 1"),
    "an override in a name": (e.ContributorJoined(name=BIDI), "U+202E"),
    "a lone surrogate": (e.ContributorJoined(name=LONE), "surrogates not allowed"),
    "a title too long": (e.PostPublished(**A_POST | {"title": "x" * (limits.TITLE_CHARS + 1)}), "title"),
    "no name": (e.ContributorJoined(name=""), "length"),
    "too many tags": (e.BlogOpened(slug="a", title="A", tags=("t",) * (limits.NAMES + 1)), "tags"),
    "a zone that climbs": (e.BlogOpened(slug="a", title="A", zone="../../passwd"), "zone"),
    "a language with a line end": (e.BlogOpened(slug="a", title="A", language="en\n"), "language"),
    "a naive instant": (e.PostPublished(post="p", title="T", published_at=AT.replace(tzinfo=None)), "timezone"),
    "the year 9999": (e.BlogDated(opened_at=datetime(9999, 12, 31, 23, tzinfo=UTC)), "year"),
    "the year 1": (e.PostPublished(**A_POST | {"published_at": datetime(1, 1, 1, tzinfo=UTC)}), "year"),
    "a negative position": (e.PostPublished(**A_POST, position=-1), "position"),
    "a position past 2**53": (e.PostPublished(**A_POST, position=2**53 + 1), "position"),
    "a seq past 2**53": (e.PayloadErased(of=e.post("p"), seqs=(2**70,)), "seqs"),
    "no seqs": (e.PayloadErased(of=e.post("p"), seqs=()), "seqs"),
    "a value of another type": (e.BlogOpened(slug="a", title=3), "title"),  # type: ignore[arg-type]
    "a script as related coverage": (e.RelatedSet(items=(e.Related(title="T", url="javascript:alert(1)"),)), "url"),
    "a script as a link": (
        e.PostPublished(**A_POST, body=body.Doc(content=(body.Card(attrs=body.CardAttrs(url="javascript:1")),))),
        "not an address",
    ),
    "a body nested too deep": (e.PostPublished(**A_POST, body=nested(30)), "deep"),
    "a body nested past the encoder": (e.PostPublished(**A_POST, body=nested(3000)), "cannot be taken"),
    "a body too long": (
        e.PostPublished(**A_POST, body=body.Doc(content=(body.paragraph("x" * limits.BODY_BYTES),))),
        "bytes",
    ),
    "two blocks with one id": (
        e.PostPublished(**A_POST, body=body.Doc(content=(body.Paragraph(attrs=body.Attrs(id="a")),) * 2)),
        "'a'",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_taken_is_refused_with_the_place_and_the_reason(name: str) -> None:
    event, reason = BAD[name]
    with pytest.raises(codec.EventError) as refused:
        codec.encode(event)
    assert reason in str(refused.value)
    assert len(str(refused.value)) < 400


def test_an_instant_of_any_zone_keeps_its_moment() -> None:
    event = e.BlogDated(opened_at=AT.astimezone(ZoneInfo("Asia/Kolkata")))
    read = codec.decode(event.KIND, 1, codec.encode(event))
    assert isinstance(read, e.BlogDated)
    assert read.opened_at == AT


def test_a_kind_that_nobody_knows_is_no_event() -> None:
    assert codec.decode("figure.revised", 1, b'{"figure":"89"}') is None


def test_a_version_newer_than_this_program_is_no_event() -> None:
    assert codec.decode(e.BlogClosed.KIND, e.BlogClosed.VERSION + 1, b'{"new":1}') is None


def test_an_erased_payload_is_no_event() -> None:
    assert codec.decode(e.PostPublished.KIND, 1, None) is None


class Renamed(e.ContributorJoined, frozen=True, kw_only=True):
    """What `contributor.joined` could become: its third version, with two upcasts behind it."""

    VERSION = 3
    role: str = ""


def test_an_older_version_is_brought_up_step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    kind = e.ContributorJoined.KIND
    monkeypatch.setitem(codec._CLASSES, kind, Renamed)
    monkeypatch.setitem(codec._DECODERS, kind, msgspec.json.Decoder(Renamed))
    monkeypatch.setitem(codec.UPCASTS, (kind, 1), lambda raw: {"name": raw["who"], "part": "host"})
    monkeypatch.setitem(codec.UPCASTS, (kind, 2), lambda raw: {"name": raw["name"], "role": raw["part"]})
    expected = Renamed(name="Ines Calloway", role="host")
    assert codec.decode(kind, 1, b'{"who":"Ines Calloway"}') == expected
    assert codec.decode(kind, 2, b'{"name":"Ines Calloway","part":"host"}') == expected
    assert codec.decode(kind, 3, b'{"name":"Ines Calloway","role":"host"}') == expected
    assert codec.decode(kind, 4, b'{"name":"Ines Calloway"}') is None


def test_a_pin_of_before_there_were_several_takes_the_place_of_the_others() -> None:
    assert codec.decode(e.PostPinned.KIND, 1, b'{"post":"p1"}') == e.PostPinned(post="p1", alone=True)
    assert codec.decode(e.PostPinned.KIND, 2, b'{"post":"p1"}') == e.PostPinned(post="p1")


def test_every_version_but_the_newest_has_its_upcast() -> None:
    for event in e.ALL:
        for version in range(1, event.VERSION):
            assert (event.KIND, version) in codec.UPCASTS
