"""`jobs`: lists the jobs that wait for a person's decision, and makes it without the desk."""

from typing import Annotated

import typer

from asithappened.wiring.commands.inside import Json, installation, print_json
from asithappened.wiring.exits import PROGRAM, Exit, Stop

Number = Annotated[int, typer.Argument(metavar="NUMBER", help="The job's, as `jobs list` has it.")]


def list_(as_json: Json = False) -> None:
    """Name the jobs that were given up, were perhaps sent, or are no longer allowed."""
    with installation():
        from asithappened.jobs import stopped

        found = stopped.stopped()
        if as_json:
            print_json(
                [
                    {"number": job.pk, "kind": job.kind, "state": job.state, "error": job.error,
                     "due": job.due.isoformat(), "attempts": job.attempts, "on_behalf_of": job.on_behalf_of}
                    for job in found
                ]
            )  # fmt: skip
            return
        for job in found:
            print(f"{job.pk:>6}  {job.kind:<16}  {job.get_state_display()}: {job.error}")
        if not found:
            print("None waits: whatever was due is done.")


def again(number: Number) -> None:
    """Try a job again, now."""
    _settle(number, "again", "It is tried again as soon as a worker looks.")


def discard(number: Number) -> None:
    """Never do a job, and delete what it was to say."""
    _settle(number, "discard", "Discarded. It is not done.")


def arrived(number: Number) -> None:
    """Take a job that was perhaps sent for done: it arrived."""
    _settle(number, "arrived", "Taken for done.")


def _settle(number: int, word: str, done: str) -> None:
    with installation():
        from asithappened.jobs import stopped

        if not stopped.SETTLED[word](number, by=None):
            raise Stop(
                Exit.REFUSED,
                f"Job {number} does not wait for that word. Nothing was changed. "
                f"`{PROGRAM} jobs list` names those that do.",
            )
        print(done)
