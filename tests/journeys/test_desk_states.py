"""axe finds nothing on any state of the desk, and none is wider than its screen."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.journeys.desk_states import STATES, State
from tests.journeys.installation import Installation
from tests.journeys.newsroom import Newsroom, busy

pytestmark = pytest.mark.browser


def day(installation: Installation, browser: Browser) -> tuple[Newsroom, dict[str, str]]:
    """Return a busy newsroom with a live blog of each kind beside the busy one, and a guest who is on none."""
    room, posts = busy(installation, browser)
    for slug, title in (("quiet", "Harbour day"), ("yesterday", "The day before")):
        room.send(
            "owner", "/desk/open/", do="open", once=slug, title=title, slug=slug, audience="nobody",
            zone="Europe/London", language="en",
        )  # fmt: skip
    room.send("owner", "/desk/live/yesterday/close/", do="close")
    told = room.send(
        "owner", "/desk/live/quiet/people/", do="add", email="guest@courier.example", byline="Guy", role="contributor"
    )
    room.sign_in("guest", told["link"])
    who = {member["name"]: member["user"] for member in told["members"]}["Guy"]
    room.send("owner", "/desk/live/quiet/people/", do="remove", user=who)
    return room, posts


def shown(
    room: Newsroom, state: State, posts: dict[str, str], *, width: int, height: int = 900, scheme: str = "light"
) -> Page:
    """Return a page in a state."""
    if "{handover}" in state.path:
        path = room.links["handover"].removeprefix(room.installation.url)
    else:
        path = state.path.format(**posts) if "{" in state.path else state.path
    page = room.opened(
        state.who,
        path,
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        java_script_enabled=state.scripts,
        bypass_csp=True,  # for axe, which is put into the page
    )
    page.evaluate("document.fonts.ready.then(() => null)")
    state.then(page)
    return page


@pytest.fixture(scope="module")
def newsroom(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Newsroom, dict[str, str]]]:
    """Return a running newsroom, and its posts."""
    installation = Installation(tmp_path_factory.mktemp("newsroom") / "home")
    installation.serve()
    yield day(installation, browser)
    installation.stop()


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1440, "light")])
@pytest.mark.parametrize("name", STATES)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    name: str, width: int, scheme: str, newsroom: tuple[Newsroom, dict[str, str]]
) -> None:
    room, posts = newsroom
    page = shown(room, STATES[name], posts, width=width, scheme=scheme)
    try:
        if STATES[name].scripts:
            found = Axe().run(page).response["violations"]
            assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    finally:
        page.context.close()
