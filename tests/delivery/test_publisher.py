"""An edge gets every event once, with the id of the one before, and nothing that was taken back."""

import itertools
import logging
import random
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import jwt
import pytest
from django.conf import settings

from asithappened.core import events as e
from asithappened.delivery import publisher as delivery_publisher
from asithappened.delivery.metrics import Metrics
from asithappened.delivery.publisher import Publisher
from asithappened.published import doorbell, retrying
from asithappened.published.read import Library
from tests.delivery.edge import EDGE_KEY, Control, HeldReader, content, seqs
from tests.delivery.newsroom import Blog
from tests.delivery.serving import Served, until

Database = Path | str


@pytest.fixture
def control() -> Iterator[Control]:
    """Yield an edge's control port."""
    with Control() as control:
        yield control


@pytest.fixture(autouse=True)
def known(control: Control, lanes: dict[str, Served]) -> Iterator[None]:
    """Have every server know the edge."""
    for served in lanes.values():
        served.delivery.streams.edges = [control.edge]
    yield
    for served in lanes.values():
        served.delivery.streams.edges = ()


@contextmanager
def publishing(control: Control, database: Database, blog: Blog | None = None) -> Iterator[Publisher]:
    """Have a publisher follow; inside, the edge has been told of the blog."""
    publisher = Publisher(control.edge, database, Path(settings.DOORBELLS), Metrics())
    told = len(control.items)
    publisher.start()
    try:
        if blog is not None:
            control.until(lambda: any(item["channel"] == channel(blog) for item in control.items[told:]))
        yield publisher
    finally:
        publisher.stop()
        assert not publisher._thread.is_alive()


def channel(blog: Blog) -> str:
    """Return where a blog's events are published."""
    return f"live-{blog.id}-{blog.epoch}"


def cursor(blog: Blog) -> str:
    """Return the id of a blog's newest event."""
    return f"{blog.epoch}-{blog.head}"


def asks(item: dict[str, object]) -> bool:
    """Say whether an item has the edge ask."""
    return "id" not in item and item["formats"] == {"http-stream": {"action": "close"}}


@pytest.mark.both
def test_every_event_is_published_once_and_names_the_one_before(
    control: Control, database: Database, site: Served, blog: Blog
) -> None:
    stream = site.stream(blog.path("stream"))
    stream.hello()
    since = blog.head
    with publishing(control, database, blog):
        for number in range(6):
            blog.publish(*(blog.post() for _ in range(1 + number % 3)))
        blog.publish(e.BlogDescribed(title="The storm has passed"))
        control.reached(cursor(blog))
    first, *published = control.of(channel(blog))
    assert asks(first), "where the edge stands is not known at first"
    assert [item["id"] for item in published] == [f"{blog.epoch}-{seq}" for seq in range(since + 1, blog.head + 1)]
    assert [item["prev-id"] for item in published] == [f"{blog.epoch}-{seq}" for seq in range(since, blog.head)]
    sent = {event.id: event.raw.decode() for event in stream.up_to(blog.head) if not event.name}
    for item in published:
        assert content(item).startswith(sent[item["id"]] + "\n\n"), "the same bytes as on every stream"
    assert "event: part" in content(published[-1])
    assert "The storm has passed" in content(published[-1])


@pytest.mark.both
def test_no_reader_of_an_edge_misses_anything_when_the_publisher_begins_again(
    control: Control, database: Database, lanes: dict[str, Served]
) -> None:
    blog = Blog.opened(posts=2)
    reader = HeldReader(lanes["fast"], blog.path("stream"))
    since = blog.head
    for _ in range(3):
        with publishing(control, database, blog):
            blog.publish(blog.post(), blog.post())
            control.reached(cursor(blog))
        blog.publish(blog.post())  # while nobody follows
    with publishing(control, database, blog):
        blog.publish(blog.post())
        control.reached(cursor(blog))
    published = control.of(channel(blog))
    ids = [item["id"] for item in published if "id" in item]
    assert len(ids) == len(set(ids))
    for earlier, later in itertools.pairwise(published):
        assert asks(later) or asks(earlier) or later["prev-id"] == earlier["id"], "no hole but where the edge asks"
    reader.publish(*published)
    assert seqs(reader.text) == list(range(since + 1, blog.head + 1))


