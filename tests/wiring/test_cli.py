"""Promises of the `asithappened` command: documented exit codes, plain words, JSON for programs, one folder."""

import json
import os
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.test import Client

from asithappened import press
from asithappened.accounts.models import User
from asithappened.core import body
from asithappened.core import events as e
from asithappened.desk.actions import scheduling
from asithappened.jobs.clock import CLOCK
from asithappened.jobs.models import Duty, Job, State, Worker
from asithappened.log import follow, read
from asithappened.media import consume
from asithappened.media.models import Media, MediaUse
from asithappened.wiring import address, cli, doctor
from asithappened.wiring.commands import blogs
from asithappened.wiring.doctor import machine, work
from bench.machine import kept_port
from tests.media.brought import picture
from tests.tables import new_home

db = pytest.mark.django_db(databases="__all__")
# By itself a home is at localhost:8000, where whoever runs the tests may have another server.
AT_NOBODYS = {address.VARIABLE: f"http://localhost:{kept_port()}"}
PAGE = """A vote and a storm – as it happened

Last modified: 06:59 PM GMT+0

The town decides

Polls close

The count has begun.
"""


@pytest.fixture(autouse=True)
def same_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put back whatever a command does to the environment."""
    for name in ("ASITHAPPENED_HOME", "ASITHAPPENED_URL"):
        monkeypatch.setenv(name, os.environ.get(name, ""))


def blog(slug: str = "storm") -> int:
    """Open a blog with a post that stays, one that was withdrawn and one that was erased."""
    opened = press.publish(None, [e.BlogOpened(slug=slug, title="Storm", audience=e.Audience.EVERYONE)]).blog
    for id_ in ("stays", "withdrawn", "erased"):
        doc = body.with_ids(body.Doc(content=(body.paragraph(f"words of {id_}"),)), seed=id_)
        press.publish(opened, [e.PostPublished(post=id_, title=id_.title(), body=doc)])
    press.publish(
        opened, [e.PostWithdrawn(post="withdrawn"), e.PayloadErased(of=e.post("erased"), seqs=(4,), whole=True)]
    )
    return opened


def command(
    *arguments: str, home: Path | None = None, settings: dict[str, str] | None = None, out: int = subprocess.PIPE
) -> subprocess.CompletedProcess[str]:
    """Run the command as a person does, in a process of its own."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("ASITHAPPENED_", "DJANGO_"))}
    if home is not None:
        environment["ASITHAPPENED_HOME"] = str(home)
    return subprocess.run(
        [sys.executable, "-m", "asithappened.wiring.cli", *arguments],
        env=environment | {"NO_COLOR": "1"} | (settings or {}),
        stdout=out, stderr=subprocess.PIPE, text=True, timeout=60, check=False,
    )  # fmt: skip


NAMES = ["run", "demo", "list", "import", "replay", "log", "page-text", "doctor", "address", "invite", "manage"]


def test_help_names_every_command_and_every_exit_code_and_does_not_wait_for_django() -> None:
    script = (
        "import sys; from asithappened.wiring import cli\n"
        "code = cli.run_command(['--help']); assert 'django' not in sys.modules, 'Django'; sys.exit(code)"
    )
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert answer.returncode == 0, answer.stderr
    for name in (*NAMES, "rebuild"):
        assert re.search(rf"^  {name} ", answer.stdout, re.MULTILINE), name
    said = " ".join(answer.stdout.split())
    for code, meaning in cli.MEANINGS.items():
        assert f"{code.value} {meaning}" in said


def test_the_documentation_lists_every_command_and_every_exit_code(root: Path) -> None:
    page = (root / "docs/command-line.md").read_text("utf-8")
    commands = [command for command in cli.app.registered_commands if command.callback]
    names = [command.name or command.callback.__name__ for command in commands if command.callback]
    for name in [*names, "rebuild published"]:
        assert re.search(rf"^\| `{name}[ `]", page, re.MULTILINE), name
    for code, meaning in cli.MEANINGS.items():
        assert f"| {code.value} | {meaning} |" in page


@pytest.mark.parametrize(
    "arguments", [["nonsense"], ["log"], ["run", "--port", "x"], ["--home"], ["log", "a", "--nonsense"]]
)
def test_what_is_not_understood_is_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run_command(arguments) == 2
    assert "--help" in capsys.readouterr().err


