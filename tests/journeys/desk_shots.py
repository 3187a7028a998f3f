"""Screenshots of every state of the desk, at the widths of a phone, a tablet and a screen, light and dark.

`python -m tests.journeys.desk_shots [STATE …]` writes them to build/desk/, and prints where each is and what axe finds
on it; it fails for that, and for a state that cannot be had. Owns the widths, and what makes a picture of a page.
Look next: `desk_states`.
"""

import sys
import tempfile
from pathlib import Path
from typing import Final

from playwright.sync_api import Error, sync_playwright

from bench import machine
from tests.journeys.desk_states import STATES, State, day, shown, wrongs
from tests.journeys.installation import Installation
from tests.journeys.newsroom import Newsroom

WIDTHS: Final = {360: 740, 768: 1024, 1440: 900}
SCHEMES: Final = ("light", "dark")
BUILD: Final = Path(__file__).resolve().parents[2] / "build/desk"


def picture(room: Newsroom, state: State, posts: dict[str, str], where: Path, width: int, scheme: str) -> list[str]:
    """Make one picture of a state, and return what axe finds on it."""
    try:
        page = shown(room, state, posts, width=width, height=WIDTHS[width], scheme=scheme)
        page.screenshot(path=where, animations="disabled")
        return wrongs(page) if state.scripts else []  # where no script runs, axe's does not either
    except Error as error:
        return [f"cannot be had: {error.message.splitlines()[0]}"]
    finally:
        for context in room.browser.contexts:
            context.close()


def main(names: list[str]) -> None:
    """Make them all, or those that are named."""
    BUILD.mkdir(parents=True, exist_ok=True)
    wrong: list[str] = []
    with (
        tempfile.TemporaryDirectory() as home,
        sync_playwright() as playwright,
        Installation(Path(home) / "home") as installation,
    ):
        browser = playwright.chromium.launch(executable_path=machine.find("chromium"), args=["--no-sandbox"])
        try:
            installation.serve()
            room, posts = day(installation, browser)
            for name in names or STATES:
                for width in WIDTHS:
                    for scheme in SCHEMES:
                        where = BUILD / f"{name}-{width}-{scheme}.png"
                        found = picture(room, STATES[name], posts, where, width, scheme)
                        print(where, *found, sep="\n  ", flush=True)
                        wrong += found
        finally:
            browser.close()
    if wrong:
        sys.exit(f"{len(wrong)} things are wrong")


if __name__ == "__main__":
    main(sys.argv[1:])
