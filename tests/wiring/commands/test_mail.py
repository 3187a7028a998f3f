"""Promise of `mail test`: an operator is told whether the mail server took a letter."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.accounts.mail_house import Certificate, MailHouse, address

# aiosmtpd takes TLS from the first byte for none.
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")


@pytest.mark.terminal
def test_an_operator_sends_a_letter_and_has_the_doctor_look(
    with_tls: MailHouse, certificate: Certificate, tmp_path: Path, root: Path
) -> None:
    (tmp_path / "home").mkdir()
    foreign = {key for key in os.environ if key.startswith("ASITHAPPENED_")}
    environ = {key: value for key, value in os.environ.items() if key not in foreign}
    environ |= {"ASITHAPPENED_HOME": str(tmp_path / "home"), "SSL_CERT_FILE": str(certificate.file)}
    environ |= address(with_tls, tmp_path)

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "asithappened.wiring.cli", *words]
        return subprocess.run(command, cwd=root, env=environ, capture_output=True, text=True, timeout=100, check=False)

    sent = run("mail", "test", "ada@house.example")
    assert (sent.returncode, sent.stderr) == (0, "")
    assert f"localhost:{with_tls.port} took a letter for ada@house.example." in sent.stdout
    [letter] = with_tls.arrived
    assert (letter["To"], letter["From"]) == ("ada@house.example", "The Courier <desk@courier.example>")
    assert f"localhost:{with_tls.port} takes mail from us" in run("doctor").stdout
    environ |= address(with_tls, tmp_path, password="another")
    refused = run("mail", "test", "ada@house.example")
    assert refused.returncode != 0
    assert "did not take it: (535" in refused.stderr
    assert len(with_tls.arrived) == 1
