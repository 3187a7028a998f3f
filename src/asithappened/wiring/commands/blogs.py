"""Commands about live blogs: listing, importing, replaying, printing, searching and rendering them again."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from asithappened.wiring.commands import media
from asithappened.wiring.commands.inside import (
    Json,
    Slug,
    Speed,
    blog_of,
    installation,
    others_than,
    print_json,
    progress,
)
from asithappened.wiring.exits import Exit, Stop

if TYPE_CHECKING:
    from collections.abc import Sequence

    from asithappened.core.events import Event

AUDIENCES = ("nobody", "members", "everyone")


def list_(as_json: Json = False) -> None:
    """List the live blogs, the newest first."""
    with installation():
        from django.conf import settings

        from asithappened.log import read

        blogs = [state for _, state in read.blogs()]
        if as_json:
            print_json(
                [
                    {
                        "slug": state.slug,
                        "url": f"{settings.PUBLIC_URL}/live/{state.slug}/",
                        "title": state.title,
                        "status": state.status.value,
                        "audience": state.audience.value,
                        "posts": state.posts,
                    }
                    for state in blogs
                ]
            )
            return
        if not blogs:
            print("There are no live blogs yet. One is opened at the desk, or brought in by `asithappened import`.")
        width = max((len(state.slug) for state in blogs), default=0)
        for state in blogs:
            print(
                f"{state.slug:<{width}}  {state.status:<6}  {state.audience:<8}  {state.posts:>5} posts  {state.title}"
            )


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What to import.")],
    as_: Annotated[str, typer.Option("--as", metavar="FORMAT", help="guardian or page-text.")],
    slug: Annotated[str | None, typer.Option(help="The address, if not the one made of the source's own.")] = None,
    audience: Annotated[str | None, typer.Option(help="Who may read a new one: nobody, members, everyone.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done; write nothing.")] = False,
    with_media: Annotated[
        bool, typer.Option("--media", help="Fetch pictures and embeds too, as `media fetch` does.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Bring in a live blog from elsewhere; again: what changed."""
    from asithappened.importers.registry import FORMATS

    if as_ not in FORMATS:
        raise typer.BadParameter(f"--as is one of: {', '.join(FORMATS)}.")
    _check_audience(audience)
    with installation(make=True):
        from asithappened.core.events import Audience
        from asithappened.desk.actions import embargoed, pictures
        from asithappened.importers.found import ImportRefused
        from asithappened.importers.run import run as run_import

        def forbid(blog: int, events: "Sequence[Event]") -> None:
            embargoed.forbid(blog, events, by=None)
            pictures.forbid(blog, events, by=None)

        try:
            with progress("Importing") as told:
                report = run_import(
                    file,
                    as_,
                    slug=slug,
                    audience=None if audience is None else Audience(audience),
                    dry_run=dry_run,
                    progress=told,
                    forbid=forbid,
                )
        except ImportRefused as refused:
            raise Stop(Exit.BAD_FILE, str(refused)) from refused
        pictures_of = None if dry_run or not with_media else media.fetched(blog_of(report.slug), "")
        if as_json:
            print_json(report.as_json() | ({} if pictures_of is None else {"pictures": pictures_of}))
        else:
            print(report.as_text())
            if pictures_of is not None:
                print(media.as_text(pictures_of))


def _check_audience(audience: str | None) -> None:
    if audience is not None and audience not in AUDIENCES:
        raise typer.BadParameter(f"--audience is one of: {', '.join(AUDIENCES)}.")


