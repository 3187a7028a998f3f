"""Reads a live blog saved as one page of plain text (headline, "Last modified:", standfirst, posts newest first, …).

Owns the page's head and foot. A page has no ids and no times: an id is made from a post's number, counted from the
oldest, and its words; times stay unknown. The end of a post is partly a guess (splitting.py); each guess is reported
as a problem with its line. Look next: units.py for kinds of lines, body.py for bodies.
"""

import hashlib
import re
from dataclasses import replace
from itertools import pairwise
from typing import Final

from asithappened.core import limits, text
from asithappened.core.events import PostKind, Related
from asithappened.importers.bylines import contributors_of
from asithappened.importers.formats.page_text import body, dates, evidence, prose, splitting
from asithappened.importers.formats.page_text.units import SIGNATURE, Chunk, Sort, Unit, chunks_of, units_of
from asithappened.importers.found import Converted, FoundBlog, FoundContributor, FoundPost, refused
from asithappened.importers.reading import text_from
from asithappened.importers.slugs import address_of, former

_HAPPENED: Final = re.compile(r"\bas (?:it|they) happened\W*$", re.IGNORECASE)
_SUFFIX: Final = " – as it happened"
_CLOSED: Final = re.compile(r"\bblog (?:is|has) (?:now )?closed\b", re.IGNORECASE)
_MODIFIED: Final = "Last modified:"
_DATED: Final = re.compile(r"^\d{1,2}, [A-Z][a-z]{2}, \d{4} @\d{1,2}:\d{2} [AP]M$|^[A-Z][a-z]+ \d{1,2}, \d{4}$")
# Lines that the mirror of the source adds: its name, and the place of a picture.
_FURNITURE: Final = frozenset({"The GuardianTramp", "Article image"})


def read(raw: bytes, *, posts_alone: bool = False) -> FoundBlog:
    """Read a page saved as plain text. Raises ImportRefused for anything else.

    `posts_alone`: a page that neither says when it was modified nor that it is closed has no headline, but only posts.
    """
    words = text_from(raw)
    if words.lstrip().startswith(("{", "[", "<")):
        raise refused(
            "The file is JSON or HTML and not a page saved as plain text.",
            "Check --as: a Content API answer is imported with --as guardian.",
        )
    chunks = chunks_of(words)
    if not chunks:
        raise refused("The file has no text in it.", "Save the page again.")
    title, modified, standfirst, rest = _head(chunks)
    if posts_alone and modified is None and not (_HAPPENED.search(title) or _CLOSED.search(standfirst)):
        title, standfirst, rest = "", "", chunks
    middle, foot = _foot(rest)
    contributors, related = _contributors(foot), _related(foot)
    closed = bool(_HAPPENED.search(title) or _CLOSED.search(standfirst))
    updates = any(chunk.words == "Updated" for chunk in middle)
    if modified is None and not (closed or updates or contributors or related):
        raise refused(
            'The file does not look like a live blog as plain text: it has no line "Last modified: …", no "Updated", '
            'and no "Contributors".',
            "Check --as, and that the whole page was saved, from its headline on.",
        )
    if not middle:
        raise refused("The page has no posts.", "Check that the whole page was saved, from its headline on.")
    _refuse_cut(words, middle, foot)
    posts, problems = _posts(units_of(middle))
    if len(related) > limits.RELATED:
        problems.append(f"{len(related)} pieces of related coverage; only the first {limits.RELATED} were taken.")
        related = related[: limits.RELATED]
    slug, note = address_of(title.removesuffix(_SUFFIX))
    problems += [note] if note else []
    posts, note = _key_events(posts)
    problems += [note] if note else []
    modified_text = "" if modified in {None, "unknown"} else modified or ""
    modified_at, note = dates.modified(modified_text, posts)
    problems += [note] if note else []
    return FoundBlog(
        title=title.removesuffix(_SUFFIX) if closed else title,
        slug=slug,
        former_slugs=(former(title.removesuffix(_SUFFIX)),),
        posts=tuple(posts),
        standfirst=standfirst,
        live=not closed,
        contributors=contributors,
        modified_at=modified_at,
        modified_text=modified_text,
        related=related,
        made_ids=True,
        problems=tuple(problems),
    )


def _head(chunks: list[Chunk]) -> tuple[str, str | None, str, list[Chunk]]:
    """Return headline, last change (None: no such line), standfirst, and the chunks below them."""
    title = text.one_line(chunks[0].lines[0])
    rest = chunks[1:]
    if chunks[0].lines[1:]:
        rest.insert(0, Chunk(line=chunks[0].line + 1, lines=chunks[0].lines[1:]))
    modified: str | None = None
    if rest and rest[0].lines[0].startswith(_MODIFIED):
        modified = rest[0].lines[0].removeprefix(_MODIFIED).strip()
        if rest[0].lines[1:]:
            rest[0] = Chunk(line=rest[0].line + 1, lines=rest[0].lines[1:])
        else:
            rest = rest[1:]
    standfirst = ""
    if len(rest) > 1 and rest[1].words != "Updated" and not prose.SUMMARY.match(rest[0].words):
        unit = units_of(rest[:1])[0]
        if unit.sort is Sort.TEXT or _CLOSED.search(unit.words):
            standfirst = "\n".join(map(text.one_line, rest[0].lines))
            rest = rest[1:]
    return title, modified, standfirst, rest


