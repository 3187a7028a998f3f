"""Cards as other sites get them: drawn once on request, and only at the version that the page names."""

import asyncio
import os
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from PIL import Image

from asithappened.core import events as e
from asithappened.log import follow
from asithappened.media.cards import consume, files, views
from asithappened.media.cards.drawing import draw
from asithappened.render.card_image import CardImage
from tests.delivery.client import Answer
from tests.delivery.conftest import KEY
from tests.delivery.newsroom import Blog
from tests.delivery.serving import Served
from tests.delivery.test_members import cookie, ticket


class Newsroom:
    """Django behind delivery, and what it was asked for."""

    def __init__(self) -> None:
        self.asked = list[str]()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer as the application behind does."""
        await receive()
        self.asked.append(scope["path"])
        answer = await asyncio.to_thread(self._answer, scope["path"])
        headers = [(name.lower().encode(), value.encode()) for name, value in answer.items()]
        await send({"type": "http.response.start", "status": answer.status_code, "headers": headers})
        await send({"type": "http.response.body", "body": answer.content})

    def _answer(self, path: str) -> Any:
        try:
            return Client().get(path)
        finally:
            connections.close_all()


@pytest.fixture(scope="module")
def behind() -> Newsroom:
    """Return what stands behind the server."""
    return Newsroom()


@pytest.fixture(scope="module")
def served(database: Path | str, behind: Newsroom) -> Iterator[Served]:
    """Yield a server whose cards Django draws."""
    server = Served("fast", database, Path(settings.DOORBELLS), KEY, behind=behind).start()
    folder, settings.CARDS_FOLDER = settings.CARDS_FOLDER, server.cards
    yield server
    settings.CARDS_FOLDER = folder
    server.stop()


def card_of(page: Answer) -> str:
    """Return the path of the card that a page names, as crawlers find it."""
    found = dict(re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)">', page.body.decode()))
    assert (found["og:image:width"], found["og:image:height"]) == ("1200", "630")
    assert found["twitter:card"] == "summary_large_image"
    assert found["og:image:alt"] == found["twitter:image:alt"] != ""
    assert found["og:image"].startswith("http://localhost:8000/live/")
    return str(found["og:image"]).removeprefix("http://localhost:8000")


def test_every_page_names_a_card_which_is_a_picture(served: Served) -> None:
    blog = Blog.opened(posts=55)
    of_blog = card_of(served.get(blog.path()))
    assert {card_of(served.get(blog.path(rest))) for rest in ("page/1/", "key-events/")} == {of_blog}
    of_post = card_of(served.get(blog.path("p/p2/")))
    assert of_post.startswith(blog.path("p/p2/card/"))
    assert f'"image":["http://localhost:8000{of_blog}"]' in served.get(blog.path()).body.decode()
    for path in (of_blog, of_post):
        answer = served.get(path)
        assert (answer.status, answer["content-type"]) == (200, "image/jpeg")
        assert Image.open(BytesIO(answer.raw)).size == (1200, 630)


def test_a_card_is_drawn_once_and_then_given_from_the_disk(served: Served, behind: Newsroom, blog: Blog) -> None:
    path = card_of(served.get(blog.path("p/p1/")))
    drawn = served.get(path)
    kept = [served.warm(path), served.get(path, if_none_match=served.get(path)["etag"])]
    assert behind.asked.count(path) == 1
    assert [answer.status for answer in kept] == [200, 304]
    assert kept[0].raw == drawn.raw
    for answer in (drawn, kept[0]):
        assert answer["cache-control"] == "public, max-age=300"
        assert answer["content-security-policy"] == "sandbox; default-src 'none'"
        assert answer["x-content-type-options"] == "nosniff"


@pytest.mark.both
def test_a_card_of_words_that_are_others_now_or_nobodys_is_nowhere_at_once(served: Served, blog: Blog) -> None:
    first = blog.head - 2
    old = {post: card_of(served.get(blog.path(f"p/{post}/"))) for post in ("p1", "p2", "p3")}
    assert [served.warm(path).status for path in old.values()] == [200] * 3
    blog.publish(blog.revision("p1", "Other words."))
    blog.publish(e.PostWithdrawn(post="p2"))
    blog.publish(e.PayloadErased(of=e.post("p3"), seqs=(first + 2,), whole=True))
    assert [served.get(path).status for path in old.values()] == [404] * 3
    assert served.get(card_of(served.get(blog.path("p/p1/")))).status == 200
    assert all(name not in served.get(blog.path("p/p2/")).body.decode() for name in ("og:image", "/card/"))


def test_the_files_of_older_cards_leave_the_disk(served: Served, blog: Blog) -> None:
    paths = [card_of(served.get(blog.path(rest))) for rest in ("", "p/p1/", "p/p2/")]
    assert [served.get(path).status for path in paths] == [200] * 3
    follow.catch_up(consume)
    folder = served.cards / str(blog.id)
    assert len(list(folder.rglob("*.jpg"))) == 3
    blog.publish(e.PostWithdrawn(post="p1"))
    follow.catch_up(consume)
    assert list((folder / "p" / "p1").iterdir()) == []
    assert len(list(folder.rglob("*.jpg"))) == 2
    blog.publish(e.BlogDescribed(title="Another title"))
    follow.catch_up(consume)
    assert list(folder.rglob("*.jpg")) == []


def test_a_row_of_the_ledger_has_a_card_of_its_own_for_as_long_as_readers_have_the_row(
    served: Served, behind: Newsroom, blog: Blog
) -> None:
    blog.publish(
        e.StatementRecorded(statement="a", text="The wall stands."),
        e.SeriesRecorded(series="a", label="Homes without power"),
        e.SeriesMoved(series="a", value=4600),
    )
    claim, homes = (card_of(served.get(blog.path(f"known/{about}/a/"))) for about in ("statement", "series"))
    assert claim.startswith(blog.path("known/statement/a/card/"))
    assert [served.get(path)["content-type"] for path in (claim, homes)] == ["image/jpeg"] * 2
    assert [served.warm(path).status for path in (claim, homes)] == [200, 200]
    assert behind.asked.count(claim) == 1
    assert served.get(claim.replace("statement", "series")).status == 404
    blog.publish(
        e.SeriesMoved(series="a", value=11400), e.StatementAssessed(statement="a", status=e.Verification.FALSE)
    )
    assert [served.get(path).status for path in (claim, homes)] == [404, 404]
    now = card_of(served.get(blog.path("known/statement/a/")))
    assert served.get(now).status == 200
    blog.publish(e.LedgerRemoved(of=e.Subject(e.STATEMENT, "a")))
    assert served.get(now).status == 404
    follow.catch_up(consume)
    assert list((served.cards / str(blog.id) / "known").rglob("*.jpg")) == []
    blog.publish(e.BlogDescribed(title="Another title"))
    assert card_of(served.get(blog.path("known/series/a/"))) != homes


def test_a_title_on_a_card_is_part_of_its_address(served: Served, blog: Blog) -> None:
    was = [card_of(served.get(blog.path(rest))) for rest in ("", "p/p1/")]
    assert [served.get(path).status for path in was] == [200, 200]
    blog.publish(e.BlogDescribed(title="Another title"))
    now = [card_of(served.get(blog.path(rest))) for rest in ("", "p/p1/")]
    assert not set(was) & set(now)
    assert [served.get(path).status for path in (*was, *now)] == [404, 404, 200, 200]
    blog.publish(e.BlogClosed())
    assert card_of(served.get(blog.path())) != now[0]  # it is not live any more, and says so
    assert card_of(served.get(blog.path("p/p1/"))) == now[1]


def test_nothing_is_drawn_for_an_address_that_no_page_names(served: Served, behind: Newsroom, blog: Blog) -> None:
    path = card_of(served.get(blog.path("p/p1/")))
    version = path.rpartition("/")[2].removesuffix(".jpg")
    asked = len(behind.asked)
    wrong = [
        f"{version[:-1]}{'0' if version[-1] != '0' else '1'}",
        "0" * 18,
        version[:12],
        version.upper(),
        f"{version}0",
    ]
    for other in (*wrong, "../../etc", "%2e%2e"):
        assert served.get(path.replace(version, other)).status == 404, other
    assert served.get(path.replace("p/p1", "p/p2")).status == 404
    # Words in a post cannot make an address of one.
    blog.publish(
        blog.post(
            f'"<!--house:address-->{blog.path("p/forged/card/000000000000")}<!--slot:card_mark-->.jpg"', id_="forged"
        )
    )
    assert served.get(blog.path(f"p/forged/card/{'0' * 12}{version[12:]}.jpg")).status == 404
    assert behind.asked[asked:] == []


def test_a_taken_down_blog_has_no_card(served: Served) -> None:
    blog = Blog.opened(posts=1)
    paths = [card_of(served.get(blog.path(rest))) for rest in ("", "p/p1/")]
    assert [served.warm(path).status for path in paths] == [200, 200]
    blog.publish(e.BlogTakenDown(reason="A court's order"))
    assert [served.get(path).status for path in paths] == [410, 410]


def test_a_members_card_is_for_who_may_read_the_blog(served: Served) -> None:
    blog = Blog.opened(posts=1, audience=e.Audience.MEMBERS)
    good = cookie(ticket(blog))
    for rest in ("", "p/p1/"):
        path = card_of(served.get(blog.path(rest), cookie=good))
        for _ in ("drawn", "kept"):
            hidden, never = served.get(path), served.get(path.replace(blog.slug, "never-was"))
            assert (hidden.status, hidden.raw) == (never.status, never.raw) == (404, never.raw)
            seen = served.get(path, cookie=good)
            assert (seen.status, seen["cache-control"]) == (200, "private, no-store")


def test_of_many_who_ask_at_once_one_card_is_drawn(served: Served, blog: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
    path = card_of(served.get(blog.path("p/p1/")))
    drawn: list[str] = []

    def counted(card: CardImage, *rest: Any) -> bytes:
        drawn.append(card.headline)
        return draw(card, *rest)

    monkeypatch.setattr(views, "draw", counted)
    client = Newsroom()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(client._answer, [path] * 8))
    assert {answer.status_code for answer in answers} == {204}
    assert drawn == ["Post number 1."]


def test_a_card_taken_back_while_it_is_drawn_is_not_kept(
    served: Served, blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = card_of(served.get(blog.path("p/p1/")))

    def slowly(*args: Any) -> bytes:
        made = draw(*args)
        blog.publish(e.PostWithdrawn(post="p1"))
        return made

    monkeypatch.setattr(views, "draw", slowly)
    assert served.get(path).status == 404
    assert list((served.cards / str(blog.id)).rglob("*.jpg")) == []


def test_cards_are_kept_within_bounds_the_newest_of_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "CARDS_FOLDER", tmp_path)
    monkeypatch.setattr(files, "MOST_BYTES", 2_500)
    for number in range(4):
        at = files.path(1, e.post(f"p{number}"), "0" * 18)
        files.keep(at, bytes(1_000))
        os.utime(at, (1_900_000_000 + number,) * 2)
    os.utime(files.path(1, e.post("p3"), "0" * 18), (1_000_000_000,) * 2)  # of long ago
    files.sweep()
    assert sorted(path.parent.name for path in tmp_path.rglob("*.jpg")) == ["p1", "p2"]
    assert not (tmp_path / "1" / "p" / "p0").exists()
