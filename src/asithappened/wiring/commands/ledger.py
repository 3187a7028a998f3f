"""`suggest`: prints suggestions for a text or a live blog; `lexicon check`: checks the lists of words.

Neither needs an installation, except for a live blog.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from asithappened.wiring.commands.inside import Json, blog_of, installation, print_json, printing
from asithappened.wiring.exits import PROGRAM, Exit, Stop

if TYPE_CHECKING:
    from asithappened.ledger.gate import Dropped
    from asithappened.ledger.model.asking import ModelSuggester
    from asithappened.ledger.suggester import Suggester
    from asithappened.ledger.views import BlogView


def suggest(
    what: Annotated[
        str, typer.Argument(metavar="FILE|-|SLUG", help="A text, - for what comes in, or a live blog's address.")
    ],
    language: Annotated[
        str, typer.Option(metavar="CODE", help="What a text is written in; a live blog says so itself.")
    ] = "en",
    with_: Annotated[
        list[str] | None,
        typer.Option("--with", metavar="NAME", help="Ask a suggester of another package too; may be said again."),
    ] = None,
    model: Annotated[bool, typer.Option("--model", help="Ask the configured language model too.")] = False,
    as_json: Json = False,
) -> None:
    """Suggest who said what, on whose word, how sure and how many, from the words alone.

    A page saved as text is read post by post, any other text as one post. Nothing is kept. docs/suggesters.md says what
    else than our own rules can be asked.
    """
    from asithappened.ledger import reading, report

    _use_own_lists()
    _check_language(language)
    blog = _blog(what, language)
    dropped: list[Dropped] = []
    with _suggesters(with_ or [], what if model else "") as suggesters:
        suggestions = reading.read_page(blog, suggesters, tell=dropped.append)
    with printing():
        if as_json:
            print_json(report.as_json(suggestions))
        else:
            print(report.as_text(suggestions, blog), end="")
    for line in report.faults(dropped):
        print(line, file=sys.stderr)


def lexicon_check(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[FOLDER]", help="A newsroom's own lists; those of the home, if none.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Check lists of words, ours and a newsroom's own, and name each line at fault.

    docs/lexicons.md says how they are read and mended.
    """
    from asithappened.ledger.language import lexicon

    if folder is not None and not folder.is_dir():
        raise Stop(Exit.REFUSED, f"There is no folder {folder}. Nothing was checked. Name one that holds en/….txt.")
    own = folder or _own_lists()
    checked = [None, own] if own.is_dir() else [None]
    faults = [fault for one in checked for fault in lexicon.faults_in(one)]
    counts = [lexicon.count_in(one) for one in checked]
    if as_json:
        print_json(
            {
                "ours": str(lexicon.OURS),
                "own": str(own),
                "lists": sum(lists for lists, _ in counts),
                "entries": sum(entries for _, entries in counts),
                "faults": [{"file": one.file, "line": one.line, "what": one.what} for one in faults],
            }
        )
    else:
        for fault in faults:
            print(fault)
        for name, where, (lists, entries) in zip(("Ours", "Your own"), (lexicon.OURS, own), counts, strict=False):
            print(f"{name}: {lists} lists, {entries:,} entries, in {where}")
        if len(counts) == 1:
            print(f"Your own: none yet; they would be in {own}")
        if not faults:
            print("Nothing is at fault.")
    if faults:
        raise typer.Exit(Exit.REFUSED)


def _own_lists() -> Path:
    from asithappened.wiring import home

    return home.folder() / "lexicons"


def _use_own_lists() -> None:
    from asithappened.ledger.language import lexicon

    try:
        lexicon.use(_own_lists())
    except lexicon.LexiconError as error:
        raise Stop(
            Exit.REFUSED,
            f"{error}\nThese lists of words cannot be used. Nothing was read, nothing was changed. "
            f"Mend each line, then try `{PROGRAM} lexicon check`.",
        ) from error


