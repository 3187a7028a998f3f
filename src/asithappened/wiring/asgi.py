"""The Django half as an ASGI application: the desk, and sign-in.

Owns the threads that Django runs in, each with its connections to the databases. Our Django code is synchronous, and
Django's own handler would start a thread, with a connection, for each request: 1,200 at once left 1,203 open files.
Delivery is in front: it serves readers' pages and streams itself, and passes on no more requests than threads.
Look next: `urls`.
"""

import asyncio
import contextvars
import os
from collections.abc import Awaitable, Callable, Iterator, Mapping, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "asithappened.wiring.settings")

from asithappened.wiring.sqlite import use_safe_sqlite

use_safe_sqlite()  # before Django binds sqlite3

import django
from django.core import signals
from django.core.handlers.asgi import ASGIHandler
from django.db import close_old_connections
from django.http import HttpResponseBase
from django.urls import set_script_prefix

from asithappened.delivery.turns import AT_ONCE


class Newsroom(ASGIHandler):
    """Django, run by a few threads."""

    def __init__(self, threads: int = AT_ONCE) -> None:
        super(ASGIHandler, self).__init__()
        self.load_middleware()
        self._threads = ThreadPoolExecutor(threads, "desk")

    async def __call__(
        self,
        scope: MutableMapping[str, Any],
        receive: Callable[[], Awaitable[Mapping[str, Any]]],
        send: Callable[[Mapping[str, Any]], Awaitable[None]],
    ) -> None:
        """Answer one request, after its whole body has arrived."""
        body, more = b"", True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            body, more = body + message.get("body", b""), message.get("more_body", False)
        run = contextvars.copy_context().run
        answer = await asyncio.get_running_loop().run_in_executor(self._threads, run, self._answer, scope, body)
        status, headers, content, rest = answer
        await send({"type": "http.response.start", "status": status, "headers": headers})
        if rest is not None:
            await self._stream(rest, run, send)
        await send({"type": "http.response.body", "body": content})

    async def _stream(
        self, answer: Any, run: Callable[..., Any], send: Callable[[Mapping[str, Any]], Awaitable[None]]
    ) -> None:
        """Send a streaming answer piece by piece, each made by any free thread."""
        pieces, in_thread = iter(answer), asyncio.get_running_loop().run_in_executor
        try:
            while piece := await in_thread(self._threads, run, _next, pieces):
                await send({"type": "http.response.body", "body": piece, "more_body": True})
        finally:
            await in_thread(self._threads, run, answer.close)

    def _answer(
        self, scope: MutableMapping[str, Any], body: bytes
    ) -> tuple[int, list[tuple[bytes, bytes]], bytes, Any]:
        set_script_prefix("/")
        signals.request_started.send(sender=self.__class__, scope=scope)
        request, refused = self.create_request(scope, BytesIO(body))
        response: Any = refused if request is None else self.get_response(request)
        response._handler_class = self.__class__  # the sender of Django's signal when the response closes
        if response.streaming:
            return response.status_code, _headers(response), b"", response
        try:
            return response.status_code, _headers(response), b"".join(response), None
        finally:
            response.close()


def _next(pieces: Iterator[bytes]) -> bytes:
    try:
        return next(pieces, b"")
    finally:
        close_old_connections()  # this thread's, if it is broken


def _headers(response: HttpResponseBase) -> list[tuple[bytes, bytes]]:
    headers = [(name.lower().encode("ascii"), value.encode("latin-1")) for name, value in response.items()]
    cookies = [(b"set-cookie", cookie.OutputString().encode("ascii")) for cookie in response.cookies.values()]
    return headers + cookies


django.setup(set_prefix=False)
application = Newsroom()
