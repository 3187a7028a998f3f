"""The rows about the desk, in a real Chromium at a real server: how long an editor waits.

Owns how each is measured: from Ctrl+Enter to the answer while thirty people type, beside the form of a browser without
the script; a keystroke in a long post; the first load; the heap of a screen that was open for a whole shift. Sessions
are made by people.py. Look next: crowd.py.
"""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bench import machine
from bench.ours import SLUG, Ours, environment
from bench.people import signed_in
from bench.results import Row, below, quantile, row

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, CDPSession, Page

CROWD: Final = 30
PLAIN: Final = "plain form"
KEY_MS: Final = 40.0  # between two keys: faster than anybody types, and slower than the browser paints
EDITOR: Final = "form[data-composer] [contenteditable=true]"
# The page is as large as its window. With an emulated larger viewport, a strip at its foot as high as the window's own
# bars is never painted. Event Timing waits for the frame that paints what a key changed, so it reported a second a key
# for a long post, whose last line is in that strip.
_BROWSER: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--enable-precise-memory-info",
    "--window-size=1440,1000",
)

# In the page: when Ctrl+Enter was pressed, when the answer to its request was complete, how long each event took.
_WATCH: Final = """
window.bench = {pressed: [], answered: [], events: []};
addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) bench.pressed.push(performance.now());
}, true);
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (/\\/write\\/$/.test(entry.name)) bench.answered.push(entry.responseEnd);
}).observe({type: "resource", buffered: true});
new PerformanceObserver((list) => {
  const keys = list.getEntries().filter((entry) => entry.name === "keydown");
  bench.events.push(...keys.map((entry) => [entry.startTime, entry.duration]));
}).observe({type: "event", durationThreshold: 16, buffered: true});
"""
# The form without the script: the moment of the button's press is kept across the navigation.
_WATCH_PLAIN: Final = """
addEventListener("submit", () => sessionStorage.setItem("pressed", performance.timeOrigin + performance.now()), true);
"""


def measure(
    folder: Path, *, posts: int, publishes: int, keys: int, shift: int, progress: Callable[[str], None]
) -> list[Row]:
    """Measure. `posts`: in the blog before. `publishes`, `keys`: how many. `shift`: posts that an open desk gets."""
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 -- only developers have it
    except ImportError as why:
        raise machine.Unavailable("playwright is not installed here") from why
    server = Ours(folder / "desk")
    (folder / "desk").mkdir()
    server.start()
    try:
        assert server.publisher
        server.publisher.do("seed", 600, blog=server.blog, first=1, count=posts, chars=server.chars)
        progress(f"desk: a blog of {posts} posts")
        me, *crowd = signed_in(server.home, SLUG, *["editor"] * (CROWD + 1))
        with machine.on_core(machine.CLIENT_CORE), sync_playwright() as play:
            chromium = machine.find("chromium")
            browser = play.chromium.launch(executable_path=chromium, args=list(_BROWSER))
            try:
                return [*_rows(server, browser, me, crowd, folder, publishes, keys, shift, progress)]
            finally:
                browser.close()
    finally:
        server.stop()


def _rows(
    server: Ours,
    browser: "Browser",
    me: str,
    crowd: list[str],
    folder: Path,
    publishes: int,
    keys: int,
    shift: int,
    progress: Callable[[str], None],
) -> Iterator[Row]:
    first, again = _loads(server, browser, me)
    yield row("desk: the first load", "kB", {"fast": first}, [below(200)])
    yield row("desk: the next load, scripts and styles", "kB", {"fast": again}, [below(1)])
    progress("desk: loaded")
    with _typing(server, crowd, folder):
        ours = _published(server, browser, me, publishes)
        at_once = _published(server, browser, me, publishes, at_once=True)
        progress("desk: published by key")
        plain = _published_plainly(server, browser, me, publishes)
        progress("desk: published by the form alone")
    yield row(
        f"desk: Ctrl+Enter to the answer, {CROWD} typing, median",
        "ms",
        {"fast": quantile(ours, 0.5), PLAIN: quantile(plain, 0.5)},
        [below(40)],
    )
    yield row(
        f"desk: Ctrl+Enter to the answer, {CROWD} typing, p99",
        "ms",
        {"fast": quantile(ours, 0.99), PLAIN: quantile(plain, 0.99)},
        [below(120)],
    )
    yield row("desk: the same, right after another post, median", "ms", {"fast": quantile(at_once, 0.5)})
    script, events = _keystrokes(server, browser, me, keys)
    yield row("desk: script of a keystroke, 3,000 characters, p95", "ms", {"fast": quantile(script, 0.95)}, [below(8)])
    yield row("desk: Event Timing of a keystroke, p95", "ms", {"fast": quantile(events, 0.95)}, [below(32)])
    progress("desk: typed")
    yield row(f"desk: heap after {shift} posts", "MB", {"fast": _shift(server, browser, me, shift)}, [below(150)])


def _desk(server: Ours, browser: "Browser", cookie: str, watch: str) -> "tuple[BrowserContext, Page]":
    context = browser.new_context(no_viewport=True)
    name, _, value = cookie.partition("=")
    context.add_cookies([{"name": name, "value": value, "url": f"http://localhost:{server.port}/"}])
    context.add_init_script(watch)
    page = context.new_page()
    page.goto(f"http://localhost:{server.port}/desk/live/{SLUG}/")
    return context, page


