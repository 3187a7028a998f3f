"""Every state of the desk that somebody can be in, by name: who is there, where, and what they have done there.

Owns the list, which the screenshots go by. Look next: `desk_shots`.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, Route

from bench.senders import photograph
from tests.journeys.bringing import SAID, bring, drawn
from tests.journeys.installation import Installation
from tests.journeys.newsroom import STORM, Newsroom, body, busy, paragraph

PICTURES: Final = Path(__file__).resolve().parents[2] / "src/asithappened/static/demo"


_NUMBERS: Final = count(7300)  # the very same words twice are asked about


def _nothing(page: Page) -> None:
    return


@dataclass(frozen=True, kw_only=True)
class State:
    """A state. `path`: may name a post, as {key}. `then`: what is done on the page. `scripts`: whether they run."""

    who: str
    path: str
    then: Callable[[Page], None] = _nothing
    scripts: bool = True


def _tab(name: str) -> Callable[[Page], None]:
    def opened(page: Page) -> None:
        page.click(f"[data-tab={name}]")
        page.wait_for_selector(f"[data-panel][data-shown={name}]:not([hidden])")

    return opened


def _sheet(item: str) -> Callable[[Page], None]:
    """Open what the live blog's menu leads to, in a sheet over the screen."""

    def opened(page: Page) -> None:
        page.locator("summary:has(.gear)").click()
        page.locator(f"[data-frame=menu] a[href$='/{item}/']").click()
        page.wait_for_selector("[data-sheet-dialog][open] h1")

    return opened


def _history(page: Page) -> None:
    page.locator("#rows > .desk-post").first.focus()
    page.keyboard.press("h")
    page.wait_for_selector("[data-sheet-dialog][open] h1")


def _refused_sheet(page: Page) -> None:
    _sheet("take-down")(page)
    page.click("[data-sheet-dialog] button.danger")
    page.wait_for_selector("[data-sheet-dialog] .refusal")


def _withdrawing(page: Page) -> None:
    page.locator("#rows > .desk-post").first.focus()
    page.keyboard.press("w")
    page.wait_for_selector(".ask-here")


def _editing(page: Page) -> None:
    page.locator("#rows > .desk-post").first.focus()
    page.keyboard.press("e")
    page.wait_for_selector("form[data-composer=edit] [contenteditable=true]")


def _editing_long(page: Page) -> None:
    _editing(page)
    _lines(page)


_SAVED_BY_ANOTHER: Final = """async (title) => {
  const { action, elements } = document.querySelector("form[data-composer=edit]");
  const headers = { "content-type": "application/json", "x-csrftoken": elements.csrfmiddlewaretoken.value };
  const words = { type: "paragraph", content: [{ type: "text", text: "The company has no new figures yet." }] };
  const body = { type: "doc", content: [words] };
  const sent = { version: 1, do: "publish", based_on: Number(elements.based_on.value), title, body };
  await fetch(action, { method: "POST", headers, body: JSON.stringify(sent) });
}"""


def _meeting(page: Page) -> None:
    """Save what somebody else has saved meanwhile."""
    _editing(page)
    page.keyboard.press("Control+End")
    page.keyboard.insert_text(" The company counts again at six.")
    page.evaluate(_SAVED_BY_ANOTHER, f"Homes without power: {next(_NUMBERS):,}")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("form[data-composer=edit] .meeting")


def _deciding(page: Page) -> None:
    _tab("submissions")(page)
    page.locator("[data-panel] a[data-handed]").first.click()
    page.wait_for_selector(".handed [contenteditable=true], .handed .as-read")


def _previewed(page: Page) -> None:
    _written(page)
    page.click("[data-composer-place] button[value=preview]")
    page.wait_for_selector("[data-preview] .post")


def _slash(page: Page) -> None:
    _grown(page).focus()
    page.keyboard.type("/")
    page.wait_for_selector(".editor-menu [role=option]")