def replay(
    slug: Slug,
    speed: Speed = 60.0,
    into: Annotated[
        str | None, typer.Option(metavar="SLUG", help="The new one's address; SLUG-replay if none.")
    ] = None,
    audience: Annotated[
        str | None, typer.Option(help="Who may read it: members unless you say nobody or everyone.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Let a finished live blog happen again, in a new one."""
    _check_audience(audience)
    with installation():
        from asithappened.core.events import Audience
        from asithappened.desk.replay import NoSuchBlog, NotPlayed
        from asithappened.desk.replay import replay as play

        try:
            with progress("Replaying") as told:
                whose = None if audience is None else Audience(audience)
                played = play(slug, speed=speed, into=into, audience=whose, progress=told)
        except NoSuchBlog as refused:
            raise Stop(Exit.NOT_FOUND, f"{refused} {others_than(slug)}") from refused
        except NotPlayed as refused:
            raise Stop(Exit.REFUSED, str(refused)) from refused
        if as_json:
            print_json({"slug": played.slug, "steps": played.steps, "new": played.new})
        else:
            print(f"/live/{played.slug}/: {played.steps} steps, {played.new} of them new.")


def log(slug: Slug, as_json: Json = False) -> None:
    """Print a live blog's public log, an event a line.

    Not a word of what was withdrawn or erased.
    """
    with installation():
        from asithappened.log import read
        from asithappened.syndication import json_lines

        blog = blog_of(slug)
        for line in json_lines.lines(read.facts(blog), json_lines.taken_back(read.facts(blog))):
            if as_json:
                print(json.dumps(line, ensure_ascii=False))
            else:
                said = (line["payload"] or {}).get("title", "")
                post = line["post"] or "-"
                print(f"{line['seq']:>6}  {line['at'][:19]}Z  {line['kind']:<20}  {post:<14}  {said}".rstrip())


def page_text(slug: Slug, as_json: Json = False) -> None:
    """Print the page of a live blog as text."""
    with installation():
        from asithappened.log import read
        from asithappened.syndication.page_text import page_text as as_text

        blog = blog_of(slug)
        text = as_text(read.blog(blog), read.posts(blog))
        if as_json:
            print_json({"slug": read.blog(blog).slug, "text": text})
        else:
            print(text, end="")


def search(
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help="What has to occur, all of it, in any order.")],
    slug: Annotated[str | None, typer.Option("--blog", metavar="SLUG", help="In this live blog alone.")] = None,
    best: Annotated[bool, typer.Option("--best", help="In the headline first.")] = False,
    as_json: Json = False,
) -> None:
    """Print what readers find: the newest twenty."""
    with installation():
        from django.conf import settings

        from asithappened.log import read
        from asithappened.render.edition import edition_of
        from asithappened.search.finding import TooLong
        from asithappened.search.results import Asking, look

        blog = None if slug is None else blog_of(slug)
        if blog is not None and not read.blog(blog).listed:
            raise Stop(Exit.REFUSED, "Only what everyone may read is searched, and no replay. `list` says who may.")
        try:
            results = look(Asking(typed=" ".join(words), best=best), blog=blog)
        except TooLong as why:
            raise Stop(Exit.REFUSED, "That took too long. Add a word.") from why
        found = [
            {
                "url": settings.PUBLIC_URL + (edition.post_path(post.id) if post else edition.path),
                "published_at": post.published_at.isoformat() if post and post.published_at else None,
                "title": (post.title if post else "") or item.blog.title,
            }
            for item in results.items
            for edition, post in [(edition_of(item.blog), item.post)]
        ]
        if as_json:
            print_json({"found": found, "more": results.older is not None})
            return
        for one in found:
            print(f"{one['published_at'] or '':<25.25}  {one['url']}  {one['title']}")
        if not found:
            print("Nothing is found. `doctor` says how far the index is.")


def rebuild_published(
    slug: Annotated[str | None, typer.Argument(metavar="[SLUG]", help="One live blog; all of them, if none.")] = None,
    as_json: Json = False,
) -> None:
    """Make what readers get again, from the log alone.

    Readers notice nothing.
    """
    with installation():
        from asithappened.desk.actions.rendering import rebuild_published as rebuild

        count = len(rebuild(None if slug is None else blog_of(slug)))
        if as_json:
            print_json({"rebuilt": count})
        else:
            print(f"Made {count} live blogs again from their logs.")


def rebuild_followed(
    name: Annotated[str, typer.Argument(metavar="[NAME]", help="One of them, such as front; each, if none.")] = "",
    as_json: Json = False,
) -> None:
    """Make the front page, and whatever else follows the log, again.

    Readers have what there is until then.
    """
    with installation():
        from asithappened.wiring.work import follow_anew

        try:
            count = follow_anew(name)
        except ValueError as error:
            raise Stop(Exit.REFUSED, f"{error} Nothing was changed.") from error
        if as_json:
            print_json({"followed": count})
        else:
            print("Made again from the log." if name else f"Made all {count} again from the log.")
