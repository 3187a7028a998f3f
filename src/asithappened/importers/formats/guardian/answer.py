"""Reads a recorded answer of the Guardian's Content API, in either encoding (`fields.body` HTML or `blocks` JSON).

Owns the mapping of fields, and the choice of the encoding. A body's HTML is the same in both, and one walker reads it.
A post's author is the printed one; the person who typed it (`createdBy`) was never printed, and is left out.
Look next: blocks.py and page.py for the two encodings, elements.py for the elements.
"""

import re
from datetime import datetime
from typing import Any, Final

from asithappened.core import limits, text
from asithappened.core.rules import zone_exists
from asithappened.core.slugs import MOST, slug_of
from asithappened.importers.bylines import contributors_of
from asithappened.importers.formats.guardian import blocks, page
from asithappened.importers.formats.guardian.fields import Fields, Json, instant
from asithappened.importers.found import FoundBlog, FoundContributor, refused
from asithappened.importers.html.body import Walk, plain_of
from asithappened.importers.reading import json_from
from asithappened.importers.slugs import address_of, former

_OFFICES: Final = {"UK": "Europe/London", "US": "America/New_York", "AUS": "Australia/Sydney"}
_ZONES: Final = {
    "GMT": "Europe/London",
    "BST": "Europe/London",
    "ET": "America/New_York",
    "EST": "America/New_York",
    "EDT": "America/New_York",
    "PT": "America/Los_Angeles",
    "AEST": "Australia/Sydney",
    "AEDT": "Australia/Sydney",
}
_HAPPENED: Final = " – as it happened"  # our pages add it to any closed blog, so it is no part of a headline
_MONTHS: Final = dict(
    zip(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], range(1, 13), strict=True)
)


def read(raw: bytes) -> FoundBlog:
    """Read a recorded Content API answer. Raises ImportRefused for anything else.

    If a file has both encodings, `blocks` is read if it is complete, because it has fields for what the HTML only shows
    (published or not, pinned, the kind); else the HTML, which always has every post.
    """
    content = Fields(_content(json_from(raw)))
    fields = content.inner("fields")
    opened_at = instant(fields.get("firstPublicationDate"))
    context = _BlogContext(content, opened_at)
    chosen = _chosen(content, context)
    problems = [*chosen.problems]
    if not chosen.posts:
        raise refused(
            "The file holds no posts: neither blocks nor a body with posts in it.",
            "Ask the Content API for it again with show-blocks=all or show-fields=all.",
        )
    times = [post.published_at for post in chosen.posts if post.published_at]
    changes = times + [post.updated_at for post in chosen.posts if post.updated_at]
    first = min(filter(None, [opened_at, instant(content.get("webPublicationDate")), *times]), default=None)
    live = fields.flag("liveBloggingNow") or content.flag("liveBloggingNow")
    title = text.one_line(plain_of(fields.words("headline") or content.words("webTitle")))
    if not title:
        raise refused("The file names no headline.", "Ask the Content API for it again with show-fields=headline.")
    title = title if live else title.removesuffix(_HAPPENED)
    if len(title) > limits.TITLE_CHARS:
        problems.append(f"The headline has {len(title)} characters; {limits.TITLE_CHARS} is the most.")
    slug, former_slugs, note = _slug(content, title)
    problems += [note] if note else []
    standfirst = plain_of(fields.words("standfirst") or fields.words("trailText"))
    return FoundBlog(
        title=title,
        slug=slug,
        former_slugs=former_slugs,
        posts=tuple(chosen.posts),
        standfirst=standfirst,
        zone=_zone(fields, chosen.zone),
        live=live,
        contributors=_contributors(fields, context.names),
        opened_at=first,
        modified_at=instant(fields.get("lastModified")) or max(changes, default=None) or first,
        tags=tuple(dict.fromkeys(_tags(content)))[: limits.NAMES],
        made_ids=chosen.made_ids,
        partial=chosen.partial,
        problems=tuple(problems),
    )


