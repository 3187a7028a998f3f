"""Attacks a server on loopback: `python -m scenarios.attackers '{"port": …}'`.

Owns the attacks: connections that send nothing, half a request header, half a body; endless bodies; malformed ones;
requests for the front page and the sign-in page whose clients leave; and a signed-in guest contributor who previews the
worst texts. Each connection has one of many addresses of 127/8, and is made again until the time is over; then this
program ends and prints the count of each answer. It is a process of its own, so that it delays no measurement.
"""

import asyncio
import contextlib
import json
import os
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable

from scenarios.desk import Person

NETWORKS = 40  # addresses that each kind of attack comes from
HEAD = b" HTTP/1.1\r\nHost: localhost\r\n"
FORGED = b"Cookie: session=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n"
HALF = (
    b"",
    b"GET / HT",
    b"GET /live/scenario/" + HEAD + b"X: ",
    b"POST /desk/" + HEAD + b"Content-Length: 100000\r\n\r\n",
    b"POST /accounts/login/" + HEAD + FORGED + b"Content-Length: 100000\r\n\r\n" + b"a" * 60_000,
    b"POST /desk/" + HEAD + CHUNKED + b"5\r\nhe",
)
WORST = (
    "\n\n".join(["The same words."] * 8_000),
    "*_" * 15_000,
    "[" * 30_000,
    "> " * 20_000 + "words",
    "\n".join(f"{n} [a](https://example.org/{n}) *b* _c_" for n in range(2_000)),
)

BROKEN = (b"zz\r\n", b"-5\r\nhello\r\n", b"ffffffffffffffffff\r\n", b"5\r\nhelloworld\r\n")

Attack = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def half_sent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Send part of a request and nothing more, until the server closes the connection."""
    writer.write(random.choice(HALF))
    await count_answer(reader, "half sent")


async def endless(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Send an endless body."""
    writer.write(b"POST /desk/live/scenario/write/" + HEAD + FORGED + CHUNKED)
    answered = asyncio.create_task(count_answer(reader, "endless body"))
    with contextlib.suppress(ConnectionError):
        while not answered.done():
            writer.write(b"4000\r\n" + b"a" * 0x4000 + b"\r\n")
            await writer.drain()
    await answered


async def broken(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Send a malformed body."""
    writer.write(b"POST /accounts/login/" + HEAD + CHUNKED)
    await asyncio.sleep(random.random())
    writer.write(random.choice(BROKEN))
    await count_answer(reader, "broken body")


async def ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Request the front page, or one that the desk has to render; half do not wait for the answer."""
    writer.write(
        b"GET "
        + random.choice((b"/", b"/accounts/login/"))
        + HEAD
        + random.choice((b"", FORGED))
        + b"Connection: close\r\n\r\n"
    )
    if random.random() < 0.5:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(count_answer(reader, "page"), random.random() * 3)
    else:
        await count_answer(reader, "page")


COUNTS: Counter[str] = Counter()


async def count_answer(reader: asyncio.StreamReader, who: str) -> None:
    """Count the answer, and return once the connection has ended."""
    with contextlib.suppress(ConnectionError):
        answer = await reader.read(65_536)
        COUNTS[f"{who}: {answer[9:12].decode(errors='replace') or 'closed'}"] += 1
        while answer:
            answer = await reader.read(65_536)


async def repeat(attack: Attack, number: int, port: int, within_s: float, rest_s: float) -> None:
    """Attack, and attack again after a pause once the connection has ended."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + within_s
    await asyncio.sleep(random.random() * min(3.0, within_s / 4))
    source = f"127.0.{10 + number % 5}.{1 + number % NETWORKS}"
    while loop.time() < deadline:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(source, 0))
        except OSError:
            COUNTS["not connected"] += 1
            await asyncio.sleep(rest_s)
            continue
        try:
            async with asyncio.timeout_at(deadline):
                await attack(reader, writer)
        except (OSError, TimeoutError):
            COUNTS["left, or was cut"] += 1
        finally:
            writer.transport.abort()
        await asyncio.sleep(rest_s * (0.5 + random.random()))


def preview(guest: Person, text: str, within_s: float) -> None:
    """Preview the same text repeatedly."""
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        try:
            COUNTS[f"preview: {guest.send('preview', text).status}"] += 1
        except OSError:
            COUNTS["preview: closed"] += 1


async def attack(*, port: int, within_s: float, idle: int, askers: int, senders: int, guest: str, form: str) -> None:
    """Make all attacks at once."""
    people = [Person(port=port, session=guest, form=form, address="127.0.6.2") for _ in WORST]
    previews = [asyncio.to_thread(preview, p, text, within_s) for p, text in zip(people, WORST, strict=True)]
    kinds: list[tuple[Attack, int, float]] = [
        (half_sent, idle, 4.0),
        (ask, askers, 3.0),
        (endless, senders, 1.0),
        (broken, senders, 1.0),
    ]
    tasks = [
        asyncio.create_task(repeat(kind, n, port, within_s, rest_s))
        for kind, count, rest_s in kinds
        for n in range(count)
    ]
    await asyncio.gather(*tasks, *previews)


def main() -> None:
    """Attack as the argument says."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    os.nice(19)  # a real attacker has a processor of its own; here it must not take the server's
    asyncio.run(attack(**json.loads(sys.argv[1])))
    print(json.dumps(dict(COUNTS.most_common())))


if __name__ == "__main__":
    main()
