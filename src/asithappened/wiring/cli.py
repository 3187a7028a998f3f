"""The `asithappened` command.

Owns the names of its commands, `--home`, and the form of a refusal: what happened, what is safe, what to do; a
traceback only with ASITHAPPENED_TRACEBACK=1. Imports of Django stay inside functions, so that `asithappened --help`
does not wait for it. Look next: `commands` for each command, `exits` for the exit codes, `home`, `doctor`.
"""

import inspect
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from typer.exceptions import TyperException

from asithappened.wiring.commands import blogs, jobs, keeping, ledger, mail, media, safety, serving
from asithappened.wiring.exits import MEANINGS, PROGRAM, Exit, Stop

EPILOG = "Exit codes: " + "; ".join(f"{code.value} {meaning}" for code, meaning in MEANINGS.items()) + "."

app = typer.Typer(
    name=PROGRAM,
    epilog=EPILOG,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
rebuild_app = typer.Typer(help="Make again what is made from the log.", no_args_is_help=True, rich_markup_mode=None)

jobs_app = typer.Typer(help="Settle jobs that wait for a person's word.", no_args_is_help=True, rich_markup_mode=None)

media_app = typer.Typer(help="The files of pictures, films and sounds.", no_args_is_help=True, rich_markup_mode=None)

lexicon_app = typer.Typer(
    help="The lists of words that `suggest` reads by.", no_args_is_help=True, rich_markup_mode=None
)

mail_app = typer.Typer(help="Letters to people, by the mail server.", no_args_is_help=True, rich_markup_mode=None)


def _named(where: typer.Typer, name: str, command: Callable[..., Any], **settings: Any) -> None:
    # The docstring's whole first line: typer would cut it at the end of the help's column.
    first = (inspect.getdoc(command) or "").partition("\n")[0]
    where.command(name, short_help=first, **settings)(command)


_named(app, "demo", serving.demo)
_named(app, "run", serving.run)
_named(app, "list", blogs.list_)
_named(app, "import", blogs.import_)
_named(app, "replay", blogs.replay)
_named(app, "log", blogs.log)
_named(app, "page-text", blogs.page_text)
_named(app, "search", blogs.search)
_named(app, "suggest", ledger.suggest)
_named(lexicon_app, "check", ledger.lexicon_check)
app.add_typer(lexicon_app, name="lexicon")
_named(rebuild_app, "published", blogs.rebuild_published)
_named(rebuild_app, "followed", blogs.rebuild_followed)
app.add_typer(rebuild_app, name="rebuild")
_named(jobs_app, "list", jobs.list_)
_named(jobs_app, "again", jobs.again)
_named(jobs_app, "discard", jobs.discard)
_named(jobs_app, "arrived", jobs.arrived)
app.add_typer(jobs_app, name="jobs")
_named(media_app, "list", media.list_)
_named(media_app, "show", media.show)
_named(media_app, "sweep", media.sweep)
_named(media_app, "fetch", media.fetch)
app.add_typer(media_app, name="media")
_named(mail_app, "test", mail.test)
app.add_typer(mail_app, name="mail")
_named(app, "doctor", keeping.doctor)
_named(app, "address", keeping.address)
_named(app, "backup", safety.backup)
_named(app, "restore", safety.restore)
_named(app, "invite", keeping.invite)
_named(app, "deactivate", keeping.deactivate)
_named(
    app,
    "manage",
    keeping.manage,
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
    add_help_option=False,
)


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command and exit with one of the codes of `exits`."""
    sys.exit(run_command(sys.argv[1:] if arguments is None else arguments))


def run_command(arguments: list[str]) -> int:
    """Run the command and return its exit code. Every failure is a sentence on standard error."""
    try:
        code = int(app(_without_home(arguments), prog_name=PROGRAM, standalone_mode=False) or 0)
        if code == Exit.INTERRUPTED:  # typer's code for Ctrl-C
            return _said(Exit.INTERRUPTED, "Stopped. What was written is whole; run the same command again to go on.")
        return code
    except (typer.Abort, KeyboardInterrupt):
        return _said(Exit.INTERRUPTED, "Stopped.")
    except TyperException as error:
        return _said(Exit.USAGE, _with_next_step(error.format_message()))
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


def _with_next_step(said: str) -> str:
    if said.startswith("Usage:"):
        return said
    end = "" if said.rstrip().endswith((".", "?", "!")) else "."
    return f"{said.rstrip()}{end} See `{PROGRAM} --help`."


def _said(code: Exit, message: str) -> int:
    print(message, file=sys.stderr)
    return code


def _without_home(arguments: list[str]) -> list[str]:
    """Return the arguments without --home, from anywhere before `manage`, and set ASITHAPPENED_HOME to it."""
    left: list[str] = []
    rest = iter(arguments)
    for argument in rest:
        if argument in {"manage", "--"}:
            return [*left, argument, *rest]
        if argument == "--home":
            folder = next(rest, "")
            # In `--home --json` the folder is missing; --json is not its name.
            os.environ["ASITHAPPENED_HOME"] = folder if folder and not folder.startswith("-") else _no_folder()
        elif argument.startswith("--home="):
            os.environ["ASITHAPPENED_HOME"] = argument.removeprefix("--home=") or _no_folder()
        else:
            left.append(argument)
    return left


def _no_folder() -> NoReturn:
    raise typer.BadParameter("--home needs a folder.")


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
    """Live blogs for newsrooms. Begin with `asithappened demo`: it shows one happening.

    All state lives in one folder: --home DIR, ASITHAPPENED_HOME, or .asithappened in the working directory.
    """
    # `home` is never set, because _without_home has removed it. It is here for --help.


if __name__ == "__main__":
    main()
