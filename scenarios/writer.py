"""Scenario 10, editors on a bad network: random walks at the desk's own composer, in a real Chromium.

Each walk is two people with posts of their own and one that both edit. They type, publish and edit while windows are
killed, answers lost after the commit, connections cut or slowed, sessions ended, other users signed in, the server
killed. Pass: no word that is two seconds old is lost; no post is there twice; posts that were published offline keep
their order; an editor of a post that another one has changed is shown the change. Judged by the databases, not by a
page.
"""

import asyncio
import itertools
import random
import re
import sqlite3
import time
from collections.abc import Awaitable, Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final

from playwright.async_api import Browser, BrowserContext, Error, Page, Request, Route

from scenarios.silence import a_browser
from scenarios.site import BASE, Broken, Figures, Site, require

KEPT_S: Final = 2.0  # words that are older may not be lost
SETTLED_S: Final = 60.0
STEP_S: Final = 30.0
SAID_S: Final = 15.0  # a screen has to say of older words that only this device has them
EDITOR: Final = "form[data-composer=write]"
_TOKEN: Final = re.compile(r"q\d+x\d+z")  # also right after a word whose space was typed too late to be kept


@dataclass(frozen=True, kw_only=True)
class Size:
    """The number of walks, their steps, how many run at once, and the seconds between kills of the server."""

    walks: int
    steps: int
    at_once: int
    restart_s: float


CI = Size(walks=10, steps=9, at_once=5, restart_s=25)
FULL = Size(walks=200, steps=14, at_once=5, restart_s=40)
TINY = Size(walks=1, steps=5, at_once=1, restart_s=8)


@dataclass
class Typed:
    """One typed word: when it was typed, and whether it may be lost."""

    token: str
    at: float
    may_miss: bool = False


@dataclass
class Counts:
    """The steps of all walks, counted."""

    happened: dict[str, int] = field(default_factory=dict)

    def add(self, what: str) -> None:
        """Count a step."""
        self.happened[what] = self.happened.get(what, 0) + 1


async def run(folder: Path, size: Size, seed: int) -> Figures:
    counts, chance = Counts(), random.Random(seed)
    async with Site(folder, seed=seed) as site, a_browser() as browser:
        port = await site.serve()
        cookies = await site.people()
        newsroom = Newsroom(site, port)
        numbers = itertools.count()
        walks = [Walk(n, newsroom, browser, cookies, random.Random(chance.random()), counts) for n in range(size.walks)]

        async def one_after_another() -> None:
            for _ in numbers:
                if not waiting:
                    return
                await waiting.pop().run(size.steps)

        waiting = list(reversed(walks))
        killing = asyncio.create_task(newsroom.killed_now_and_then(size.restart_s, counts))
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(size.at_once):
                    group.create_task(one_after_another())
        finally:
            killing.cancel()
            with suppress(asyncio.CancelledError):
                await killing
    judged = judge(site.home, walks)
    return {"walks": size.walks, **judged, **dict(sorted(counts.happened.items()))}


class Newsroom:
    """The server, which is killed while people type, and started again."""

    def __init__(self, site: Site, port: int) -> None:
        self.site, self.port = site, port
        self.url = f"http://localhost:{port}"
        self.desk = f"{self.url}/desk{BASE}"
        self.up = asyncio.Event()
        self.up.set()

    async def killed_now_and_then(self, every_s: float, counts: Counts) -> None:
        """Kill it and start it again, until cancelled."""
        while True:
            await asyncio.sleep(every_s)
            self.up.clear()
            self.site.kill(self.port)
            await asyncio.sleep(1)
            try:
                await asyncio.shield(self.site.serve(self.port))
            finally:
                self.up.set()
            counts.add("server killed")


class Window:
    """A person's window at the desk."""

    def __init__(self, page: Page, person: "Person") -> None:
        self.page, self.person = page, person
        self.holds: list[Typed] = []  # words in its composer, typed since it was last emptied
        self.typed: list[Typed] = []  # all words that were typed in it
        self.faults: list[str] = []
        page.on("pageerror", lambda error: self.faults.append(str(error)))

    @property
    def alive(self) -> bool:
        """Whether it is open."""
        return not self.page.is_closed()


