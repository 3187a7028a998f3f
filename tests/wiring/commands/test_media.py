"""Promises of the commands about files of media."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from asithappened.accounts.models import User
from asithappened.jobs.clock import CLOCK
from asithappened.log import follow
from asithappened.media import consume
from asithappened.media.models import Media, MediaUse
from asithappened.wiring import cli
from tests.media.brought import picture
from tests.wiring.commanding import blog, db

pytestmark = pytest.mark.usefixtures("same_home")


@db
def test_files_of_media_are_named_shown_and_swept(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, settings: Settings
) -> None:
    settings.MEDIA_FOLDER = tmp_path / "media"
    assert cli.run_command(["media", "list"]) == 0
    assert capsys.readouterr().out == "There is none.\n"
    who = User.objects.create_user("ada@house.example")
    row = picture(blog(), who, tmp_path)
    assert cli.run_command(["media", "list", "--json"]) == 0
    [one] = json.loads(capsys.readouterr().out)
    assert (one["id"], one["state"], one["mentioned"]) == (row.pk, "ready", False)
    assert cli.run_command(["media", "show", row.pk]) == 0
    said = capsys.readouterr().out
    assert "Brought into /live/storm/ by ada@house.example" in said
    assert "1000 × 500" in said
    assert cli.run_command(["media", "show", "nothing"]) == 3
    capsys.readouterr()
    Media.objects.update(created=CLOCK.now() - timedelta(days=8))
    MediaUse.objects.update(at=CLOCK.now() - timedelta(days=8))
    follow.catch_up(consume)
    assert cli.run_command(["media", "sweep"]) == 0
    assert capsys.readouterr().out == f"{row.pk}\n"
    assert not list((tmp_path / "media").rglob("*.webp"))
