"""What can be framed is a link until a reader asks for it, and only of providers we know."""

from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from asithappened.core.providers import FRAME_ORIGINS
from tests.render.blogs import doc, html_of


@pytest.mark.parametrize(
    ("node", "words"),
    [
        ({"type": "video", "attrs": {"url": "https://youtu.be/abcdefghijk"}}, "Play it here, from YouTube"),
        ({"type": "audio", "attrs": {"url": "https://soundcloud.com/a/b"}}, "Play it here, from SoundCloud"),
        ({"type": "socialEmbed", "attrs": {"url": "https://t.me/channel/12"}}, "Show it here, from Telegram"),
    ],
)
def test_what_a_provider_we_know_carries_can_be_framed_and_is_a_link_until_then(node: Any, words: str) -> None:
    link = LexborHTMLParser(html_of(doc(node))).css_first("p.framed > a.load")
    assert link.text() == words
    assert link.attributes["href"] == node["attrs"]["url"]
    assert (link.attributes["data-frame"] or "").startswith(FRAME_ORIGINS)


def test_what_anybody_else_carries_is_a_link_alone() -> None:
    for kind in ("video", "audio", "socialEmbed", "linkCard"):
        assert "data-frame" not in html_of(doc({"type": kind, "attrs": {"url": "https://video.example/watch?v=1"}}))
