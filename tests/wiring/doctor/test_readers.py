"""Promises of the doctor about what readers get: an address is no version."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from pytest_django import Settings

from asithappened import press
from asithappened.core import events as e
from asithappened.published.models import PublishedBlog
from asithappened.wiring import address
from asithappened.wiring.doctor import readers
from tests.wiring.commanding import AT_NOBODYS, command

LIVE = "https://live.courier.example"


@pytest.mark.terminal
def test_the_doctor_tells_an_address_from_a_version(tmp_path: Path) -> None:
    home = tmp_path / "home"
    command("invite", "ada@courier.example", home=home, settings={address.VARIABLE: LIVE})
    told = command("doctor", "--json", home=home, settings={address.VARIABLE: "https://other.example"})
    findings = {finding["check"]: finding for finding in json.loads(told.stdout)["findings"]}
    assert findings["rendering"]["result"] == "ok"
    assert findings["address"]["result"] == "warn"
    assert "`asithappened address https://other.example`" in findings["address"]["do"]
    assert "rebuild" not in findings["address"]["do"]


@pytest.mark.django_db
def test_what_another_version_rendered_is_counted() -> None:
    press.publish(None, [e.BlogOpened(slug="storm", title="Storm")])
    assert readers.rendering().says == "1 live blogs, rendered by this version"
    PublishedBlog.objects.update(fingerprint="older")
    assert (readers.rendering().result, readers.rendering().says[:6]) == ("warn", "1 of 1")


@pytest.mark.django_db
def test_where_nobody_answers_one_is_told_to_start_it_and_who_answers_is_said_to(settings: Settings) -> None:
    settings.PUBLIC_URL = AT_NOBODYS[address.VARIABLE]
    assert (readers.public().result, readers.public().do) == ("warn", "Start `asithappened run` first.")
    with ThreadingHTTPServer(("127.0.0.1", 0), Missing) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        settings.PUBLIC_URL = f"http://127.0.0.1:{server.server_port}"
        assert readers.public().says == f"{settings.PUBLIC_URL}/healthz answers 404"
        server.shutdown()


class Missing(BaseHTTPRequestHandler):
    """A proxy that passes nothing on."""

    def do_GET(self) -> None:
        """Know nothing."""
        self.send_error(404)

    def log_message(self, *_: object) -> None:
        """Say nothing."""
