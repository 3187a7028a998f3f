"""The `asithappened` command.

Owns its commands, options, exit codes, and how a refusal is said: what happened, what is safe, what to do; a traceback
only with ASITHAPPENED_TRACEBACK=1. Holds no behaviour: each command reads its arguments, calls a room, and prints.
Imports stay inside functions, so that `asithappened --help` does not wait for Django. Look next: `home`, `doctor`.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from typer.exceptions import TyperException

PROGRAM = "asithappened"


class Exit(IntEnum):
    """What the command's exit code means."""

    OK = 0
    REFUSED = 1
    USAGE = 2
    NOT_FOUND = 3
    BAD_FILE = 4
    INTERNAL = 70
    INTERRUPTED = 130


MEANINGS = {
    Exit.OK: "done",
    Exit.REFUSED: "refused, or failed: nothing half done is left behind",
    Exit.USAGE: "the command was not understood",
    Exit.NOT_FOUND: "there is no such live blog",
    Exit.BAD_FILE: "the file cannot be imported; the database is as it was",
    Exit.INTERNAL: "a fault of the program itself",
    Exit.INTERRUPTED: "stopped by Ctrl-C",
}
EPILOG = "Exit codes: " + "; ".join(f"{code.value} {meaning}" for code, meaning in MEANINGS.items()) + "."

