"""Every page that readers have, on a phone and at 400 % zoom too: axe finds nothing, and it scrolls one way."""

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe

from asithappened.core import events as e
from asithappened.corrections import consume as corrections
from asithappened.front import consume as front
from asithappened.front.archive import consume as archive
from asithappened.front.authors import consume as authors
from asithappened.front.tags import consume as tags
from asithappened.log import follow
from asithappened.log import read as log
from asithappened.render.addresses import author_path, tag_path
from asithappened.render.calendar import day_path, month_path, year_path
from tests.reader.conftest import Open
from tests.reader.newsroom import Newsroom

pytestmark = pytest.mark.browser

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk"
# 320 by 256 is a window of 1280 by 1024 at 400 %.
LOOKS: tuple[tuple[int, int, Literal["light", "dark"]], ...] = (
    (320, 256, "dark"), (320, 256, "light"), (1300, 900, "dark"), (1300, 900, "light"),
)  # fmt: skip


def test_every_page_is_for_everyone_in_light_and_dark_and_no_wider_than_its_window(
    newsroom: Newsroom, read: Open
) -> None:
    newsroom.add(e.BlogDescribed(title=f"A storm over the {LONG}", zone="Europe/London", tags=("Weather", LONG)))
    newsroom.fill(45, bylines=("Ada Quist",))
    newsroom.add(*(e.PostKindSet(post=f"f{n}", kind=e.PostKind.KEY_EVENT) for n in range(0, 45, 3)))
    newsroom.revise("f3", f"The {LONG} is shut", "Edited.", bylines=("Ada Quist",), reason="A slip.")
    newsroom.revise("f3", "The works are shut", "Edited again.", bylines=("Ada Quist",))
    newsroom.add(e.SeriesRecorded(series="power", of="figure", label=f"Homes without power by the {LONG}"))
    newsroom.add(e.SeriesMoved(series="power", value=1_200.0))
    newsroom.add(e.SeriesMoved(series="power", value=4_600.0))
    newsroom.add(e.CorrectionRecorded(correction="c1", post="f9", was="one diver", now=f"two divers of the {LONG}"))
    newsroom.add(e.PostWithdrawn(post="p2", reason="It was not true."))
    for each in (front, tags, authors, archive, corrections):
        follow.catch_up(each)
    house, today = newsroom.url.removesuffix(newsroom.base), archive.days_of(log.blog(newsroom.blog))[0]
    of_the_house = ["/", "/corrections/", tag_path("Weather"), tag_path(LONG), author_path("Ada Quist")]
    of_the_house += [year_path(today), month_path(today), day_path(today)]
    of_the_blog = ["", "page/1/", "oldest/", "times/", "key-events/", "known/", "known/series/power/", "corrections/"]
    of_the_blog += ["p/f3/", "p/p2/", "p/nowhere/", "embed/"]
    page = read("times/", wait=False)
    faults = []
    for width, height, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        for address in [house + path for path in of_the_house] + [newsroom.url + path for path in of_the_blog]:
            answer = page.goto(address)
            assert answer
            assert answer.status == (404 if "nowhere" in address else 410 if "p/p2" in address else 200), address
            found = Axe().run(page).response["violations"]
            told = (address.removeprefix(house), width, scheme)
            faults += [(told, v["id"], [node["html"][:160] for node in v["nodes"]][:3]) for v in found]
            if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
                faults.append((told, "wide", [str(wide)]))
    assert not faults, "\n".join(map(str, faults))
