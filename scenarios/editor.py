"""An editor who retries: chooses what happens next, and repeats each act until it is answered.

Owns the random walk (publishes, edits, withdrawals, pins, key events), the once-keys, and the acks that compare.py
reads. Restarts the newsroom's process after a kill. Never touches the database.
"""

import asyncio
import json
import os
import random
import signal
import sys
import time
from pathlib import Path
from typing import Any, Final

from bench import machine, ours
from bench.swarm import read_message

SLUG: Final = "scenario"
SYLLABLES: Final = (
    "ri",
    "ver",
    "coun",
    "cil",
    "bri",
    "dge",
    "wa",
    "ter",
    "po",
    "lice",
    "flo",
    "od",
    "mi",
    "nis",
    "sta",
)
OPEN_S: Final = 30  # until a newsroom process answers: imports, migrations


class Editor:
    """Publishes to one blog and keeps the answers."""

    def __init__(self, home: Path, folder: Path, chance: random.Random, *, chars: int = 600) -> None:
        self.home, self.folder, self.chance, self.chars = home, folder, chance, chars
        self.acks: list[dict[str, Any]] = []
        self.visible: list[str] = []
        self.tokens: dict[str, list[str]] = {}  # by post: every token that was ever in it
        self.withdrawn: list[str] = []
        self.pinned = ""
        self.blog: int | None = None
        self.epoch = ""
        self.kills = self.repeats = 0
        self._count = 0
        self._process: machine.Process | None = None
        self._file = folder / "acks.jsonl"

    @property
    def head(self) -> int:
        """The newest answered seq."""
        return max((ack["last"] for ack in self.acks), default=0)

    async def open(self) -> None:
        """Open the blog."""
        await self.do("open", slug=SLUG)

    async def act(self) -> dict[str, Any]:
        """Do a random act: half are new posts, the rest edits of posts."""
        kinds = ["publish"] * 5 + (
            ["revise"] * 3 + ["withdraw", "pin", "key", "describe"] if len(self.visible) > 3 else []
        )
        kind = self.chance.choice(kinds)
        if kind in {"publish", "describe"}:
            return await self.do(kind)
        post = self.chance.choice(self.visible[-40:])
        if kind == "pin" and post == self.pinned:
            kind = "revise"
        if kind == "key" and any(ack["post"] == post and ack["kind"] in {"key", "revise"} for ack in self.acks):
            kind = "revise"
        return await self.do(kind, post=post)

    async def do(self, kind: str, **more: Any) -> dict[str, Any]:
        """Repeat one act until it is answered, and record the answer."""
        self._count += 1
        token = f"tok{self._count}x{self.chance.getrandbits(48):012x}"
        post = more.pop("post", "") or (f"p{self._count}" if kind == "publish" else "")
        asked = {
            "kind": kind, "blog": self.blog, "once": f"once-{self._count}", "post": post, "token": token,
            "title": f"Post {self._count} {token}", "text": self._words(), "at": time.time(), **more,
        }  # fmt: skip
        answer = await asyncio.to_thread(self._ask_until_answered, asked)
        self.blog, self.epoch = answer["blog"], answer["epoch"]
        if kind == "publish":
            self.visible.append(post)
        if kind in {"publish", "revise"}:
            self.tokens.setdefault(post, []).append(token)
        if kind == "withdraw":
            self.visible.remove(post)
            self.withdrawn.append(post)
        self.pinned = post if kind == "pin" else "" if post == self.pinned and kind == "withdraw" else self.pinned
        ack = {key: answer[key] for key in ("once", "epoch", "first", "last", "before", "answered")}
        return self._record(ack | {"kind": kind, "post": post, "token": token})

    def published(self, post: str, token: str, before: float) -> None:
        """Record a publish by another editor: one event, the newest, answered just now."""
        seq = self.head + 1
        ack = {"once": token, "epoch": self.epoch, "first": seq, "last": seq, "before": before}
        self._record(ack | {"answered": time.monotonic(), "kind": "publish", "post": post, "token": token})

    def _record(self, ack: dict[str, Any]) -> dict[str, Any]:
        self.acks.append(ack)
        with self._file.open("a") as file:
            file.write(json.dumps(ack) + "\n")
        return ack

    def _words(self) -> str:
        # Different words: a text of one repeated word is the worst case of comparing two texts.
        return " ".join(
            f"{self.chance.choice(SYLLABLES)}{self.chance.choice(SYLLABLES)}" for _ in range(self.chars // 6)
        )

    def kill(self) -> None:
        """Kill the newsroom's process at once."""
        if self._process:
            self.kills += 1
            os.kill(self._process.pid, signal.SIGKILL)  # the pipes stay open for the thread that waits for an answer

    def stop(self) -> None:
        if self._process:
            self._process.kill()

    def _ask_until_answered(self, asked: dict[str, Any]) -> dict[str, Any]:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                if self._process is None or not self._process.alive():
                    self.stop()
                    self._process = self._newsroom()
                    read_message(self._process, "open", OPEN_S)
                self._process.send_line(json.dumps(asked))
                answer = read_message(self._process, "done", 30)
            except (BrokenPipeError, machine.Ended):
                self.stop()  # killed: the next process gets the same act
                continue
            self.repeats += answer["repeated"]
            return answer
        raise machine.Failed(f"nobody answered {asked['kind']} for a minute")

    def _newsroom(self) -> machine.Process:
        return machine.Process(
            [sys.executable, "-m", "scenarios.newsroom"],
            core=None,
            log=self.folder / "newsroom.log",
            piped=True,
            env=ours.environment(self.home),
            cwd=machine.HERE.parent,
        )
