"""Runs an import: reads a whole file, checks all of it, then writes it in short appends.

The only module of this package that calls press. Each run plans from the log, so an import that was killed continues
when it is run again. Never writes anything before all posts are checked. Look next: plan.py for what an import changes.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from asithappened import press
from asithappened.core import codec
from asithappened.core import events as e
from asithappened.core.slugs import is_slug
from asithappened.core.state import Status
from asithappened.importers.found import ImportRefused, refused
from asithappened.importers.plan import Known, Plan, plan
from asithappened.importers.reading import FILE_BYTES
from asithappened.importers.registry import found_in
from asithappened.importers.report import Report
from asithappened.log import read

# SQLite has one write lock for the whole installation; an append of this size holds it for some milliseconds.
BATCH_EVENTS: Final = 50
BATCH_BYTES: Final = 256 * 1024

Progress = Callable[[int, int], None]
"""Called after each append with the number of events written so far, and of all."""
Forbid = Callable[[int, Sequence[e.Event]], None]
"""Called in each append's transaction, with the blog's id. Raises press.Refused for what may not be published yet."""


def run(
    source: Path | bytes,
    as_: str,
    *,
    slug: str | None = None,
    audience: e.Audience | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
    forbid: Forbid | None = None,
) -> Report:
    """Import a file, or with `dry_run` only return the report.

    `as_`: a name of registry.FORMATS. `slug`: the blog's slug, if it is not the one made from the source's id or
    headline, also if it was changed here. `audience`: None is everyone for a new blog, and unchanged for a known one.
    Raises ImportRefused, whose message says what was written.
    """
    raw = source if isinstance(source, bytes) else _bytes_of(source)
    found = found_in(raw, as_)
    former = () if slug else found.former_slugs
    slug = slug or found.slug
    if not is_slug(slug):
        raise refused(f"{slug!r} cannot be an address.", "Use small Latin letters, digits and single hyphens.")
    blog = next((blog for one in (slug, *former) if (blog := _imported(one)) is not None), None)
    blog = read.blog_id(slug) if blog is None else blog
    known = _known(blog, slug)
    planned = plan(found, known, slug=slug, audience=audience)
    report = replace(planned.report, dry_run=dry_run)
    if not dry_run:
        _write(blog, known.blog.seq if known.blog else 0, planned, progress, forbid)
    return report


def _bytes_of(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise refused(f"{path} is a folder.", "Give one file of it.")
        with path.open("rb") as file:
            return file.read(FILE_BYTES + 1)  # with one byte too many reading.py refuses it
    except OSError as error:
        raise refused(f"{path} cannot be read: {error.strerror or error}.", "Check its name and its rights.") from error


def _imported(slug: str) -> int | None:
    """Return the blog at an address, if an import made it."""
    blog = read.blog_id(slug)
    return blog if blog is not None and next(read.facts(blog, upto=1)).origin is e.Origin.IMPORT else None


def _known(blog: int | None, slug: str) -> Known:
    """Return a blog and its posts. Refuses one that no import made, and one that was taken down."""
    if blog is None:
        return Known()
    state = read.blog(blog)
    if next(read.facts(blog, upto=1)).origin is not e.Origin.IMPORT:
        raise refused(
            f"The live blog at /live/{slug}/ was not made by an import, and an import will not change it.",
            "Give the imported one an address of its own with --slug.",
        )
    if state.status is Status.GONE:
        raise refused(
            f"The live blog at /live/{slug}/ was taken down. Nothing can be added to it.",
            "Import it again under another address with --slug, if it may be shown again.",
        )
    return Known(blog=state, posts=read.posts_by_id(blog))


def _write(blog: int | None, seq: int, planned: Plan, progress: Progress | None, forbid: Forbid | None) -> None:
    written = 0
    total = planned.report.events
    for number, batch in enumerate(batches(planned.groups)):
        try:
            receipt = press.publish(
                blog,
                batch,
                origin=e.Origin.IMPORT,
                once=_once(seq, number, batch),
                alongside=None if forbid is None else partial(_ask, forbid, batch),
            )
        except (press.Refused, press.Busy) as error:
            so_far = f"{written} of {total} events were written and are whole" if written else "Nothing was written"
            raise ImportRefused(
                f"The import stopped: {error} {so_far}. Run the same command again: it goes on from there."
            ) from error
        blog = receipt.blog
        written += len(batch)
        if progress:
            progress(written, total)


def _ask(forbid: Forbid, batch: Sequence[e.Event], receipt: press.Receipt) -> None:
    forbid(receipt.blog, batch)


def batches(groups: tuple[tuple[e.Event, ...], ...]) -> Iterator[list[e.Event]]:
    """Yield the events in appends of bounded number and size; a group is never divided."""
    batch: list[e.Event] = []
    held = 0
    for group in groups:
        size = sum(len(codec.encode(event)) for event in group)
        if batch and (len(batch) + len(group) > BATCH_EVENTS or held + size > BATCH_BYTES):
            yield batch
            batch, held = [], 0
        batch += group
        held += size
    if batch:
        yield batch


def _once(seq: int, number: int, batch: list[e.Event]) -> str:
    """Return an append's once-key, made of its events and the seq that it was planned on.

    Of two imports at the same time only one then writes it.
    """
    digest = hashlib.blake2s(f"{seq}\0{number}\0".encode(), digest_size=16)
    for event in batch:
        digest.update(event.KIND.encode() + b"\0" + codec.encode(event))
    return f"import-{digest.hexdigest()}"
