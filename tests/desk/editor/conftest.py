"""A page with the body editor in it, as strict about scripts and styles as the desk's."""

import json
from collections.abc import Iterator
from typing import Any, Self

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Route

from asithappened.desk.views.words import words
from asithappened.published import assets

HOUSE = "http://localhost:8000"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' https:; base-uri 'none'"
)
PAGE = """<!doctype html><html lang="en"><title>Editor</title><link rel="stylesheet" href="/static/desk.css">
<script type="application/json" id="desk-words">WORDS</script>
<main><form><div id="at"></div><button id="after">After</button></form></main>"""
MOUNT = """async (doc) => {
  const { mount } = await import("/static/desk-editor.js");
  window.told = { changed: 0, commands: [], pasted: [], asked: [] };
  window.editor?.destroy();
  window.editor = mount(document.getElementById("at"), {
    doc, label: "Text of the post", placeholder: "Say what happened", language: "en",
    covered: () => ({ top: 0, bottom: 0 }),
    changed: () => { told.changed += 1; },
    command: (name) => told.commands.push(name),
    pasted: (sentence, choices) => { if (sentence) told.pasted.push(sentence); window.choices = choices ?? []; },
    arrived: () => {},
    arrivals: () => new Promise(() => {}),
    reading: () => window.unread ? Promise.reject(new Error("away")) : import("/static/desk-reading.js"),
    look: (url) => new Promise((answer, fail) => { told.asked.push(url); Object.assign(window, { answer, fail }); }),
  });
}"""

SETTLED = """() => new Promise((done) => {
  const look = () => {
    const { view } = document.querySelector(".body-editor").editor;
    if (view.domObserver.suppressingSelectionUpdates) requestAnimationFrame(look);
    else requestAnimationFrame(() => setTimeout(done));
  };
  look();
})"""


class Editing:
    """The editor in a page: what is typed into it, and what it makes of that."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.refused: list[str] = []  # what the page's own policy did not let it do, and errors
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.refused.append(str(error)))
        page.route("**/*", self._answer)
        page.goto(f"{HOUSE}/")

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.refused.append(message.text)

    @staticmethod
    def _answer(route: Route) -> None:
        path = route.request.url.removeprefix(HOUSE)
        if path.startswith("/static/"):
            body, kind, _ = assets.files()[path.removeprefix("/static/")]
            return route.fulfill(body=body, content_type=kind)
        if path == "/":
            page = PAGE.replace("WORDS", json.dumps(words()))
            return route.fulfill(body=page, content_type="text/html", headers={"content-security-policy": POLICY})
        picture = "<svg xmlns='http://www.w3.org/2000/svg' width='16' height='9'/>"  # wherever it is said to be
        return route.fulfill(body=picture, content_type="image/svg+xml")

    def mount(self, *blocks: dict[str, Any]) -> Self:
        """Put an editor with these blocks into the page, and the cursor into the editor."""
        self.page.evaluate(MOUNT, {"type": "doc", "content": list(blocks)})
        self.page.evaluate("editor.focus()")
        self.settle()
        return self

    def settle(self) -> None:
        """Wait until the editor knows where the browser's cursor is: a program presses keys faster than people do."""
        self.page.evaluate(SETTLED)

    @property
    def doc(self) -> list[dict[str, Any]]:
        """Return the blocks of the body as it stands."""
        blocks: list[dict[str, Any]] = self.page.evaluate("editor.doc()").get("content", [])
        return blocks

    def type(self, *keys: str) -> None:
        """Type words; what is in angle brackets is a key: "<Control+b>"."""
        for key in keys:
            if key.startswith("<") and key.endswith(">"):
                self.page.keyboard.press(key[1:-1])
                self.settle()
            else:
                self.page.keyboard.type(key)

    def paste(self, plain: str = "", html: str = "") -> None:
        """Paste what a program put on the clipboard, and wait until it stands there."""
        self.page.evaluate(
            """async ([plain, html]) => {
              const data = new DataTransfer();
              if (plain) data.setData("text/plain", plain);
              if (html) data.setData("text/html", html);
              const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
              document.querySelector(".body-editor").dispatchEvent(event);
              await import("/static/desk-reading.js");
              await new Promise((done) => setTimeout(done)); // what waited for the same has gone on before this
            }""",
            [plain, html],
        )


@pytest.fixture
def editing(browser: Browser) -> Iterator[Editing]:
    """Return an editor in a page of its own."""
    context = browser.new_context(viewport={"width": 900, "height": 900})
    made = Editing(context.new_page())
    yield made
    context.close()
    assert not made.refused