class Person:
    """One person: a browser profile, its network, its windows."""

    def __init__(self, walk: "Walk", role: str, context: BrowserContext, cookie: str) -> None:
        self.walk, self.role, self.context, self.cookie = walk, role, context, cookie
        self.windows: list[Window] = []
        self.losing = 0  # how many of the next answers are lost
        self.signed_in = True

    async def sign_in_and_route(self) -> None:
        """Sign in, and route requests through this object."""
        await self.sign_in(self.cookie)
        await self.context.route("**/desk/live/**", self._route)

    async def sign_in(self, cookie: str) -> None:
        """Sign in with a session's cookie, and another token each time, as the program gives."""
        name, _, value = cookie.partition("=")
        found = {name: value, "csrf": f"{self.walk.chance.getrandbits(128):032x}"}
        url = self.walk.newsroom.url
        await self.context.add_cookies([{"name": name, "value": value, "url": url} for name, value in found.items()])
        self.signed_in = cookie == self.cookie

    async def _route(self, route: Route, request: Request) -> None:
        if self.losing and request.method == "POST" and not request.url.endswith(("/beat/", "/drafts/")):
            self.losing -= 1
            with suppress(Error):
                await route.fetch(timeout=STEP_S * 1000)
            with suppress(Error):
                await route.abort("connectionreset")
            return
        with suppress(Error):
            await route.continue_()

    async def open(self) -> Window:
        """Open the desk in a new window; connect and sign in before."""
        await self.context.set_offline(False)
        if not self.signed_in:
            await self.sign_in(self.cookie)
        page = await self.context.new_page()
        window = Window(page, self)

        tried: list[str] = []

        async def there() -> bool:
            await self.walk.newsroom.up.wait()
            try:
                await page.goto(self.walk.newsroom.desk, timeout=10_000)
                await page.locator(f"{EDITOR} .ProseMirror").wait_for(timeout=10_000)
            except Error as error:
                tried.append(f"{page.url}: {error.message.splitlines()[0]}")
                return False
            return True

        await Site.wait_until(there, SETTLED_S, lambda: f"the desk never opened: {tried}")
        self.windows.append(window)
        return window


