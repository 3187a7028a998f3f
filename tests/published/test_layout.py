"""Promises of `published.layout`: slots are filled with what cannot break out of them, and a house has its own tags."""

import json

from asithappened.published import layout
from asithappened.published.layout import House


def test_a_page_under_another_address_or_name_has_another_tag() -> None:
    tags = {House(address=a, name=n).tag for a in ("http://a.example", "http://b.example") for n in ("A", "B")}
    assert len(tags) == 4


def test_each_slot_is_filled_as_the_place_it_stands_in_needs() -> None:
    house = House(address="https://live.example", media="https://cdn.example", name='A "<b>" & </script>')
    html = house.filled(f"{layout.ADDRESS_SLOT} {layout.MEDIA_SLOT} {layout.NAME_SLOT}".encode()).decode()
    assert html == "https://live.example https://cdn.example A &quot;&lt;b&gt;&quot; &amp; &lt;/script&gt;"
    in_json = house.filled(f'"{layout.NAME_IN_JSON_SLOT}"'.encode())
    assert json.loads(in_json) == house.name
    assert b"<" not in in_json


def test_who_brings_a_ticket_is_sent_to_this_address_alone_for_pictures() -> None:
    house = House(address="https://live.example", media="https://cdn.example")
    assert house.of(everyones=True) is house
    assert house.of(everyones=False).media_address == "https://live.example"
    assert house.with_media(layout.MEDIA_SLOT.encode()) == b"https://cdn.example"


def test_what_is_said_of_a_post_stands_before_its_end() -> None:
    fragment = b"<article>Words<div>" + layout.SLOT_END
    said = layout.annotation("figure:f1", 3, b"Revised")
    assert layout.annotated(fragment, b"") == fragment
    assert layout.annotated(fragment, said) == (
        b'<article>Words<div><div class="annotation" data-by="figure:f1" data-n="3">Revised</div></div></article>'
    )


def test_the_newest_posts_stand_in_the_structured_data_and_those_without_any_leave_no_comma() -> None:
    data = b'{"a":1' + layout.STRUCTURED_SLOT.encode() + b"}"
    assert layout.with_updates(data, [b"", b"{}", b"", b"{}"]) == b'{"a":1,"liveBlogUpdate":[{},{}]}'
    assert layout.with_updates(data, [b""]) == b'{"a":1}'


def test_a_segment_ends_with_its_last_event() -> None:
    assert [layout.segment_of(seq) for seq in (1, layout.SEGMENT_EVENTS, layout.SEGMENT_EVENTS + 1)] == [0, 0, 1]


def test_a_card_has_an_address_a_version_and_a_file_a_newsrooms_name() -> None:
    assert layout.card_path("storm", "p1", "v") == "/live/storm/p/p1/card/v.jpg"
    assert layout.card_path("storm", "", "v") == "/live/storm/card/v.jpg"
    assert layout.card_path("storm", "s1", "v", about="series") == "/live/storm/known/series/s1/card/v.jpg"
    assert layout.card_file(7, "s1", "v", "A", about="series").startswith("7/known/series/s1/v-")
    assert layout.card_file(7, "p1", "v", "A") != layout.card_file(7, "p1", "v", "B")
    assert layout.card_file(7, "", "v", "A").startswith("7/v-")
