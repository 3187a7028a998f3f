"""Checks jobs and the worker: whether due work is done, and what failed."""

from typing import Final

from asithappened.wiring.doctor.finding import Finding

OVERDUE_S: Final = 60.0  # a worker looks every second; another takes over from a killed one within 15 s


def jobs() -> Finding:
    """Is everything done that was due?"""
    from asithappened.jobs import stopped
    from asithappened.jobs.clock import CLOCK
    from asithappened.wiring.work import work

    now = CLOCK.now()
    counts, waiting = stopped.counts(now), stopped.stopped()
    if waiting:
        newest = waiting[0]
        many = f"{len(waiting)} wait for a person's word; the newest, " if len(waiting) > 1 else ""
        says = f"{many}job {newest.pk} ({newest.kind}), is {newest.get_state_display().lower()}: {newest.error}"
        do = "Look at /desk/jobs/, or `asithappened jobs list`: one is tried again, or discarded, when you say so."
        return Finding(check="jobs", result="warn", says=says, do=do)
    if counts.since is not None and (now - counts.since).total_seconds() > OVERDUE_S:
        unknown = stopped.unknown_kinds([kind.name for kind in work().kinds])
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

    does = work()
    if failing := recurring.failing([*(one.name for one in does.duties), *(one.name for one in does.followers)]):
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
