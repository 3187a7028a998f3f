"""What `asithappened doctor` looks at: whether this installation can be trusted with a day's coverage.

Owns the checks, each a function that answers with one Finding: ok, warn or fail, and what to do. Never repairs.
"""

import json
import os
import shutil
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

MB: Final = 1024 * 1024
DISK_FAIL_BYTES: Final = 100 * MB  # the log, its WAL and a backup of a year of live blogs
DISK_WARN_BYTES: Final = 1024 * MB
# Nothing that this program can store is older than itself; a clock before then was never set.
BORN: Final = datetime(2026, 1, 1, tzinfo=UTC)
PATIENCE_S: Final = 1.0
OVERDUE_S: Final = 60.0  # a worker looks every second; one that was killed is followed within a quarter of that


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What one check found. `do`: what to do about it, where something is to be done."""

    check: str
    result: Literal["ok", "warn", "fail"]
    says: str
    do: str = ""


def examine() -> list[Finding]:
    """Run every check that can be run; one that breaks is a failure with its own words."""
    findings: list[Finding] = []
    for name, check in CHECKS.items():
        if name in _OF_TABLES and any(f.check == "tables" and (f.result == "fail" or f.says == _NEW) for f in findings):
            continue  # of tables that are not there all of them would say the same
        findings.append(_answer(name, check))
    return findings


def _answer(name: str, check: Callable[[], Finding]) -> Finding:
    from django.db import DatabaseError

    from asithappened.wiring.home import HomeRefused, in_one_line

    try:
        return check()
    except HomeRefused as refused:
        says, do = str(refused), ""
    except DatabaseError as error:
        says = f"the database cannot be used: {in_one_line(error)}"
        do = "Restore the last good backup; with PostgreSQL, see that it runs, and that ASITHAPPENED_DATABASE is right."
    except Exception as error:  # a doctor does not faint
        says, do = f"{type(error).__name__}: {error}", "Report this, with the line above."
    return Finding(check=name, result="fail", says=says, do=do)


def sqlite() -> Finding:
    """Is the SQLite in use one that two connections can share?"""
    from django.db import connection

    from asithappened.wiring.settings import SQLITE_VERSION
    from asithappened.wiring.sqlite import is_safe

    if connection.vendor != "sqlite":
        return Finding(check="database", result="ok", says="PostgreSQL")
    if is_safe(SQLITE_VERSION):
        return Finding(check="database", result="ok", says=f"SQLite {SQLITE_VERSION}")
    return Finding(
        check="database",
        result="warn",
        says=f"SQLite {SQLITE_VERSION} can corrupt a database that two processes write to",
        do="Run one process only, or use Python with SQLite 3.51.3 or newer, or PostgreSQL.",
    )


def whole() -> Finding:
    """Does the database say that it is whole, and the one of drafts?"""
    from django.db import DEFAULT_DB_ALIAS, connection, connections

    if connection.vendor != "sqlite":
        return Finding(check="integrity", result="ok", says="PostgreSQL looks after its own")
    for alias in connections:
        if answer := _damage(connections[alias]):
            file = Path(connections[alias].settings_dict["NAME"])
            do = (
                "Restore the last good backup."
                if alias == DEFAULT_DB_ALIAS
                else f"Stop the server, move {file.name} aside and start it again: only what was in it is lost."
            )
            return Finding(check="integrity", result="fail", says=f"{file.name} is damaged: {answer}", do=do)
    return Finding(check="integrity", result="ok", says="the database is whole")


def _damage(connection: "BaseDatabaseWrapper") -> str:
    """Return what SQLite says is wrong with a file; "" if nothing is, or the file is not there yet."""
    from django.db import DatabaseError

    if not Path(connection.settings_dict["NAME"]).exists():
        return ""
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA quick_check(1)")
            answer: str = cursor.fetchone()[0]
    except DatabaseError as error:  # no database at all, by its first bytes
        return str(error)
    return "" if answer == "ok" else answer


def clock() -> Finding:
    """Could it be what the clock says?"""
    from asithappened.log.models import Entry

    now = datetime.now(UTC)
    newest = Entry.objects.order_by("-at").values_list("at", flat=True).first()
    if now < BORN or (newest is not None and (newest - now).total_seconds() > 60):
        return Finding(
            check="clock",
            result="fail",
            says=f"the clock says {now:%Y-%m-%d %H:%M} UTC, which is before events that are in the log",
            do="Set the machine's clock, and keep it set (NTP). Posts would carry a wrong time.",
        )
    return Finding(check="clock", result="ok", says=f"{now:%Y-%m-%d %H:%M:%S} UTC")


def disk() -> Finding:
    """Is there room for a day?"""
    from django.conf import settings

    free = shutil.disk_usage(settings.HOME).free
    says = f"{free // MB:,} MB free at the home folder"
    if free < DISK_FAIL_BYTES:
        return Finding(check="disk", result="fail", says=says, do="Free some space: a full disk refuses every publish.")
    if free < DISK_WARN_BYTES:
        return Finding(check="disk", result="warn", says=says, do="Free some space before a big day.")
    return Finding(check="disk", result="ok", says=says)


def home() -> Finding:
    """May this user write there, and nobody else read the keys?"""
    from django.conf import settings

    from asithappened.wiring.home import private_files

    folder = Path(settings.HOME)
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        return Finding(check="home", result="fail", says=f"{folder} cannot be written to", do="Change its owner.")
    loose = [path for path in private_files(folder) if path.stat().st_mode & 0o077]
    if loose:
        says = f"others can read {', '.join(path.name for path in loose)}"
        return Finding(check="home", result="fail", says=says, do=f"chmod 600 {' '.join(map(str, loose))}")
    return Finding(check="home", result="ok", says=str(folder))


def tables() -> Finding:
    """Has the database had every migration?"""
    from asithappened.wiring.home import is_new, pending, unknown

    if is_new():
        return Finding(check="tables", result="ok", says=_NEW)
    if newer := unknown():
        return Finding(
            check="tables",
            result="fail",
            says=f"the database was used by a newer version of this program, which has {newer[0]}",
            do="Install that version again, or restore a backup that was made before.",
        )
    missing = pending()
    if missing:
        return Finding(
            check="tables",
            result="fail",
            says=f"the database is older than this program by {len(missing)} migrations",
            do="Run any other command once (or `asithappened manage migrate`).",
        )
    return Finding(check="tables", result="ok", says="every migration was applied")


def erased() -> Finding:
    """Is what was erased gone from the database's files, too?"""
    from asithappened.log.scrub import owed_since

    since = owed_since()
    if since is None:
        return Finding(check="erased", result="ok", says="nothing that was erased lies in the database's files")
    return Finding(
        check="erased",
        result="warn",
        says=f"words erased at {since:%Y-%m-%d %H:%M} UTC lie in the database's files still, and somebody reads them",
        do="`asithappened run` goes on trying. End backups, exports and transactions that have been open since then.",
    )


