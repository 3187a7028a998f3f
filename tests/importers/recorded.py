"""Recorded blogs for tests: where they are, their boundaries as text, and how well a page is divided at them.

Owns the measure of the splitter: `python -m tests.importers.recorded` prints it for every blog. Needs the third-party
data beside the repository, and copies nothing of it.
"""

import sys
from dataclasses import dataclass
from pathlib import Path

from asithappened.core.state import BlogState, Contributor, PostState, Status
from asithappened.importers.formats.guardian import read as guardian
from asithappened.importers.formats.page_text import read as read_page
from asithappened.importers.found import FoundBlog
from asithappened.syndication.page_text import page_text as write_page

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


def states(found: FoundBlog) -> tuple[BlogState, list[PostState]]:
    """Return a found blog as it would be after its import, without one."""
    posts = [
        PostState(
            id=post.id,
            position=len(found.posts) - number,
            first_seq=1,
            content_seq=1,
            last_seq=1,
            title=post.title,
            body=post.body,
            kind=post.kind,
            updated=post.updated,
        )
        for number, post in enumerate(found.posts)
    ]
    blog = BlogState(
        slug=found.slug,
        title=found.title,
        seq=1,
        standfirst=found.standfirst.replace("\n", " ") or "A standfirst.",
        status=Status.LIVE if found.live else Status.CLOSED,
        contributors=tuple(Contributor(name=one.name, on=one.on) for one in found.contributors),
        related=found.related,
        updated_text=found.modified_text,
    )
    return blog, posts


@dataclass(frozen=True, kw_only=True)
class Score:
    """How many boundaries were found, found wrongly, and not found."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: "Score") -> "Score":
        """Add two scores."""
        return Score(right=self.right + other.right, wrong=self.wrong + other.wrong, missed=self.missed + other.missed)

    @property
    def precision(self) -> float:
        """Of those found, the share that is right."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Of those that are there, the share that was found."""
        return self.right / max(1, self.right + self.missed)


def score(found: FoundBlog) -> Score:
    """Write a blog as text, read it back, and compare where its posts begin."""
    blog, posts = states(found)
    page = write_page(blog, posts)
    starts: set[int] = set()
    line = 1 + write_page(blog, []).split(blog.standfirst)[0].count("\n") + blog.standfirst.count("\n") + 2
    bare = write_page(blog, []).count("\n")
    for post in posts:
        height = write_page(blog, [post]).count("\n") - bare
        if height:
            starts.add(line)
        line += height
    first = min(starts)
    said = {int(post.place.removeprefix("line ")) for post in read_page(page.encode()).posts} - {first}
    true = starts - {first}
    return Score(right=len(said & true), wrong=len(said - true), missed=len(true - said))


def main() -> None:
    """Print the score of every recorded blog, and of all."""
    total = Score()
    for path in sorted((DATA / "guardian_capi" / "blogs").glob("*.json")):
        one = score(guardian(path.read_bytes()))
        total += one
        sys.stdout.write(f"{one.precision:.2f} {one.recall:.2f}  {path.stem[:80]}\n")
    sys.stdout.write(f"{total.precision:.3f} precision, {total.recall:.3f} recall, {total}\n")


if __name__ == "__main__":
    main()