@db
@pytest.mark.parametrize(
    "arguments", [["log", "none"], ["page-text", "none"], ["replay", "none"], ["rebuild", "published", "none"]]
)
def test_a_live_blog_that_is_not_there_is_3(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run_command(arguments) == 3
    assert "/live/none/" in capsys.readouterr().err


@db
def test_a_wrong_slug_is_told_what_was_meant_and_where_all_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    blog("storm-2026")
    for arguments in (["log", "strom-2026"], ["replay", "storm"], ["page-text", "storm-2025"]):
        assert cli.run_command(arguments) == 3
        said = capsys.readouterr().err
        assert "Did you mean storm-2026?" in said
        assert "`asithappened list`" in said
    assert cli.run_command(["log", "nothing-like-it"]) == 3
    assert "Did you mean" not in capsys.readouterr().err


@db
def test_the_live_blogs_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run_command(["list"]) == 0
    assert "no live blogs yet" in capsys.readouterr().out
    blog("storm")
    assert cli.run_command(["list"]) == 0
    assert re.search(r"^storm  live +everyone +1 posts  Storm$", capsys.readouterr().out, re.MULTILINE)
    assert cli.run_command(["list", "--json"]) == 0
    [one] = json.loads(capsys.readouterr().out)
    assert one["url"].endswith("/live/storm/")
    assert (one["slug"], one["status"], one["audience"], one["posts"]) == ("storm", "live", "everyone", 1)


@pytest.mark.parametrize("arguments", [["--help"], ["import", "--help"], ["rebuild", "--help"]])
def test_no_help_is_cut_short_and_all_of_it_fits_a_terminal(
    arguments: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert cli.run_command(arguments) == 0
    said = capsys.readouterr().out
    assert "..." not in said.replace("[ARGS]...", "")
    assert "…" not in said
    assert max(map(len, said.splitlines())) <= 80


def test_without_a_command_one_is_told_to_begin_with_the_demonstration(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run_command([]) == 2
    said = capsys.readouterr()
    assert "Begin with `asithappened demo`" in said.out + said.err


@pytest.mark.parametrize("arguments", [["lst"], ["run", "--prot", "3"], ["import", "x", "--as"]])
def test_a_sentence_about_a_mistake_has_one_end(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run_command(arguments) == 2
    said = capsys.readouterr().err
    assert not re.search(r"[?!.]\s*[.?!]", said), said
    assert said.rstrip().endswith("See `asithappened --help`.")


@pytest.mark.terminal
@pytest.mark.parametrize(
    "arguments",
    [["log", "storm"], ["list"], ["doctor"], ["address"], ["rebuild", "published"], ["run", "--lane", "x"], ["lst"],
     ["import", "x", "--as", "wordperfect"], ["run", "--url", "nowhere"]],
)  # fmt: skip
def test_what_only_asks_or_was_mistyped_makes_no_home(arguments: list[str], tmp_path: Path) -> None:
    home = tmp_path / "mistyped"
    answer = command(*arguments, home=home)
    assert answer.returncode in {1, 2}
    assert not home.exists()
    assert "Made" not in answer.stderr


@db
def test_a_file_that_cannot_be_imported_is_4_and_leaves_the_database_as_it_was(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text('{"response": ')
    for file in (broken, tmp_path / "missing.json", tmp_path):
        assert cli.run_command(["import", str(file), "--as", "guardian"]) == 4
        said = capsys.readouterr().err
        assert "Nothing was written" in said
        assert "Traceback" not in said
    assert read.every_blog() == []
    assert cli.run_command(["import", str(broken), "--as", "wordperfect"]) == 2


@db
def test_a_fault_of_the_program_is_70_and_shows_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fall_over(_: str) -> int:
        raise ZeroDivisionError("by nought")

    monkeypatch.setattr(blogs, "blog_of", fall_over)
    assert cli.run_command(["log", "storm"]) == 70
    said = capsys.readouterr().err
    assert "by nought" in said
    assert "Traceback" not in said
    monkeypatch.setenv("ASITHAPPENED_TRACEBACK", "1")
    with pytest.raises(ZeroDivisionError):
        cli.run_command(["log", "storm"])


@db
def test_the_log_is_printed_one_event_a_line_without_what_was_taken_back(capsys: pytest.CaptureFixture[str]) -> None:
    blog()
    assert cli.run_command(["log", "storm", "--json"]) == 0
    out = capsys.readouterr().out
    lines = [json.loads(line) for line in out.splitlines()]
    assert [line["seq"] for line in lines] == [1, 2, 3, 4, 5, 6]
    assert list(lines[0]) == ["epoch", "seq", "at", "origin", "kind", "version", "post", "payload"]
    assert lines[1]["payload"]["title"] == "Stays"
    assert (lines[2]["payload"], lines[2]["withdrawn"]) == (None, True)
    assert lines[3]["payload"] is None
    assert "words of stays" in out
    assert "words of withdrawn" not in out
    assert "words of erased" not in out
    assert cli.run_command(["log", "storm"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 6


@db
def test_the_page_is_printed_as_text(capsys: pytest.CaptureFixture[str]) -> None:
    blog()
    assert cli.run_command(["page-text", "storm"]) == 0
    text = capsys.readouterr().out
    assert "words of stays" in text
    assert "words of withdrawn" not in text
    assert cli.run_command(["page-text", "storm", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"slug": "storm", "text": text}


@db
def test_an_import_says_what_it_did_and_a_dry_run_does_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "page.txt"
    file.write_text(PAGE)
    arguments = ["import", str(file), "--as", "page-text", "--slug", "vote", "--json"]
    assert cli.run_command([*arguments, "--dry-run"]) == 0
    assert json.loads(capsys.readouterr().out)["dry_run"] is True
    assert read.every_blog() == []
    assert cli.run_command(arguments) == 0
    report = json.loads(capsys.readouterr().out)
    names = (
        "slug posts key_events summaries titled images social_embeds quotes lists updated added revised unchanged "
        "disappeared problems"
    )
    assert set(names.split()) <= report.keys()
    assert report["slug"] == "vote"
    assert cli.run_command(arguments) == 0
    assert json.loads(capsys.readouterr().out)["added"] == 0


@db
def test_a_replay_says_how_many_steps_were_new(capsys: pytest.CaptureFixture[str]) -> None:
    press.publish(blog(), [e.BlogClosed()])
    for new in (2, 0):
        assert cli.run_command(["replay", "storm", "--speed", "100000", "--json"]) == 0
        assert json.loads(capsys.readouterr().out) == {"slug": "storm-replay", "steps": 2, "new": new}
    assert cli.run_command(["replay", "storm", "--audience", "the world"]) == 2


@db
def test_a_refusal_is_1_and_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    press.publish(blog("storm"), [e.BlogClosed()])
    blog("other")
    assert cli.run_command(["replay", "other"]) == 1
    assert "Close it first" in capsys.readouterr().err
    assert cli.run_command(["replay", "storm", "--into", "other"]) == 1
    assert "--into" in capsys.readouterr().err
    assert cli.run_command(["invite", "not an address"]) == 1
    assert "No account was made" in capsys.readouterr().err


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
def test_a_rebuild_changes_nothing_that_readers_get(capsys: pytest.CaptureFixture[str]) -> None:
    blog()
    for arguments in (["rebuild", "published"], ["rebuild", "published", "storm", "--json"]):
        assert cli.run_command(arguments) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1]) == {"rebuilt": 1}


@db
def test_the_doctor_finds_a_healthy_installation_healthy_and_says_so_in_json(
    capsys: pytest.CaptureFixture[str], settings: Any
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
def test_the_doctor_fails_with_1_and_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(machine, "DISK_FAIL_BYTES", 2**60)
    assert cli.run_command(["doctor"]) == 1
    assert "Free some space" in capsys.readouterr().out


@db
def test_a_check_that_breaks_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def faint() -> doctor.Finding:
        raise RuntimeError("no pulse")

    monkeypatch.setitem(doctor.CHECKS, "clock", faint)
    broken = [finding for finding in doctor.examine() if finding.result == "fail"]
    assert [finding.says for finding in broken] == ["RuntimeError: no pulse"]


@pytest.mark.terminal
def test_the_first_command_makes_the_home_and_home_may_stand_anywhere(tmp_path: Path) -> None:
    home, file = tmp_path / "deep" / "home", tmp_path / "page.txt"
    file.write_text(PAGE)
    answer = command("import", str(file), "--as", "page-text", "--home", str(home), "--json", settings=AT_NOBODYS)
    assert (answer.returncode, answer.stderr) == (0, f"Made a new home at {home}\n")
    assert (home / "newsroom.sqlite3").is_file()
    assert home.stat().st_mode & 0o077 == 0
    slug = json.loads(answer.stdout)["slug"]
    again = command("--home", str(home), "page-text", slug)
    assert again.returncode == 0
    assert "The count has begun." in again.stdout
    assert command("doctor", home=home).returncode == 0


@pytest.mark.terminal
def test_a_home_that_cannot_be_made_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    answer = command("invite", "ada@courier.example", "--home", str(tmp_path / "file" / "home"))
    assert answer.returncode == 1
    assert "cannot be made" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_folder_forgotten_after_home_is_not_a_folder_called_like_the_next_option(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.run_command(["--home", "--json", "doctor"]) == 2
    assert cli.run_command(["doctor", "--home"]) == 2
    assert not list(tmp_path.iterdir())


@pytest.mark.terminal
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ASITHAPPENED_URL", "live.example.org"),
        ("ASITHAPPENED_URL", "ftp://live.example.org"),
        ("ASITHAPPENED_LANGUAGE", "xx"),
        ("ASITHAPPENED_DATABASE", "mysql://ada@db/news"),
        ("ASITHAPPENED_GRIP_URL", "http://127.0.0.1:5561/?iss=newsroom&key=changeme"),
    ],
)
def test_a_setting_that_cannot_be_is_refused_by_its_name(
    name: str, value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = command("log", "storm", "--home", str(tmp_path), settings={name: value})
    assert answer.returncode == 1
    assert answer.stderr.startswith(name)
    assert "Traceback" not in answer.stderr


@pytest.mark.terminal
def test_a_doctor_in_a_new_home_has_nothing_to_complain_of(tmp_path: Path) -> None:
    answer = command("doctor", "--json", home=tmp_path)
    assert answer.returncode == 0, answer.stdout
    findings = [one for one in json.loads(answer.stdout)["findings"] if one["check"] != "cards"]  # of the system's own
    assert {finding["result"] for finding in findings} == {"ok"}


@pytest.mark.terminal
def test_a_doctor_before_a_database_that_is_none_says_it_once_and_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "newsroom.sqlite3").write_bytes(b"this was never a database" * 400)
    (tmp_path / "newsroom.sqlite3").chmod(0o600)
    answer = command("doctor", "--json", home=tmp_path)
    assert answer.returncode == 1
    failed = [finding for finding in json.loads(answer.stdout)["findings"] if finding["result"] == "fail"]
    assert [finding["check"] for finding in failed] == ["tables"]
    assert "backup" in failed[0]["do"]


@pytest.mark.terminal
def test_whoever_reads_only_the_first_line_gets_it_and_no_complaint(tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_text(PAGE)
    home = new_home(tmp_path / "home")
    slug = json.loads(command("import", str(file), "--as", "page-text", "--json", home=home).stdout)["slug"]
    reading, writing = os.pipe()
    os.close(reading)  # as `head` does when it has enough
    with os.fdopen(writing, "w") as closed:
        for arguments in (["log", slug, "--json"], ["page-text", slug], ["list"]):
            answer = command(*arguments, home=home, out=closed.fileno())
            assert (answer.returncode, answer.stderr) == (0, "")


@db
def test_ctrl_c_is_130_and_says_what_is_safe(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def pressed(slug: str) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(blogs, "blog_of", pressed)
    assert cli.run_command(["log", "storm"]) == 130
    assert capsys.readouterr().err.startswith("Stopped. What was written is whole")


@db
def test_files_of_media_are_named_shown_and_swept(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, settings: Any
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


@db
def test_the_doctor_says_what_nobody_does_what_fails_and_whose_clock_was_set() -> None:
    assert work.jobs().result == work.worker().result == "ok"
    long_ago = CLOCK.now() - timedelta(hours=1)
    job = Job.objects.create(kind="tomorrows", key="k", payload="{}", due=long_ago, try_at=long_ago, put_at=long_ago)
    found = work.jobs()
    assert (found.result, "does not know the kinds tomorrows" in found.do) == ("warn", True)
    job.kind = scheduling.KIND
    job.save()
    assert "--role worker" in work.jobs().do
    working = Worker.objects.create(name="w", where="host, process 12", at=long_ago, step_s=-3600)
    assert "set by -3,600 s, and host, process 12 goes by" in work.worker().says
    Duty.objects.create(name="scrub", failing_since=long_ago, error="The disk is full.")
    Duty.objects.create(name="of another version", failing_since=long_ago, error="x")
    found = work.worker()
    assert (found.result, "scrub has failed since" in found.says) == ("warn", True)
    Duty.objects.filter(name="scrub").delete()
    working.step_s = 0
    working.save()
    assert work.worker().says == "host, process 12"