def _check_language(language: str) -> None:
    from asithappened.ledger.language import lexicon

    if language.partition("-")[0].lower() not in lexicon.languages():
        raise typer.BadParameter(f"--language is one that there are lists for: {', '.join(lexicon.languages())}.")


def _blog(what: str, language: str) -> "BlogView":
    if what == "-":
        return _read(sys.stdin.buffer.read(_most() + 1), language)
    path = Path(what)
    if path.exists() and not path.is_dir():
        try:
            with path.open("rb") as file:
                return _read(file.read(_most() + 1), language)
        except OSError as error:
            raise Stop(
                Exit.BAD_FILE,
                f"{path} cannot be read: {error.strerror}. Nothing was changed. Give yourself the right to read it.",
            ) from error
    from asithappened.core.slugs import is_slug

    if not is_slug(what):
        kind = "is a folder" if path.is_dir() else "is not there"
        raise Stop(Exit.BAD_FILE, f"The file {what} {kind}. Nothing was read. Name a text, or a live blog's address.")
    return _of_installation(what)


@contextmanager
def _suggesters(names: list[str], model_about: str) -> "Iterator[tuple[Suggester, ...]]":
    """Yield our suggesters, the configured and named plug-ins, and the model if `model_about` names a text for it."""
    from asithappened.ledger import plugins
    from asithappened.ledger.ours import OURS
    from asithappened.ledger.plugin_process import Plugin
    from asithappened.wiring.suggesters import plugins_named

    if names and (unknown := [name for name in names if name not in plugins.names()]):
        there = ", ".join(plugins.names()) or "none"
        raise typer.BadParameter(f"No installed package offers a suggester {unknown[0]!r}. There are: {there}.")
    with ExitStack() as running:
        chosen = dict.fromkeys([*plugins_named(os.environ), *names])
        plugged = [running.enter_context(Plugin(name)) for name in chosen]
        yield (*OURS, *plugged, *([_model(model_about)] if model_about else []))


def _model(what: str) -> "ModelSuggester":
    """Return the suggester that asks the model about a file, or about a live blog that it may read. Raises Stop."""
    from asithappened.ledger.model.asking import ModelSuggester
    from asithappened.wiring.suggesters import model_for, model_in

    def tell(line: str) -> None:
        print(line, file=sys.stderr)

    try:
        model = model_in(os.environ)
    except ValueError as error:
        raise Stop(Exit.REFUSED, f"{error} Nothing was sent.") from error
    if model is None:
        raise Stop(
            Exit.REFUSED,
            "No language model is configured, so nothing was sent. Name one in ASITHAPPENED_MODEL_URL and "
            "ASITHAPPENED_MODEL (docs/suggesters.md), or leave --model out.",
        )
    if what == "-" or Path(what).exists():
        return ModelSuggester(model, tell=tell)
    asking = model_for(what, model, tell=tell)
    if asking is None:
        raise Stop(
            Exit.REFUSED,
            f"The language model may not read {what}, so nothing was sent. Its owner agreed? Then add {what} to "
            "ASITHAPPENED_MODEL_BLOGS.",
        )
    return asking


def _most() -> int:
    from asithappened.importers.reading import FILE_BYTES

    return FILE_BYTES


def _read(raw: bytes, language: str) -> "BlogView":
    from asithappened.importers.found import ImportRefused
    from asithappened.wiring.suggesting import blog_in

    try:
        return blog_in(raw, language)
    except ImportRefused as refused:
        raise Stop(Exit.BAD_FILE, str(refused)) from refused


def _of_installation(slug: str) -> "BlogView":
    from asithappened.wiring import home

    if not home.folder().is_dir():
        raise Stop(
            Exit.NOT_FOUND,
            f"There is no file {slug} here, and no home at {home.folder()} with a live blog of that address. "
            "Nothing was made. Name a file, or a home with --home.",
        )
    with installation():
        from asithappened.ledger.views import of_posts
        from asithappened.log import read

        blog = blog_of(slug)
        return of_posts(read.posts(blog), language=read.blog(blog).language)
