"""The upload corpus sent to a server as people send it: what a bomb makes of a sandbox, it makes of no server."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bench.people import signed_in
from bench.senders import PIECE, Desk
from tests.journeys.conftest import served
from tests.journeys.installation import Installation, until
from tests.media.sandbox.test_corpus import BOMBS, KINDS

pytestmark = pytest.mark.data

GROWTH_KB = 50 * 1024
TUS = {"Tus-Resumable": "1.0.0"}
SENT = {
    **BOMBS,
    **{name: KINDS[name] for name in ("evil-zip.jpg", "svg.svg", "moving.gif", "cmyk.jpg", "heic.heic", "text.jpg")},
}


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Installation]:
    """A running installation."""
    yield from served(Installation(tmp_path / "home"))


OPENED = """
from asithappened import press
from asithappened.core import events as e
press.publish(None, [e.BlogOpened(slug="storm", title="Storm", audience=e.Audience.EVERYONE)])
"""


def sent(desk: Desk, content: bytes) -> dict[str, Any]:
    """Send a file, and return what became of it."""
    begun, _ = desk.ask("POST", "media/", headers={**TUS, "Upload-Length": str(len(content))}, expect=201)
    place = str(begun.headers["Location"])
    for at in range(0, len(content), PIECE):
        piece = content[at : at + PIECE]
        headers = {**TUS, "Upload-Offset": str(at), "Content-Type": "application/offset+octet-stream"}
        desk.ask("PATCH", place, piece, headers, expect=204)
    became: dict[str, Any] = {}

    def decided() -> bool:
        became.update(json.loads(desk.ask("GET", place, expect=200)[1])["media"])
        return became["state"] in {"ready", "refused"}

    until(decided, "it is decided")
    return became


def largest_kb(pid: int) -> int:
    """Return how large a process has been."""
    status = Path(f"/proc/{pid}/status").read_text("ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))


def test_a_servers_memory_stays_flat_under_bombs_and_oddities(newsroom: Installation) -> None:
    newsroom.command("manage", "shell", "-c", OPENED)
    (cookie,) = signed_in(newsroom.home, "storm", "editor")
    desk = Desk(newsroom.port, "storm", cookie)
    assert newsroom.server
    made, _ = KINDS["wrong.png"]
    assert callable(made)
    sent(desk, made() + bytes(PIECE))  # what any file costs is there by now
    before = largest_kb(newsroom.server.pid)
    for name, (made, expected) in SENT.items():
        became = sent(desk, made if isinstance(made, bytes) else made()) if made else {"state": "refused"}
        assert became["state"] in {"ready" if word in {"taken", "still"} else "refused" for word in expected.split()}, (
            name, became,
        )  # fmt: skip
    desk.connection.close()
    assert largest_kb(newsroom.server.pid) - before < GROWTH_KB