def _gear(page: Page) -> None:
    page.locator("summary:has(.gear)").click()


def _account(page: Page) -> None:
    page.locator(".me summary").click()


def _lines(page: Page) -> None:
    for line in range(40):
        page.keyboard.insert_text(f"Line {line} of a long account of the night.")
        page.keyboard.press("Enter")
    page.keyboard.insert_text("And this is the end of it.")


def _long(page: Page) -> None:
    _grown(page).focus()
    _lines(page)
    page.wait_for_function(
        "document.querySelector('[data-composer-place] [data-state]').textContent.startsWith('Saved')"
    )


def _signed_out(page: Page) -> None:
    _written(page)
    page.context.clear_cookies()
    page.wait_for_selector("[data-signed-out]:not([hidden])")


def _refused_to(page: Page, status: int, code: str, **more: str) -> None:
    """Have beats refused from now on."""
    refused = [{"code": code, "message": "No.", "field": ""}]
    told = json.dumps({"version": 1, "refused": refused, **more})
    for where in ("**/beat/", "**/desk/me/"):
        page.route(where, lambda route: route.fulfill(status=status, content_type="application/json", body=told))


def _another(page: Page) -> None:
    _written(page)
    _refused_to(page, 409, "another", who="Nia Vale")
    page.wait_for_selector("[data-signed-out]:not([hidden])")


def _no_member(page: Page) -> None:
    _written(page)
    _refused_to(page, 404, "not_found")
    page.wait_for_selector("[data-frame=notice] [role=alert]")


def _published(page: Page) -> None:
    _written(page)
    page.locator("[data-composer-place] [contenteditable=true]").first.focus()
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("[data-sent] li a, [data-sent] .countdown")


def _waiting(page: Page) -> None:
    editor = _grown(page)
    page.context.set_offline(True)
    for words in ("The harbour wall has given way.", f"Ferries are cancelled: {next(_NUMBERS)}."):
        editor.fill(words)
        page.keyboard.press("Control+Enter")
    page.click("[data-outbox-open]")
    page.wait_for_selector("[data-outbox-dialog][open] li")


def _later(page: Page) -> None:
    _written(page)
    page.click("[data-composer-place] .later-fields summary")


def _keys(page: Page) -> None:
    page.click("[data-keys-open]")


def _menu(page: Page) -> None:
    page.locator(".row-menu summary").first.click()


def _grown(page: Page) -> Locator:
    """Return the composer's editor, which on a phone is behind a bar at the thumb."""
    page.wait_for_selector("[data-composer-place] [contenteditable=true]", state="attached")
    if page.locator("[data-grow]").is_visible():
        page.click("[data-grow]")
    return page.locator("[data-composer-place] [contenteditable=true]").first


def _written(page: Page) -> None:
    _grown(page).fill(f"The harbour wall has given way, and {next(_NUMBERS):,} homes are without power.")


def _pictures(*names: str) -> list[tuple[str, bytes]]:
    return [(f"{name}.webp", (PICTURES / f"{name}.webp").read_bytes()) for name in names]


def _brought(*names: str) -> Callable[[Page], None]:
    def dropped(page: Page) -> None:
        _written(page)
        bring(page, "drop", *_pictures(*names), kind="image/webp")
        page.wait_for_function(
            "n => document.querySelectorAll('.node-image .picture-seen[data-of]').length === n", arg=len(names)
        )
        page.locator(".node-image .focal").first.focus()
        page.locator(".node-image").first.evaluate("(node) => node.scrollIntoView()")

    return dropped


def _covered(page: Page) -> None:
    """Bring one, and have it covered."""
    _brought("dark-town")(page)
    page.get_by_label("What it shows").fill("A street without light, and people in it")
    page.get_by_label("Graphic: covered until a reader asks for it").check()
    page.locator(".node-image").first.evaluate("(node) => node.scrollIntoView()")


