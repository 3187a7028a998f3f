"""The desk in a real browser: without JavaScript it all works, axe finds nothing, and nothing is wider than a phone.

Owns what the test client cannot see: focus, buttons pressed by Enter, widths, colours. Styles come from the package,
as delivery serves them.
"""

import contextvars

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from asithappened.core.events import Audience, PostKind
from asithappened.desk import actions
from asithappened.log import read
from asithappened.published import assets
from tests.desk.conftest import Blog, said

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


HOUSE = "http://localhost:8000"


@pytest.fixture
def at_desk(browser, owner, browse):
    """Return a function that opens a browser of somebody who is signed in, at a width and in a colour scheme.

    Its requests go to Django in this thread and transaction: a log lets nothing be taken out of it again.
    """
    made = []
    client = browse(owner)
    here = (
        contextvars.copy_context()
    )  # Django keeps its connection, and with it this test's transaction, in the context

    def answer(route):
        request = route.request
        path = request.url.removeprefix(HOUSE)
        if path.startswith("/static/"):
            body, kind, _ = assets.files()[path.removeprefix("/static/")]
            return route.fulfill(body=body, content_type=kind)
        kind = request.headers.get("content-type", "application/octet-stream")
        said = here.run(client.generic, request.method, path, request.post_data_buffer or b"", content_type=kind)
        if path in page.lost:  # the server did it, and nobody heard
            page.lost.remove(path)
            return route.abort("connectionreset")
        if "Location" in said:  # Playwright does not ask us about where a redirect leads, but about a refresh it does
            refresh = f'<meta http-equiv="refresh" content="0;url={said["Location"]}">'
            return route.fulfill(body=refresh, content_type="text/html")
        return route.fulfill(status=said.status_code, headers=dict(said.headers), body=said.content)

    def page(width=1280, scheme="light", scripts=False):
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            java_script_enabled=scripts,
            bypass_csp=scripts,
        )
        made.append(context)
        context.route("**/*", answer)
        return context.new_page()

    page.lost = []
    yield page
    for context in made:
        context.close()


@pytest.fixture
def running(owner):
    """Return a live blog with a post of each kind, a pin and a withdrawal."""
    receipt = actions.open_blog(by=owner, slug="storm", title="Storm Isolde", audience=Audience.EVERYONE)
    for n, kind in enumerate(PostKind):
        actions.publish_post(
            receipt.blog, by=owner, draft=said("Words.", title=f"Post {n}", kind=kind), once=str(n), pin=not n
        )
    gone = actions.publish_post(receipt.blog, by=owner, draft=said("Wrong.", title="Gone"), once="gone")
    actions.withdraw_post(receipt.blog, by=owner, post=gone.id, reason="It was wrong.")
    return Blog(receipt.blog)


def test_a_post_is_written_as_text_without_javascript(at_desk, running):
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
    assert newest.body.content[0].attrs.cite == "The coastguard"
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
def test_axe_finds_nothing_and_no_page_is_wider_than_the_screen(at_desk, running, width, scheme):
    page = at_desk(width, scheme, scripts=True)
    post = read.posts(running.id)[0].id
    for path in [running.path + path.format(post=post) for path in PATHS] + list(OTHERS):
        page.goto(HOUSE + path)
        found = Axe().run(page).response["violations"]
        assert [(v["id"], [node["html"] for node in v["nodes"]]) for v in found] == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_an_answer_that_is_lost_and_then_back_leaves_the_words_and_makes_no_twin(at_desk, running):
    page, before = at_desk(), len(read.posts(running.id))
    page.goto(f"{HOUSE}{running.path}")
    page.fill("#title", "The mayor speaks")
    page.fill("#text", "Half an hour of typing.")
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
