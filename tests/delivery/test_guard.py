"""Everything that a stranger can make long has a limit, on both lanes: bodies by size, pace and number, connections."""

import gc
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings

from asithappened.delivery import bodies, connections, refusals
from asithappened.delivery.bodies import DESK_BYTES, ELSE_BYTES, SMALL_BYTES, Bodies
from asithappened.delivery.guard import LINGER_S, Guard
from asithappened.delivery.proxies import Proxies
from tests.delivery.client import Connection, request
from tests.delivery.conftest import KEY
from tests.delivery.newsroom import Blog
from tests.delivery.serving import LANES, Served, until
from tests.delivery.test_lanes import mine, read_by

H = b" HTTP/1.1\r\nhost: 127.0.0.1\r\n"
CHUNKED = H + b"transfer-encoding: chunked\r\n\r\n"


def post(path: str, length: int) -> bytes:
    """Return the head of a request that announces a body."""
    return b"POST " + path.encode() + H + b"content-length: %d\r\n\r\n" % length


def refused(site: Served, why: refusals.Refusal) -> int:
    """Return how many were refused for a reason so far."""
    count = site.site.metrics.registry.get_sample_value("asithappened_refusals_total", {"why": why.name})
    return int(count or 0)


def port(connection: Connection) -> int:
    """Return the port that a connection comes from."""
    number: int = connection.sock.getsockname()[1]
    return number


def test_a_connection_that_is_gone_leaves_nothing_for_the_collector(site: Served) -> None:
    half = (b"", b"GET /li", post("/desk/", 90_000) + b"a" * 50_000, request("/desk/"), request("/desk/")[:-2])
    made: list[Connection] = []
    gc.collect()
    gc.disable()
    try:
        for say in half:
            made = [site.connect() for _ in range(10)]
            for connection in made:
                connection.send(say)
                read_by(site, connection)
                connection.sock.close()
        until(lambda: site.do(lambda: len(site.delivery.ingress.connections.open)) == 0)
        read_by(site, made[0])
        # By type(): `isinstance` asks a lazy object for its class, and with that makes it.
        guards = [thing for thing in gc.get_objects() if issubclass(type(thing), Guard)]
        left = sum(guard.ingress is site.delivery.ingress for guard in guards)
    finally:
        gc.enable()
    assert left <= 3, "the newest, which somebody may still have in hand"


def later(site: Served, connection: Connection, seconds: float) -> None:
    """Have the server look after a connection as it will in so many seconds."""
    read_by(site, connection)
    me = port(connection)
    site.do(lambda: mine(site, me).idle_too_long(site.now() + seconds))


# --- size


@pytest.mark.parametrize(("path", "most"), [("/desk/live/x/write/", DESK_BYTES), ("/live/x/", ELSE_BYTES)])
def test_a_body_that_announces_too_much_is_refused_before_it_is_sent(site: Served, path: str, most: int) -> None:
    before = refused(site, refusals.BODY_LARGE)
    with site.connect() as connection:
        answer = connection.ask(post(path, most + 1))
        assert (answer.status, answer["cache-control"], answer["connection"]) == (413, "no-store", "close")
        assert b"still in your browser" in answer.body
        assert connection.rest() == b""
    with site.connect() as connection:
        german = connection.ask(post(path, most + 1).replace(H, H + b"accept-language: de-CH,de;q=0.9\r\n"))
        assert "steht noch in Ihrem Browser" in german.body.decode()
    assert refused(site, refusals.BODY_LARGE) == before + 2


