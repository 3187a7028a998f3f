"""Shared by commands: preparing the installation, finding a live blog by its slug, JSON, a progress bar.

Imports of Django stay inside functions, so that `asithappened --help` does not wait for it.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from typing import Annotated, Any

import typer

from asithappened.wiring.exits import PROGRAM, Exit, Stop

Slug = Annotated[str, typer.Argument(metavar="SLUG", help="The live blog's address: SLUG of /live/SLUG/.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
Speed = Annotated[float, typer.Option(min=0.01, max=100_000, help="How many times as fast.")]


@contextmanager
def installation(*, migrate: bool = True, make: bool = False) -> Iterator[None]:
    """Have Django and the database ready inside, and turn refusals and errors of the database into Stop.

    `make`: make the home if there is none; a command that only reads refuses instead.
    """
    from asithappened.wiring import home

    try:
        home.prepare(make=make) if migrate else home.load(make=make)
    except home.HomeRefused as refused:
        raise Stop(Exit.REFUSED, str(refused)) from refused
    from django.db import DatabaseError

    from asithappened.desk.actions import Busy, Refused

    try:
        with printing():
            yield
    except (Refused, Busy) as refused:
        raise Stop(Exit.REFUSED, str(refused)) from refused
    except DatabaseError as error:
        raise Stop(
            Exit.REFUSED,
            f"The database refused: {home.in_one_line(error)}. What was published before is safe. "
            f"`{PROGRAM} doctor` says more.",
        ) from error


@contextmanager
def printing() -> Iterator[None]:
    """Flush what was printed at the end; stop quietly if the reader, such as `head`, closed the pipe."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def blog_of(slug: str) -> int:
    """Return the id of the live blog at a slug, the current or a former one. Raises Stop, which names similar slugs."""
    from asithappened.log import read

    blog = read.blog_id(slug)
    if blog is None:
        raise Stop(Exit.NOT_FOUND, f"There is no live blog at /live/{slug}/ in {os.environ['ASITHAPPENED_HOME']}. "
                   + others_than(slug))  # fmt: skip
    return blog


def others_than(slug: str) -> str:
    """Return a sentence with similar slugs, for somebody who mistyped one."""
    from asithappened.log import read

    slugs = read.slugs()
    near = [other for other in slugs if slug and (slug in other or other in slug)][:3]
    near = near or get_close_matches(slug, slugs, n=3, cutoff=0.5)
    meant = f"Did you mean {' or '.join(near)}? " if near else ""
    return f"{meant}`{PROGRAM} list` names those there are."


def print_json(value: Any) -> None:
    """Print a value as one line of JSON."""
    print(json.dumps(value, ensure_ascii=False))


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None] | None]:
    """Show a progress bar on a terminal; elsewhere, none."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:  # rich heeds NO_COLOR
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