def jobs() -> Finding:
    """Is everything done that was due?"""
    from asithappened.jobs import stopped
    from asithappened.jobs.clock import CLOCK
    from asithappened.wiring.work import work

    now = CLOCK.now()
    counts, waiting = stopped.counts(now), stopped.stopped()
    if waiting:
        newest = waiting[0]
        others = f", and {len(waiting) - 1} more" if len(waiting) > 1 else ""
        says = f"job {newest.pk} ({newest.kind}) is {newest.get_state_display().lower()}: {newest.error}{others}"
        do = "Look at /desk/jobs/, or `asithappened jobs list`: one is tried again, or discarded, when you say so."
        return Finding(check="jobs", result="warn", says=says, do=do)
    if counts.since is not None and (now - counts.since).total_seconds() > OVERDUE_S:
        unknown = stopped.kinds_but([kind.name for kind in work().kinds])
        says = f"{counts.due} are due, the oldest since {counts.since:%Y-%m-%d %H:%M} UTC, and nobody does them"
        do = "Start `asithappened run`, or one with `--role worker`."
        if unknown:
            do = f"This version does not know the kinds {', '.join(unknown)}: run the one that asked for them."
        return Finding(check="jobs", result="warn", says=says, do=do)
    return Finding(check="jobs", result="ok", says=f"{counts.due} are due, {counts.running} are being done")


def worker() -> Finding:
    """Does what recurs go on, and does who does it know the time?"""
    from asithappened.jobs import leases, recurring
    from asithappened.jobs.clock import SMALL_S
    from asithappened.wiring.work import work

    if failing := recurring.failing([one.name for one in recurring.of(work())]):
        first = failing[0]
        says = f"{first.name} has failed since {first.failing_since:%Y-%m-%d %H:%M} UTC: {first.error}"
        more = f" So have {', '.join(one.name for one in failing[1:])}." if len(failing) > 1 else ""
        return Finding(check="worker", result="warn", says=says, do=f"It is tried again every minute.{more}")
    rows = leases.workers()
    if stepped := next((row for row in rows if abs(row.step_s) > SMALL_S), None):
        return Finding(
            check="worker",
            result="warn",
            says=f"the clock was set by {stepped.step_s:+,} s, and {stepped.where} goes by the time from before",
            do="If the clock is right now, stop what works on that machine and start it again; if not, set it back.",
        )
    where = "; ".join(row.where for row in rows)
    return Finding(check="worker", result="ok", says=where or "none works at the moment: `asithappened run` does")


