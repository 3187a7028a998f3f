"""The desk in a real browser: without JavaScript it all works, axe finds nothing, and nothing is wider than a phone.

Owns what the test client cannot see: focus, buttons pressed by Enter, widths, colours. Styles come from the package,
as delivery serves them.
"""

import contextvars
from collections.abc import Callable, Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from asithappened.accounts.models import User
from asithappened.core.body import Quote
from asithappened.core.events import Audience, PostKind
from asithappened.desk import actions
from asithappened.log import read
from asithappened.published import assets
from tests.desk.conftest import Blog, said

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


HOUSE = "http://localhost:8000"


class AtDesk:
    """Browsers of somebody who is signed in, at any width and in any colour scheme.

    Their requests go to Django in this thread and transaction: a log lets nothing be taken out of it again.
    """

    def __init__(self, browser: Browser, client: Client) -> None:
        """Open none yet. `lost`: paths of requests that will be answered, and nobody will hear how."""
        self.lost: list[str] = []
        self._browser, self._client = browser, client
        self._made: list[BrowserContext] = []
        # Django keeps its connection, and with it this test's transaction, in the context.
        self._here = contextvars.copy_context()

    def __call__(self, width: int = 1280, scheme: Literal["light", "dark"] = "light", scripts: bool = False) -> Page:
        """Open one."""
        context = self._browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=scripts,
            bypass_csp=scripts,
        )  # fmt: skip
        self._made.append(context)
        context.route("**/*", self._answer)
        return context.new_page()

    def close(self) -> None:
        """Close all of them."""
        for context in self._made:
            context.close()

    def _answer(self, route: Route) -> None:
        request = route.request
        path = request.url.removeprefix(HOUSE)
        if path.startswith("/static/"):
            body, kind, _ = assets.files()[path.removeprefix("/static/")]
            return route.fulfill(body=body, content_type=kind)
        kind = request.headers.get("content-type", "application/octet-stream")
        sent = request.post_data_buffer or b""
        said = self._here.run(self._client.generic, request.method, path, sent, content_type=kind)
        if path in self.lost:  # the server did it, and nobody heard
            self.lost.remove(path)
            return route.abort("connectionreset")
        if "Location" in said:  # Playwright does not ask us about where a redirect leads, but about a refresh it does
            refresh = f'<meta http-equiv="refresh" content="0;url={said["Location"]}">'
            return route.fulfill(body=refresh, content_type="text/html")
        return route.fulfill(status=said.status_code, headers=dict(said.headers), body=said.content)


@pytest.fixture
def at_desk(browser: Browser, owner: User, browse: Callable[[User | None], Client]) -> Iterator[AtDesk]:
    """Return what opens a browser of the owner."""
    made = AtDesk(browser, browse(owner))
    yield made
    made.close()


@pytest.fixture
def running(owner: User) -> Blog:
    """Return a live blog with a post of each kind, a pin and a withdrawal."""
    receipt = actions.open_blog(by=owner, slug="storm", title="Storm Isolde", audience=Audience.EVERYONE)
    for n, kind in enumerate(PostKind):
        actions.publish_post(
            receipt.blog, by=owner, draft=said("Words.", title=f"Post {n}", kind=kind), once=str(n), pin=not n
        )
    gone = actions.publish_post(receipt.blog, by=owner, draft=said("Wrong.", title="Gone"), once="gone")
    actions.withdraw_post(receipt.blog, by=owner, post=gone.id, reason="It was wrong.")
    return Blog(receipt.blog)


def test_a_post_is_written_as_text_without_javascript(at_desk: AtDesk, running: Blog) -> None:
    page = at_desk()
    page.goto(HOUSE + running.path)
    page.fill("#title", "Sea wall breached")
    page.press("#title", "Enter")
    assert len(read.posts(running.id)) == 3  # Enter in a line publishes nothing
    assert page.input_value("#title") == "Sea wall breached"
    page.fill("#text", "> Get to high ground.\n> — The coastguard\n\nThe harbour wall has **given way**.")
    page.click("button:text-is('Publish')")
    page.wait_for_url(f"**{running.path}#p-*")
    newest = read.posts(running.id)[0]
    assert newest.title == "Sea wall breached"
    assert [type(block).__name__ for block in newest.body.content] == ["Quote", "Paragraph"]
    quote = newest.body.content[0]
    assert isinstance(quote, Quote)
    assert quote.attrs.cite == "The coastguard"
    assert page.locator(f"#p-{newest.id} strong").inner_text() == "given way"


PATHS = (
    "",
    "write/",
    "settings/",
    "people/",
    "submissions/",
    "close/",
    "take-down/",
    "continue/",
    "public/",
    "audit/",
    "drafts/",
    "notes/",
    "scheduled/",
    "handover/",
    "p/{post}/",
    "p/{post}/history/",
    "p/{post}/withdraw/",
    "p/{post}/erase/",
)
OTHERS = ("/desk/", "/desk/open/", "/desk/me/", "/accounts/2fa/", "/accounts/sessions/", "/desk/nowhere/")


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_axe_finds_nothing_and_no_page_is_wider_than_the_screen(
    at_desk: AtDesk, running: Blog, width: int, scheme: Literal["light", "dark"]
) -> None:
    page = at_desk(width, scheme, scripts=True)
    post = read.posts(running.id)[0].id
    for path in [running.path + path.format(post=post) for path in PATHS] + list(OTHERS):
        page.goto(HOUSE + path)
        found = Axe().run(page).response["violations"]
        assert [(v["id"], [node["html"] for node in v["nodes"]]) for v in found] == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_an_answer_that_is_lost_and_then_back_leaves_the_words_and_makes_no_twin(
    at_desk: AtDesk, running: Blog
) -> None:
    page, before = at_desk(), len(read.posts(running.id))
    page.goto(f"{HOUSE}{running.path}")
    page.fill("#title", "The mayor speaks")
    page.fill("#text", "Half an hour of typing.")
    # A browser notes what was typed, for when one comes back, up to a second later: here it is asked to now.
    page.evaluate("history.replaceState(history.state, '')")
    at_desk.lost.append(f"{running.path}write/")
    page.click("button.primary:text-is('Publish')")
    page.wait_for_url("chrome-error://**")
    page.go_back()
    expect(page.locator("#title")).to_have_value("The mayor speaks")
    expect(page.locator("#text")).to_have_value("Half an hour of typing.")
    page.click("button.primary:text-is('Publish')")
    expect(page.locator(".refusal")).to_contain_text("Already published.")
    page.click("text=See it on the timeline")
    expect(page.locator(".timeline")).to_contain_text("The mayor speaks")
    assert len(read.posts(running.id)) == before + 1
