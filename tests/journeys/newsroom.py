"""A newsroom at work, for whoever looks at its desk: people who are signed in, and a day in which everything happened.

Owns making both by the desk's own addresses, as a program would (docs/desk.md). Look next: `desk_states`.
"""

import json
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import APIRequestContext, Browser, BrowserContext, Page

from tests.journeys.installation import Installation


def paragraph(words: str) -> dict[str, Any]:
    """Return a paragraph of a body."""
    return {"type": "paragraph", "content": [{"type": "text", "text": words}]}


def body(*blocks: dict[str, Any]) -> dict[str, Any]:
    """Return a body."""
    return {"type": "doc", "content": list(blocks)}


QUOTED = {"type": "blockquote", "attrs": {"cite": "The coastguard"}, "content": [paragraph("Get to high ground.")]}


@dataclass
class Newsroom:
    """An installation, and who is signed in to it: a site admin who owns the live blog, an editor, a contributor."""

    installation: Installation
    browser: Browser
    signed_in: dict[str, Any] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    users: dict[str, int] = field(default_factory=dict)
    programs: dict[str, tuple[APIRequestContext, str]] = field(default_factory=dict)  # and the token of each

    def sign_in(self, who: str, link: str) -> None:
        """Sign somebody in by a one-time link, and keep that."""
        context = self.browser.new_context()
        page = context.new_page()
        page.goto(link)
        page.click("main button.primary")
        page.wait_for_url("**/desk/**")
        self.signed_in[who] = context.storage_state()
        context.close()

    def context(self, who: str, **how: Any) -> BrowserContext:
        """Return a browser in which somebody is signed in; "" for nobody."""
        more = {"storage_state": self.signed_in[who]} if who else {}
        return self.browser.new_context(**more, **how)

    def send(self, who: str, path: str, **sent: Any) -> dict[str, Any]:
        """Press a button as a program does, and return what was answered."""
        if who not in self.programs:
            asked = self.context(who).request
            told = asked.get(f"{self.installation.url}/desk/me/", headers={"Accept": "application/json"}).json()
            self.programs[who] = asked, told["csrf"]
        asked, token = self.programs[who]
        answer = asked.post(
            self.installation.url + path,
            headers={"Accept": "application/json", "Content-Type": "application/json", "X-CSRFToken": token},
            data=json.dumps({"version": 1, **sent}),
        )
        became: dict[str, Any] = answer.json()
        assert answer.ok, (path, sent, became)
        return became

    def opened(self, who: str, path: str, **how: Any) -> Page:
        """Open a page of the desk as somebody."""
        page = self.context(who, **how).new_page()
        page.goto(self.installation.url + path)
        return page


STORM = "/desk/live/storm/"


def staffed(installation: Installation, browser: Browser) -> Newsroom:
    """Return a newsroom with its people and an empty live blog."""
    room = Newsroom(installation, browser)
    invited = installation.as_json("invite", "olu@courier.example", "--admin", "--name", "Olu Quist")
    room.sign_in("owner", invited["link"])
    room.send(
        "owner", "/desk/open/", do="open", once="o1", title="Storm Isolde: what we know", slug="storm",
        standfirst="A red warning for the coast until midnight.", audience="everyone", zone="Europe/London",
        language="en", tags=["Weather"],
    )  # fmt: skip
    for role, byline in (("editor", "Ana Lind"), ("contributor", "Nia Vale")):
        told = room.send(
            "owner", f"{STORM}people/", do="add", email=f"{role}@courier.example", byline=byline, role=role
        )
        room.sign_in(role, told["link"])
        room.users |= {member["name"]: member["user"] for member in told["members"]}
    return room


def post(room: Newsroom, who: str, once: str, title: str, *blocks: dict[str, Any], **more: Any) -> str:
    """Publish a post, and return its id."""
    byline = {"owner": "Olu Quist", "editor": "Ana Lind"}[who]
    told = room.send(
        who, f"{STORM}write/", do="publish", once=once, title=title, body=body(*blocks), bylines=[byline], **more
    )
    id_: str = told["receipt"]["post"]
    return id_


def busy(installation: Installation, browser: Browser) -> tuple[Newsroom, dict[str, str]]:
    """Return a newsroom in the middle of a day, and the posts by what became of them."""
    room = staffed(installation, browser)
    room.send("owner", "/desk/welcome/", do="skip")
    posts = {
        "plain": post(room, "editor", "p1", "", paragraph("Trains between Lenn and Saltings run hourly until 18:00.")),
        "summary": post(
            room, "owner", "p2", "What we know so far",
            paragraph("Lenn Bridge is closed to all traffic, and 7,300 homes are without power."),
            {"type": "bulletList", "content": [
                {"type": "listItem", "content": [paragraph("Two shelters are open in Saltings.")]},
                {"type": "listItem", "content": [paragraph("Schools stay closed on Thursday.")]}]},
            kind="summary",
        ),
        "key": post(room, "editor", "p3", "Lenn Bridge closed to all traffic", QUOTED,
                    paragraph("A lorry lies across both lanes; nobody is hurt."), kind="key_event", pin=True),
        "withdrawn": post(room, "owner", "p4", "Ferry sinks", paragraph("Reports from the harbour.")),
        "newest": post(room, "editor", "p5", "Homes without power: 7,300",
                       paragraph("The grid company counted 7,300 homes at half past two, down from 9,100.")),
    }  # fmt: skip
    room.send("owner", f"{STORM}p/{posts['withdrawn']}/withdraw/", do="withdraw", reason="The ferry is safe in port.")
    room.send("editor", f"{STORM}notes/", do="add", text="Call the harbour master at six.", post=posts["newest"])
    room.send("contributor", f"{STORM}notes/", do="add", text="The pictures from Saltings are cleared for use.")
    for n, title in enumerate(("Bridge shut since noon", "Shelter in the old school")):
        told = room.send(
            "contributor", f"{STORM}hand-in/", do="publish", once=f"s{n}", title=title,
            body=body(paragraph("The council opened it at one o’clock; there is room for eighty.")),
            bylines=["Nia Vale"],
        )  # fmt: skip
        posts[f"submission{n}"] = str(told["submission"]["number"])
    room.send("editor", f"{STORM}submissions/{posts['submission0']}/", do="return", based_on=1, note="Since when?")
    told = room.send(
        "editor", f"{STORM}write/", do="schedule", once="later", title="Tide table for Thursday", at="2099-11-26 06:00",
        body=body(paragraph("High water at Saltings is at 06:12.")), embargo=True,
    )  # fmt: skip
    posts["scheduled"] = str(told["scheduled"]["number"])
    room.send("editor", f"{STORM}p/{posts['plain']}/change/", do="promise")
    room.send(
        "editor", f"{STORM}drafts/", do="save", author=room.users["Ana Lind"], once="kept", title="Ferries",
        writer="another-tab", turn=1, seen=0, body=body(paragraph("They stop at")),
    )  # fmt: skip
    for name in ("Ana Lind", "Olu Quist"):
        room.send("owner", f"{STORM}settings/", do="on", name=name)
    room.links["handover"] = room.send("editor", f"{STORM}handover/", do="link", hours=24)["link"]
    return room, posts
