"""The checks of `asithappened doctor`: whether this installation is fit for a day's coverage.

Owns their order. Each is a function in one of the modules here that returns one Finding: ok, warn or fail, and what to
do. Never repairs.
"""

import json
from collections.abc import Callable
from typing import Final

from asithappened.wiring.doctor import database, external, lists, machine, media, readers, suggesting, work
from asithappened.wiring.doctor.finding import Finding

__all__ = ["CHECKS", "Finding", "as_json", "examine"]

CHECKS: Final[dict[str, Callable[[], Finding]]] = {
    "database": database.sqlite,
    "home": machine.home,
    "disk": machine.disk,
    "media": media.files,
    "sandbox": media.sandbox,
    "cards": media.cards,
    "tables": database.tables,
    "integrity": database.whole,
    "clock": machine.clock,
    "erased": database.erased,
    "jobs": work.jobs,
    "worker": work.worker,
    "keys": database.keys,
    "rendering": readers.rendering,
    "address": readers.address,
    "public": readers.public,
    "mail": external.mail,
    "provider": external.provider,
    "lexicons": lists.own,
    "suggesters": suggesting.suggesters,
    "model": suggesting.model,
}
_OF_TABLES: Final = {"integrity", "clock", "erased", "jobs", "worker", "keys", "rendering", "public"}


def examine() -> list[Finding]:
    """Run every check that is possible; an exception in one becomes its failure."""
    findings: list[Finding] = []
    for name, check in CHECKS.items():
        if name in _OF_TABLES and any(map(_there_are_none, findings)):
            continue  # without tables all of them would fail in the same way
        findings.append(_answer(name, check))
    return findings


def _there_are_none(found: Finding) -> bool:
    return found.check == "tables" and (found.result == "fail" or found.says == database.NO_TABLES_YET)


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
    except Exception as error:  # a check that breaks must not end the others
        says, do = f"{type(error).__name__}: {error}", "Report this, with the line above."
    return Finding(check=name, result="fail", says=says, do=do)


def as_json(findings: list[Finding]) -> str:
    """Return the findings as one JSON object."""
    plain = [{"check": f.check, "result": f.result, "says": f.says, "do": f.do} for f in findings]
    return json.dumps({"ok": all(f.result != "fail" for f in findings), "findings": plain}, ensure_ascii=False)