class Walk:
    """One walk: its steps, and the words that were typed."""

    def __init__(
        self, number: int, newsroom: Newsroom, browser: Browser, cookies: dict[str, str], chance: random.Random,
        counts: Counts,
    ) -> None:  # fmt: skip
        self.number, self.newsroom, self.browser, self.cookies = number, newsroom, browser, cookies
        self.chance, self.counts = chance, counts
        self.typed: list[Typed] = []
        self.presses: list[tuple[Window, list[str]]] = []  # the words of each publish, in order
        self.shown: list[bool] = []  # of each edit of a changed post: whether both texts were shown
        self._tokens = itertools.count()
        self.done: list[str] = []

    async def run(self, steps: int) -> None:
        """Do the steps, and settle: connected, signed in, and with nothing left to send."""
        contexts = [await self.browser.new_context() for _ in range(2)]
        try:
            ana = Person(self, "editor", contexts[0], self.cookies["editor"])
            ben = Person(self, "owner", contexts[1], self.cookies["owner"])
            for person in (ana, ben):
                await person.sign_in_and_route()
            await ana.open()
            for _ in range(steps):
                step = self.chance.choices(list(self._steps), weights=[w for w, _ in self._steps.values()])[0]
                self.done.append(step)
                self.counts.add(step)
                async with asyncio.timeout(3 * STEP_S):
                    await self._steps[step][1](ana)
            await self.two_edit(ana, ben)
            await self._settle(ana)
            await self._settle(ben)
        except Exception as error:
            error.add_note(f"walk {self.number}: {', '.join(self.done)}")
            raise
        finally:
            for context in contexts:
                await context.close()

    @property
    def _steps(self) -> dict[str, tuple[int, Callable[[Person], Awaitable[None]]]]:
        return {
            "typed": (6, self.type),
            "published": (4, self.publish),
            "line cut": (2, self.cut),
            "line slow": (1, self.slow),
            "line good": (2, self.mend),
            "window killed": (3, self.kill),
            "answer lost": (2, self.lose),
            "session ended": (1, self.end_session),
            "somebody else signed in": (1, self.another),
            "draft in a second window": (1, self.second),
        }

    # --- steps

    async def _window(self, person: Person) -> Window:
        alive = [window for window in person.windows if window.alive]
        if alive:
            return self.chance.choice(alive)
        return await person.open()

    async def type(self, person: Person, window: Window | None = None) -> None:
        """Type some words."""
        window = window or await self._window(person)
        field = window.page.locator(f"{EDITOR} .ProseMirror")
        await field.click()
        await field.press("Control+End")
        await self._words(window, self.chance.randint(1, 5))
        await asyncio.sleep(self.chance.choice([0, 0.3, 1.0, 2.5]))

    async def _words(self, window: Window, count: int) -> None:
        for _ in range(count):
            token = f"q{self.number}x{next(self._tokens)}z"
            await window.page.keyboard.type(token + " ")
            typed = Typed(token, time.monotonic())
            for words in (self.typed, window.typed, window.holds):
                words.append(typed)

    async def publish(self, person: Person, window: Window | None = None) -> None:
        """Press Ctrl+Enter in the composer, on some words."""
        window = window or await self._window(person)
        if not window.holds:
            await self.type(person, window)
        field = window.page.locator(f"{EDITOR} .ProseMirror")
        stands = _TOKEN.findall(await field.inner_text())
        await field.press("Control+Enter")
        self.presses.append((window, stands))
        window.holds = []

    async def cut(self, person: Person) -> None:
        """Cut the connection."""
        await person.context.set_offline(True)

    async def slow(self, person: Person) -> None:
        """Slow one window's connection down."""
        window = await self._window(person)
        session = await person.context.new_cdp_session(window.page)
        bad = {"offline": False, "latency": 600, "downloadThroughput": 20_000, "uploadThroughput": 8_000}
        await session.send("Network.emulateNetworkConditions", bad)

    async def mend(self, person: Person) -> None:
        """Restore the connection."""
        await person.context.set_offline(False)

    async def kill(self, person: Person) -> None:
        """Kill a window, and open another."""
        window = await self._window(person)
        killed = time.monotonic()
        if self.chance.random() < 0.5:
            session = await person.context.new_cdp_session(window.page)
            with suppress(Error, TimeoutError):
                await asyncio.wait_for(session.send("Page.crash"), 1)
        await window.page.close(run_before_unload=False)
        for one in window.typed:
            one.may_miss = one.may_miss or one.at > killed - KEPT_S
        fresh = await person.open()
        await asyncio.sleep(0.5)
        there = await fresh.page.locator(f"{EDITOR} .ProseMirror").inner_text()
        fresh.holds = [one for one in self.typed if one.token in _TOKEN.findall(there)]

    async def lose(self, person: Person) -> None:
        """Publish, and lose the answer after the commit."""
        person.losing += 1
        await self.publish(person)

    async def end_session(self, person: Person) -> None:
        """End the session, continue typing, and sign in again as if in another tab."""
        await person.sign_in(person.cookie.partition("=")[0] + "=" + "0" * 32)
        await self.publish(person)
        await self.type(person)
        await person.sign_in(person.cookie)

    async def another(self, person: Person) -> None:
        """Let another user sign in on this device for a while."""
        await person.sign_in(self.cookies["contributor"])
        await self.publish(person)
        await self.type(person)
        await asyncio.sleep(3)
        await person.sign_in(person.cookie)

    async def second(self, person: Person) -> None:
        """Open the draft in a second window too, and type in both."""
        first = await self._window(person)
        if not first.holds:
            await self.type(person, first)
        await self._saved(first)
        window = await person.open()
        opened = await window.page.evaluate(_TAKE, first.holds[0].token)
        if opened:
            window.holds = list(first.holds)
            for one in (window, first):
                await one.page.locator(f"{EDITOR} .ProseMirror").press("Control+End")
                await self._words(one, 2)
                await asyncio.sleep(self.chance.choice([0.1, 2.5]))

    async def _saved(self, window: Window) -> None:
        with suppress(Error):
            await window.page.locator(f"{EDITOR} [data-state]", has_text="Saved").wait_for(timeout=5_000)

    async def two_edit(self, ana: Person, ben: Person) -> None:
        """Let both edit one post, and save one after the other."""
        await self.mend(ana)
        if not ana.signed_in:
            await ana.sign_in(ana.cookie)
        window = await self._window(ana)
        await self.type(ana, window)
        token = window.holds[-1].token
        await self.publish(ana, window)
        other = await ben.open()
        row = f"[data-timeline] .desk-post:has-text('{token}')"
        try:
            await Site.wait_until(lambda: self._out(ana, window, row, token), SETTLED_S, "a post never went out")
        except Broken as why:
            said = " ".join((await window.page.locator("[data-composer-place]").inner_text()).split())[:600]
            home, here = self.newsroom.site.home, await window.page.evaluate(_ONLY_HERE)
            places = {"log": str(_log(home)), "drafts": str(_drafts(home)), "device": here}
            where = [name for name, words in places.items() if token in words]
            raise Broken(f"{why}: {token} is in {where}; the screen says: {said}") from None
        for one in (window, other):
            await one.page.locator(row).first.wait_for(timeout=SETTLED_S * 1000)
            await Site.wait_until(partial(self._edits, one, row), SETTLED_S, "a post never opened to be edited")
        form = window.page.locator(f"{row} form[data-composer=edit]")
        for one in (window, other):
            form = one.page.locator(f"{row} form[data-composer=edit]")
            await form.locator(".ProseMirror").click()
            await form.locator(".ProseMirror").press("Control+End")
            await self._words(one, 2)
            await form.locator(".ProseMirror").press("Control+Enter")
            if one is window:  # wait until it is saved, so that the other save is the second
                await form.wait_for(state="detached", timeout=SETTLED_S * 1000)
        self.counts.add("post edited by two")
        meeting = form.locator("[data-meeting]")
        with suppress(Error):
            await meeting.locator(":scope > *").first.wait_for(timeout=SETTLED_S * 1000)
        self.shown.append(await meeting.count() == 1 and bool(await meeting.inner_text()))
        await form.locator(".ProseMirror").first.press("Control+Enter")

    async def _out(self, person: Person, window: Window, row: str, token: str) -> bool:
        """Say whether a post is there. Words that came back, for another window sent their draft, are sent again."""
        if await window.page.locator(row).count():
            return True
        back = _TOKEN.findall(await window.page.locator(f"{EDITOR} .ProseMirror").inner_text())
        if token in back:
            window.holds = [one for one in self.typed if one.token in back]
            await self.publish(person, window)
        await asyncio.sleep(1)
        return False

    async def _edits(self, window: Window, row: str) -> bool:
        """Press E on a post, and say whether its editor opened; it does not while the server is down."""
        await self.newsroom.up.wait()
        await window.page.locator(row).first.focus()
        await window.page.keyboard.press("e")
        with suppress(Error):
            await window.page.locator(f"{row} form[data-composer=edit] .ProseMirror").wait_for(timeout=5_000)
            return True
        return False

    # --- the end

    async def _settle(self, person: Person) -> None:
        """Wait until every window has settled."""
        person.losing = 0
        await person.sign_in(person.cookie)
        await self.mend(person)
        if not any(window.alive for window in person.windows):
            await person.open()

        unsaid_since, said = 0.0, list[str]()

        async def settled() -> bool:
            nonlocal unsaid_since
            await self.newsroom.up.wait()
            alive = [window.page for window in person.windows if window.alive]
            said[:] = [one for page in alive for one in await page.evaluate(_UNSETTLED)]
            if said:
                unsaid_since = 0.0
                return False
            here = set(_TOKEN.findall(await alive[0].evaluate(_ONLY_HERE)))
            if not here:
                return True
            unsaid_since = unsaid_since or time.monotonic()
            in_time = time.monotonic() - unsaid_since < SAID_S
            require(in_time, f"{sorted(here)} are on a device alone, and no screen says so: {', '.join(self.done)}")
            return False

        await Site.wait_until(
            settled,
            SETTLED_S,
            lambda: f"walk {self.number} never came to rest, its screens say {said}: {', '.join(self.done)}",
        )
        for window in person.windows:
            require(not window.faults, f"a window's script failed: {window.faults}")


