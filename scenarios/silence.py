"""Scenario 10, silence: connections that die without FIN or RST, with the reader's own script in a real Chromium.

Three readers, each behind a relay (silent_relay.py) that falls silent: streaming and just loaded; streaming for longer
than servers keep idle connections; without a stream, polling. Then a post is published. Pass, for each: the post is on
the page within 60 s and one deadline (15 s), without a reload; once an answer or a beat is overdue, the page does not
say "Live" before it has the post.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from playwright.async_api import Browser, Page, async_playwright

from bench import machine
from scenarios.silent_relay import SilentRelay
from scenarios.site import BASE, Broken, Figures, Site, require

SHOWN_S: Final = 60.0 + 15.0
# When the page has to notice, with a margin for a busy machine: 30 s without a beat, or a poll after 12 s, 5 s late.
STREAM_KNOWS_S: Final = 30.0 + 5.0
POLL_KNOWS_S: Final = 12.0 + 5.0 + 5.0

# At every change, because a quick reconnection shows only for a moment: what the page says of its connection, and
# whether it has the post.
WATCH: Final = """post => {
  window.seen = [];
  const shown = element => !!element && element.checkVisibility();
  const look = () => {
    const connection = document.querySelector(".connection");
    const says = shown(connection) ? connection.innerText : "";
    const live = says === "Live" || [...document.querySelectorAll(".badge-live")].some(shown);
    const has = !!document.getElementById("p-" + post) || shown(document.querySelector("button.news"));
    seen.push([Date.now() / 1000, live, says, has]);
  };
  look();
  new MutationObserver(look).observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
}"""


@dataclass(frozen=True, kw_only=True)
class Size:
    """How long a reader has read before the connection dies: briefly, and longer than servers keep idle connections."""

    soon_s: float
    long_s: float


CI = Size(soon_s=3, long_s=65)
FULL = Size(soon_s=3, long_s=100)
TINY = Size(soon_s=1, long_s=8)


async def run(folder: Path, size: Size, seed: int) -> Figures:
    async with Site(folder, seed=seed) as site, a_browser() as browser:
        port = await site.serve()
        for _ in range(5):
            await site.editor.do("publish")
        publishing = asyncio.Lock()  # the newsroom's process does one act at a time
        states = {
            "streaming, just loaded": _reader(site, browser, port, publishing, after_s=size.soon_s, streams=True),
            "streaming for a while": _reader(site, browser, port, publishing, after_s=size.long_s, streams=True),
            "polling": _reader(site, browser, port, publishing, after_s=size.soon_s, streams=False),
        }
        took = await asyncio.gather(*states.values())
        return {
            name: f"said so after {said:.1f} s, shown after {shown:.1f} s"
            for name, (said, shown) in zip(states, took, strict=True)
        }


async def _reader(
    site: Site, browser: Browser, port: int, publishing: asyncio.Lock, *, after_s: float, streams: bool
) -> tuple[float, float]:
    """Let a reader's connection die; return how long until the page said so, and until it had the post."""
    relay = SilentRelay(port)
    relay.refuses_streams = not streams
    await relay.start()
    context = await browser.new_context()
    try:
        page = await context.new_page()
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        await page.goto(f"http://127.0.0.1:{relay.port}{BASE}")
        await page.wait_for_function("document.querySelector('.connection')?.innerText === 'Live'")
        await asyncio.sleep(after_s)
        relay.fall_silent()
        silent = time.time()
        async with publishing:
            post = (await site.editor.do("publish"))["post"]
        published = time.time()
        await page.evaluate(WATCH, post)
        await _until_shown(page, published)
        seen: list[list[Any]] = await page.evaluate("seen")  # a reload would have deleted it
        require(not faults, f"the page's script failed: {faults}")
        knows_s = STREAM_KNOWS_S if streams else POLL_KNOWS_S
        return _judged(seen, silent=silent, knows=silent + knows_s, published=published)
    finally:
        await context.close()
        await relay.stop()


def _judged(seen: list[list[Any]], *, silent: float, knows: float, published: float) -> tuple[float, float]:
    shown = next(at for at, _, _, has in seen if has)
    require(shown - published <= SHOWN_S, f"the post was shown {shown - published:.0f} s after its publication")
    said = next((at for at, live, _, _ in seen if not live), None)
    if said is None or said > shown:
        raise Broken("the page said Live all the time, on a line that was dead")
    require(said <= knows, f"the page said Live for {said - silent:.0f} s of silence")
    lies = [at for at, live, _, has in seen if live and said <= at < shown and not has]
    require(not lies, f"the page said Live again {len(lies)} times before it had anything")
    words = {says for at, live, says, _ in seen if not live}
    require(words == {"Reconnecting…"}, f"the page said {words}")
    return said - silent, shown - published


async def _until_shown(page: Page, published: float) -> None:
    while time.time() < published + SHOWN_S + 5:
        if await page.evaluate("seen.length && seen[seen.length - 1][3]"):
            await asyncio.sleep(1)  # to record what it says then
            return
        await asyncio.sleep(0.2)
    raise Broken(f"the post was not on the page {SHOWN_S + 5:.0f} s after its publication")


@asynccontextmanager
async def a_browser() -> AsyncIterator[Browser]:
    """Yield a Chromium found on the machine; raise Unavailable if there is none."""
    program = machine.find("chromium")
    async with async_playwright() as playwright:
        # Root, as in a container, cannot use Chromium's sandbox; /dev/shm is 64 MB in one, and pages then crash.
        arguments = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
        browser = await playwright.chromium.launch(executable_path=program, args=arguments)
        try:
            yield browser
        finally:
            await browser.close()
