"""Promises of the doctor about the mail server that an operator named: SMTP over TLS, with a login."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from pytest_django import Settings

from asithappened.wiring import mail_server
from asithappened.wiring.doctor import external
from tests.accounts import mail_house
from tests.accounts.mail_house import LOGIN, Certificate, MailHouse, address

# aiosmtpd takes TLS from the first byte for none.
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")


@pytest.fixture(scope="module")
def in_tls(certificate: Certificate) -> Iterator[MailHouse]:
    """Yield a server that speaks TLS from the first byte."""
    with mail_house.running(certificate=certificate, from_the_first_byte=True, login=LOGIN) as house:
        yield house


Tried = Callable[..., tuple[str, str]]


@pytest.fixture
def tried(settings: Settings, monkeypatch: pytest.MonkeyPatch, certificate: Certificate) -> Tried:
    """Return a function that has the doctor look at a mail server, and returns what it finds."""

    def look(environ: Mapping[str, str], *, known: bool = True) -> tuple[str, str]:
        if known:
            monkeypatch.setenv("SSL_CERT_FILE", str(certificate.file))
        named = mail_server.named(environ)
        assert named is not None
        settings.MAIL, settings.EMAIL_BACKEND = named, "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = named.host, named.port
        settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = named.user, named.password
        settings.EMAIL_USE_SSL = named.encrypted == "from the first byte"
        settings.EMAIL_USE_TLS = named.encrypted == "before anything is said"
        found = external.mail()
        return found.result, found.says

    return look


def test_a_server_that_takes_mail_from_us_over_tls_is_said_to(
    with_tls: MailHouse, in_tls: MailHouse, tried: Tried, tmp_path: Path
) -> None:
    for house, scheme in ((with_tls, "smtp"), (in_tls, "smtps")):
        result, says = tried(address(house, tmp_path, scheme))
        assert (result, says) == ("ok", f"localhost:{house.port} takes mail from us")
        assert house.arrived == []


def test_a_wrong_password_is_said_in_the_servers_words_and_without_it(
    with_tls: MailHouse, tried: Tried, tmp_path: Path
) -> None:
    result, says = tried(address(with_tls, tmp_path, password="another"))
    assert result == "fail"
    assert "535" in says
    assert "another" not in says


def test_a_certificate_that_nobody_vouches_for_gets_no_password(
    with_tls: MailHouse, in_tls: MailHouse, tried: Tried, tmp_path: Path
) -> None:
    for house, scheme in ((with_tls, "smtp"), (in_tls, "smtps")):
        result, says = tried(address(house, tmp_path, scheme), known=False)
        assert result == "fail"
        assert "certificate" in says.lower()


def test_a_server_without_tls_gets_no_password_either(tried: Tried, tmp_path: Path) -> None:
    with mail_house.running() as plain:
        result, says = tried(address(plain, tmp_path))
        assert result == "fail"
        assert "STARTTLS" in says
        assert tried(address(plain, tmp_path, "smtps"))[0] == "fail"


def test_a_server_that_is_away_is_said_to_be(tried: Tried, tmp_path: Path) -> None:
    with mail_house.running() as gone:
        pass
    result, says = tried(address(gone, tmp_path))
    assert result == "fail"
    assert f"localhost:{gone.port} does not take mail from us" in says