# What a screen says about unsent and unsaved words: nothing once it has settled.
_UNSETTLED: Final = """() => {
  const signs = [...document.querySelectorAll("[data-outbox], [data-lacking], [data-signed-out]")];
  const states = [...document.querySelectorAll("[data-composer] [data-state]")];
  const unsaved = states.filter(one => !/^(|Saved.*)$/s.test(one.textContent.trim()));
  const lines = [...document.querySelectorAll("[data-sent] li")];
  const sending = lines.filter(one => /^(Sending|Waiting)/.test(one.textContent));
  const said = [...signs.filter(one => !one.hidden), ...unsaved, ...sending];
  return said.map(one => one.textContent.replace(/\\s+/g, " ").trim() || one.outerHTML);
}"""

# The words that only this device has, and those that wait to be sent.
_ONLY_HERE: Final = """() => new Promise((resolve, reject) => {
  const asked = indexedDB.open("asithappened-desk");
  asked.onerror = () => reject(asked.error);
  asked.onsuccess = () => {
    const read = name => new Promise(resolve => {
      const all = asked.result.transaction(name).objectStore(name).getAll();
      all.onsuccess = () => resolve(all.result);
    });
    Promise.all([read("drafts"), read("outbox")]).then(([drafts, outbox]) => {
      asked.result.close();
      resolve(JSON.stringify([drafts.filter(one => one.dirty), outbox]));
    });
  };
})"""

