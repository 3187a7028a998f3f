"""The word lists that suggestions use: ours, the newsroom's own, and outlets that it learned from its people.

Owns that they are up to date: a changed file, or an outlet that was learned or forgotten on another machine, is read at
the next request. Look next: `ledger.language.lexicon`.
"""

import logging
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Final

from django.conf import settings
from django.db.models import Count, Max

from asithappened.core.text import one_line
from asithappened.desk.models import LearnedOutlet
from asithappened.ledger.accepted import AcceptedStatement, AnyAccepted
from asithappened.ledger.language import lexicon
from asithappened.log import read

_log = logging.getLogger(__name__)
_Stamp = tuple[object, ...]
_LOCK: Final = Lock()
_read: list[_Stamp] = []  # the stamp of the lists in use; one or none
_CHARS: Final = 60  # of a name; a longer text is a description
_KIND: Final = "site"  # the kind of a learned outlet, of which nothing else is known


def refresh() -> None:
    """Read the lists again if they changed."""
    folder = Path(settings.HOME) / "lexicons"
    with _LOCK:
        stamp = _stamp(folder)
        if _read != [stamp]:
            _use(folder)
            _read[:] = [stamp]


def _stamp(folder: Path) -> _Stamp:
    files = sorted(folder.glob("*/*.txt")) if folder.is_dir() else []
    taught = LearnedOutlet.objects.aggregate(Count("pk"), Max("pk"))
    return (*((str(file), file.stat().st_mtime_ns) for file in files), *taught.values())


def _use(folder: Path) -> None:
    taught: dict[tuple[str, str], dict[str, tuple[str, ...]]] = {}
    for one in LearnedOutlet.objects.all():
        taught.setdefault((one.language, "outlets"), {})[lexicon.folded(one.name)] = (_KIND, one.name)
    try:
        lexicon.use(folder, taught)
    except lexicon.LexiconError as error:
        _log.warning("The newsroom's own lists of words cannot be used, and ours alone are: %s", error)
        lexicon.use(None, taught)


def teach(rows: Sequence[AnyAccepted], *, blog: int, by: int) -> None:
    """Learn the outlets that somebody wrote into rows and that no list has. They can be removed again."""
    outlets = [relay.outlet for row in rows if isinstance(row, AcceptedStatement) for relay in row.relays]
    if not outlets:
        return
    refresh()
    short = read.blog(blog).language.partition("-")[0].lower()
    known = lexicon.load(short, "outlets")
    usual = {values[1] for values in known.values() if len(values) > 1}
    for name in map(one_line, outlets):
        fits = 1 < len(name) <= _CHARS and name[:1].isupper()
        if fits and name not in usual and lexicon.folded(name) not in known:
            LearnedOutlet.objects.get_or_create(language=short, name=name, defaults={"by_id": by})
