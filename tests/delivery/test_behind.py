"""The application behind gets a few whole requests at once, and slow clients hold none of its threads."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from asithappened.delivery.behind import SIGNED_IN, Behind
from asithappened.delivery.metrics import Metrics
from asithappened.delivery.recognised import Recognised
from asithappened.delivery.refusals import Refusals
from asithappened.delivery.turns import OF_A_RANK, WAITING, Rank

STRANGERS, BY_THEMSELVES = OF_A_RANK[Rank.STRANGER], OF_A_RANK[Rank.BY_ITSELF]


class Newsroom:
    """Stands for Django: answers when told to, and knows the session `ada`."""

    def __init__(self) -> None:
        self.asking: list[str] = []
        self.most = 0
        self.open = asyncio.Event()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        message = await receive()
        assert not message["more_body"], "only whole requests come here"
        self.asking.append(scope["path"])
        self.most = max(self.most, len(self.asking))
        await self.open.wait()
        self.asking.remove(scope["path"])
        if (b"cookie", b"session=ada") in scope["headers"]:
            scope["state"][SIGNED_IN] = True
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": message["body"]})


class Asker:
    """One request, in pieces if need be."""

    def __init__(
        self, behind: Behind, path: str, *, address: str = "192.0.2.1", cookie: str = "", priority: str = ""
    ) -> None:
        headers = {b"cookie": cookie.encode(), b"priority": priority.encode()}
        self.scope = {
            "type": "http", "method": "POST", "path": path, "client": (address, 1), "state": {},
            "headers": [(name, value) for name, value in headers.items() if value],
        }  # fmt: skip
        self.sent: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.answer: list[Any] = []
        self.task = asyncio.ensure_future(behind(self.scope, self.sent.get, self._heard))

    async def _heard(self, message: Any) -> None:
        self.answer.append(message)

    def body(self, data: bytes = b"", *, more: bool = False) -> "Asker":
        self.sent.put_nowait({"type": "http.request", "body": data, "more_body": more})
        return self

    def leave(self) -> None:
        self.sent.put_nowait({"type": "http.disconnect"})

    @property
    def status(self) -> int:
        """What it was answered, 0 for nothing."""
        return int(self.answer[0]["status"]) if self.answer else 0


async def settle() -> None:
    """Run the loop until nothing is ready."""
    for _ in range(30):
        await asyncio.sleep(0)


def run(test: Coroutine[Any, Any, None]) -> None:
    """Run a coroutine to its end."""
    asyncio.run(asyncio.wait_for(test, 20))


def stand() -> tuple[Newsroom, Behind]:
    """Return a newsroom and what stands before it."""
    newsroom, metrics = Newsroom(), Metrics()
    return newsroom, Behind(newsroom, Recognised("session"), Refusals(metrics), metrics)


def test_a_crowd_is_answered_a_few_at_a_time_and_the_rest_of_it_is_told_to_come_again() -> None:
    async def test() -> None:
        newsroom, behind = stand()
        crowd = [Asker(behind, f"/{n}", address=f"198.51.100.{n % 250}").body() for n in range(1_200)]
        await settle()
        shed = [asker for asker in crowd if asker.task.done()]
        assert len(shed) == 1_200 - STRANGERS - WAITING
        assert {asker.status for asker in shed} == {503}
        headers = dict(shed[0].answer[0]["headers"])
        assert headers[b"cache-control"] == b"no-store"
        assert int(headers[b"retry-after"]) > 0
        newsroom.open.set()
        await asyncio.gather(*(asker.task for asker in crowd))
        assert newsroom.most == STRANGERS
        assert sum(asker.status == 200 for asker in crowd) == STRANGERS + WAITING

    run(test())


def test_an_editor_is_answered_while_a_crowd_waits_and_never_shed_for_it() -> None:
    async def test() -> None:
        newsroom, behind = stand()
        newsroom.open.set()
        await Asker(behind, "/desk/", cookie="session=ada").body().task  # from now on Ada is known
        newsroom.open.clear()
        crowd = [Asker(behind, f"/{n}", cookie=f"session=forged{n}").body() for n in range(400)]
        await settle()
        ada = Asker(behind, "/desk/write/", cookie="session=ada").body(b"text=flood")
        await settle()
        assert "/desk/write/" in newsroom.asking, "she does not wait behind strangers, whatever cookies they made up"
        newsroom.open.set()
        await ada.task
        assert ada.status == 200
        assert ada.answer[1]["body"] == b"text=flood"
        await asyncio.gather(*(asker.task for asker in crowd))

    run(test())


def test_what_a_desk_says_that_nobody_waits_for_leaves_room_for_what_somebody_does() -> None:
    async def test() -> None:
        newsroom, behind = stand()
        newsroom.open.set()
        desks = [f"session=desk{n}" for n in range(20)]
        for cookie in desks:
            behind._recognised.learn(behind._recognised.session([(b"cookie", cookie.encode())]), signed_in=True)
        newsroom.open.clear()
        beats = [Asker(behind, f"/beat{n}", cookie=desk, priority="i, u=6").body() for n, desk in enumerate(desks)]
        await settle()
        assert len(newsroom.asking) == BY_THEMSELVES
        for n, said in enumerate(("", "u=0", "u=3", "u", "i, x=7")):  # nothing lifts a request, nor is it needed
            Asker(behind, f"/awaited{n}", cookie=desks[n], priority=said).body()
        await settle()
        assert sum(path.startswith("/awaited") for path in newsroom.asking) == 5
        newsroom.open.set()
        await asyncio.gather(*(asker.task for asker in beats))

    run(test())


def test_whoever_sends_slowly_takes_no_turn() -> None:
    async def test() -> None:
        newsroom, behind = stand()
        half = [Asker(behind, f"/half{n}").body(b"x", more=True) for n in range(50)]
        await settle()
        whole = Asker(behind, "/whole").body()
        await settle()
        assert newsroom.asking == ["/whole"]
        for asker in half:
            asker.leave()
        newsroom.open.set()
        await asyncio.gather(whole.task, *(asker.task for asker in half))
        assert whole.status == 200
        assert not any(asker.answer for asker in half)

    run(test())


def test_whoever_leaves_while_waiting_is_not_answered_at_all() -> None:
    async def test() -> None:
        newsroom, behind = stand()
        askers = [Asker(behind, f"/{n}").body() for n in range(STRANGERS + 3)]
        await settle()
        for asker in askers:
            asker.leave()
        await settle()
        assert len(newsroom.asking) == STRANGERS, "what has begun goes on, and holds its turn"
        assert [asker.task.done() for asker in askers] == [False] * STRANGERS + [True] * 3
        newsroom.open.set()
        await asyncio.gather(*(asker.task for asker in askers))
        assert newsroom.most == STRANGERS

    run(test())


def test_an_application_that_fails_gives_its_turn_back() -> None:
    async def fails(scope: Any, receive: Any, send: Any) -> None:
        raise ArithmeticError

    async def test() -> None:
        metrics = Metrics()
        behind = Behind(fails, Recognised("session"), Refusals(metrics), metrics)
        for _ in range(2 * STRANGERS):
            with pytest.raises(ArithmeticError):
                await Asker(behind, "/").body().task

    run(test())