@pytest.mark.both
@pytest.mark.parametrize("seed", range(2))
def test_whatever_an_edge_loses_its_readers_get_every_event_once_and_in_order(
    control: Control, database: Database, lanes: dict[str, Served], seed: int
) -> None:
    chance = random.Random(seed)
    blog = Blog.opened(posts=1)
    site = lanes["fast"]
    readers: list[tuple[int, HeldReader]] = []
    done = 0
    with publishing(control, database, blog):
        for _ in range(15):
            if chance.random() < 0.3:
                readers.append((blog.head, HeldReader(site, blog.path("stream"))))
            blog.publish(*(blog.post() for _ in range(chance.randint(1, 3))))
            if chance.random() < 0.5:
                control.reached(cursor(blog))
                arrived, done = control.of(channel(blog))[done:], len(control.of(channel(blog)))
                kept = [item for item in arrived if chance.random() < 0.7]
                for _, reader in readers:
                    reader.publish(*kept)
    for since, reader in readers:
        reader.ask()  # as it does when it has heard nothing for long
        assert seqs(reader.text) == list(range(since + 1, blog.head + 1))
        assert "reset" not in reader.text


@pytest.mark.both
def test_an_edge_that_was_told_of_nobody_hears_of_a_blog_that_opens(control: Control, database: Database) -> None:
    with publishing(control, database):
        blog = Blog.opened()
        control.until(lambda: control.of(channel(blog)))
        blog.publish(blog.post())
        control.reached(cursor(blog))


ENDINGS: dict[str, tuple[Callable[[Blog], e.Event], bool]] = {
    "closed": (lambda _: e.BlogClosed(), True),
    "for members": (lambda _: e.AudienceSet(audience=e.Audience.MEMBERS), False),
    "for nobody": (lambda _: e.AudienceSet(audience=e.Audience.NOBODY), False),
    "taken down": (lambda _: e.BlogTakenDown(), False),
    "moved": (lambda blog: e.BlogRenamed(slug=f"{blog.slug}-moved"), False),
    "rendered anew": (lambda _: e.BlogDescribed(title="Sturm", language="de"), False),
}


@pytest.mark.both
@pytest.mark.parametrize("name", ENDINGS)
def test_where_an_edges_readers_cannot_be_brought_on_it_asks(
    control: Control, database: Database, blog: Blog, name: str
) -> None:
    event, last_words = ENDINGS[name]
    with publishing(control, database, blog):
        blog.publish(blog.post("Between ourselves."), event(blog))  # one append: there is no moment between the two
        control.until(lambda: sum(asks(item) for item in control.of(channel(blog))) == 2)
    first, *words, last = control.of(channel(blog))
    assert asks(first)
    assert asks(last)
    assert bool(words) == last_words
    assert ("Between ourselves." in "".join(map(content, words))) == last_words


@pytest.mark.both
def test_of_what_is_not_everyones_nothing_goes_to_an_edge(control: Control, database: Database, blog: Blog) -> None:
    hidden = [Blog.opened(posts=1, audience=audience) for audience in (e.Audience.MEMBERS, e.Audience.NOBODY)]
    with publishing(control, database, blog):
        for each in [*hidden, blog]:
            each.publish(each.post())
        control.reached(cursor(blog))
        assert not [item for each in hidden for item in control.of(channel(each))]
        hidden[0].publish(e.AudienceSet(audience=e.Audience.EVERYONE))
        control.until(lambda: control.of(channel(hidden[0])))
    assert [asks(item) for item in control.of(channel(hidden[0]))] == [True]


class Interrupted(doorbell.Stamp):
    """A stamp that is read at the worst moment: something is published between reading the tables and sending."""

    def __init__(self, folder: Path, happening: Callable[[], object]) -> None:
        super().__init__(folder)
        self._happening, self._reads = happening, 0

    def read(self) -> bytes:
        """Return the stamp; let it happen before the second time."""
        self._reads += 1
        if self._reads == 2:
            self._happening()
        return super().read()


@pytest.mark.both
@pytest.mark.parametrize("how", ["withdrawn", "erased", "hidden"])
def test_what_was_taken_back_is_not_published_after_that_was_answered(
    control: Control, database: Database, blog: Blog, how: str
) -> None:
    publisher = Publisher(control.edge, database, Path(settings.DOORBELLS), Metrics())
    library = Library(database)
    publisher._send_news(library, doorbell.Stamp(Path(settings.DOORBELLS)))
    seq = blog.publish(blog.post("canaryedgex", id_="told"))
    taken: dict[str, e.Event] = {
        "withdrawn": e.PostWithdrawn(post="told"),
        "erased": e.PayloadErased(of=e.post("told"), seqs=(seq,), whole=True),
        "hidden": e.AudienceSet(audience=e.Audience.MEMBERS),
    }
    publisher._send_news(library, Interrupted(Path(settings.DOORBELLS), lambda: blog.publish(taken[how])))
    library.close()
    ids = [item.get("id") for item in control.of(channel(blog))]
    assert ids[-1] == (cursor(blog) if how != "hidden" else None), "the rest is published all the same"
    assert "canaryedgex" not in repr(control.items)