def _said(page: Page) -> None:
    """Bring one whose file says something, and wait for that."""
    _written(page)
    bring(page, "drop", ("dusk.jpg", drawn("#46606e", said=SAID)))
    page.wait_for_selector(".node-image .file-said:not([hidden])")
    page.locator(".node-image").first.evaluate("(node) => node.scrollIntoView()")


def _under_way(page: Page) -> None:
    """Bring one whose way is cut in the midst, and publish meanwhile."""
    page.route("**/media/*/", lambda route: route.abort() if route.request.method == "PATCH" else route.continue_())
    _written(page)
    bring(page, "drop", *_pictures("lighthouse"), kind="image/webp")
    page.get_by_label("What it shows").fill("A lighthouse in a storm")
    page.wait_for_function("document.querySelector('.arriving [role=status]').textContent.includes('by itself')")
    page.keyboard.press("Control+Enter")


def _part_way(page: Page) -> None:
    """Bring one of several pieces, of which the first has arrived and the second is on its way."""
    pieces, held = count(), list[Route]()

    def one_arrives(route: Route) -> None:
        if route.request.method == "PATCH" and next(pieces):
            held.append(route)
        else:
            route.continue_()

    page.route("**/media/*/", one_arrives)
    _written(page)
    bring(page, "drop", ("surge.jpg", photograph(3)))
    page.get_by_label("Caption").fill("The surge at the outer wall, a little after noon.")
    page.wait_for_function("parseInt(document.querySelector('.arriving-share').textContent) > 0")
    page.locator(".node-image").first.evaluate("(node) => node.scrollIntoView()")


def _not_taken(page: Page) -> None:
    _written(page)
    bring(page, "drop", ("wall.jpg", b"MZ this is no picture at all"))
    page.wait_for_selector(".arriving.bad")
    page.locator(".node-image").first.evaluate("(node) => node.scrollIntoView()")


def _film(page: Page) -> None:
    """Bring a film, with a picture that stands for it and captions."""
    _written(page)
    bring(page, "drop", ("tide.webm", (PICTURES / "tide.webm").read_bytes()), kind="video/webm")
    page.wait_for_function("document.querySelector('.node-video video')?.videoWidth")
    for at, name in enumerate(("tide.webp", "tide.vtt")):
        with page.expect_file_chooser() as chooser:
            page.locator(".film-beside button").nth(2 * at).click()
        chooser.value.set_files(PICTURES / name)
        page.locator(".film-beside .quiet").nth(at).wait_for()
    page.locator(".node-video").evaluate("(node) => node.scrollIntoView()")


def _over(page: Page) -> None:
    page.evaluate("document.querySelector('[data-composer]').classList.add('dropping')")


def _wrong_password(page: Page) -> None:
    page.fill("#id_login", "olu@courier.example")
    page.fill("#id_password", "not the right one")
    page.click("main button.primary")


def _nothing_typed(page: Page) -> None:
    page.click("main form button.primary, main form button:only-of-type")
    # Said by the server, or by the browser where it is asked to.
    page.locator(".refusal, form:not([novalidate]) :invalid").first.wait_for(state="attached")


def _no_address(page: Page) -> None:
    page.fill("#id_url", "courier.example/ana")
    page.click("#profile button.primary")
    page.wait_for_selector("#profile .refusal")


def _pictured(page: Page) -> None:
    page.set_input_files("#id_photo", PICTURES / "face-ines.webp")
    page.wait_for_selector("#profile canvas.portrait")


def _suggested(page: Page) -> None:
    _grown(page).fill(
        "Coastgrid said about 9,100 homes had no power, and the sea wall has broken, a fisherman told AFP."
    )
    page.wait_for_selector("[data-composer-place] [data-ledger-list] li")


def _accepted(page: Page) -> None:
    _suggested(page)
    page.keyboard.press("Control+Shift+L")
    page.keyboard.press("Enter")
    page.keyboard.press("e")
    page.wait_for_selector("[data-composer-place] [data-ledger-list] input")


