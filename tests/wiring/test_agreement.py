"""Promises of the installation's keys: a home with others is refused, until a restore takes them."""

import json
import os
from pathlib import Path

import pytest
from pytest_django import Settings

from asithappened.wiring import agreement
from asithappened.wiring.home import HomeRefused
from tests.wiring.commanding import command


@pytest.mark.terminal
def test_keys_that_were_lost_are_said_to_be_and_taken_with_a_restore_in_place(home: Path) -> None:
    assert command("restore", "--in-place", home=home).returncode == 0
    assert command("doctor", home=home).returncode == 0
    (home / "secret.key").write_bytes(os.urandom(32))
    (home / "secret.key").chmod(0o600)
    answer = command("doctor", "--json", home=home)
    findings = {finding["check"]: finding for finding in json.loads(answer.stdout)["findings"]}
    assert findings["keys"]["result"] == "fail"
    assert "secret.key" in findings["keys"]["says"]
    run = command("run", "--port", "65001", home=home)
    assert run.returncode == 1
    assert "other keys" in run.stderr
    assert "Serving" not in run.stderr
    assert command("restore", "--in-place", home=home).returncode == 0
    assert command("doctor", home=home).returncode == 0


@pytest.mark.django_db
def test_a_home_with_other_keys_is_refused_in_words_until_its_own_are_taken(settings: Settings, tmp_path: Path) -> None:
    settings.TICKET_KEY_FILE = tmp_path / "ticket.key"
    agreement.check()
    assert agreement.differing() == []
    settings.TICKET_KEY_FILE = tmp_path / "another.key"
    assert agreement.differing() == ["ticket.key"]
    with pytest.raises(HomeRefused, match=r"other keys than this home's ticket\.key.*Nothing was changed"):
        agreement.check()
    agreement.take_keys()
    agreement.check()
    key = settings.TICKET_KEY_FILE.read_bytes().hex()
    assert key not in "".join(agreement.fingerprints().values())
