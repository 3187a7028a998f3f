"""The way to the application behind delivery: a queue, and whole requests and answers.

Owns what that application is given: whole requests only, so that a client that sends or reads slowly holds none of its
threads, and no more requests at once than it has threads. Its answers say which sessions are signed in.
Look next: turns.py for the order, recognised.py for the sessions.
"""

import asyncio
from typing import Final

from asithappened.delivery import refusals
from asithappened.delivery.asgi import App, Message, Receive, Scope, Send, address_of
from asithappened.delivery.documents import Document
from asithappened.delivery.metrics import Metrics
from asithappened.delivery.proxies import network_of
from asithappened.delivery.recognised import Recognised
from asithappened.delivery.turns import Client, Rank, Turns

SIGNED_IN: Final = "signed_in"  # in the scope's state: whether the application found the session signed in
# In the scope's state: a reader may have this file, which is not on this machine's disk. Delivery has checked
# everything, tickets too; the application only has to fetch and send it.
MAY_READ: Final = "may_read"
STRANGER_S: Final = 10.0  # the longest that a stranger waits for a turn
EDITOR_S: Final = 30.0  # the longest for the signed in: by then every thread has been stuck for as long
_USUAL: Final = b"3"  # of eight urgencies (RFC 9218), 0 the highest; asking for a higher one than this changes nothing


class Behind:
    def __init__(self, app: App, recognised: Recognised, refused: refusals.Refusals, metrics: Metrics) -> None:
        self._app, self._recognised, self._refused, self._metrics = app, recognised, refused, metrics
        self._turns: Turns | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read a whole request, wait for its turn, have it answered, and send the answer."""
        whole = await _whole(receive)
        if whole is None:
            return
        session = self._recognised.session(scope["headers"])
        known = self._recognised.knows(session)
        address = address_of(scope)
        client = Client(session, _rank(scope)) if known else Client(network_of(address).encode(), Rank.STRANGER)
        turns = self._turns = self._turns or Turns(asyncio.get_running_loop())
        has_turn = await self._turn(turns, client, receive)
        if has_turn is None:
            return
        if has_turn:
            try:
                answer = await self._answer(scope, whole)
            finally:
                turns.finish(client)
                self._count(turns)
            self._recognised.learn(session, signed_in=bool(scope.get("state", {}).get(SIGNED_IN)))
        else:
            self._refused.note(refusals.BUSY, address)
            answer = _messages(self._refused.answer(refusals.BUSY, scope["headers"]), scope["method"])
        for message in answer:
            await send(message)

    async def _turn(self, turns: Turns, client: Client, receive: Receive) -> bool | None:
        """Wait for a turn: True when it comes, False if it takes too long, None if the client has gone."""
        turn = turns.join(client)
        self._count(turns)
        if turn.done():
            return turn.result()
        gone = asyncio.ensure_future(receive())  # the whole request has arrived: only a disconnect can follow
        try:
            await asyncio.wait(
                (turn, gone),
                timeout=STRANGER_S if client.rank is Rank.STRANGER else EDITOR_S,
                return_when=asyncio.FIRST_COMPLETED,
            )
            if turn.done():
                return turn.result()
            return None if gone.done() else False
        except asyncio.CancelledError:
            if turn.done() and turn.result():
                turns.finish(client)
            raise
        finally:
            turns.leave(client, turn)
            gone.cancel()
            self._count(turns)

    async def _answer(self, scope: Scope, whole: bytes) -> list[Message]:
        """Return the whole answer to a request, so that a slow reader holds none of the application's threads.

        The application is not told of a client that leaves meanwhile: its thread goes on anyway, and keeps the turn.
        """
        answer: list[Message] = []
        given = False

        async def receive() -> Message:
            nonlocal given
            if given:
                await asyncio.get_running_loop().create_future()  # until the application has answered, and cancels this
            given = True
            return {"type": "http.request", "body": whole, "more_body": False}

        async def send(message: Message) -> None:
            answer.append(message)

        await self._app(scope, receive, send)
        return answer

    def _count(self, turns: Turns) -> None:
        self._metrics.behind_running.set(turns.running)
        self._metrics.behind_waiting.set(sum(turns.waiting.values()))


def _rank(scope: Scope) -> Rank:
    """Return the rank of a request of a signed-in session. `Priority: u=6` says that nobody waits for it."""
    if scope["method"] == "PATCH":  # nothing else uses this method
        return Rank.PIECE
    said = next((value for name, value in scope["headers"] if name == b"priority"), b"")
    urgency = next((word.strip()[2:] for word in said.split(b",") if word.strip().startswith(b"u=")), _USUAL)
    return Rank.BY_ITSELF if urgency > _USUAL else Rank.AWAITED


def _messages(document: Document, method: str) -> list[Message]:
    status, headers, body = document.answer(b"", unchanged=False)
    start = {"type": "http.response.start", "status": status, "headers": headers}
    return [start, {"type": "http.response.body", "body": b"" if method == "HEAD" else body}]


async def _whole(receive: Receive) -> bytes | None:
    """Return the body of a request; None if its client left."""
    parts = []
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        parts.append(message.get("body", b""))
        if not message.get("more_body", False):
            return b"".join(parts)
