"""The address of a picture that no reader could see is refused, with what would be right."""

import pytest
from django.conf import settings

from asithappened.desk.forms.picture_address import unseen
from tests.desk.test_judging import judged

UNSEEN = {
    "http://a.example/x.jpg": "https://a.example/x.jpg",
    "HTTP://a.example/x.jpg": "https://a.example/x.jpg",
    "data:image/png;base64,AAAA": "only your own browser",
    "blob:https://a.example/1234": "only your own browser",
    "file:///home/ana/x.jpg": "only your own browser",
    "https://localhost/x.jpg": "inside a network of your own",
    "https://127.0.0.1:8443/x.jpg": "inside a network of your own",
    "https://192.168.0.7/x.jpg": "inside a network of your own",
    "https://[::1]/x.jpg": "inside a network of your own",
    "https://2130706433/x.jpg": "inside a network of your own",
    "https://nas/x.jpg": "inside a network of your own",
    "https://pictures.local/x.jpg": "inside a network of your own",
    "https://a.example/": "the address of a site",
    "https://a.example/clip.MP4": ".mp4",
    "https://a.example/photo.heic?w=800": ".heic",
    "x.jpg": "starts with https://",
    "//a.example/x.jpg": "starts with https://",
    "ftp://a.example/x.jpg": "starts with https://",
}


@pytest.mark.parametrize("address", UNSEEN)
def test_a_picture_that_no_reader_can_see_is_refused_with_what_would_be_right(address: str) -> None:
    _, wrong = judged("picture", src=address, alt="A wall")
    assert UNSEEN[address] in wrong["src"]


@pytest.mark.parametrize("address", [
    "https://a.example/x.jpg", "https://a.example/picture?id=7", "https://a.example/x", "https://a.example/?p=7",
    "https://93.184.215.14/x.jpg", "https://a.example/x.svg", "https://a.example/x.jpg?format=.html",
])  # fmt: skip
def test_a_picture_that_may_be_seen_is_taken(address: str) -> None:
    (picture,), wrong = judged("picture", src=address, alt="A wall")
    assert (picture.attrs.src, wrong) == (address, {})


def test_a_picture_of_this_very_server_is_seen_whatever_its_scheme() -> None:
    assert unseen(f"{settings.PUBLIC_URL}/static/demo/harbour.svg") == ""
    assert unseen(f"{settings.PUBLIC_URL}.evil.example/x.svg") != ""