def test_what_is_sent_is_signed(control: Control, database: Database, blog: Blog) -> None:
    with publishing(control, database, blog):
        pass
    for header in control.authorizations:
        claims = jwt.decode(header.removeprefix("Bearer "), EDGE_KEY, algorithms=["HS256"])
        assert claims["iss"] == "newsroom"


def test_more_than_an_edge_takes_at_once_it_asks_for(
    control: Control, database: Database, blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery_publisher, "BURST_EVENTS", 3)
    with publishing(control, database, blog):
        blog.publish(*(blog.post() for _ in range(4)))
        control.until(lambda: len(control.of(channel(blog))) == 2)
        blog.publish(*(blog.post() for _ in range(3)))
        control.reached(cursor(blog))
    assert [asks(item) for item in control.of(channel(blog))] == [True, True, False, False, False]


def test_no_post_is_larger_than_an_edge_takes(
    control: Control, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    blogs = [Blog.opened(posts=1) for _ in range(4)]
    with publishing(control, database, blogs[-1]) as publisher:
        monkeypatch.setattr(delivery_publisher, "BODY_BYTES", 20_000)
        publisher.stop()
        for blog in blogs:
            blog.publish(blog.post("Words. " * 1_000))  # twice as many bytes as an item
        blogs[0].publish(*(blogs[0].post("Words. " * 1_000) for _ in range(3)))
        library = Library(database)
        publisher._send_news(library, doorbell.Stamp(Path(settings.DOORBELLS)))
        library.close()
    assert max(map(len, control.posts[1:])) <= 20_000 + 20
    assert len(control.posts) >= 3
    assert asks(control.of(channel(blogs[0]))[-1]), "one blog's own are too many"
    for blog in blogs[1:]:
        assert control.of(channel(blog))[-1]["id"] == cursor(blog)


def _more(now: Callable[[], float], than: float) -> bool:
    return now() > than


def test_a_dead_edge_harms_nobody_and_is_one_line_in_the_log(
    control: Control, database: Database, site: Served, blog: Blog, caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(delivery_publisher, "REFRESH_S", 0.01)
    monkeypatch.setattr(retrying, "RETRY_S", 0.01)
    stream = site.stream(blog.path("stream"))
    stream.hello()
    reader = HeldReader(site, blog.path("stream"))
    since = blog.head
    control.status = 503
    with caplog.at_level(logging.WARNING), publishing(control, database) as publisher:
        failures = publisher._metrics.edge_failures._value
        for _ in range(3):
            tried = failures.get()
            blog.publish(blog.post())
            assert stream.up_to(blog.head)[-1].json["s"] == blog.head
            until(partial(_more, failures.get, tried))
        [line] = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
        assert f"127.0.0.1:{control.port}" in line
        assert EDGE_KEY not in line
        assert not control.items
        control.status = 200
        control.until(lambda: control.of(channel(blog)))
        blog.publish(blog.post())
        control.reached(cursor(blog))
        assert [item for item in control.of(channel(blog)) if not asks(item)] == control.of(channel(blog))[-1:]
    reader.publish(*control.of(channel(blog)))
    assert seqs(reader.text) == list(range(since + 1, blog.head + 1))


def test_an_edge_that_is_not_there_does_not_keep_the_server_from_stopping(database: Database, blog: Blog) -> None:
    del blog
    with Control() as gone:
        edge = gone.edge
    publisher = Publisher(edge, database, Path(settings.DOORBELLS), Metrics())
    publisher.start()
    until(lambda: publisher._metrics.edge_failures._value.get() > 0)
    publisher.stop()
    assert not publisher._thread.is_alive()


@pytest.fixture
def doorbells_of_its_own(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Yield a folder that may be cleared: the servers listen at another, and would hear nothing for a second."""
    with tempfile.TemporaryDirectory(prefix="aih-bells-") as folder:
        monkeypatch.setattr(settings, "DOORBELLS", Path(folder))
        yield Path(folder)


def test_a_cleared_folder_of_doorbells_is_listened_to_again(
    control: Control, database: Database, blog: Blog, doorbells_of_its_own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery_publisher, "REFRESH_S", 0.05)
    monkeypatch.setattr(retrying, "RETRY_S", 0.05)
    with publishing(control, database, blog):
        for bell in doorbells_of_its_own.iterdir():
            bell.unlink()
        blog.publish(blog.post())
        control.reached(cursor(blog))  # by the clock
        blog.publish(blog.post())
        control.reached(cursor(blog))
