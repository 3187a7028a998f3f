"""Promises of the doctor: a healthy installation is healthy, and a check that breaks ends no other."""

import json
from pathlib import Path

import pytest
from pytest_django import Settings

from asithappened.wiring import address, cli, doctor
from tests.wiring.commanding import AT_NOBODYS, blog, command, db

pytestmark = pytest.mark.usefixtures("same_home")


@db
def test_the_doctor_finds_a_healthy_installation_healthy_and_says_so_in_json(
    capsys: pytest.CaptureFixture[str], settings: Settings
) -> None:
    settings.PUBLIC_URL = AT_NOBODYS[address.VARIABLE]
    blog()
    assert cli.run_command(["doctor", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    results = {finding["check"]: finding["result"] for finding in answer["findings"]}
    assert results.keys() == doctor.CHECKS.keys()
    assert results.pop("public") in {"ok", "warn"}  # whether anybody serves on this machine is not ours to say
    assert results.pop("cards") in {"ok", "warn"}  # nor whether its system sets Arabic
    assert results.pop("erased") == "warn"  # the transaction of this test is open, and nothing is scrubbed inside one
    assert set(results.values()) == {"ok"}


@db
def test_a_check_that_breaks_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def faint() -> doctor.Finding:
        raise RuntimeError("no pulse")

    monkeypatch.setitem(doctor.CHECKS, "clock", faint)
    broken = [finding for finding in doctor.examine() if finding.result == "fail"]
    assert [finding.says for finding in broken] == ["RuntimeError: no pulse"]


@pytest.mark.terminal
def test_a_doctor_in_a_new_home_has_nothing_to_complain_of(tmp_path: Path) -> None:
    answer = command("doctor", "--json", home=tmp_path)
    assert answer.returncode == 0, answer.stdout
    findings = [one for one in json.loads(answer.stdout)["findings"] if one["check"] != "cards"]  # of the system's own
    assert {finding["result"] for finding in findings} == {"ok"}
