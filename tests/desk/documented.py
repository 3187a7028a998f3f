"""The examples of docs/desk.md: what is sent by whom, and what is answered.

Owns reading them, and comparing an answer with what the page says: exactly, but for ids and numbers that differ from
one installation to another (the same wherever the page says the same), and but for what the page leaves out (…).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

PAGE: Final = Path(__file__).resolve().parents[2] / "docs/desk.md"
_EXAMPLE: Final = re.compile(
    r"^```http\n(GET|POST) (\S+) \((\w+)\)\n(.*?)\n?\n(\d{3})\n(.*?)\n```$", re.MULTILINE | re.DOTALL
)
LEFT_OUT: Final = "…"
_DIFFER: Final = {"author", "blog", "post", "number", "user", "id", "job"}


@dataclass(frozen=True, kw_only=True)
class Example:
    """One example: `sent` and `answered` as the page has them."""

    method: str
    path: str
    who: str
    sent: str
    status: int
    answered: str


def examples() -> Iterator[Example]:
    """Yield the examples of the page, in its order."""
    for method, path, who, sent, status, answered in _EXAMPLE.findall(PAGE.read_text("utf-8")):
        yield Example(method=method, path=path, who=who, sent=sent, status=int(status), answered=answered)


@dataclass
class Names:
    """What the page calls things, and what they are called here."""

    here: dict[str, str] = field(default_factory=dict)

    def translated(self, text: str) -> str:
        """Return something that the page says, with what things are called here."""
        theirs = "|".join(map(re.escape, self.here))
        return re.sub(rf"(?<!\w)({theirs})(?!\w)", lambda found: self.here[found[0]], text)

    def learn(self, told: Any, said: Any, name: str = "") -> None:
        """Learn from an answer what the things are called here that the page has another name for."""
        match said, told:
            case dict(), dict():
                for key in said.keys() & told.keys():
                    self.learn(told[key], said[key], key)
            case list(), list():
                for one, other in zip(told, said, strict=False):
                    self.learn(one, other, name)
            case ((str() | int()), (str() | int())) if name in _DIFFER and said != LEFT_OUT:
                self.here.setdefault(str(said), str(told))
            case _:
                return

    def alike(self, told: Any, said: Any, name: str = "") -> bool:
        """Say whether an answer is what the page says."""
        match said:
            case str() if said == LEFT_OUT:
                return True
            case dict():
                return set(told) == set(said) and all(self.alike(told[key], said[key], key) for key in said)
            case list():
                pairs = zip(told, said, strict=True)
                return len(told) == len(said) and all(self.alike(one, other, name) for one, other in pairs)
            case str() if said.endswith(LEFT_OUT):
                return isinstance(told, str) and told.startswith(self.translated(said.removesuffix(LEFT_OUT)))
            case _ if name in _DIFFER:
                return type(told) is type(said) and str(told) == self.here[str(said)]
            case _:
                return bool(told == (self.translated(said) if isinstance(said, str) else said))
