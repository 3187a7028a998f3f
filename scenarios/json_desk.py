"""The desk's JSON interface (docs/desk.md): signed-in people, and the acts of a canary's walk.

Owns a person's session and token, and the meaning of an answer: done, refused, or none. Look next: `canary`.
"""

import http.client
import json
import random
import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import msgspec

from bench import ours
from scenarios.editor import SLUG
from scenarios.site import Broken
from tests.desk.canary import HOLD_S, Refused, Unheard, Words

ANSWER_S: Final = 20.0
IDLE_S: Final = 5.0  # after which the server may have closed a connection
DESK: Final = f"/desk/live/{SLUG}/"
REHEARSAL: Final = "rehearsal"
# Refusals for a wrong request, not for its words: a walk sends no wrong request.
MISTAKES: Final = {
    "malformed", "version", "not_whole", "signed_out", "stale", "unknown_button", "unknown_field", "type", "body",
    "once", "invalid", "required", "broken",
}  # fmt: skip


class Person:
    """A signed-in person. It blocks, and belongs to one thread."""

    def __init__(self, port: int, session: str) -> None:
        self._port, self._cookies = port, dict([session.split("=", 1)])
        self._connection: http.client.HTTPConnection | None = None
        self._used = 0.0
        self._token = ""

    def look(self, path: str) -> dict[str, Any]:
        """Return a page as JSON."""
        return self._ask("GET", path)

    def send(self, path: str, do: str, **fields: Any) -> dict[str, Any]:
        """Send a form by a button. Raises Refused or Unheard; Broken for a refusal of MISTAKES."""
        if not self._token:
            self._token = self.look("/desk/me/")["csrf"]
        return self._ask("POST", path, json.dumps({"version": 1, "do": do, **fields}, default=str).encode())

    def press(self, path: str, do: str, **changes: Any) -> dict[str, Any]:
        """Fetch a form and send it with some changes."""
        page = self.look(path)
        if do not in page["buttons"]:
            raise Refused(f"no {do} there now")
        fields = dict(page["forms"].get(page["buttons"][do], {}))
        return self.send(path, do, **(fields | changes))

    def _ask(self, method: str, path: str, body: bytes | None = None) -> dict[str, Any]:
        headers = {"Host": "localhost", "Accept": "application/json", "X-CSRFToken": self._token}
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        if body is not None:
            headers["Content-Type"] = "application/json"
        try:
            if time.monotonic() - self._used > IDLE_S:
                self.disconnect()
            if self._connection is None:
                self._connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=ANSWER_S)
            self._connection.request(method, path, body, headers)
            answer = self._connection.getresponse()
            told = answer.read()
            self._used = time.monotonic()
        except (OSError, http.client.HTTPException) as error:
            self.disconnect()
            raise Unheard(f"{method} {path}: {error!r}") from error
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        return self._parse(answer.status, f"{method} {path}", told)

    @staticmethod
    def _parse(status: int, asked: str, told: bytes) -> dict[str, Any]:
        if status == 200:
            found: dict[str, Any] = json.loads(told)
            return found
        try:
            refused = json.loads(told)["refused"]
        except (ValueError, KeyError):
            raise Unheard(f"{asked}: {status}") from None
        if wrong := [one for one in refused if one["code"] in MISTAKES]:
            raise Broken(f"{asked}: {status}, {wrong}")
        raise (Unheard if status >= 500 else Refused)(f"{asked}: {refused}")

    def disconnect(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class JsonDesk:
    """The acts of a walk (`tests.desk.canary.Door`), at a running server. `kill`, `revive`: kill it, start it again."""

    refused: tuple[type[Exception], ...] = ()

    def __init__(
        self, home: Path, port: int, cookies: list[str], *, kill: Callable[[], None], revive: Callable[[], None]
    ) -> None:
        self.home, self._kill, self._revive = home, kill, revive
        self.editor, self.contributor, self.owner, self.hasty = (Person(port, cookie) for cookie in cookies)
        self.posts: list[str] = []  # that were published once
        self.known: list[str] = []  # addresses that only the desk has told
        self.imported: list[str] = []
        self._due: list[datetime] = []
        self._kill_after_s: float | None = None
        self._drafts = 0
        self._author = self.editor.look(f"{DESK}drafts/")["forms"]["draft"]["author"]
        self.hasty.send("/desk/me/", "hold", seconds=HOLD_S)
        self.owner.send(f"{DESK}settings/", "alerts", mode="by_itself")
        self.owner.send(
            "/desk/open/", "open", once="r1", title="canary00000x", slug=REHEARSAL, audience="members",
            zone="Europe/London", language="en",
        )  # fmt: skip

    # --- one button

    def _send(self, who: Person, path: str, do: str, **fields: Any) -> dict[str, Any]:
        return self._act(lambda: who.send(path, do, **fields), again="once" in fields)

    def _press(self, who: Person, path: str, do: str, **changes: Any) -> dict[str, Any]:
        return self._act(lambda: who.press(path, do, **changes), again=False)

    def _act(self, act: Callable[[], dict[str, Any]], *, again: bool) -> dict[str, Any]:
        """Act, and kill the server meanwhile if that is due. `again`: then act once more, safely by a once-key."""
        if self._kill_after_s is None:
            return self._remember(act())
        timer, self._kill_after_s = threading.Timer(self._kill_after_s, self._kill), None
        timer.start()
        try:
            return self._remember(act())
        except Unheard:
            if not again:
                raise
            timer.join()
            self.revive()
            try:
                return self._remember(act())
            except Refused as refused:  # the unanswered act may have been done, and its post changed since
                raise Unheard(str(refused)) from refused
        finally:
            timer.join()
            self.revive()

    def _remember(self, told: dict[str, Any]) -> dict[str, Any]:
        if post := (told.get("receipt") or {}).get("post"):
            self.posts.append(post)
        if one := told.get("scheduled"):
            self.known += [f"{DESK}scheduled/{one['number']}/", f"/live/{SLUG}/p/{one['post']}/"]
            if one["due"]:
                self._due.append(datetime.fromisoformat(one["due"]))
        if one := told.get("submission"):
            self.known.append(f"{DESK}submissions/{one['number']}/")
        if one := told.get("embargo"):
            self.known += [f"{DESK}embargoes/{one['number']}/", f"/live/{SLUG}/p/{one['post']}/"]
        if one := told.get("note"):
            self.known.append(f"{DESK}notes/{one['number']}/")
        return told

    @staticmethod
    def _post(words: Words, wording: str = "") -> dict[str, Any]:
        kind = "key_event" if words.rich else "update"
        body = msgspec.to_builtins(words.body(wording))
        return {"title": words.title, "body": body, "kind": kind, "bylines": ["Ada Reporter"]}

    def _by(self, name: str) -> Person:
        return {"editor": self.editor, "owner": self.owner}[name]

    # --- what a walk does

    def now(self) -> datetime:
        """Return the time by the server's clock."""
        return datetime.now(UTC)

    def schedule(self, words: Words, *, by: str, at: datetime, embargo: bool) -> int:
        fields = {**self._post(words), "once": words.once, "at": at.isoformat(), "embargo": embargo}
        told = self._send(self._by(by), f"{DESK}write/", "schedule", **fields)["scheduled"]
        words.post = told["post"]
        return int(told["number"])

    def embargo(self, words: Words, *, until: datetime) -> None:
        fields = {**self._post(words), "once": words.once, "at": until.isoformat()}
        words.post = self._send(self.editor, f"{DESK}write/", "embargo", **fields)["embargo"]["post"]

    def reschedule(self, words: Words, *, at: datetime) -> None:
        self._press(self.editor, f"{DESK}scheduled/{words.number}/", "reschedule", at=at.isoformat())

    def unschedule(self, words: Words) -> None:
        self._send(self.editor, f"{DESK}scheduled/{words.number}/", "unschedule")

    def reword(self, words: Words, wording: str) -> None:
        self._press(self.editor, f"{DESK}scheduled/{words.number}/", "save", **self._post(words, wording))

    def publish(self, words: Words, *, by: str, once: str) -> None:
        self._send(self._by(by), f"{DESK}write/", "publish", **self._post(words), once=once)

    def hold(self, words: Words) -> int:
        told = self._send(self.hasty, f"{DESK}write/", "publish", **self._post(words), once=words.once)
        return int(told["scheduled"]["number"]) if "scheduled" in told else 0  # already published with this key

    def publish_now(self, words: Words) -> None:
        self._send(self.owner, f"{DESK}scheduled/{words.number}/", "publish")

    def lift(self, words: Words) -> None:
        """Lift the newest embargo on these words."""
        with closing(sqlite3.connect(f"file:{self.home}/newsroom.sqlite3?mode=ro", uri=True)) as database:
            found = database.execute(
                "SELECT id FROM desk_embargo WHERE post = ? ORDER BY id DESC LIMIT 1", [words.post]
            ).fetchone()
        if found is None:
            raise Refused("nothing to lift")
        self._send(self.owner, f"{DESK}embargoes/{found[0]}/", "lift")

    def hand_in(self, words: Words) -> int:
        told = self._send(self.contributor, f"{DESK}hand-in/", "publish", **self._post(words), once=words.once)
        return int(told["submission"]["number"])

    def approve(self, words: Words) -> None:
        self._press(self.editor, f"{DESK}submissions/{words.handed}/", "approve")

    def give_back(self, words: Words) -> None:
        note = f"Who says so, {words.token}?"
        self._press(self.editor, f"{DESK}submissions/{words.handed}/", "return", note=note)

    def bring_in(self, page: str, *, slug: str) -> None:
        file = self.home.parent / f"{slug}.txt"
        file.write_text(page)
        self.imported.append(slug)
        arguments = ["import", str(file), "--as", "page-text", "--slug", slug, "--audience", "everyone"]
        done = subprocess.run(  # noqa: S603 -- our own command
            [*ours.program(), *arguments], capture_output=True, text=True, env=ours.environment(self.home), check=False
        )
        if done.returncode:
            raise Refused(done.stderr)

    def _newest(self) -> str:
        if not self.posts:
            raise Refused("nothing is published")
        return f"{DESK}p/{self.posts[-1]}/change/"

    def take_back(self) -> int:
        return int(self._send(self.owner, self._newest(), "unpublish")["scheduled"]["number"])

    def unpublish(self) -> None:
        """Unpublish the newest post, and publish it again."""
        where = self._newest()
        self._send(self.owner, where, "unpublish")
        self._send(self.owner, where, "restore")

    def note(self, words: Words) -> None:
        self._send(self.contributor, f"{DESK}notes/", "add", text=f"Do not say {words.token} yet.")

    def draft(self, words: Words) -> None:
        """Save a draft, and delete an old one."""
        self._drafts += 1
        if self._drafts > 100:
            self._send(self.editor, f"{DESK}drafts/", "delete", once=f"draft-{self._drafts - 100}")
        said = self._post(words) | {"more": {"reason": words.token}}
        copy = {"author": self._author, "once": f"draft-{self._drafts}", "writer": "tab-1", "turn": 1, "seen": 0}
        self._send(self.editor, f"{DESK}drafts/", "save", **said, **copy)

    def rehearse(self, words: Words) -> None:
        path = f"/desk/live/{REHEARSAL}/write/"
        told = self.owner.send(path, "publish", **self._post(words), once=words.once)
        self.known.append(f"/live/{REHEARSAL}/p/{told['receipt']['post']}/")

    def role(self, role: str) -> None:
        self._send(self.owner, f"{DESK}people/", "role", user=self._author, role=role)

    def close(self) -> None:
        self._press(self.owner, f"{DESK}close/", "close")

    def reopen(self) -> None:
        self._send(self.owner, f"{DESK}reopen/", "reopen")

    def wait(self, seconds: float) -> None:
        time.sleep(seconds)

    def crash(self, chance: random.Random) -> None:
        """Kill the server as something becomes due, or during the next act."""
        now = self.now()
        self._due = [due for due in self._due if due > now]
        first = min(self._due, default=None)
        if first is None or (first - now).total_seconds() > 3 or chance.random() < 0.3:
            self._kill_after_s = chance.uniform(0, 0.06)
            return
        time.sleep((first - now).total_seconds() + chance.uniform(0, 1.2))  # before it is due, or after
        self._kill()
        self.revive()

    def revive(self) -> None:
        """Start the server again if it was killed."""
        self._revive()
        for person in (self.editor, self.contributor, self.owner, self.hasty):
            person.disconnect()