def _content(answer: Any) -> Json:
    """Find the item in an answer: bare, as `content`, as `response.content`, or the only one of a list."""
    for _ in range(4):
        if isinstance(answer, list) and len(answer) == 1:
            answer = answer[0]
        if not isinstance(answer, dict):
            break
        if "fields" in answer or "blocks" in answer or "webTitle" in answer:
            return answer
        results = answer.get("results")
        if isinstance(results, list) and len(results) > 1:
            raise refused(
                f"The file is a list of {len(results)} items.",
                "Save the answer for one live blog, asked for by its id.",
            )
        answer = answer.get("response") or answer.get("content") or results
    raise refused(
        "The file is JSON, but not a Content API item: it has no fields, blocks or webTitle.",
        "Check --as; for a Content API item save the whole answer.",
    )


class _BlogContext:
    """The blog's data that posts of either encoding need: names of profiles, and when the blog was first public."""

    def __init__(self, content: Fields, opened_at: datetime | None) -> None:
        tags = [tag for tag in content.list("tags") if tag.words("type").lower() == "contributor"]
        self.names = {tag.words("id").removeprefix("profile/"): text.one_line(tag.words("webTitle")) for tag in tags}
        self.opened_at = opened_at
        self.base = Walk().url(content.words("webUrl"))

    def bylines(self, profiles: list[str]) -> tuple[str, ...]:
        """Return the names of some profiles; if no tag has a profile's name, the words of its id."""
        ids = [profile.strip().removeprefix("profile/") for profile in profiles]
        spelled = (self.names.get(id_) or re.sub(r"[-_]+", " ", id_).title() for id_ in ids if id_)
        return tuple(dict.fromkeys(name[: limits.NAME_CHARS] for name in spelled))[: limits.NAMES]


def _chosen(content: Fields, context: _BlogContext) -> page.Posts:
    in_blocks = blocks.posts_of(content.inner("blocks"), context)
    html = content.inner("fields").words("body")
    in_html = page.posts_of(html, context) if html.strip() else page.Posts()
    if in_blocks.posts and not (in_blocks.partial and len(in_html.posts) > len(in_blocks.posts)):
        return page.Posts(
            posts=in_blocks.posts,
            problems=in_blocks.problems,
            partial=in_blocks.partial,
            zone=in_html.zone,
            made_ids=False,
        )
    return in_html


def _zone(fields: Fields, printed: str) -> str:
    zone = _OFFICES.get(fields.words("productionOffice").upper()) or _ZONES.get(printed.upper(), "Europe/London")
    return zone if zone_exists(zone) else "UTC"


def _contributors(fields: Fields, tagged: dict[str, str]) -> tuple[FoundContributor, ...]:
    byline = plain_of(fields.words("byline"))
    out: list[FoundContributor] = []
    for one in contributors_of(byline):
        # A missing space between two names ("Ann Leeand Bo Day") is corrected if the tags have both.
        within = [name for name in tagged.values() if name in one.name]
        out += [FoundContributor(name=name, on=one.on) for name in within] if len(within) > 1 else [one]
    return tuple(out) or tuple(FoundContributor(name=name) for name in dict.fromkeys(tagged.values()))


def _tags(content: Fields) -> list[str]:
    """Return the blog's subjects, without the tags for internal use (tone, type, tracking)."""
    kept = {"keyword", "series", "blog"}
    names = [text.one_line(tag.words("webTitle")) for tag in content.list("tags") if tag.words("type").lower() in kept]
    return [name[: limits.NAME_CHARS] for name in names if name]


def _slug(content: Fields, title: str) -> tuple[str, tuple[str, ...], str]:
    """Make the slug from the item's id, which contains the day and ends in the title.

    The slug keeps the day, because a weekly series has the same title every time. Also returns the slugs that earlier
    versions made, and a problem for the report or "".
    """
    id_ = content.words("id") or content.words("webUrl").split("://")[-1].partition("/")[2]
    match = re.search(r"(\d{4})/([a-z]{3})/(\d{2})/([^/?#]+)", id_)
    if match and match[2] in _MONTHS:
        day = f"{match[1]}-{_MONTHS[match[2]]:02}-{match[3]}"
        most = MOST - len(day) - 1
        if name := slug_of(match[4], most):
            was = f"{former(match[4], most).removesuffix('-' + day)}-{day}"
            return f"{name.removesuffix('-' + day)}-{day}", (was,), ""
    slug, note = address_of(id_ or title)
    return slug, (former(id_ or title),), note