def _correcting(page: Page) -> None:
    page.locator("[data-row]").first.focus()
    page.keyboard.press("c")
    page.wait_for_selector("[data-sheet-dialog] [name=was]")


def _verifying(page: Page) -> None:
    _tab("ledger")(page)
    page.locator("#ledger-unverified ~ ul .ledger-line").first.focus()
    page.keyboard.press("v")
    page.wait_for_selector(".verify[open]")


def _statement_sheet(page: Page) -> None:
    _tab("ledger")(page)
    page.locator("#ledger-unverified ~ ul .ledger-line").first.focus()
    page.keyboard.press("e")
    page.wait_for_selector("[data-sheet-dialog][open] h1")


STATES: Final[dict[str, State]] = {
    "sign-in": State(who="", path="/accounts/login/"),
    "sign-in-refused": State(who="", path="/accounts/login/", then=_wrong_password),
    "welcome-house": State(who="owner", path="/desk/welcome/"),
    "welcome-blog": State(who="owner", path="/desk/welcome/blog/"),
    "welcome-people": State(who="owner", path="/desk/welcome/people/"),
    "blogs": State(who="owner", path="/desk/"),
    "blogs-none": State(who="guest", path="/desk/"),
    "open": State(who="owner", path="/desk/open/"),
    "open-refused": State(who="owner", path="/desk/open/", then=_nothing_typed),
    "me": State(who="editor", path="/desk/me/"),
    "me-refused": State(who="editor", path="/desk/me/", then=_no_address),
    "me-pictured": State(who="editor", path="/desk/me/", then=_pictured),
    "sessions": State(who="editor", path="/accounts/sessions/"),
    "second-factors": State(who="editor", path="/accounts/2fa/"),
    "forgotten": State(who="", path="/accounts/password/reset/"),
    "join": State(who="", path="{join}"),
    "join-refused": State(who="", path="{join}", then=_nothing_typed),
    "join-signed-in": State(who="editor", path="{join}"),
    "join-over": State(who="", path="/accounts/join/nothing/"),
    "everybody": State(who="owner", path="/desk/people/"),
    "contributor": State(who="editor", path=f"{STORM}settings/contributor/profile/?name=Ana%20Lind"),
    "contribute": State(who="", path="/contribute/storm/"),
    "contribute-refused": State(who="", path="/contribute/storm/", then=_nothing_typed),
    "jobs": State(who="owner", path="/desk/jobs/"),
    "screen": State(who="owner", path=STORM),
    "screen-editor": State(who="editor", path=STORM),
    "screen-contributor": State(who="contributor", path=STORM),
    "screen-without-script": State(who="editor", path=STORM, scripts=False),
    "screen-empty": State(who="owner", path="/desk/live/quiet/"),
    "screen-found-nothing": State(who="editor", path=f"{STORM}?words=zebra"),
    "screen-closed": State(who="owner", path="/desk/live/yesterday/"),
    "screen-written": State(who="editor", path=STORM, then=_written),
    "screen-long": State(who="editor", path=STORM, then=_long),
    "screen-preview": State(who="editor", path=STORM, then=_previewed),
    "screen-slash": State(who="editor", path=STORM, then=_slash),
    "screen-dropping": State(who="editor", path=STORM, then=_over),
    "screen-picture": State(who="editor", path=STORM, then=_brought("harbour")),
    "screen-picture-covered": State(who="editor", path=STORM, then=_covered),
    "screen-picture-said": State(who="editor", path=STORM, then=_said),
    "screen-picture-sending": State(who="editor", path=STORM, then=_under_way),
    "screen-picture-arriving": State(who="editor", path=STORM, then=_part_way),
    "screen-picture-refused": State(who="editor", path=STORM, then=_not_taken),
    "screen-film": State(who="editor", path=STORM, then=_film),
    "screen-gallery": State(who="editor", path=STORM, then=_brought("harbour", "lighthouse", "flood")),
    "screen-keys": State(who="editor", path=STORM, then=_keys),
    "screen-menu": State(who="owner", path=STORM, then=_menu),
    "screen-gear": State(who="owner", path=STORM, then=_gear),
    "screen-account": State(who="owner", path=STORM, then=_account),
    "screen-withdrawing": State(who="editor", path=STORM, then=_withdrawing),
    "screen-editing": State(who="editor", path=STORM, then=_editing),
    "screen-editing-long": State(who="editor", path=STORM, then=_editing_long),
    "screen-meeting": State(who="editor", path=STORM, then=_meeting),
    "screen-deciding": State(who="editor", path=STORM, then=_deciding),
    "screen-signed-out": State(who="editor", path=STORM, then=_signed_out),
    "screen-another": State(who="editor", path=STORM, then=_another),
    "screen-no-member": State(who="editor", path=STORM, then=_no_member),
    "screen-later": State(who="editor", path=STORM, then=_later),
    "screen-published": State(who="editor", path=STORM, then=_published),
    "screen-held": State(who="editor", path="/desk/live/held/", then=_published),
    "screen-waiting": State(who="editor", path=STORM, then=_waiting),
    "screen-rehearsal": State(who="owner", path="/desk/live/rehearsal/"),
    "sheet-settings": State(who="owner", path=STORM, then=_sheet("settings")),
    "sheet-people": State(who="owner", path=STORM, then=_sheet("people")),
    "sheet-close": State(who="owner", path=STORM, then=_sheet("close")),
    "sheet-tomorrow": State(who="owner", path=STORM, then=_sheet("continue")),
    "sheet-public": State(who="owner", path="/desk/live/rehearsal/", then=_sheet("public")),
    "sheet-refused": State(who="owner", path=STORM, then=_refused_sheet),
    "sheet-history": State(who="editor", path=STORM, then=_history),
    "screen-withdrawn": State(who="owner", path=f"{STORM}?state=withdrawn"),
    "tab-drafts": State(who="editor", path=STORM, then=_tab("drafts")),
    "tab-submissions": State(who="editor", path=STORM, then=_tab("submissions")),
    "tab-scheduled": State(who="editor", path=STORM, then=_tab("scheduled")),
    "tab-promises": State(who="editor", path=STORM, then=_tab("promises")),
    "tab-handover": State(who="editor", path=STORM, then=_tab("handover")),
    "tab-notes": State(who="editor", path=STORM, then=_tab("notes")),
    "tab-notes-empty": State(who="owner", path="/desk/live/quiet/", then=_tab("notes")),
    "tab-empty": State(who="owner", path="/desk/live/quiet/", then=_tab("scheduled")),
    "tab-ledger": State(who="editor", path=STORM, then=_tab("ledger")),
    "tab-ledger-verifying": State(who="editor", path=STORM, then=_verifying),
    "sheet-statement": State(who="editor", path=STORM, then=_statement_sheet),
    "tab-ledger-empty": State(who="owner", path="/desk/live/quiet/", then=_tab("ledger")),
    "tab-about": State(who="owner", path=STORM, then=_tab("about")),
    "edit": State(who="editor", path=f"{STORM}p/{{key}}/"),
    "history": State(who="editor", path=f"{STORM}p/{{newest}}/history/"),
    "withdraw": State(who="editor", path=f"{STORM}p/{{plain}}/withdraw/"),
    "erase": State(who="owner", path=f"{STORM}p/{{plain}}/erase/"),
    "submissions": State(who="editor", path=f"{STORM}submissions/"),
    "submission": State(who="editor", path=f"{STORM}submissions/{{submission1}}/"),
    "submission-returned": State(who="contributor", path=f"{STORM}submissions/{{submission0}}/"),
    "notes": State(who="editor", path=f"{STORM}notes/"),
    "note-refused": State(who="editor", path=f"{STORM}notes/", then=_nothing_typed),
    "screen-suggested": State(who="editor", path=STORM, then=_suggested),
    "screen-accepted": State(who="editor", path=STORM, then=_accepted),
    "sheet-correct": State(who="editor", path=STORM, then=_correcting),
    "correct-blog": State(who="editor", path=f"{STORM}correct/"),
    "sweep": State(who="editor", path=f"{STORM}sweep/"),
    "corrections": State(who="editor", path=f"{STORM}corrections/"),
    "learned": State(who="owner", path="/desk/learned/"),
    "ledger": State(who="editor", path=f"{STORM}ledger/"),
    "ledger-found-nothing": State(who="editor", path=f"{STORM}ledger/?q=zebra"),
    "new-statement": State(who="editor", path=f"{STORM}ledger/statement/?post={{newest}}&words=7%2C300%20homes"),
    "new-statement-refused": State(who="editor", path=f"{STORM}ledger/statement/", then=_nothing_typed),
    "statement": State(who="owner", path=f"{STORM}ledger/statement/{{statement}}/"),
    "new-series": State(who="editor", path=f"{STORM}ledger/series/"),
    "series": State(who="owner", path=f"{STORM}ledger/series/{{series}}/"),
    "sources": State(who="editor", path="/desk/sources/"),
    "source": State(who="owner", path="/desk/sources/{source}/"),
    "drafts": State(who="editor", path=f"{STORM}drafts/"),
    "scheduled": State(who="editor", path=f"{STORM}scheduled/"),
    "scheduled-post": State(who="editor", path=f"{STORM}scheduled/{{scheduled}}/"),
    "readers": State(who="editor", path=f"{STORM}readers/"),
    "audit": State(who="owner", path=f"{STORM}audit/"),
    "audit-all": State(who="owner", path="/desk/audit/"),
    "public": State(who="owner", path="/desk/live/rehearsal/public/"),
    "handover": State(who="editor", path=f"{STORM}handover/"),
    "handover-linked": State(who="", path="{handover}"),
    "handover-over": State(who="", path="/desk/handover/nothing/"),
    "settings": State(who="owner", path=f"{STORM}settings/"),
    "people": State(who="owner", path=f"{STORM}people/"),
    "close": State(who="owner", path=f"{STORM}close/"),
    "continue": State(who="owner", path=f"{STORM}continue/"),
    "take-down": State(who="owner", path=f"{STORM}take-down/"),
    "not-here": State(who="editor", path="/desk/nowhere/"),
    "not-yours": State(who="contributor", path=f"{STORM}settings/"),
}