@contextmanager
def _typing(server: Ours, cookies: list[str], folder: Path) -> Iterator[None]:
    command = [sys.executable, "-m", "bench.crowd", str(server.port), SLUG, *cookies]
    crowd = machine.Process(
        command, core=machine.CLIENT_CORE, log=folder / "crowd.log", piped=True, env=environment(server.home),
        cwd=machine.HERE.parent,
    )  # fmt: skip
    try:
        if crowd.read_line(120) != "typing":
            raise machine.Failed(f"the crowd did not start: {crowd.tail()}")
        yield
        if not crowd.alive():
            raise machine.Failed(f"the crowd ended: {crowd.tail()}")
    finally:
        crowd.kill()


def _published(server: Ours, browser: "Browser", me: str, publishes: int, *, at_once: bool = False) -> list[float]:
    """Publish posts, each once the page is idle after the one before; `at_once`: without waiting for that."""
    context, page = _desk(server, browser, me, _WATCH)
    body = page.locator(EDITOR).first
    body.click()
    for number in range(publishes):
        page.keyboard.insert_text(
            f"Measured post {number}{', at once' * at_once}: the river is at {number} centimetres. " * 3
        )
        if not at_once:
            page.evaluate("new Promise((idle) => setTimeout(() => requestIdleCallback(idle), 300))")
        with page.expect_response(lambda answer: answer.url.endswith("/write/")) as answered:
            page.keyboard.press("Control+Enter")
        if answered.value.status != 200:
            raise machine.Failed(f"a publish was answered {answered.value.status}: {answered.value.text()[:500]}")
    machine.wait_until(
        lambda: page.evaluate("bench.answered.length") >= publishes, 30, "the last answer was not reported"
    )
    times = page.evaluate("bench")
    context.close()
    return [answered - pressed for pressed, answered in zip(times["pressed"], times["answered"], strict=True)]


def _published_plainly(server: Ours, browser: "Browser", me: str, publishes: int) -> list[float]:
    context, page = _desk(server, browser, me, _WATCH_PLAIN)
    page.route("**/desk*.js", lambda route: route.abort())
    page.reload()
    took = []
    for number in range(publishes):
        form = page.locator("form[data-composer]").first
        form.locator("[name=text]").fill(f"Measured post by form {number}: the river is at {number} centimetres. " * 3)
        with page.expect_navigation(wait_until="load"):
            form.locator("button[value=publish]").click()
        took.append(
            page.evaluate("performance.timeOrigin + performance.now() - Number(sessionStorage.getItem('pressed'))")
        )
    context.close()
    return took


def _keystrokes(server: Ours, browser: "Browser", me: str, keys: int) -> tuple[list[float], list[float]]:
    """Return the script's time for each key, and the browser's time for it (0: shorter than it reports)."""
    context, page = _desk(server, browser, me, _WATCH)
    page.locator(EDITOR).first.click()
    for _ in range(10):
        page.keyboard.insert_text("The river rose by a hand in the night and stands below the lower bridge now. " * 4)
        page.keyboard.press("Enter")
    since = page.evaluate("performance.now()")  # reports about earlier keys may still arrive, and are left out
    session = context.new_cdp_session(page)
    session.send("Performance.enable")
    took = []
    for number in range(keys):
        before = _script_s(session)
        page.keyboard.press("abcdefgh ijklmnop"[number % 17])
        page.wait_for_timeout(KEY_MS)
        took.append((_script_s(session) - before) * 1e3)
    page.wait_for_timeout(500)  # the browser reports with a delay
    seen = [took_ms for at, took_ms in page.evaluate("bench.events") if at >= since]
    context.close()
    return took, [0.0] * max(0, keys - len(seen)) + seen


def _script_s(session: "CDPSession") -> float:
    metrics: list[dict[str, Any]] = session.send("Performance.getMetrics")["metrics"]
    return sum(float(one["value"]) for one in metrics if one["name"] == "ScriptDuration")


def _loads(server: Ours, browser: "Browser", me: str) -> tuple[float, float]:
    """Return the bytes of the desk's first load, and those of the next load without its page, in kB."""
    context, page = _desk(server, browser, me, _WATCH)
    page.locator(EDITOR).first.wait_for()
    every = "performance.getEntries().filter((one) => one.transferSize !== undefined && !/stream$/.test(one.name))"
    first = page.evaluate(f"{every}.reduce((sum, one) => sum + one.transferSize, 0)")
    page.goto(f"http://localhost:{server.port}/desk/live/{SLUG}/")
    page.locator(EDITOR).first.wait_for()
    again = page.evaluate(
        f"{every}.filter((one) => /static/.test(one.name)).reduce((sum, one) => sum + one.transferSize, 0)"
    )
    context.close()
    return first / 1e3, again / 1e3


def _shift(server: Ours, browser: "Browser", me: str, shift: int) -> float:
    """Return the heap of a desk that was open while so many posts were published, in MB."""
    context, page = _desk(server, browser, me, "")
    page.locator(EDITOR).first.wait_for()
    number = 1_000_000
    for _ in range(shift):
        number += 1
        server.publish(number, 1)
        time.sleep(0.01)
    last = server.last["last"]
    page.locator(f"#rows[data-head='{last}']").wait_for(state="attached", timeout=60_000)
    session = context.new_cdp_session(page)
    session.send("HeapProfiler.enable")
    session.send("HeapProfiler.collectGarbage")
    used = float(session.send("Runtime.getHeapUsage")["usedSize"])
    context.close()
    return used / 1e6
