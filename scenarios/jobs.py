"""A desk that puts jobs, and a worker that does them: `python -m scenarios.jobs desk|worker`.

Owns two processes that may be killed at any moment. The desk answers each line of JSON once its job is committed, and
remembers nothing. The worker is the program's own, with two outbound kinds beside the desk's own kind of job, a short
lease, and a clock that a file shifts. worker.py kills, sets the clock and judges.
"""

import json
import os
import sys
import time
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, Final

CLOCK_FILE: Final = "SCENARIO_CLOCK"  # in the environment: a file with the seconds by which the wall clock is shifted
RECEIVER: Final = "SCENARIO_RECEIVER"  # a port on loopback
LEASE_S: Final = 2.0
SLUG: Final = "later"


def main() -> None:
    """Run the named one."""
    from asithappened.wiring import home  # noqa: PLC0415

    home.prepare(make=True)
    {"desk": _desk, "worker": _worker}[sys.argv[1]]()


def _send_message(what: str, **more: Any) -> None:
    print(json.dumps({"what": what, **more}), flush=True)


# --- the desk


def _desk() -> None:
    """Answer each line until standard input ends."""
    from asithappened.accounts.models import User  # noqa: PLC0415
    from asithappened.core import body, events  # noqa: PLC0415
    from asithappened.desk import actions  # noqa: PLC0415
    from asithappened.desk.draft import Draft  # noqa: PLC0415
    from asithappened.jobs.put import put  # noqa: PLC0415
    from asithappened.log import read  # noqa: PLC0415

    by = User.objects.filter(email="ada@house.example").first() or User.objects.create_superuser("ada@house.example")
    blog = read.blog_id(SLUG)
    if blog is None:
        receipt = actions.open_blog(by=by, slug=SLUG, title="Later", audience=events.Audience.EVERYONE, once="open")
        blog = receipt.blog
    _send_message("open")
    for line in sys.stdin:
        job = json.loads(line)
        due = datetime.fromtimestamp(job["due"], UTC)
        if job["kind"] == "publish_post":
            draft = Draft(title=job["key"], body=body.Doc(content=(body.paragraph("Words."),)))
            new = _schedule(blog, by, draft, due, job["key"])
        else:
            says = {"token": job["key"], "due": job["due"]}
            new = put(job["kind"], key=job["key"], payload=says, due=due)
        _send_message("done", new=new)


def _schedule(blog: int, by: Any, draft: Any, due: datetime, key: str) -> bool:
    """Schedule a post, at once if it was due already; return whether it is new."""
    from asithappened.desk import actions  # noqa: PLC0415

    try:
        actions.schedule_post(blog, by=by, draft=draft, once=key, at=max(due, datetime.now(UTC)))
    except actions.Refused as refused:
        if refused.refusal.code != "sent_before":
            raise
        return False  # a desk that was killed before its answer has scheduled it, for another moment
    return True


# --- the worker


def _worker() -> None:
    """Work until standard input ends, then drain."""
    from prometheus_client import CollectorRegistry  # noqa: PLC0415

    from asithappened.desk.jobs import PUBLISH  # noqa: PLC0415
    from asithappened.jobs import clock  # noqa: PLC0415
    from asithappened.jobs.metrics import Metrics  # noqa: PLC0415
    from asithappened.jobs.work import Kind, Promise, Work  # noqa: PLC0415
    from asithappened.jobs.worker import Worker  # noqa: PLC0415

    step = Path(os.environ[CLOCK_FILE])

    def wall() -> float:
        return time.time() + float(step.read_text() or 0)

    kinds = (
        PUBLISH,
        Kind(name="webhook", promise=Promise.AT_LEAST_ONCE, run=lambda given: _send(given, key=given.key)),
        Kind(name="note", promise=Promise.ASK, run=lambda given: _send(given, key="")),
    )
    told = Metrics(CollectorRegistry())

    def report(worker: Worker) -> None:
        told(worker)
        _send_message("works")

    worker = Worker(Work(kinds=kinds), report=report, clock=clock.Clock(wall=wall), lease_s=LEASE_S, look_s=0.2)
    worker.start()
    sys.stdin.read()
    worker.drain(10)
    worker.join()


def _send(given: Any, *, key: str) -> None:
    from asithappened.jobs.work import NotSent  # noqa: PLC0415

    connection = HTTPConnection("127.0.0.1", int(os.environ[RECEIVER]), timeout=10)
    try:
        try:
            connection.connect()
        except OSError as error:
            raise NotSent(str(error)) from error
        headers = {"webhook-id": key} if key else {}
        connection.request("POST", "/", json.dumps(dict(given.payload)), headers)
        status = connection.getresponse().status
        if status != 204:
            raise RuntimeError(f"answered {status}")
    finally:
        connection.close()


if __name__ == "__main__":
    main()
