"""The providers of posts, films and sounds that a newsroom embeds: the patterns of their addresses, and their frames.

Owns the closed list. Any other address is only a link: no site is asked how it wants to be embedded (no oEmbed
discovery), and none is framed. A frame comes directly from its provider's own origin, never through ours.
Look next: media.links, which asks a provider what is at an address.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import quote

from asithappened.core import urls


@dataclass(frozen=True, kw_only=True)
class Provider:
    """`addresses`: patterns of the addresses of single posts, films or sounds, with groups for their ids.

    `oembed`: where to ask what is at an address; "" if that needs a registration, or nothing answers. `frame`: the
    address of the frame, with {1} for the first group and {url} for the whole address; "" for none.
    """

    name: str
    platform: str
    shows: Literal["post", "film", "sound"]
    addresses: tuple[re.Pattern[str], ...]
    oembed: str = ""
    frame: str = ""


def _of(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"https?://{pattern}(?:[/?#].*)?") for pattern in patterns)


_NAME: Final = r"[A-Za-z0-9_.-]{1,100}"

PROVIDERS: Final = (
    Provider(
        name="YouTube",
        platform="youtube",
        shows="film",
        addresses=_of(
            r"(?:www\.|m\.)?youtube\.com/watch\?(?:[^#]*&)?v=([A-Za-z0-9_-]{11})(?:&[^#]*)?",
            r"(?:www\.|m\.)?youtube(?:-nocookie)?\.com/(?:live|shorts|embed)/([A-Za-z0-9_-]{11})",
            r"youtu\.be/([A-Za-z0-9_-]{11})",
        ),
        oembed="https://www.youtube.com/oembed",
        frame="https://www.youtube-nocookie.com/embed/{1}",
    ),
    Provider(
        name="Vimeo",
        platform="vimeo",
        shows="film",
        addresses=_of(r"(?:www\.)?vimeo\.com/([0-9]{1,12})", r"player\.vimeo\.com/video/([0-9]{1,12})"),
        oembed="https://vimeo.com/api/oembed.json",
        frame="https://player.vimeo.com/video/{1}?dnt=1",
    ),
    Provider(
        name="Dailymotion",
        platform="dailymotion",
        shows="film",
        addresses=_of(r"(?:www\.)?dailymotion\.com/video/([a-z0-9]{4,12})", r"dai\.ly/([a-z0-9]{4,12})"),
        oembed="https://www.dailymotion.com/services/oembed",
        frame="https://geo.dailymotion.com/player.html?video={1}",
    ),
    Provider(
        name="TikTok",
        platform="tiktok",
        shows="post",
        addresses=_of(rf"(?:www\.)?tiktok\.com/@{_NAME}/(?:video|photo)/([0-9]{{10,25}})"),
        oembed="https://www.tiktok.com/oembed",
        frame="https://www.tiktok.com/embed/v2/{1}",
    ),
    Provider(
        name="X",
        platform="x",
        shows="post",
        addresses=_of(rf"(?:www\.|mobile\.)?(?:twitter|x)\.com/{_NAME}/status(?:es)?/([0-9]{{1,25}})"),
        oembed="https://publish.twitter.com/oembed",
        frame="https://platform.twitter.com/embed/Tweet.html?id={1}&dnt=true",
    ),
    Provider(
        name="Bluesky",
        platform="bluesky",
        shows="post",
        addresses=_of(rf"bsky\.app/profile/({_NAME}|did:[a-z]+:{_NAME})/post/([a-z0-9]{{10,20}})"),
        oembed="https://embed.bsky.app/oembed",
    ),
    Provider(
        name="Instagram",
        platform="instagram",
        shows="post",
        addresses=_of(rf"(?:www\.)?instagram\.com/(?:{_NAME}/)?(?:p|reel|tv)/([A-Za-z0-9_-]{{5,40}})"),
        frame="https://www.instagram.com/p/{1}/embed/captioned/",
    ),
    Provider(
        name="Threads",
        platform="threads",
        shows="post",
        addresses=_of(rf"(?:www\.)?threads\.(?:net|com)/@({_NAME})/post/([A-Za-z0-9_-]{{5,40}})"),
        frame="https://www.threads.net/@{1}/post/{2}/embed/",
    ),
    Provider(
        name="Telegram",
        platform="telegram",
        shows="post",
        addresses=_of(r"t\.me/(?:s/)?([A-Za-z0-9_]{4,40})/([0-9]{1,12})"),
        frame="https://t.me/{1}/{2}?embed=1",
    ),
    Provider(
        name="Facebook",
        platform="facebook",
        shows="post",
        addresses=_of(
            rf"(?:www\.|m\.)?facebook\.com/({_NAME})/(?:posts|videos|photos)/[A-Za-z0-9_./-]{{1,200}}",
            r"(?:www\.|m\.)?facebook\.com/(permalink\.php|watch/?|photo(?:\.php|/)?|story\.php)\?[^#]{1,400}",
        ),
        frame="https://www.facebook.com/plugins/post.php?href={url}",
    ),
    Provider(
        name="Reddit",
        platform="reddit",
        shows="post",
        addresses=_of(rf"(?:www\.|old\.)?reddit\.com/r/({_NAME})/comments/([a-z0-9]{{4,12}})"),
        oembed="https://www.reddit.com/oembed",
        frame="https://embed.reddit.com/r/{1}/comments/{2}/",
    ),
    Provider(
        name="SoundCloud",
        platform="soundcloud",
        shows="sound",
        addresses=_of(rf"(?:www\.|m\.)?soundcloud\.com/({_NAME})/(?:sets/)?{_NAME}"),
        oembed="https://soundcloud.com/oembed",
        frame="https://w.soundcloud.com/player/?url={url}",
    ),
    Provider(
        name="Spotify",
        platform="spotify",
        shows="sound",
        addresses=_of(r"open\.spotify\.com/(?:intl-[a-z]{2}/)?(episode|show|track|album|playlist)/([A-Za-z0-9]{22})"),
        oembed="https://open.spotify.com/oembed",
        frame="https://open.spotify.com/embed/{1}/{2}",
    ),
)

FRAME_ORIGINS: Final = tuple(dict.fromkeys("/".join(one.frame.split("/")[:3]) for one in PROVIDERS if one.frame))
"""The origins of frames that a page's own policy allows, and no others."""


