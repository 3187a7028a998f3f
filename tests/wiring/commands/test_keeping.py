"""Promises of the commands that keep an installation: people are invited and let go, the doctor says what to do."""

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.test import Client

from asithappened.accounts.models import User
from asithappened.wiring import address, cli
from asithappened.wiring.doctor import machine
from tests.wiring.commanding import command, db

pytestmark = pytest.mark.usefixtures("same_home")


@db
def test_an_invitation_is_a_link_and_takes_nobodys_rights_away(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run_command(["invite", "Ines@Courier.example", "--admin", "--name", "Ines  Calloway"]) == 0
    assert re.search(r"^http\S+/accounts/enter/\S+$", capsys.readouterr().out)
    assert cli.run_command(["invite", "ines@courier.example", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["email"] == "ines@courier.example"
    user = User.objects.get()
    assert (user.is_superuser, user.byline, user.has_usable_password()) == (True, "Ines Calloway", False)
    assert cli.run_command(["invite", "tom@courier.example"]) == 0
    assert User.objects.get(email="tom@courier.example").is_superuser is False


@db
def test_who_lost_a_second_factor_gets_in_again_from_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    user = User.objects.create_user("ines@courier.example", is_staff=True, vouched=True)
    totp.TOTP.activate(user, totp.generate_totp_secret())
    for reset, asked_again in (([], True), (["--reset-second-factor"], False)):
        assert cli.run_command(["invite", "ines@courier.example", "--json", *reset]) == 0
        answer = Client().post(urlsplit(json.loads(capsys.readouterr().out)["link"]).path)
        assert answer["Location"].startswith("/accounts/2fa/authenticate/") is asked_again


@db
def test_raising_a_guests_account_says_that_whoever_was_in_it_is_out(capsys: pytest.CaptureFixture[str]) -> None:
    user = User.objects.create_user("guest@else.example", "chosen by somebody 1")
    totp.TOTP.activate(user, totp.generate_totp_secret())
    assert cli.run_command(["invite", "guest@else.example", "--admin", "--json"]) == 0
    said = capsys.readouterr()
    assert "Whoever had signed in to it no longer is" in said.err
    answer = Client().post(urlsplit(json.loads(said.out)["link"]).path)
    assert answer["Location"] == "/desk/"
    assert cli.run_command(["invite", "guest@else.example", "--admin"]) == 0
    assert capsys.readouterr().err == ""


@db
def test_an_account_is_closed_and_opened_again_from_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    User.objects.create_user("left@courier.example", is_staff=True, is_superuser=True, vouched=True)
    assert cli.run_command(["deactivate", "nobody@courier.example"]) == 1
    assert "no account" in capsys.readouterr().err
    assert cli.run_command(["invite", "left@courier.example"]) == 0
    client = Client()
    assert client.post(urlsplit(capsys.readouterr().out.strip()).path).status_code == 302
    assert cli.run_command(["deactivate", "LEFT@courier.example", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"email": "left@courier.example", "left": []}
    assert client.get("/desk/").status_code == 302
    assert not User.objects.filter(is_superuser=True).exists()
    assert cli.run_command(["invite", "left@courier.example"]) == 0
    again = User.objects.get(email="left@courier.example")
    assert (again.is_active, again.is_staff, again.is_superuser) == (True, True, False)


@db
def test_the_doctor_fails_with_1_and_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(machine, "DISK_FAIL_BYTES", 2**60)
    assert cli.run_command(["doctor"]) == 1
    assert "Free some space" in capsys.readouterr().out


LIVE = "https://live.courier.example"


@pytest.mark.terminal
def test_the_command_says_the_address_changes_it_and_says_what_that_does(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    home = tmp_path / "home"
    assert command("address", home=home).stdout.startswith("http://localhost:8000 (nobody gave one")
    changed = command("address", f"{LIVE}/", home=home)
    assert changed.returncode == 0, changed.stderr
    assert f"now it is {LIVE}." in changed.stdout
    assert "nothing is rendered again" in changed.stdout
    assert json.loads(command("address", "--json", home=home).stdout) == {"url": LIVE, "given": True}
    link = command("invite", "ada@courier.example", home=home, settings={address.VARIABLE: "http://stray.example"})
    assert link.stdout.startswith(f"{LIVE}/accounts/enter/")
    assert command("address", "live.example", home=home).returncode == 1
    (home / address.FILE).write_text("{")
    assert command("log", "storm", home=home).returncode == 1
    assert command("address", LIVE, home=home).returncode == 0