OTHERS: Final = {
    "quiet": "Harbour day",
    "yesterday": "The day before",
    "held": "A careful day",
    "rehearsal": "Election night",
}


def _ledger(room: Newsroom, posts: dict[str, str]) -> None:
    """Record what was said and counted in the course of the day."""
    statement, series = f"{STORM}ledger/statement/", f"{STORM}ledger/series/"
    told = room.send(
        "editor", "/desk/sources/", do="add", name="Coastgrid", aliases=["the grid company"], kind="organisation",
        role="grid operator", affiliation="", reliability="B",
    )  # fmt: skip
    posts["source"] = str(told["source"]["number"])
    told = room.send(
        "editor", statement, do="record", once="s1", source="The grid company", source_kind="organisation",
        text="Some 7,300 homes have no power, fewer than at noon.", post=posts["newest"], words="7,300 homes",
        channel="statement", relays=[{"outlet": "Mida News", "mode": "citing"}], stated_at="2026-11-12 14:20",
    )  # fmt: skip
    posts["statement"] = told["row"]["id"]
    room.send("editor", f"{statement}{posts['statement']}/", do="assess", status="checking", method="The outage map",
              internal="Ask again at six.", credibility=2)  # fmt: skip
    for n, (text, source, status) in enumerate((
        ("A second boat is missing off Saltings.", "A fisherman", ""),
        ("The sea wall has broken.", "", "false"),
        ("Nobody is hurt in the lorry on Lenn Bridge.", "County police", "verified"),
        ("The council knew of the cracks for a year.", "Residents of Quay Street", "disputed"),
    )):  # fmt: skip
        told = room.send("editor", statement, do="record", once=f"more{n}", text=text, source=source)
        if status:
            room.send("editor", f"{statement}{told['row']['id']}/", do="assess", status=status, note="Seen by us.")
    told = room.send("editor", series, do="figure", once="f1", label="Homes without power", value=9100,
                     modifier="about", source="Coastgrid", as_of="2026-11-12 12:00")  # fmt: skip
    posts["series"] = told["row"]["id"]
    room.send("editor", f"{series}{posts['series']}/", do="move", value=7300, source="Coastgrid", post=posts["newest"],
              words="7,300 homes")  # fmt: skip
    room.send("editor", series, do="state", once="f2", label="Lenn Bridge", state="closed", source="County police")
    room.send("editor", f"{STORM}write/", do="publish", once="old", body=body(
        paragraph("About 9,100 homes were without power on the coast, Coastgrid said.")
    ))  # fmt: skip
    room.send("editor", f"{STORM}correct/", do="correct", once="c1", of="headline", was="Isolda", now="Isolde",
              reason="Misspelt.", mend=False)  # fmt: skip


