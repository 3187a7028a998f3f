"""A client of live blogs, written from docs/delivery.md alone. It has the same content as an open page."""

import json
import random
import threading
from typing import Any

import httpx
from selectolax.lexbor import LexborHTMLParser, LexborNode

Post = tuple[tuple[int, ...], str, dict[str, str]]  # its place, itself with an empty slot, its annotations by `data-by`


class BeginAgain(Exception):
    """Its content cannot be updated: the page has to be fetched again."""


class Follower(threading.Thread):
    """Follows a live blog until `stopped`. `hurry` divides its pauses; `asked` lists what it fetched."""

    def __init__(self, address: str, *, hurry: float = 1) -> None:
        super().__init__(daemon=True)
        self.hurry, self.stopped, self.asked = hurry, threading.Event(), list[str]()
        hooks = {"request": [lambda request: self.asked.append(request.url.path)]}
        self.http = httpx.Client(base_url=address, timeout=30, follow_redirects=True, event_hooks=hooks)
        self.log, self.have, self.pause_s = ("", -1), 0, 0.0
        self.last: tuple[int, ...] = (-1, -1)
        self.posts, self.parts = dict[str, Post](), dict[str, tuple[int, str]]()

    def run(self) -> None:
        with self.http:
            while not self.stopped.wait(self.pause_s / self.hurry):
                self.pause_s = random.uniform(1, 5)
                try:
                    if not self.log[0]:
                        self.load()
                    head = self.catch_up()
                    if head["status"] != "live" or not self.stream():
                        self.pause_s = head["poll"]
                except BeginAgain:
                    self.log = ("", -1)
                except httpx.HTTPError as error:
                    if isinstance(error, httpx.HTTPStatusError) and error.response.status_code == 410:
                        return  # taken down

    def load(self) -> None:
        page = LexborHTMLParser(self.http.get("").raise_for_status().text)
        epoch, seq, _, render = str(page.css("html")[0].attributes["data-state"]).split()
        self.posts = {str(n.attributes["id"])[2:]: read_post(n) for n in page.css("[data-posts] > *")}
        self.parts = {str(n.attributes["data-part"]): (int(seq), n.inner_html or "") for n in page.css("[data-part]")}
        self.last = min(post[0] for post in self.posts.values()) if page.css(".pager [rel=next]") else (-1, -1)
        self.log, self.have = (epoch, int(render)), int(seq)

    def stream(self) -> bool:
        event, data = "message", ""
        with self.http.stream("GET", "stream") as response:
            for line in response.iter_lines() if response.status_code == 200 else ():
                field, _, value = line.partition(": ")
                if field == "event":
                    event = value
                elif field == "data":
                    data = value
                elif not line:
                    self.take(event, json.loads(data))
                    event, data = "message", ""
            return response.status_code == 200

    def take(self, event: str, data: dict[str, Any]) -> None:
        if event == "reset" or (event == "hello" and (data["epoch"], data["r"]) != self.log):
            raise BeginAgain
        upto = {"hello": data.get("head", 0), "message": data.get("s", 0) - 1}.get(event, 0)
        if upto > self.have:
            self.catch_up(upto)
        self.apply([data] if event == "message" else [])
        self.replace([data] if event == "part" else [])

    def catch_up(self, upto: int = 0) -> dict[str, Any]:
        """Return head.json once everything up to it, and up to an event, is there."""
        while True:
            head: dict[str, Any] = self.http.get("log/head.json").raise_for_status().json()
            if (head["epoch"], head["r"]) != self.log or head["head"] - self.have > 500:
                raise BeginAgain
            for n in range(self.have // head["segment"], len(head["segments"])):
                segment = self.http.get(f"log/{head['epoch']}/{n}-{head['segments'][n]}.json")
                self.apply(segment.json()["frames"] if segment.status_code == 200 else [])
            self.apply(head["frames"])
            self.replace(head["parts"])
            if self.have >= max(upto, head["head"]) or self.stopped.wait(1 / self.hurry):
                return head

    def apply(self, frames: list[dict[str, Any]]) -> None:
        for frame in (frame for frame in frames if frame["s"] == self.have + 1):
            self.have += 1
            for op in frame.get("ops", ()):
                if op["op"] in {"put", "drop"}:
                    self.posts.pop(op["post"], None)
                if op["op"] == "put" and (post := read_post(element(op["html"])))[0] >= self.last:
                    self.posts[op["post"]] = post
                if op["op"] == "annotate":
                    for annotations in [post[2] for id_, post in self.posts.items() if op.get("post", id_) == id_]:
                        annotations.pop(op["by"], None)
                        annotations.update({op["by"]: element(op["html"]).html or ""} if "html" in op else {})

    def replace(self, parts: list[dict[str, Any]]) -> None:
        for part in parts:
            if part["n"] in self.parts and part["s"] > self.parts[part["n"]][0]:
                self.parts[part["n"]] = part["s"], element(f"<div>{part['h']}</div>").inner_html or ""


def element(html: str) -> LexborNode:
    return LexborHTMLParser(html).css("body > *")[0]


def read_post(node: LexborNode) -> Post:
    annotations = {}
    for annotation in node.css(".annotations > *"):
        annotations[str(annotation.attributes["data-by"])] = annotation.html or ""
        annotation.decompose()
    return tuple(map(int, str(node.attributes["data-o"]).split("-"))), node.html or "", annotations
