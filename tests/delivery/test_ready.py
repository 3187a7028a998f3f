"""Whether the installation is ready, for a load balancer, and that it uses TLS, for a browser."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from asithappened.delivery import disk, documents
from asithappened.delivery.disk import Disk
from asithappened.published import assets
from tests.delivery.conftest import KEY
from tests.delivery.newsroom import Blog
from tests.delivery.serving import LANES, Served


@pytest.fixture(scope="module", params=LANES)
def secure(
    request: pytest.FixtureRequest, database: Path | str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """Yield a server whose address is https, with a disk of its own."""
    home = tmp_path_factory.mktemp("home")
    served = Served(request.param, database, Path(settings.DOORBELLS), KEY, secure=True, disk=Disk(home))
    served.start()
    yield served
    served.stop()


def test_a_newsroom_whose_disk_cannot_be_written_is_not_ready(
    secure: Served, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(disk, "CHECK_S", -1.0)  # at each probe
    checked = secure.delivery._disk
    assert checked is not None
    assert secure.get("/readyz").status == 200
    monkeypatch.setattr(checked, "_folder", tmp_path / "gone")
    answer = secure.get("/readyz")
    assert (answer.status, answer.body, answer["cache-control"]) == (503, b"the disk cannot be written\n", "no-store")
    assert secure.get("/healthz").status == 200, "it lives, and readers have what it has"
    (tmp_path / "gone").mkdir()
    assert secure.get("/readyz").status == 200
    assert not list((tmp_path / "gone").iterdir()), "nothing is left there"


def test_a_flood_of_probes_is_one_look_at_the_disk(secure: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    looked = []

    def look() -> bool:
        looked.append(1)
        return True

    checked = secure.delivery._disk
    assert checked is not None
    monkeypatch.setattr(checked, "_try", look)
    monkeypatch.setattr(checked, "_trying", None)
    assert {secure.get("/readyz").status for _ in range(30)} == {200}
    assert len(looked) == 1


def test_every_answer_of_an_https_installation_says_so(secure: Served, blog: Blog) -> None:
    paths = [
        blog.path(),
        blog.path("log/head.json"),
        "/static/reader.css",
        "/static/nothing",
        "/live/nowhere/",
        "/healthz",
    ]
    for path in [*paths, blog.path()[:-1]]:
        assert secure.warm(path)["strict-transport-security"] == "max-age=2592000", path
    stream = secure.stream(blog.path("stream"))
    assert stream.answer["strict-transport-security"] == "max-age=2592000"
    with secure.connect() as connection:
        assert connection.ask(b"nonsense\r\n\r\n")["strict-transport-security"] == "max-age=2592000"


def test_and_none_of_an_http_one(site: Served, blog: Blog) -> None:
    for path in (blog.path(), "/static/reader.css", "/healthz"):
        assert site.warm(path)["strict-transport-security"] == ""


def test_what_is_no_page_shows_and_runs_nothing(site: Served, blog: Blog) -> None:
    nothing = "default-src 'none'; frame-ancestors 'none'"
    for path in (blog.path("log/head.json"), f"{blog.path('log/')}{blog.epoch}/0-0.json", "/healthz", "/readyz"):
        answer = site.warm(path)
        assert answer["content-security-policy"] == nothing or answer.status == 404
        assert answer["x-content-type-options"] == "nosniff"
    for name in assets.files():
        answer = site.get(f"/static/{name}")
        policy = answer["content-security-policy"]
        assert policy.startswith("default-src 'none'; "), name
        assert "frame-ancestors 'none'" in policy, name
        assert ("sandbox" in policy) == name.endswith(".svg"), name
        assert answer["x-content-type-options"] == "nosniff", name
    stream = site.stream(blog.path("stream"))
    assert stream.answer["content-security-policy"] == nothing
    assert dict(documents.STREAM_HEADERS)[b"x-content-type-options"] == b"nosniff"


@pytest.mark.parametrize("lane", LANES)
def test_who_connected_before_the_port_closed_is_answered_and_not_reset(
    lane: str, database: Path | str, monkeypatch: pytest.MonkeyPatch
) -> None:
    served = Served(lane, database, Path(settings.DOORBELLS), KEY).start()
    stop, clients = served.server.shutdown, []

    async def shutdown(sockets: list[socket.socket] | None = None) -> None:
        for _ in range(20):  # in the loop's own thread, which cannot accept them meanwhile: the kernel does
            clients.append(socket.create_connection(("127.0.0.1", served.port), timeout=20))
            clients[-1].sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        await stop(sockets)

    monkeypatch.setattr(served.server, "shutdown", shutdown)
    served.stop()
    answers = []
    for client in clients:
        with client:
            answers.append(client.recv(1_000).split(b"\r\n")[0])
    assert answers == [b"HTTP/1.1 200 OK"] * 20
