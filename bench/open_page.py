"""The rows about a reader's open page, in a real Chromium at a real server: its responsiveness and its memory.

Owns how each is measured: the longest frame while a burst arrives, for a reader at the top and for one further down;
the heap and the number of posts in the page after a day's posts arrived. The browser measures a frame from the paint of
the one before to its own: Long Animation Frames reports those above 50 ms, requestAnimationFrame the others.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bench import machine
from bench.ours import SLUG, Ours
from bench.results import Row, below, row

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

BURST: Final = 200
_BROWSER: Final = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--enable-precise-memory-info")
_WATCH: Final = """
window.frames_ = {last: 0, longest: 0, long: 0};
const next = (now) => {
  if (frames_.last) frames_.longest = Math.max(frames_.longest, now - frames_.last);
  frames_.last = now;
  requestAnimationFrame(next);
};
requestAnimationFrame(next);
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) frames_.long = Math.max(frames_.long, entry.duration);
}).observe({type: "long-animation-frame"});
"""


def measure(folder: Path, *, runs: int, day: int, progress: Callable[[str], None]) -> list[Row]:
    """Measure. `runs`: bursts that each figure is the worst of. `day`: posts that arrive in a page that stays open."""
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 -- only developers have it
    except ImportError as why:
        raise machine.Unavailable("playwright is not installed here") from why
    (folder / "open_page").mkdir()
    server = Ours(folder / "open_page")
    server.start()
    try:
        assert server.publisher
        server.publisher.do("seed", 600, blog=server.blog, first=1, count=100, chars=server.chars)
        with machine.on_core(machine.CLIENT_CORE), sync_playwright() as play:
            browser = play.chromium.launch(executable_path=machine.find("chromium"), args=list(_BROWSER))
            try:
                return _rows(server, browser, runs, day, progress)
            finally:
                browser.close()
    finally:
        server.stop()


def _rows(server: Ours, browser: "Browser", runs: int, day: int, progress: Callable[[str], None]) -> list[Row]:
    number = 1_000_000
    rows = []
    for where, scrolled in (("at the top", 0), ("further down", 3_000)):
        longest, long = 0.0, 0.0
        for _ in range(runs):
            page = _open(server, browser, scrolled)
            page.evaluate("() => new Promise((done) => setTimeout(done, 1500))")  # the cost of loading is not measured
            page.evaluate("() => Object.assign(frames_, {longest: 0, long: 0})")
            for _ in range(2):  # an append holds a hundred at most
                server.publish(number, BURST // 2)
                number += BURST // 2
            _wait_for_post(page, number - 1)
            page.evaluate("() => new Promise((done) => setTimeout(done, 300))")  # the observer is called afterwards
            longest = max(longest, page.evaluate("frames_.longest"))
            long = max(long, page.evaluate("frames_.long"))
            page.context.close()
        name = f"open page, {where}: longest frame in a burst of {BURST}"
        rows.append(row(name, "ms", {"fast": longest}, [below(50)]))
        rows.append(row(f"{name}, by Long Animation Frames (0: none above 50)", "ms", {"fast": long}, [below(50)]))
        progress(f"open page: a burst, {where}: {longest:.0f} ms")
    page = _open(server, browser, 0)
    before = _heap(page)
    for _ in range(day // 20):
        server.publish(number, 20)
        number += 20
        _wait_for_post(page, number - 1)
    after = _heap(page)
    held = page.locator("[data-posts] > *").count()
    rows.append(row(f"open page: heap grows by {day} posts", "MB", {"fast": after - before}, [below(10)]))
    rows.append(row(f"open page: posts that it holds after {day}", "", {"fast": float(held)}, [below(150)]))
    progress(f"open page: left open for {day} posts")
    return rows


def _open(server: Ours, browser: "Browser", scrolled: int) -> "Page":
    context = browser.new_context(viewport={"width": 412, "height": 823})
    page = context.new_page()
    page.add_init_script(_WATCH)
    # The channel by which a tab gives other tabs what it receives.
    page.add_init_script(
        "window.ear = new BroadcastChannel('asithappened:' + location.pathname); ear.onmessage = () => (heard = true);"
        "window.heard = false;"
    )
    page.goto(f"http://localhost:{server.port}/live/{SLUG}/")
    page.wait_for_function("() => window.heard")
    page.evaluate("y => scrollTo(0, y)", scrolled)
    return page


def _wait_for_post(page: "Page", number: int) -> None:
    """Wait until the page has a post, shown or counted as news."""
    page.wait_for_function(
        """number => document.querySelector(`[id^="p-b${number}-"]`) || document.querySelector(".news:not([hidden])")
          && document.querySelector(".news").textContent.startsWith("200")""",
        arg=number,
        timeout=60_000,
    )


def _heap(page: "Page") -> float:
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    return float(page.evaluate("performance.memory.usedJSHeapSize")) / 1e6
