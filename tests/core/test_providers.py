"""Promises of `core.providers`: which addresses are recognised, and the addresses of their frames."""

import pytest

from asithappened.core.providers import FRAME_ORIGINS, PROVIDERS, frame_of, plays, provider_of

KNOWN = {
    "https://www.youtube.com/watch?v=abcdefghijk": ("YouTube", "https://www.youtube-nocookie.com/embed/abcdefghijk"),
    "https://m.youtube.com/watch?app=x&v=abcdefghijk&t=42s": (
        "YouTube",
        "https://www.youtube-nocookie.com/embed/abcdefghijk",
    ),
    "https://youtu.be/abcdefghijk?si=1": ("YouTube", "https://www.youtube-nocookie.com/embed/abcdefghijk"),
    "https://www.youtube.com/live/abcdefghijk": ("YouTube", "https://www.youtube-nocookie.com/embed/abcdefghijk"),
    "https://vimeo.com/76979871": ("Vimeo", "https://player.vimeo.com/video/76979871?dnt=1"),
    "https://twitter.com/ann/status/1234567890": (
        "X",
        "https://platform.twitter.com/embed/Tweet.html?id=1234567890&dnt=true",
    ),
    "https://x.com/ann/status/1234567890?s=20": (
        "X",
        "https://platform.twitter.com/embed/Tweet.html?id=1234567890&dnt=true",
    ),
    "https://www.tiktok.com/@ann/video/7123456789012345678": (
        "TikTok",
        "https://www.tiktok.com/embed/v2/7123456789012345678",
    ),
    "https://bsky.app/profile/ann.example/post/3kabcdefgh2k": ("Bluesky", ""),
    "https://www.instagram.com/p/Cabc_-123/": ("Instagram", "https://www.instagram.com/p/Cabc_-123/embed/captioned/"),
    "https://www.threads.net/@ann/post/Cabc-123": ("Threads", "https://www.threads.net/@ann/post/Cabc-123/embed/"),
    "https://t.me/s/channel/123": ("Telegram", "https://t.me/channel/123?embed=1"),
    "https://www.facebook.com/page/posts/123?x=1&y=2": (
        "Facebook",
        "https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fpage%2Fposts%2F123%3Fx%3D1%26y%3D2",
    ),
    "https://www.reddit.com/r/news/comments/abc123/title/": (
        "Reddit",
        "https://embed.reddit.com/r/news/comments/abc123/",
    ),
    "https://soundcloud.com/ann/track": (
        "SoundCloud",
        "https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2Fann%2Ftrack",
    ),
    "https://open.spotify.com/episode/0123456789abcdefABCDEF": (
        "Spotify",
        "https://open.spotify.com/embed/episode/0123456789abcdefABCDEF",
    ),
    "https://www.dailymotion.com/video/x8abcde": (
        "Dailymotion",
        "https://geo.dailymotion.com/player.html?video=x8abcde",
    ),
}


@pytest.mark.parametrize(("url", "known"), KNOWN.items())
def test_an_address_of_a_single_thing_is_known_and_framed(url: str, known: tuple[str, str]) -> None:
    provider = provider_of(url)
    assert provider is not None
    assert (provider.name, frame_of(url)) == known


@pytest.mark.parametrize(
    "url",
    [
        "https://www.youtube.com/",
        "https://www.youtube.com/watch?v=short",
        "https://youtube.com.evil.example/watch?v=abcdefghijk",
        "https://evil.example/https://youtu.be/abcdefghijk",
        "https://evil.example/?https://x.com/ann/status/1",
        "https://x.com/ann",
        "https://notx.com/ann/status/1234567890",
        'https://youtu.be/abcdefghijk"onload=',
        "https://youtu.be:8443/abcdefghijk",
        "https://youtu.be@evil.example/abcdefghijk",
        "javascript:https://youtu.be/abcdefghijk",
        "",
    ],
)
def test_an_address_that_only_looks_like_one_is_a_link_and_nothing_else(url: str) -> None:
    assert provider_of(url) is None
    assert frame_of(url) == ""


def test_what_is_framed_comes_from_an_origin_that_the_page_allows() -> None:
    for url in KNOWN:
        frame = frame_of(url)
        assert not frame or frame.startswith(tuple(f"{origin}/" for origin in FRAME_ORIGINS))
    assert {name for name, _ in KNOWN.values()} == {provider.name for provider in PROVIDERS}


PLAYED = {
    "https://youtu.be/abcdefghijk": True,
    "https://vimeo.com/123456": True,
    "https://live.paper.example/now/stream.m3u8": True,
    "https://live.paper.example/now/stream.m3u8?token=1": True,
    "https://LIVE.paper.example:443/film.mp4": True,
    "https://live.paper.example/now/": False,
    "https://elsewhere.example/stream.m3u8": False,
    "https://live.paper.example:8443/stream.m3u8": False,
    "http://live.paper.example/stream.m3u8": False,
    "https://x.com/ann/status/1234567890": False,
    "https://open.spotify.com/track/0123456789012345678901": False,
    "https://no_origin.example/film.mp4": False,
    "javascript:alert(1).mp4": False,
    "stream.m3u8": False,
    "": False,
}


@pytest.mark.parametrize("url", PLAYED)
def test_a_page_plays_films_of_providers_and_files_of_origins_that_are_named(url: str) -> None:
    assert plays(url, ("https://live.paper.example", "")) is PLAYED[url]
