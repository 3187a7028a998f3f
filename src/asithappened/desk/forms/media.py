"""The kinds of block that are only attributes: pictures, social posts, link cards, films, sounds.

Owns their fields, and the reading of a social post's date. Look next: `kind` for what a kind is.
"""

from collections.abc import Sequence
from datetime import tzinfo
from typing import Final

from django.utils.translation import gettext_lazy as _
from msgspec.structs import asdict, replace

from asithappened.core import body, limits
from asithappened.desk.forms import dates
from asithappened.desk.forms.kind import URL, Block, CannotTake, Field, Kind, Values, lined, network


def _show_attrs(blocks: Sequence[Block]) -> Values:
    (block,) = blocks
    return {
        name: ("on" if value else "") if isinstance(value, bool) else str(value or "")
        for name, value in asdict(block.attrs).items()
        if name != "id"
    }


def _strings(values: Values, *names: str) -> dict[str, str]:
    return {name: lined(values, name) for name in names}


def _number(values: Values, name: str) -> int:
    value = values.get(name, "")
    return min(int(value), 20_000) if value.isdecimal() and len(value) < 8 else 0


def _take_picture(values: Values) -> tuple[Block, ...]:
    words = _strings(values, "src", "alt", "caption", "credit")
    if not any(words.values()):
        return ()
    return (
        body.Image(
            attrs=body.ImageAttrs(
                **words,
                decorative=bool(values.get("decorative")),
                width=_number(values, "width"),
                height=_number(values, "height"),
            )
        ),
    )


PICTURE: Final = Kind(
    name="picture",
    label=_("Picture"),
    makes=(body.Image,),
    fields=(
        Field(name="src", label=_("Address of the picture"), **URL),  # type: ignore[arg-type]
        Field(
            name="alt",
            label=_("Description"),
            shape="area",
            rows=2,
            most=limits.ALT_CHARS,
            help=_("What it shows, for whoever cannot see it. Not the caption again."),
        ),
        Field(name="decorative", label=_("Says nothing that needs describing"), shape="check"),
        Field(name="caption", label=_("Caption"), shape="area", rows=2, most=limits.CAPTION_CHARS),
        Field(name="credit", label=_("Credit")),
        Field(name="width", label="", shape="hidden"),
        Field(name="height", label="", shape="hidden"),
    ),
    show=_show_attrs,
    take=_take_picture,
    where="src",
)

_SOCIAL: Final = ("platform", "author", "handle", "text", "date", "url")


def _take_social(values: Values) -> tuple[Block, ...]:
    words = _strings(values, *_SOCIAL)
    if not any(words.values()):
        return ()
    words["platform"] = network(words["platform"])
    return (body.Social(attrs=body.SocialAttrs(**words)),)


def dated(block: Block, zone: tzinfo) -> Block:
    """Return a block with its typed date read. Raises CannotTake."""
    if not isinstance(block, body.Social) or not block.attrs.date:
        return block
    try:
        return replace(block, attrs=replace(block.attrs, date=dates.read(block.attrs.date, zone)))
    except dates.CannotRead as error:
        raise CannotTake("date", str(error)) from error


SOCIAL: Final = Kind(
    name="social",
    label=_("Social post"),
    makes=(body.Social,),
    fields=(
        Field(
            name="platform",
            label=_("Network"),
            most=40,
            suggestions=(
                "bluesky",
                "facebook",
                "instagram",
                "mastodon",
                "telegram",
                "threads",
                "tiktok",
                "x",
                "youtube",
            ),
        ),
        Field(name="author", label=_("Name")),
        Field(name="handle", label=_("Handle")),
        Field(
            name="text",
            label=_("What it says"),
            shape="area",
            rows=4,
            most=limits.EMBED_TEXT_CHARS,
            help=_("Kept as text, so that it stays when the original goes."),
        ),
        Field(
            name="date",
            label=_("Date"),
            most=40,
            help=_("2026-11-22, with a time after it if known; it is meant in the blog’s time zone"),
        ),
        Field(name="url", label=_("Address of the post"), **URL),  # type: ignore[arg-type]
    ),
    show=_show_attrs,
    take=_take_social,
)


_CARD: Final = ("url", "title", "text", "label", "site")
CARD: Final = Kind(
    name="card",
    label=_("Link card"),
    makes=(body.Card,),
    fields=(
        Field(name="url", label=_("Address"), **URL),  # type: ignore[arg-type]
        Field(name="title", label=_("Headline")),
        Field(name="text", label=_("What it says"), shape="area", rows=2, most=limits.CAPTION_CHARS),
        Field(name="label", label=_("What stands before it"), help=_("such as: Related")),
        Field(name="site", label=_("Site")),
    ),
    show=_show_attrs,
    take=lambda v: (body.Card(attrs=body.CardAttrs(**w)),) if any((w := _strings(v, *_CARD)).values()) else (),
    where="url",
)

_MEDIA: Final = ("url", "title", "caption", "credit", "provider")
_MEDIA_FIELDS: Final = (
    Field(name="url", label=_("Address"), **URL),  # type: ignore[arg-type]
    Field(name="title", label=_("Title")),
    Field(name="caption", label=_("Caption"), shape="area", rows=2, most=limits.CAPTION_CHARS),
    Field(name="credit", label=_("Credit")),
    Field(name="provider", label=_("Who carries it"), help=_("such as: YouTube")),
)
VIDEO: Final = Kind(
    name="video",
    label=_("Video"),
    makes=(body.Video,),
    fields=_MEDIA_FIELDS,
    show=_show_attrs,
    take=lambda v: (body.Video(attrs=body.MediaAttrs(**w)),) if any((w := _strings(v, *_MEDIA)).values()) else (),
    where="url",
)
AUDIO: Final = Kind(
    name="audio",
    label=_("Audio"),
    makes=(body.Audio,),
    fields=_MEDIA_FIELDS,
    show=_show_attrs,
    take=lambda v: (body.Audio(attrs=body.MediaAttrs(**w)),) if any((w := _strings(v, *_MEDIA)).values()) else (),
    where="url",
)
