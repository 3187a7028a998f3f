"""The `asithappened` command, run to its end in a process of its own that need not import everything first.

A process that has imported what no home decides (`LOADED`) is kept, and forks one for each command: two thirds of a
command's time are imports, and the tests give hundreds. What a home decides, the settings and the models, each imports
for itself. Servers, and what is killed or talked to while it runs, are started as `python -m asithappened.wiring.cli`.
"""

import multiprocessing
import os
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Final

# Of these nothing may import the settings or a model; a command's own imports would then be another home's.
LOADED: Final = (
    "asithappened.core.fold",
    "asithappened.ledger.stale.sweep",
    "asithappened.outbound",
    "asithappened.render.page",
    "asithappened.wiring.cli",
    "cryptography.hazmat.primitives.serialization",
    "django.core.management",
    "django.db.migrations.executor",
    "django.template.defaulttags",
    "django.views.generic",
    "pydantic.fields",
    "typer._adapters",
)
_forks: Final = multiprocessing.get_context("forkserver")
_forks.set_forkserver_preload(list(LOADED))


def ran(
    *arguments: str, environment: dict[str, str], limit_s: float = 60, program: str = "asithappened.wiring.cli"
) -> subprocess.CompletedProcess[str]:
    """Run the command as a person does, and return its exit code and what it printed. Raises TimeoutExpired.

    `program`: another module whose `main` is run, with these arguments.
    """
    with tempfile.TemporaryDirectory() as folder:
        printed, said = Path(folder, "printed"), Path(folder, "said")
        process = _forks.Process(target=_run, args=(program, arguments, environment, printed, said))
        process.start()
        process.join(limit_s)
        if process.exitcode is None:
            process.kill()
            process.join()
            raise subprocess.TimeoutExpired(arguments, limit_s, printed.read_text(), said.read_text())
        return subprocess.CompletedProcess(arguments, process.exitcode, printed.read_text(), said.read_text())


def _run(program: str, arguments: tuple[str, ...], environment: dict[str, str], printed: Path, said: Path) -> None:
    for descriptor, path in ((0, Path(os.devnull)), (1, printed), (2, said)):
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        os.dup2(file, descriptor)
        os.close(file)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv[1:] = arguments
    try:
        import_module(program).main()
    finally:  # a fork ends at once, and a process that ends closes its databases first
        from django.conf import settings
        from django.db import connections

        if settings.configured:
            connections.close_all()