# Opens the draft with a word from the tab of drafts; returns whether there was one.
_TAKE: Final = """async token => {
  const wait = ms => new Promise(resolve => setTimeout(resolve, ms));
  document.querySelector("[data-tab=drafts]")?.click();
  for (let n = 0; n < 50; n += 1) {
    const listed = [...document.querySelectorAll("[data-panel] [data-draft]")];
    const found = listed.find(one => one.textContent.includes(token));
    if (found) {
      found.click();
      for (let m = 0; m < 50; m += 1) {
        await wait(100);
        if (document.querySelector("form[data-composer=write] .ProseMirror")?.textContent.includes(token)) return true;
      }
      return false;
    }
    await wait(100);
  }
  return false;
}"""


def judge(home: Path, walks: list[Walk]) -> dict[str, Any]:
    """Compare the typed words with the databases."""
    published, revisions = _log(home)
    everywhere = " ".join([*published, *revisions, *_drafts(home)])
    there = set(_TOKEN.findall(everywhere))
    lost = [
        f"{one.token} ({', '.join(walk.done)})"
        for walk in walks
        for one in walk.typed
        if not one.may_miss and one.token not in there
    ]
    twins: list[str] = []
    disordered: list[str] = []
    places = {token: n for n, words in enumerate(published) for token in _TOKEN.findall(words)}
    for walk in walks:
        pressed = [set(tokens) for _, tokens in walk.presses]
        for token in {token for tokens in pressed for token in tokens}:
            posts = sum(token in _TOKEN.findall(words) for words in published)
            if posts > sum(token in tokens for tokens in pressed):
                twins.append(token)
        # Words that came back, because another window sent their draft or another user was signed in, count by their
        # last publish.
        last = {token: n for n, (_, tokens) in enumerate(walk.presses) for token in tokens}
        for window in {window for window, _ in walk.presses}:
            order = [
                min((places[t] for t in tokens if t in places and last[t] == n), default=-1)
                for n, (w, tokens) in enumerate(walk.presses)
                if w is window
            ]
            known = [place for place in order if place >= 0]
            if known != sorted(known):
                sent = [tokens for w, tokens in walk.presses if w is window]
                disordered.append(f"walk {walk.number}: {known} of {sent} ({', '.join(walk.done)})")
    unshown = sum(not shown for walk in walks for shown in walk.shown)
    require(not lost, f"{len(lost)} words were lost: {lost[:4]}")
    require(not twins, f"words were published more often than anybody asked: {twins[:10]}")
    require(not disordered, f"posts went out in another order than they were sent: {disordered[:5]}")
    require(not unshown, f"{unshown} people were not shown that somebody else had changed their post")
    return {"words typed": sum(len(walk.typed) for walk in walks), "lost": 0, "twins": 0, "posts": len(published)}


def _log(home: Path) -> tuple[list[str], list[str]]:
    """Return the words of each post as first published, in the log's order, and those of each revision."""
    with closing(sqlite3.connect(home / "newsroom.sqlite3")) as database:
        rows = database.execute(
            "SELECT e.kind, p.data FROM log_event e JOIN log_payload p ON p.entry_id = e.id ORDER BY e.blog_id, e.seq"
        ).fetchall()
    words = [(kind, bytes(data).decode()) for kind, data in rows]
    return [w for k, w in words if k == "post.published"], [w for k, w in words if k != "post.published"]


def _drafts(home: Path) -> list[str]:
    with closing(sqlite3.connect(home / "drafts.sqlite3")) as database:
        return [words for (words,) in database.execute("SELECT words FROM drafts_draft WHERE state = 'open'")]