def rendering() -> Finding:
    """Was what readers get rendered by this code?"""
    from asithappened.desk.actions import rendering as verbs
    from asithappened.log import read

    blogs, old = len(read.every_blog()), len(verbs.outdated())
    if old:
        return Finding(
            check="rendering",
            result="warn",
            says=f"{old} of {blogs} live blogs were rendered by another version",
            do="Run `asithappened rebuild published`; `asithappened run` does it as it starts.",
        )
    return Finding(check="rendering", result="ok", says=f"{blogs} live blogs, rendered by this version")


def address() -> Finding:
    """Is it settled where readers find this installation?"""
    from django.conf import settings

    from asithappened.wiring import address as addresses

    kept, given = addresses.kept(settings.HOME), addresses.given_by_environment()
    if kept is None or not kept.given:
        says = f"{settings.PUBLIC_URL}, where the server listens: nobody gave another"
        return Finding(check="address", result="ok", says=says)
    if given and given != kept.url:
        return Finding(
            check="address",
            result="warn",
            says=f"{kept.url}, while {addresses.VARIABLE} says {given}",
            do=f"If it moves: `asithappened address {given}`. If not: leave {addresses.VARIABLE} out.",
        )
    return Finding(check="address", result="ok", says=kept.url)


def keys() -> Finding:
    """Are this home's keys those of its database, as on every other machine?"""
    from asithappened.wiring import agreement

    if wrong := agreement.differing():
        return Finding(
            check="keys",
            result="fail",
            says=f"{' and '.join(wrong)} of this home is not the one that the database belongs to",
            do="Copy the key files from the first machine's home; if they are lost, `asithappened restore --in-place`.",
        )
    return Finding(check="keys", result="ok", says="the keys are the installation's")


def public() -> Finding:
    """Can what this installation serves be read through its public address within a second?"""
    from django.conf import settings

    from asithappened.published.models import PublishedBlog

    blog = PublishedBlog.objects.filter(audience="everyone").exclude(status="gone").order_by("-pk").first()
    path = f"/live/{blog.slug}/stream" if blog else "/healthz"
    url = settings.PUBLIC_URL + path
    started = time.monotonic()
    try:
        with urllib.request.urlopen(url, timeout=PATIENCE_S) as answer:  # noqa: S310 -- our own address
            first = answer.readline(4096).decode("utf-8", "replace").strip()
    except urllib.error.HTTPError as error:
        says = f"{url} answers {error.code}"
        return Finding(check="public", result="fail", says=says, do="Does the proxy pass /live/ on to this program?")
    except (urllib.error.URLError, ConnectionRefusedError) as error:
        reason = getattr(error, "reason", error)
        if isinstance(reason, ConnectionRefusedError):
            return _nobody(url)
        says = f"{url} cannot be reached: {reason}"
        return Finding(
            check="public", result="fail", says=says, do="Does its name resolve? `asithappened address` changes it."
        )
    except (TimeoutError, OSError):
        return Finding(
            check="public",
            result="fail",
            says=f"nothing came through {url} within {PATIENCE_S:g} s",
            do="A proxy that buffers holds the stream back: switch its buffering off for /live/.",
        )
    took = time.monotonic() - started
    return Finding(check="public", result="ok", says=f"{url} answered after {took * 1000:.0f} ms: {first[:40]!r}")


def _nobody(url: str) -> Finding:
    from django.conf import settings

    from asithappened.wiring.served import server_of

    do = "Start `asithappened run` first."
    if server := server_of(settings.HOME):
        do = f"{str(server).capitalize()}, serves this home: let the proxy pass on to that, or change the address."
    return Finding(check="public", result="warn", says=f"nobody answers at {url}", do=do)


_NEW: Final = "none yet: the first command that needs them makes them"
_OF_TABLES: Final = {"integrity", "clock", "erased", "jobs", "worker", "keys", "rendering", "public"}

CHECKS: Final[dict[str, Callable[[], Finding]]] = {
    "database": sqlite,
    "home": home,
    "disk": disk,
    "tables": tables,
    "integrity": whole,
    "clock": clock,
    "erased": erased,
    "jobs": jobs,
    "worker": worker,
    "keys": keys,
    "rendering": rendering,
    "address": address,
    "public": public,
}


def as_json(findings: list[Finding]) -> str:
    """Return the findings as one JSON object."""
    plain = [{"check": f.check, "result": f.result, "says": f.says, "do": f.do} for f in findings]
    return json.dumps({"ok": all(f.result != "fail" for f in findings), "findings": plain}, ensure_ascii=False)
