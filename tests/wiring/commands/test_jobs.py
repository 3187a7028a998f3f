"""Promises of the commands about jobs that wait for a person's word."""

import json

import pytest

from asithappened.jobs.clock import CLOCK
from asithappened.jobs.models import Job, State
from asithappened.wiring import cli
from asithappened.wiring.doctor import work
from tests.wiring.commanding import db

pytestmark = pytest.mark.usefixtures("same_home")


@db
def test_jobs_that_wait_for_a_word_are_named_and_settled_without_a_screen(capsys: pytest.CaptureFixture[str]) -> None:
    now = CLOCK.now()
    dead, unsure = (
        Job.objects.create(
            kind="publish_post", key=state, payload="{}", due=now, try_at=now, put_at=now, ended_at=now, state=state,
            error="The live blog is closed.",
        )
        for state in (State.DEAD, State.UNSURE)
    )  # fmt: skip
    assert cli.run_command(["jobs", "list"]) == 0
    assert f"{dead.pk}  publish_post      Given up: The live blog is closed." in capsys.readouterr().out
    assert cli.run_command(["jobs", "list", "--json"]) == 0
    assert {one["state"] for one in json.loads(capsys.readouterr().out)} == {"dead", "unsure"}
    found = work.jobs()
    assert found.result == "warn"
    assert found.says.startswith("2 wait for a person's word; the newest, job ")
    assert found.says.endswith(": The live blog is closed.")
    assert cli.run_command(["jobs", "arrived", str(dead.pk)]) == 1
    assert "Nothing was changed" in capsys.readouterr().err
    assert cli.run_command(["jobs", "arrived", str(unsure.pk)]) == 0
    assert cli.run_command(["jobs", "discard", str(dead.pk)]) == 0
    assert cli.run_command(["jobs", "again", str(dead.pk)]) == 1
    assert work.jobs().result == "ok"
