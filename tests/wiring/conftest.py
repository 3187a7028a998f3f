"""Fixtures for tests of commands: an environment that is restored, a home with a backup, a mail server with TLS."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.accounts import mail_house
from tests.accounts.mail_house import LOGIN, Certificate, MailHouse
from tests.wiring.commanding import AT_NOBODYS, PAGE, SLUG, command


@pytest.fixture
def same_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put back whatever a command does to the environment."""
    for name in ("ASITHAPPENED_HOME", "ASITHAPPENED_URL"):
        monkeypatch.setenv(name, os.environ.get(name, ""))


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a home that has a live blog in it, and a backup of that."""
    folder = tmp_path_factory.mktemp("made")
    imported(folder / "home", PAGE)
    assert command("backup", str(folder / "backup.tar"), home=folder / "home").returncode == 0
    return folder


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    """Return a home with a live blog in it, to be broken; its backup is beside it."""
    shutil.copytree(made / "home", tmp_path / "home", ignore=shutil.ignore_patterns("doorbells"))
    shutil.copy(made / "backup.tar", tmp_path / "backup.tar")
    return tmp_path / "home"


def imported(home: Path, page: str) -> None:
    """Bring a page in."""
    file = home.parent / "page.txt"
    file.write_text(page)
    answer = command("import", str(file), "--as", "page-text", "--slug", SLUG, home=home, settings=AT_NOBODYS)
    assert answer.returncode == 0, answer.stderr


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    """Return a self-signed certificate."""
    return Certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture(scope="module")
def with_tls(certificate: Certificate) -> Iterator[MailHouse]:
    """Yield a usual mail server: STARTTLS, and a login."""
    with mail_house.running(certificate=certificate, login=LOGIN) as house:
        yield house
