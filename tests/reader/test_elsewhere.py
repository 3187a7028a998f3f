"""A live blog on another site's page, under the strictest policy that allows it: live, as tall as its words."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, Page, expect

from asithappened.core import events as e
from tests.reader.newsroom import Newsroom

pytestmark = pytest.mark.browser

PAGE = """<!doctype html><html lang="en"><title>An article</title><h1>An article</h1><p>Before.</p>
<script src="{server}/static/embed.js" data-live="{slug}" data-accent="#123456" data-paper="url(https://evil.example/)"
async></script>
<p>After.</p></html>"""


class Site:
    """Another site, whose every page is the same article."""

    def __init__(self) -> None:
        self.article, self.policy = "", ""
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                """Answer with the article."""
                body = site.article.encode()
                self.send_response(200)
                self.send_header("content-type", "text/html; charset=utf-8")
                self.send_header("content-security-policy", site.policy)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def show(self, newsroom: Newsroom) -> None:
        """Have the article show a live blog, and allow no more than that."""
        server, slug = newsroom.url.removesuffix(newsroom.base), newsroom.base.split("/")[2]
        self.article = PAGE.format(server=server, slug=slug)
        self.policy = f"default-src 'none'; script-src {server}/static/embed.js; frame-src {server}"

    def stop(self) -> None:
        """Stop."""
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def site() -> Iterator[Site]:
    """Run another site."""
    found = Site()
    yield found
    found.stop()


@pytest.fixture
def article(browser: Browser) -> Iterator[Page]:
    """Open a window of a reader of that site."""
    context = browser.new_context(viewport={"width": 900, "height": 700})
    yield context.new_page()
    context.close()


def test_one_tag_shows_it_live_as_tall_as_it_is_under_the_strictest_policy(
    newsroom: Newsroom, site: Site, article: Page
) -> None:
    site.show(newsroom)
    newsroom.add(e.EmbeddersSet(origins=(site.origin,)))
    complaints: list[str] = []
    article.on("console", lambda said: complaints.append(said.text) if "Content Security Policy" in said.text else None)
    article.goto(site.origin)
    frame, inside = article.locator("iframe"), article.frame_locator("iframe")
    expect(inside.locator("#p-p11")).to_be_attached()
    article.wait_for_function(
        "document.querySelector('iframe').offsetHeight > 2000"
    )  # told, and no scroll bar of its own
    root = inside.locator("html")
    expect(root).to_have_attribute("style", "--accent: #123456;")  # what could fetch is left out
    expect(root).to_have_attribute("data-connection", "live")
    before = frame.evaluate("(frame) => frame.offsetHeight")
    newsroom.publish("fresh", "Gates shut", "The gates are shut.\n" * 9)
    expect(inside.get_by_role("heading", name="Gates shut")).to_be_visible()
    article.wait_for_function("(before) => document.querySelector('iframe').offsetHeight > before", arg=before)
    # Another window says how tall it would be: it is not the frame.
    article.evaluate("postMessage({ asithappened: 'height', height: 121 }, '*')")
    newsroom.publish("second", "Water falls")
    expect(inside.locator("#p-second")).to_be_attached()
    assert frame.evaluate("(frame) => frame.offsetHeight") > before
    assert complaints == []


def test_a_site_that_is_not_named_gets_nothing_to_show(newsroom: Newsroom, site: Site, article: Page) -> None:
    site.show(newsroom)
    newsroom.add(e.EmbeddersSet(origins=("https://paper.example",)))
    with article.expect_console_message(lambda said: "frame-ancestors" in said.text):
        article.goto(site.origin)
    expect(article.frame_locator("iframe").locator("article")).to_have_count(0)
