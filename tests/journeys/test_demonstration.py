"""The demonstration's day in front of two readers: one at the top, one who reads on in peace."""

import json
import subprocess
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from asithappened.core import events as e
from asithappened.desk.demo import script
from tests.journeys.conftest import Open, converged
from tests.journeys.installation import Installation, finished

pytestmark = pytest.mark.browser

LISTENING = """
  window.heard = 0;
  window.ear = new BroadcastChannel("asithappened:" + location.pathname);  // where a tab tells others what it hears
  ear.onmessage = ({data: [type, data]}) => {
    const said = JSON.parse(data || "{}");  // what was published before the stream was open is in its hello
    window.heard = Math.max(window.heard, (type === "message" ? said.s : type === "hello" ? said.head : 0));
  };
"""
WATCH = """
  const seen = document.querySelector("#p-warning-on .post-body p");
  seen.scrollIntoView();
  scrollBy(0, -60);  // below the upper edge, and nothing that changes in sight above it
  const stood = seen.getBoundingClientRect().top;
  window.moved = 0;
  const look = () => {
    const by = seen.isConnected ? Math.abs(seen.getBoundingClientRect().top - stood) : 1e9;
    window.moved = Math.max(window.moved, by);
    window.looking = requestAnimationFrame(look);
  };
  look();
"""
AROUND = """scripted => ["previousElementSibling", "nextElementSibling"].flatMap((way) => {
  const found = [];
  for (let post = document.querySelector("#p-warning-on")[way]; post && found.length < 2; post = post[way]) {
    if (!scripted.includes(post.id.slice(2))) found.push(post.id.slice(2));
  }
  return found;
})"""


GONE = "tree"  # a post that the script edits later, and somebody at the desk withdraws before


class Player:
    """The process in which the day happens."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        """Wait until the morning is over."""
        self._process = process
        self.begun = self._heard()

    def do(self, *what: str) -> int:
        """Let one thing happen, and return how far the log is then."""
        assert self._process.stdin is not None
        self._process.stdin.write(" ".join(what) + "\n")
        self._process.stdin.flush()
        return int(self._heard()["head"])

    def _heard(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer


def came(head: int, *pages: Page) -> None:
    """Return once these pages have been sent so much."""
    for page in pages:
        page.wait_for_function("head => window.heard >= head", arg=head)


def test_a_whole_day_arrives_and_nothing_moves_under_who_reads(installation: Installation, read: Open) -> None:
    process = installation.start(module="tests.journeys.player")
    player = Player(process)
    slug = player.begun["slug"]
    top, deep = (read(f"{installation.url}/live/{slug}/", listening=LISTENING) for _ in range(2))
    for page in (top, deep):
        page.evaluate("window.same = 'no reload'")
    deep.evaluate("document.fonts.ready.then(() => true)")  # letters of another width come once, at the beginning
    deep.wait_for_function("[...document.images].every(image => image.complete || image.loading === 'lazy')")
    deep.evaluate(WATCH)

    steps = [step.event for step in script.load() if step.live]
    assert len(steps) == player.begun["live"]
    scripted = [step.subject.id for step in steps if step.subject.about == e.POST]

    # Not in the script: edits and withdrawals just above and just below what she reads.
    above, further_above, below, further_below = deep.evaluate(AROUND, scripted)
    for what, post in [
        ("lengthen", above), ("lengthen", below), ("withdraw", further_above), ("withdraw", further_below),
        ("withdraw", above),
    ]:  # fmt: skip
        came(player.do(what, post), top, deep)
        if what == "withdraw":
            expect(deep.locator(f"#p-{post}")).to_have_count(0)
        else:
            expect(deep.locator(f"#p-{post}")).to_contain_text("More has become known, 5.")

    titles = {step.event.post: step.event.title for step in script.load() if isinstance(step.event, e.PostPublished)}
    secret, head = "", 0
    for event in steps:
        if isinstance(event, e.PostWithdrawn):
            secret = top.locator(f"#p-{event.post} .post-body p").first.inner_text()[:60]
        if isinstance(event, e.PostRevised) and event.post == GONE:
            continue  # the script leaves out what cannot happen
        head = player.do("step")
        came(head, top)
        arrived(top, event, titles)
        if isinstance(event, e.PostPublished) and event.post == GONE:
            came(player.do("withdraw", GONE), top)
    came(head, deep)
    assert deep.evaluate("window.moved") <= 1, "what she read moved"
    assert deep.locator("button.news").is_visible()
    assert finished(process) == 0

    for page in (top, deep):
        converged(page)
        assert page.evaluate("window.same") == "no reload"
        assert page.locator("[data-status=closed]").count()
        assert page.locator("#p-merrow-video").count() == 0
    nowhere(secret, installation, slug)


def arrived(page: Page, event: e.Event, titles: dict[str, str]) -> None:
    """Check that what happened is on the page of a reader at its top."""
    match event:
        case e.PostPublished():
            expect(page.locator("[data-posts] > article").first).to_have_id(f"p-{event.post}")
            expect(page.locator("button.news")).to_be_hidden()
        case e.PostRevised(reason=reason, minor=False) if reason:
            expect(page.locator(f"#p-{event.post} .updated")).to_be_visible()
        case e.PostWithdrawn():
            expect(page.locator(f"#p-{event.post}")).to_have_count(0)
        case e.PostPinned():
            expect(page.locator("[data-part=pinned]")).to_contain_text(titles[event.post])
        case e.PostUnpinned():
            expect(page.locator("[data-part=pinned]")).to_be_empty()
        case e.BlogDescribed():
            expect(page.locator("h1")).to_have_text(event.title)
            expect(page).to_have_title(f"{event.title} | As It Happened")
        case e.ContributorJoined() | e.ContributorLeft():
            expect(page.locator("[data-part=contributors]")).to_contain_text(event.name)
        case e.PostKindSet(kind=e.PostKind.KEY_EVENT):
            expect(page.locator("[data-part=keyevents]")).to_contain_text(titles[event.post])
        case e.BlogClosed():
            expect(page.locator("h1")).to_contain_text("as it happened")
            expect(page.locator("[data-status=closed]").first).to_be_attached()
        case _:
            pass  # nothing that a page shows, or that this day tells


def nowhere(secret: str, one: Installation, slug: str) -> None:
    """Check that these words are in nothing that anybody can still have."""
    assert len(secret) > 30
    base = f"/live/{slug}/"
    head = json.loads(one.get(base + "log/head.json")[1])
    segments = [f"log/{head['epoch']}/{n}-{g}.json" for n, g in enumerate(head["segments"])]
    older: list[str] = []
    while one.status(f"{base}page/{len(older) + 1}/") == 200:
        older.append(f"page/{len(older) + 1}/")
    assert segments
    assert older
    for path in ("", *older, "log/head.json", *segments):
        status, answer = one.get(base + path)
        assert status == 200, path
        assert secret not in answer.decode(), path
    status, answer = one.get(f"{base}p/merrow-video/")
    assert status == 410
    assert secret not in answer.decode()
    assert "another coast" in answer.decode(), "why it went is said"
    for command in (("log", slug, "--json"), ("page-text", slug)):
        assert secret not in one.command(*command), command