def test_a_body_of_exactly_what_may_be_sent_arrives(site: Served) -> None:
    for size in (DESK_BYTES, DESK_BYTES - 1):
        with site.connect() as connection:
            connection.send(post("/desk/", size) + b"a" * size)
            assert connection.answer().body == b"desk POST %d" % size
    with site.connect() as connection:
        pieces = b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in [b"a" * 4_096] * (DESK_BYTES // 4_096))
        connection.send(b"POST /accounts/login/" + CHUNKED + pieces + b"0\r\n\r\n")
        assert connection.answer().body == b"desk POST %d" % DESK_BYTES
    assert site.do(lambda: site.delivery.ingress.bodies.held) == 0


@pytest.mark.parametrize("path", ["/desk/", "/somewhere/"])
def test_an_endless_body_in_chunks_is_refused_once_it_was_too_much(site: Served, path: str) -> None:
    with site.connect() as connection:
        connection.send(b"POST " + path.encode() + CHUNKED)
        for _ in range(2 * DESK_BYTES // 65_536):
            connection.send(b"10000\r\n" + b"a" * 65_536 + b"\r\n")
        answer = connection.answer()
        assert (answer.status, answer["connection"]) == (413, "close")
        assert connection.rest() == b""
    until(lambda: site.do(lambda: site.delivery.ingress.bodies.held) == 0)


@pytest.mark.parametrize(
    "piece",
    [b"1\r\na\r\n" * 1_000, b"1;" + b"x" * 3_000 + b"\r\na\r\n", b"0\r\n" + b"x: y\r\n" * 1_000],
    ids=["a chunk a byte", "long extensions", "endless trailers"],
)
def test_what_surrounds_a_body_has_an_end_too(site: Served, piece: bytes) -> None:
    with site.connect() as connection:
        connection.send(b"POST /somewhere/" + CHUNKED)
        start, rest = (piece[:3], piece[3:]) if piece.startswith(b"0") else (b"", piece)
        connection.send(start)
        for _ in range(1_000_000 // len(rest)):  # more than is read in one go, which nobody counts
            connection.send(rest)
        assert connection.answer().status in {413, 400}
        assert connection.rest() == b""


def test_what_comes_after_a_body_is_no_header_of_it(site: Served) -> None:
    with site.connect() as connection:
        connection.send(b"POST /desk/" + CHUNKED + b"1\r\na\r\n")
        read_by(site, connection)
        connection.send(b"0\r\nx-forwarded-for: 6.6.6.6\r\nforwarded: for=6.6.6.6\r\n\r\n")
        answer = connection.answer()
        assert (answer.status, answer["x-heard"], answer["x-asker"]) == (200, "", "127.0.0.1 http")


def test_a_body_to_what_was_answered_already_has_an_end(site: Served, blog: Blog) -> None:
    with site.connect() as connection:
        connection.send(b"POST " + blog.path().encode() + CHUNKED)
        assert connection.answer().status == 405
        for _ in range(20):
            connection.send(b"1000\r\n" + b"a" * 4_096 + b"\r\n")
        assert connection.rest() == b""


# --- pace


def test_a_body_that_does_not_come_is_ended(site: Served) -> None:
    before = refused(site, refusals.BODY_SLOW)
    for sent in (b"", b"text="):
        with site.connect() as connection:
            connection.send(post("/desk/", 5_000) + sent)
            later(site, connection, bodies.GRACE_S - 1)
            later(site, connection, bodies.GRACE_S + 1)
            answer = connection.answer()
            assert (answer.status, answer["connection"], answer["cache-control"]) == (408, "close", "no-store")
            assert connection.rest() == b""
    assert refused(site, refusals.BODY_SLOW) == before + 2
    until(lambda: site.do(lambda: site.delivery.ingress.bodies.held) == 0)


def test_a_body_that_comes_at_a_phones_pace_is_waited_for(site: Served) -> None:
    with site.connect() as connection:
        connection.send(post("/desk/", DESK_BYTES) + b"a" * 400_000)
        read_by(site, connection)
        until(lambda: site.do(lambda: mine(site, port(connection)).body_bytes) == 400_000)
        later(site, connection, bodies.GRACE_S + 400_000 / bodies.PACE - 2)
        connection.send(b"a" * (DESK_BYTES - 400_000))
        assert connection.answer().body == b"desk POST %d" % DESK_BYTES


def test_whoever_goes_on_sending_what_was_refused_is_cut_in_the_end(site: Served) -> None:
    with site.connect() as connection:
        connection.send(b"POST /somewhere/" + CHUNKED + b"8000\r\n" + b"a" * 0x8000 + b"\r\n")
        assert connection.answer().status == 413
        later(site, connection, LINGER_S + 1)
        until(lambda: site.do(lambda: mine(site, port(connection))) is None)


# --- what cannot be read


@pytest.mark.parametrize("broken", [b"zz\r\nhello\r\n", b"-1\r\n", b"5\r\nhelloX\r\n", b"ffffffffffffffffff\r\n"])
def test_a_broken_chunk_is_answered_and_ended(site: Served, broken: bytes) -> None:
    for start in (b"", b"1\r\na\r\n"):
        with site.connect() as connection:
            connection.send(b"POST /desk/" + CHUNKED + start)
            read_by(site, connection)
            connection.send(broken)
            answer = connection.answer()
            assert (answer.status, answer["connection"]) == (400, "close")
            assert connection.rest() == b""
    until(lambda: site.do(lambda: site.delivery.ingress.bodies.held) == 0)


def test_a_broken_body_behind_others_ends_after_their_answers(site: Served) -> None:
    with site.connect() as connection:
        connection.send(request("/desk/") * 3 + b"POST /desk/" + CHUNKED + b"zz\r\n" + request("/desk/"))
        assert [answer.body for answer in connection.answers(3)] == [b"desk GET 0"] * 3
        assert connection.rest() == b"", "nothing that came after is taken for a request"


# --- memory


@contextmanager
def memory(site: Served, total: int) -> Iterator[None]:
    """Have a server hold so much of bodies, for a while."""
    held = site.delivery.ingress.bodies
    until(lambda: site.do(lambda: held.held) == 0)
    was, held.total = held.total, total
    try:
        yield
        until(lambda: site.do(lambda: held.held) == 0)
    finally:
        held.total = was


def test_half_sent_bodies_do_not_fill_memory_and_a_sign_in_still_fits(site: Served) -> None:
    with memory(site, 1_000_000):
        half = [site.connect() for _ in range(20)]
        for connection in half:
            connection.send(post("/desk/", 100_000) + b"a" * 99_999)
            read_by(site, connection)
        assert site.do(lambda: site.delivery.ingress.bodies.held) <= bodies.LARGE * 1_000_000
        ended = [c for c in half if site.do(lambda c=c: mine(site, port(c)).refused)]  # type: ignore[misc]
        assert len(ended) >= 14
        answer = ended[0].answer()
        assert (answer.status, answer["cache-control"]) == (503, "no-store")
        with site.connect() as connection:
            connection.send(post("/accounts/login/", SMALL_BYTES) + b"a" * SMALL_BYTES)
            assert connection.answer().status == 200
        for connection in half:
            connection.sock.close()


def test_the_signed_in_have_room_when_strangers_have_none() -> None:
    held = Bodies(1_000)
    assert held.take(500, so_far=SMALL_BYTES + 1, signed_in=False)
    assert not held.take(1, so_far=SMALL_BYTES + 1, signed_in=False)
    assert held.take(250, so_far=1, signed_in=False)
    assert not held.take(1, so_far=1, signed_in=False)
    assert held.take(250, so_far=DESK_BYTES, signed_in=True)
    assert not held.take(1, so_far=1, signed_in=True)
    held.release(1)
    assert held.take(1, so_far=1, signed_in=True)


# --- traces


def test_many_refusals_are_one_line_in_the_log(site: Served, caplog: pytest.LogCaptureFixture) -> None:
    site.do(site.delivery.ingress.refusals._since.clear)
    for _ in range(30):
        with site.connect() as connection:
            assert connection.ask(b"\x16\x03\x01\x02\x00\x01\r\n\r\n").status == 400
    with caplog.at_level(logging.WARNING):
        for seconds in range(1_000, 1_009, 2):
            site.do(lambda at=seconds: site.delivery.ingress.refusals.report(float(at) * 1e6))  # type: ignore[misc]
    assert [record.getMessage() for record in caplog.records] == ["Refused: 30 could not be read (last from 127.0.0.1)"]


# --- places


@pytest.fixture(scope="module", params=LANES)
def small(request: pytest.FixtureRequest, database: Path | str) -> Iterator[Served]:
    """Yield a server with 30 places that trusts no proxy and knows the session `ada`."""
    served = Served(
        request.param, database, Path(settings.DOORBELLS), KEY, proxies=Proxies(()), session_cookie="session"
    )
    places = served.delivery.ingress.connections
    places.total, places.strangers = 30, 24
    served.start()
    served.do(lambda: _learn(served))
    yield served
    served.stop()


def _learn(served: Served) -> None:
    recognised = served.delivery.ingress.recognised
    recognised.learn(recognised.session([(b"cookie", b"session=ada")]), signed_in=True)


@pytest.fixture(autouse=True)
def empty(request: pytest.FixtureRequest) -> Iterator[None]:
    """Leave the small server without connections."""
    yield
    if "small" in request.fixturenames:
        small: Served = request.getfixturevalue("small")
        small.do(lambda: [connection.transport.abort() for connection in list(small.delivery.ingress.connections.open)])
        until(lambda: small.do(lambda: len(small.delivery.ingress.connections.open)) == 0)
        assert small.do(
            lambda: (small.delivery.ingress.connections.signed_in, small.delivery.ingress.connections._by_network)
        ) == (
            0,
            {},
        )


def opened(served: Served, count: int, say: bytes = b"") -> list[Connection]:
    """Open connections from as many addresses, and return when the server has them."""
    before = served.do(lambda: len(served.delivery.ingress.connections.open))
    made = [served.connect(f"127.0.3.{number + 1}") for number in range(count)]
    for connection in made:
        connection.send(say)
    until(lambda: served.do(lambda: len(served.delivery.ingress.connections.open)) >= before + count)
    return made


def age(served: Served, seconds: float) -> None:
    """Make all connections older, and let the next look for idle ones be due."""

    def work() -> None:
        places = served.delivery.ingress.connections
        places._next_check, places._idle = 0.0, []
        for connection in served.delivery.ingress.connections.open:
            assert isinstance(connection, Guard)
            connection.active_at -= seconds
            connection.made_at -= seconds
            connection.headers_began -= seconds
            connection.body_began -= seconds

    served.do(work)


@pytest.mark.parametrize(
    "say", [b"", b"GET /live/", b"POST /desk/" + H + b"content-length: 5\r\n\r\n"], ids=["nothing", "head", "body"]
)
def test_whoever_does_nothing_makes_room_for_whoever_comes(small: Served, say: bytes) -> None:
    before = refused(small, refusals.IDLE)
    opened(small, 24, say)
    age(small, 60)
    for _ in range(3):
        with small.connect("127.0.4.1") as reader:
            until(lambda: small.do(lambda: len(small.delivery.ingress.connections.open)) <= 24)
            assert reader.ask(request("/desk/")).status == 200
    assert refused(small, refusals.IDLE) > before


def test_places_are_kept_for_who_is_signed_in_and_a_cookie_that_was_made_up_takes_none(small: Served) -> None:
    opened(small, 24)  # and each has only just come: nobody makes room
    for cookie, status in (("", 503), ("session=eve", 503), ("session=ada", 200)):
        with small.connect("127.0.4.1") as connection:
            answer = connection.ask(request("/desk/", cookie=cookie) if cookie else request("/desk/"))
            assert (answer.status, answer["cache-control"]) == (status, "no-store")
    with small.connect("127.0.4.1") as silent:
        read = small.connect("127.0.4.2")
        assert read.ask(request("/desk/", cookie="session=ada")).status == 200
        me = port(silent)
        small.do(lambda: mine(small, me).idle_too_long(small.now() + connections.PROBATION_S + 1))
        assert silent.answer().status == 503


def test_whoever_is_signed_in_takes_no_strangers_place_and_is_not_sent_away(small: Served) -> None:
    with small.connect("127.0.4.1") as ada:
        assert ada.ask(request("/desk/", cookie="session=ada")).status == 200
        opened(small, 23)
        age(small, 60)
        with small.connect("127.0.4.2") as reader:
            assert reader.ask(request("/desk/")).status == 200
            assert small.do(lambda: len(small.delivery.ingress.connections.open)) == 25
            assert small.connect("127.0.4.3").ask(request("/desk/")).status == 200, "and now somebody makes room"
        assert ada.ask(request("/desk/", cookie="session=ada")).status == 200


def test_there_are_never_more_than_all_places(small: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "SHORT_PROBATION_S", 60.0)
    made = [small.connect(f"127.0.3.{number + 1}") for number in range(60)]
    assert made[-1].answer().status == 503
    until(lambda: small.do(lambda: len(small.delivery.ingress.connections.open)) <= 30)


def test_a_flood_of_strangers_who_say_nothing_does_not_keep_out_who_is_signed_in(small: Served) -> None:
    flood = [small.connect(f"127.0.3.{number + 1}") for number in range(30)]
    until(lambda: small.do(lambda: len(small.delivery.ingress.connections.open)) == 30)
    age(small, 1)  # too young to be idle, old enough to have said who they are
    for _ in range(3):
        with small.connect("127.0.4.1") as ada:
            assert ada.ask(request("/desk/", cookie="session=ada")).status == 200
    assert small.do(lambda: len(small.delivery.ingress.connections.open)) >= 24, (
        "who came first and has a place keeps it"
    )
    assert flood


def test_one_address_has_its_share_of_connections_and_others_have_theirs(
    small: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "PER_NETWORK", 3)
    greedy = [small.connect("127.0.3.1") for _ in range(4)]
    assert greedy[3].answer().status == 503
    assert greedy[3].rest() == b""
    assert greedy[0].ask(request("/desk/")).status == 200
    with small.connect("127.0.3.2") as other:
        assert other.ask(request("/desk/")).status == 200
    greedy[0].sock.close()
    until(lambda: small.do(lambda: len(small.delivery.ingress.connections.open)) <= 2)
    with small.connect("127.0.3.1") as again:
        assert again.ask(request("/desk/")).status == 200


def test_a_stream_is_never_sent_away_for_being_silent(small: Served, blog: Blog) -> None:
    stream = small.stream(blog.path("stream"))
    stream.hello()
    opened(small, 23)
    age(small, 60)
    with small.connect("127.0.4.1") as reader:
        assert reader.ask(request(blog.path())).status == 200
    blog.publish(blog.post())
    assert stream.up_to(blog.head)[-1].json["s"] == blog.head