app = typer.Typer(
    name=PROGRAM,
    help="Live blogs for newsrooms. All state lives in one folder: --home DIR, ASITHAPPENED_HOME, or .asithappened.",
    epilog=EPILOG,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
rebuild_app = typer.Typer(help="Make again what is made from the log.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(rebuild_app, name="rebuild")

Slug = Annotated[str, typer.Argument(metavar="SLUG", help="The live blog's address: SLUG of /live/SLUG/.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
Speed = Annotated[float, typer.Option(min=0.01, max=100_000, help="How many times as fast.")]
Host = Annotated[str, typer.Option(help="The address to listen on.")]
Port = Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")]


class Stop(Exception):
    """The end of a command that could not do what it was asked: a code and a sentence."""

    def __init__(self, code: Exit, message: str) -> None:
        """Keep both."""
        super().__init__(message)
        self.code = code


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command and exit with one of the codes above."""
    sys.exit(run_command(sys.argv[1:] if arguments is None else arguments))


def run_command(arguments: list[str]) -> int:
    """Run the command and return its exit code. Whatever goes wrong is said in words, on standard error."""
    try:
        code = int(app(_without_home(arguments), prog_name=PROGRAM, standalone_mode=False) or 0)
        if code == Exit.INTERRUPTED:  # what typer makes of Ctrl-C
            return _said(Exit.INTERRUPTED, "Stopped. What was written is whole; run the same command again to go on.")
        return code
    except (typer.Abort, KeyboardInterrupt):
        return _said(Exit.INTERRUPTED, "Stopped.")
    except TyperException as error:
        said = error.format_message()
        return _said(Exit.USAGE, said if said.startswith("Usage:") else f"{said.rstrip('.')}. See `{PROGRAM} --help`.")
    except Stop as stop:
        return _said(stop.code, str(stop))
    except Exception as error:
        if os.environ.get("ASITHAPPENED_TRACEBACK") == "1":
            raise
        return _said(
            Exit.INTERNAL,
            f"{PROGRAM} made a mistake of its own: {type(error).__name__}: {error}\n"
            "What was published before is safe. Run it again with ASITHAPPENED_TRACEBACK=1, and report what it says.",
        )


def _said(code: Exit, message: str) -> int:
    print(message, file=sys.stderr)
    return code


def _without_home(arguments: list[str]) -> list[str]:
    """Take --home out of the arguments, wherever it stands before `manage`, and put it where the settings look."""
    left: list[str] = []
    rest = iter(arguments)
    for argument in rest:
        if argument in {"manage", "--"}:
            return [*left, argument, *rest]
        if argument == "--home":
            folder = next(rest, "")
            # `--home --json` is a folder forgotten, not one of that name.
            os.environ["ASITHAPPENED_HOME"] = folder if folder and not folder.startswith("-") else _no_folder()
        elif argument.startswith("--home="):
            os.environ["ASITHAPPENED_HOME"] = argument.removeprefix("--home=") or _no_folder()
        else:
            left.append(argument)
    return left


def _no_folder() -> NoReturn:
    raise typer.BadParameter("--home needs a folder.")


@contextmanager
def _installation(*, migrate: bool = True) -> Iterator[None]:
    """Have Django and the database ready inside, and say a room's refusals in its own words."""
    from asithappened.wiring import home

    try:
        home.prepare() if migrate else home.load()
    except home.HomeRefused as refused:
        raise Stop(Exit.REFUSED, str(refused)) from refused
    from django.db import DatabaseError

    from asithappened.desk.actions import Busy, Refused

    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read us, `head` say, had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (Refused, Busy) as refused:
        raise Stop(Exit.REFUSED, str(refused)) from refused
    except DatabaseError as error:
        raise Stop(
            Exit.REFUSED,
            f"The database refused: {home.in_one_line(error)}. What was published before is safe. "
            f"`{PROGRAM} doctor` says more.",
        ) from error


def _blog(slug: str) -> int:
    from asithappened.log import read

    blog = read.blog_id(slug)
    if blog is None:
        raise Stop(Exit.NOT_FOUND, f"There is no live blog at /live/{slug}/ in {os.environ['ASITHAPPENED_HOME']}.")
    return blog


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False))


@contextmanager
def _progress(what: str) -> Iterator[Callable[[int, int], None] | None]:
    """Show a progress bar on a terminal; elsewhere, none."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:  # rich heeds NO_COLOR
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        print(f"{PROGRAM} {version('asithappened')}")
        raise typer.Exit


@app.callback()
def options(
    home: Annotated[
        Path | None, typer.Option(metavar="DIR", help="The folder with all state; may stand after the command too.")
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Live blogs for newsrooms. All state lives in one folder: --home DIR, ASITHAPPENED_HOME, or .asithappened."""
    # `home` never arrives: _without_home has taken it. It stands here for --help.


@app.command()
def run(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    lane: Annotated[str, typer.Option(help="How readers are served: fast, or asgi.")] = "fast",
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes that serve.")] = 1,
    metrics_port: Annotated[int | None, typer.Option(help="A port on loopback for metrics.")] = None,
    drain: Annotated[
        float, typer.Option(min=0, max=600, help="Seconds over which streams end when told to stop.")
    ] = 10,
) -> None:
    """Serve everything: readers' pages and streams, and the desk."""
    import threading

    _know_address(host, port)
    with _installation():
        _import_the_server()
        # Beside the serving: an archive of a thousand days takes minutes, and its readers have what they had before.
        threading.Thread(target=_render_what_is_outdated, daemon=True).start()
        _serve(host=host, port=port, lane=lane, workers=workers, metrics_port=metrics_port, drain_s=drain)


def _import_the_server() -> None:
    """Import what serves before any other thread begins: two threads that import at once can wait for one another.

    CPython breaks such a knot, but can hang while it does (gh-91351); a start that hung was seen on a busy machine.
    """
    import asithappened.desk.actions.rendering
    import asithappened.wiring.asgi
    import asithappened.wiring.runner  # noqa: F401


def _know_address(host: str, port: int) -> None:
    name = "localhost" if host in {"127.0.0.1", "::1", "0.0.0.0", "::"} else host  # noqa: S104 -- compared, not bound
    os.environ.setdefault("ASITHAPPENED_URL", f"http://{name}:{port}")


def _render_what_is_outdated() -> None:
    from asithappened.desk.actions.rendering import rebuild_outdated

    try:
        count = len(rebuild_outdated())
    except Exception as error:
        print(
            f"Not everything could be rendered anew for this version ({type(error).__name__}: {error}). "
            f"Readers have what they had before; `{PROGRAM} rebuild published` tries again.",
            file=sys.stderr,
        )
        return
    if count:
        print(f"Rendered {count} live blogs anew for this version.", file=sys.stderr)


def _serve(*, host: str, port: int, lane: str, **how: Any) -> None:
    from asithappened.wiring import runner

    if lane not in runner.LANES:
        raise typer.BadParameter(f"--lane is one of: {', '.join(runner.LANES)}.")
    from django.conf import settings

    print(f"Serving {settings.PUBLIC_URL}/ (stop with Ctrl-C)", file=sys.stderr)
    try:
        code = runner.serve(host=host, port=port, lane=lane, **how)
    except OSError as error:
        raise Stop(
            Exit.REFUSED,
            f"Cannot listen on {host}:{port}: {error.strerror or error}. Nothing was changed. "
            "Stop what listens there, or choose another --port.",
        ) from error
    if code:
        raise typer.Exit(code)


@app.command()
def demo(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    speed: Speed = 1.0,
    lane: Annotated[str, typer.Option(help="How readers are served: fast, or asgi.")] = "fast",
) -> None:
    """Show a live blog happening: a newsroom that does not exist covers a day that did not happen."""
    import threading

    os.environ.setdefault("ASITHAPPENED_HOME", ".asithappened-demo")
    _know_address(host, port)
    with _installation():
        from django.conf import settings
        from django.db import connection

        from asithappened.accounts.invitations import invite as make
        from asithappened.accounts.links import sign_in_link
        from asithappened.desk.demo import play

        _import_the_server()
        _render_what_is_outdated()
        day = play.begin(base_url=settings.PUBLIC_URL)
        print(f"Readers: {settings.PUBLIC_URL}/live/{day.slug}/")
        print(f"Desk:    {sign_in_link(make('demo@localhost.example', admin=True).user)}")
        print("         (signs in once; there is no password)", flush=True)
        stopping = threading.Event()

        def perform() -> None:
            try:
                play.play_on(day, base_url=settings.PUBLIC_URL, pause=stopping.wait, speed=speed)
            finally:
                connection.close()

        player = threading.Thread(target=perform, name="demo", daemon=True)
        player.start()
        try:
            _serve(host=host, port=port, lane=lane)
        finally:
            stopping.set()
            player.join(timeout=10)


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What to import.")],
    as_: Annotated[str, typer.Option("--as", metavar="FORMAT", help="guardian or page-text.")],
    slug: Annotated[str | None, typer.Option(help="The address, if not the one made of the source's own.")] = None,
    audience: Annotated[str | None, typer.Option(help="Who may read a new one: nobody, members, everyone.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done; write nothing.")] = False,
    as_json: Json = False,
) -> None:
    """Bring in a live blog from elsewhere; again, and only what changed is written."""
    with _installation():
        from asithappened.core.events import Audience
        from asithappened.importers.formats import FORMATS
        from asithappened.importers.found import ImportRefused
        from asithappened.importers.run import run as run_import

        if as_ not in FORMATS:
            raise typer.BadParameter(f"--as is one of: {', '.join(FORMATS)}.")
        if audience is not None and audience not in list(Audience):
            raise typer.BadParameter(f"--audience is one of: {', '.join(Audience)}.")
        try:
            with _progress("Importing") as progress:
                report = run_import(
                    file,
                    as_,
                    slug=slug,
                    audience=None if audience is None else Audience(audience),
                    dry_run=dry_run,
                    progress=progress,
                )
        except ImportRefused as refused:
            raise Stop(Exit.BAD_FILE, str(refused)) from refused
        if as_json:
            _print_json(report.as_json())
        else:
            print(report.as_text())


@app.command()
def replay(
    slug: Slug,
    speed: Speed = 60.0,
    into: Annotated[
        str | None, typer.Option(metavar="SLUG", help="The new one's address; SLUG-replay if none.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Let a finished live blog happen again, in a new one; stopped and started again, it goes on."""
    with _installation():
        from asithappened.desk.replay import NoSuchBlog, NotPlayed
        from asithappened.desk.replay import replay as play

        try:
            with _progress("Replaying") as progress:
                played = play(slug, speed=speed, into=into, progress=progress)
        except NoSuchBlog as refused:
            raise Stop(Exit.NOT_FOUND, str(refused)) from refused
        except NotPlayed as refused:
            raise Stop(Exit.REFUSED, str(refused)) from refused
        if as_json:
            _print_json({"slug": played.slug, "steps": played.steps, "new": played.new})
        else:
            print(f"/live/{played.slug}/: {played.steps} steps, {played.new} of them new.")


@app.command()
def log(slug: Slug, as_json: Json = False) -> None:
    """Print the public log of a live blog, one event a line; not a word of what was withdrawn or erased."""
    with _installation():
        from asithappened.log import read
        from asithappened.syndication import json_lines

        blog = _blog(slug)
        for line in json_lines.lines(read.facts(blog), json_lines.last_withdrawals(read.facts(blog))):
            if as_json:
                _print_json(line)
            else:
                said = (line["payload"] or {}).get("title", "")
                post = line["post"] or "-"
                print(f"{line['seq']:>6}  {line['at'][:19]}Z  {line['kind']:<20}  {post:<14}  {said}".rstrip())


@app.command("page-text")
def page_text(slug: Slug, as_json: Json = False) -> None:
    """Print the page of a live blog as text."""
    with _installation():
        from asithappened.log import read
        from asithappened.syndication.page_text import page_text as as_text

        blog = _blog(slug)
        text = as_text(read.blog(blog), read.posts(blog))
        if as_json:
            _print_json({"slug": read.blog(blog).slug, "text": text})
        else:
            print(text, end="")


@rebuild_app.command("published")
def rebuild_published(
    slug: Annotated[str | None, typer.Argument(metavar="[SLUG]", help="One live blog; all of them, if none.")] = None,
    as_json: Json = False,
) -> None:
    """Make what readers get again, from the log alone. Readers notice nothing."""
    with _installation():
        from asithappened.desk.actions.rendering import rebuild_published as rebuild

        count = len(rebuild(None if slug is None else _blog(slug)))
        if as_json:
            _print_json({"rebuilt": count})
        else:
            print(f"Made {count} live blogs again from their logs.")


@app.command()
def doctor(as_json: Json = False) -> None:
    """Say whether this installation is fit for a day's coverage, and what to do if it is not."""
    with _installation(migrate=False):
        from asithappened.wiring import doctor as checks

        findings = checks.examine()
        if as_json:
            print(checks.as_json(findings))
        else:
            for finding in findings:
                print(f"{finding.result:<4}  {finding.check:<10}  {finding.says}")
                if finding.do:
                    print(f"{'':<18}{finding.do}")
        if any(finding.result == "fail" for finding in findings):
            raise typer.Exit(Exit.REFUSED)


@app.command()
def invite(
    email: Annotated[str, typer.Argument(metavar="EMAIL", help="Who is to sign in.")],
    admin: Annotated[bool, typer.Option("--admin", help="May do everything, on every live blog.")] = False,
    name: Annotated[str, typer.Option(help="The byline.")] = "",
    reset: Annotated[
        bool,
        typer.Option("--reset-second-factor", help="Forget a lost authenticator, passkeys, recovery codes."),
    ] = False,
    as_json: Json = False,
) -> None:
    """Make an account, if there is none, and print a one-time link to sign in with."""
    with _installation():
        from django.core.exceptions import ValidationError

        from asithappened.accounts.invitations import forget_second_factors
        from asithappened.accounts.invitations import invite as make
        from asithappened.accounts.links import sign_in_link

        try:
            vouched = make(email, admin=admin, byline=name)
        except ValidationError as error:
            raise Stop(Exit.REFUSED, f"{' '.join(error.messages)} No account was made.") from error
        user = vouched.user
        forgotten = forget_second_factors(user) if reset else 0
        link = sign_in_link(user)
        if vouched.shut_out:
            print(vouched.shut_out, file=sys.stderr)
        if as_json:
            _print_json({"email": user.email, "link": link, "forgotten": forgotten})
        else:
            print(link)


@app.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True}, add_help_option=False)
def manage(context: typer.Context) -> None:
    """Run a command of Django's own: `asithappened manage shell`."""
    with _installation(migrate=False):
        from django.core.management import execute_from_command_line

        execute_from_command_line([f"{PROGRAM} manage", *context.args])


if __name__ == "__main__":
    main()
