"""`media`: lists the files of pictures, films and sounds, fetches those of other sites, and deletes unused ones."""

from typing import Annotated, Any

import typer

from asithappened.wiring.commands.inside import Json, Slug, blog_of, installation, print_json, progress
from asithappened.wiring.exits import PROGRAM, Exit, Stop

Id = Annotated[str, typer.Argument(metavar="ID", help="The file's, as `media list` has it.")]


def list_(as_json: Json = False) -> None:
    """Name all files, the newest first."""
    with installation():
        from asithappened.media.mentions import mentioned
        from asithappened.media.models import Media

        rows = list(Media.objects.order_by("-created", "pk"))
        shown = mentioned([row.pk for row in rows])
        if as_json:
            print_json(
                [
                    {"id": row.pk, "state": row.state, "kind": row.kind, "width": row.width, "height": row.height,
                     "bytes": row.bytes, "digest": row.digest, "created": row.created.isoformat(),
                     "mentioned": row.pk in shown}
                    for row in rows
                ]
            )  # fmt: skip
            return
        for row in rows:
            size = f"{row.width} × {row.height}" if row.width else ""
            used = "in a post" if row.pk in shown else "in no post"
            print(f"{row.pk:<32}  {row.state:<8}  {row.kind:<8}  {size:<13}  {row.bytes // 1024:>8,} kB  {used}")
        if not rows:
            print("There is none.")


def show(file: Id, as_json: Json = False) -> None:
    """Say what a file is, who brought it where, and which posts mention it."""
    with installation():
        from msgspec import convert

        from asithappened.core.rules import Refusal
        from asithappened.log import read
        from asithappened.media.models import Media, Mention
        from asithappened.media.store import store

        row = Media.objects.filter(pk=file).first()
        if row is None:
            raise Stop(Exit.NOT_FOUND, f"There is no such file. `{PROGRAM} media list` names those that there are.")
        uses = [(read.blog(use.blog_id).slug, use.by.email) for use in row.uses.select_related("by").order_by("at")]
        posts = [f"/live/{read.blog(m.blog).slug}/p/{m.post}/" for m in Mention.objects.filter(media=file)]
        if as_json:
            print_json(
                {"id": row.pk, "state": row.state, "refusal": row.refusal, "kind": row.kind, "digest": row.digest,
                 "bytes": row.bytes, "on_disk": store().bytes_on_disk(row.pk), "found": row.found,
                 "brought": [{"blog": slug, "by": email} for slug, email in uses], "mentioned": posts}
            )  # fmt: skip
            return
        print(f"{row.pk}: {row.state}{': ' + convert(row.refusal, Refusal).message if row.refusal else ''}")
        print(f"{row.media_type or 'not looked at yet'}, {row.width} × {row.height}, SHA-256 {row.digest}")
        print(f"{row.bytes:,} bytes as it came; {store().bytes_on_disk(row.pk):,} bytes of files on this machine")
        for slug, email in uses:
            print(f"Brought into /live/{slug}/ by {email}")
        for post in posts:
            print(f"Mentioned by {post}")


def sweep(as_json: Json = False) -> None:
    """Delete what nobody used for a week, and partial uploads of which nothing came for a day."""
    with installation():
        from asithappened.desk.waiting_words import mentioned
        from asithappened.media.deletion import sweep as let_go

        gone = let_go(mentioned)
        if as_json:
            print_json(gone)
        else:
            print("\n".join(gone) if gone else "There was nothing to let go of.")


By = Annotated[
    str, typer.Option("--by", metavar="EMAIL", help="Who brings them in; a site administrator, if not given.")
]


Again = Annotated[bool, typer.Option("--again", help="Ask once more for what was found not to be there.")]


def fetch(slug: Slug, by: By = "", again: Again = False, as_json: Json = False) -> None:
    """Bring in what a live blog names by an address alone: pictures, and the words of posts and films.

    Again, or after an interruption: what is still missing.
    """
    with installation():
        outcomes = fetched(blog_of(slug), by, again=again)
        if as_json:
            print_json(outcomes)
        else:
            print(as_text(outcomes))


def fetched(blog: int, email: str, *, again: bool = False) -> list[dict[str, Any]]:
    """Fetch what a live blog names by an address alone, and return the outcome of each."""
    from django.conf import settings
    from msgspec import to_builtins

    from asithappened.accounts.models import User
    from asithappened.desk.actions.fetching import Seeking, fetch_elsewhere
    from asithappened.outbound import Guard

    people = User.objects.filter(is_active=True, **({"email": email} if email else {"is_superuser": True}))
    by = people.order_by("pk").first()
    if by is None:
        nobody = f"Nobody here has the address {email}" if email else "Nobody administers this installation yet"
        raise Stop(Exit.NOT_FOUND, f"{nobody}. `{PROGRAM} invite EMAIL --admin` invites somebody.")
    seeking = Seeking(blog=blog, by=by, guard=Guard(settings.OUTBOUND_TO), again=again)
    with progress("Fetching") as told:
        return [to_builtins(outcome) for outcome in fetch_elsewhere(seeking, progress=told)]


def as_text(outcomes: list[dict[str, Any]]) -> str:
    """Return the outcomes as text, with a line for each failure."""
    if not outcomes:
        return "Nothing is named by an address alone."
    missing = [one for one in outcomes if one["why"]]
    lines = [f"Not brought in, in {one['post']}: {one['src']}\n  {one['why']}" for one in missing]
    gone = sum(one["lasting"] for one in missing)
    lines.append(f"{len(outcomes) - len(missing)} of {len(outcomes)} brought in.")
    if gone:
        lines.append(f"{gone} are not asked for again, unless with --again.")
    if len(missing) > gone:
        lines.append(f"{len(missing) - gone} may be had another time: run it again.")
    return "\n".join(lines)