def day(installation: Installation, browser: Browser) -> tuple[Newsroom, dict[str, str]]:
    """Return a busy newsroom with a live blog of each kind beside the busy one, and a guest who is on none."""
    room, posts = busy(installation, browser)
    _ledger(room, posts)
    for slug, title in OTHERS.items():
        room.send(
            "owner", "/desk/open/", do="open", once=slug, title=title, slug=slug, zone="Europe/London", language="en",
            audience="members" if slug == "rehearsal" else "nobody",
        )  # fmt: skip
    room.send("owner", "/desk/live/held/people/", do="add", email="editor@courier.example", byline="", role="editor",
              user=room.users["Ana Lind"])  # fmt: skip
    room.send("owner", "/desk/live/held/settings/", do="hold", seconds=30)
    for n, title in enumerate(("Testing, testing", "Polls close at ten")):
        room.send("owner", "/desk/live/rehearsal/write/", do="publish", once=f"r{n}", title=title, body=body())
    room.send("owner", "/desk/live/yesterday/close/", do="close")
    told = room.send(
        "owner", "/desk/live/quiet/people/", do="add", email="guest@courier.example", byline="Guy", role="contributor"
    )
    room.sign_in("guest", told["link"])
    room.send("owner", f"{STORM}settings/", do="contributions", open=True)
    link = room.send("owner", f"{STORM}people/", do="invite", role="editor", uses=5, days=7, email="")["link"]
    posts["join"] = link.removeprefix(installation.url)
    who = {member["name"]: member["user"] for member in told["members"]}["Guy"]
    room.send("owner", "/desk/live/quiet/people/", do="remove", user=who)
    return room, posts


def wrongs(page: Page) -> list[str]:
    """Return what axe finds on a page, and whether it is wider than its screen."""
    found = Axe().run(page).response["violations"]
    wrong = [f"{one['id']}: {node['html'][:300]} {node['failureSummary']}" for one in found for node in one["nodes"]]
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [*wrong, *([f"wider than the screen by {wide} px"] if wide > 0 else [])]


def shown(
    room: Newsroom,
    state: State,
    posts: dict[str, str],
    *,
    width: int,
    height: int = 900,
    scheme: str = "light",
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
        bypass_csp=True,  # for axe, which brings its own script and style
    )
    page.evaluate("document.fonts.ready.then(() => null)")
    state.then(page)
    return page