def _foot(chunks: list[Chunk]) -> tuple[list[Chunk], list[Chunk]]:
    """Return the posts' chunks, and those of contributors and related coverage below them."""
    heads = [n for n, chunk in enumerate(chunks) if chunk.words in {"Contributors", "Related Content"}]
    updates = [n for n, chunk in enumerate(chunks) if chunk.words == "Updated"]
    heads = [n for n in heads if not updates or n > updates[-1]]
    if not heads:
        return [chunk for chunk in chunks if chunk.words not in _FURNITURE], []
    both = [n for n in heads if chunks[n].words == "Contributors" and n + 1 < len(chunks)]
    first = both[-1] if both else heads[-1]
    return chunks[:first], chunks[first:]


def _contributors(foot: list[Chunk]) -> tuple[FoundContributor, ...]:
    if len(foot) > 1 and foot[0].words == "Contributors" and foot[1].words != "Related Content":
        return contributors_of(foot[1].words)
    return ()


def _related(foot: list[Chunk]) -> tuple[Related, ...]:
    """Return the related coverage; byline and date may be missing."""
    at = next((n for n, chunk in enumerate(foot) if chunk.words == "Related Content"), len(foot))
    items: list[dict[str, str]] = []
    for chunk in foot[at + 1 :]:
        lines = [text.one_line(line) for line in chunk.lines]
        marked = lines[0] == "Article image"
        lines = [line for line in lines if line not in _FURNITURE]
        if not lines:
            continue
        last = items[-1] if items else {}
        if items and _DATED.match(lines[0]):
            last["dated"] = lines[0]
        elif not marked and items and len(lines) == 1 and not last.get("byline") and "dated" not in last:
            last["byline"] = lines[0]
        else:
            items.append({"title": lines[0], "standfirst": " ".join(lines[1:])})
    return tuple(
        Related(
            title=item["title"],
            standfirst=item["standfirst"],
            byline=item.get("byline", ""),
            dated=item.get("dated", ""),
        )
        for item in items
    )


def _refuse_cut(words: str, middle: list[Chunk], foot: list[Chunk]) -> None:
    """Refuse a truncated page: its last line has no line end, and is no sentence, date or signature."""
    last = (foot or middle)[-1].lines[-1].strip()
    whole = words.endswith("\n") or bool(_DATED.match(last) or SIGNATURE.match(last)) or last in {"Updated"}
    if not foot:
        whole = whole or prose.ended(last) or "Photograph: " in last
    elif len(foot) == 2:
        whole = whole or foot[0].words == "Contributors"
    if not whole:
        raise refused(f"The page breaks off in the middle ({last[-40:]!r}): it is truncated.", "Save it again.")


def _posts(units: list[Unit]) -> tuple[list[FoundPost], list[str]]:
    """Divide the units into posts, newest first; also return a problem for each guess."""
    problems: list[str] = []
    groups: list[tuple[list[Unit], bool]] = []
    stretch: list[Unit] = []
    stats = evidence.PageStats(units)
    for unit in [*units, None]:
        if unit is not None and unit.sort is not Sort.UPDATED:
            stretch.append(unit)
            continue
        if stretch:
            prose.mark_quoted(stretch)
            cuts = splitting.boundaries(stretch, stats)
            for cut in cuts:
                likely = "likely" if cut.sure > 0.8 else "uncertain"
                problems.append(f"{likely} boundary before line {stretch[cut.at].line}: {cut.why}")
            edges = [0, *(cut.at for cut in cuts), len(stretch)]
            parts = [stretch[a:z] for a, z in pairwise(edges)]
            groups += [(part, False) for part in parts[:-1]]
            groups.append((parts[-1], unit is not None))
        elif unit is not None:
            problems.append(f'"Updated" at line {unit.line} belongs to no post')
        stretch = []
    problems += [note for part, _ in groups for one in part for note in one.notes]
    posts = []
    for number, (part, updated) in enumerate(groups):
        posts.append(_post(part, updated, len(groups) - number))
    return posts, problems


def _post(units: list[Unit], updated: bool, number: int) -> FoundPost:
    title, rest = body.headline_of(units)
    doc = body.body_of(rest)
    words = "\n".join(line for unit in units for line in unit.lines)
    digest = hashlib.blake2s(words.encode(), digest_size=5).hexdigest()
    return FoundPost(
        id=f"{number}-{digest}",
        place=f"line {units[0].line}",
        title=title,
        body=doc,
        kind=PostKind.SUMMARY if prose.SUMMARY.match(title) else PostKind.UPDATE,
        updated=updated,
        converted=Converted(),
    )


def _key_events(posts: list[FoundPost]) -> tuple[list[FoundPost], str]:
    """Make key events of the posts with a headline if most posts have none: an editor gave it to mark them.

    Also returns a problem for the report, or "".
    """
    headed = {post.id for post in posts if post.title and post.kind is PostKind.UPDATE}
    if not headed or len(headed) * 2 > len(posts):
        return posts, ""
    note = (
        f"{len(headed)} posts have a headline of their own and were made key events: the page does not mark any. "
        "Make them updates at the desk where that is wrong; another import leaves them as they are then."
    )
    key = PostKind.KEY_EVENT
    return [replace(post, kind=key, kind_inferred=True) if post.id in headed else post for post in posts], note
