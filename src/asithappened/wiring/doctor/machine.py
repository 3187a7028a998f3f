"""Checks the machine and the home: clock, disk, and permissions of files."""

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from asithappened.wiring.doctor.finding import Finding

MB: Final = 1024 * 1024
DISK_FAIL_BYTES: Final = 100 * MB  # the log, its WAL and a backup of a year of live blogs
DISK_WARN_BYTES: Final = 1024 * MB
# The program is not older than this, so a clock before it was never set.
BORN: Final = datetime(2026, 1, 1, tzinfo=UTC)


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
