"""A poll from right to left: its options, and how it stands, begin where the language begins."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, expect

from asithappened.core import body
from asithappened.core import events as e
from asithappened.core.body.poll import counted
from asithappened.log import read as log
from asithappened.render.poll import poll_part
from tests.reader.conftest import Covered, Open
from tests.reader.newsroom import opened

pytestmark = pytest.mark.browser

ASKED = body.Poll(
    attrs=body.PollAttrs(id="dyke", title="هل يبقى السد مغلقا؟"),
    content=(
        body.Option(attrs=body.OptionAttrs(id="yes", name="نعم")),
        body.Option(attrs=body.OptionAttrs(id="no", name="لا")),
    ),
)


def at_its_beginning(words: Locator, box: Locator) -> bool:
    """Say whether words begin at the right edge of their box, and not at its left."""
    edges = (
        "(node) => { const r = document.createRange(); r.selectNodeContents(node); return r.getBoundingClientRect(); }"
    )
    inner: dict[str, float] = words.evaluate(edges)
    outer = box.bounding_box()
    assert outer is not None
    right = outer["x"] + outer["width"] - inner["right"]
    return 0 <= right < 40 < inner["left"] - outer["x"]


def test_a_poll_runs_from_right_to_left_before_a_vote_and_after(covered: Covered, read: Open) -> None:
    room = covered(opened("dyke-ar", "العاصفة", language="ar", zone="Asia/Beirut"))
    doc = body.with_ids(body.Doc(content=(ASKED,)), seed="asks")
    room.add(e.PostPublished(post="asks", title="سؤال", body=doc, published_at=room.at))
    page = read(wait=False, viewport={"width": 360, "height": 800})
    page.goto(room.url)
    told = poll_part(log.blog(room.blog), counted(ASKED, {"yes": 3, "no": 1}), told="counted")
    page.route(re.compile("/polls/"), lambda route: route.fulfill(body=told, content_type="text/html; charset=utf-8"))
    poll = page.locator("#p-asks .poll")
    yes = poll.get_by_role("button", name="نعم")
    assert at_its_beginning(yes.locator("bdi"), yes)
    assert at_its_beginning(poll.locator("figcaption"), poll)
    assert Axe().run(page, context="#p-asks").response["violations"] == []
    yes.click()
    stands = poll.get_by_role("status")
    expect(stands).to_be_focused()
    assert at_its_beginning(stands.locator("tbody th").first, stands)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert Axe().run(page, context="#p-asks").response["violations"] == []