def provider_of(url: str, among: Sequence[Provider] = PROVIDERS) -> Provider | None:
    """Return the provider of an address; None if it is not one of these."""
    return found[0] if (found := _matched(url, among)) else None


def frame_of(url: str) -> str:
    """Return the address of the frame for an address; "" if there is none."""
    if not (found := _matched(url, PROVIDERS)):
        return ""
    provider, match = found
    frame = provider.frame.replace("{url}", quote(url, safe=""))
    for number, value in enumerate(match.groups(), start=1):
        frame = frame.replace(f"{{{number}}}", quote(value or "", safe=":"))
    return frame


FILES: Final = (".m3u8", ".mp4", ".webm")
"""The endings of addresses that a browser can play by itself: a live stream (HLS), or a file."""


def plays(url: str, origins: Collection[str]) -> bool:
    """Say whether a page can play an address: a provider's film, or a file at one of these origins."""
    if (provider := provider_of(url)) is not None:
        return provider.shows == "film"
    if not urls.is_url(url):
        return False
    origin, path = urls.origin_and_path(url)
    return bool(origin) and origin in origins and path.endswith(FILES)


def _matched(url: str, among: Sequence[Provider]) -> tuple[Provider, re.Match[str]] | None:
    if not urls.is_url(url):
        return None
    for provider in among:
        for pattern in provider.addresses:
            if match := pattern.fullmatch(url):
                return provider, match
    return None
