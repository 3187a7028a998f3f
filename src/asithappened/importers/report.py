"""The report of an import, or of a dry run: figures, and every problem with its place.

Owns the names in the output of `--json`, on which scripts rely, and the text for a person.
"""

from dataclasses import asdict, dataclass, fields
from typing import Any

from asithappened.core import body as b
from asithappened.core.events import PostKind
from asithappened.importers.found import Converted, FoundPost


@dataclass(frozen=True, kw_only=True)
class Report:
    """Figures of one import.

    `posts` to `bylined` count the contents of the imported posts. Images, videos, quotes and lists are those that the
    source marks as such; those made from other elements are counted apart: `reader_images`, `reader_videos` and
    `reader_quotes` from readers' contributions, `typed_lists` from paragraphs typed with "•". `added` to `skipped`
    count posts; `disappeared` those no longer in the source (they stay here), `skipped` those that were refused.
    """

    slug: str
    title: str = ""
    live: bool = False
    dry_run: bool = False
    opened: bool = False
    posts: int = 0
    key_events: int = 0
    summaries: int = 0
    titled: int = 0
    images: int = 0
    social_embeds: int = 0
    quotes: int = 0
    lists: int = 0
    tables: int = 0
    videos: int = 0
    audio: int = 0
    cards: int = 0
    updated: int = 0
    bylined: int = 0
    reader_images: int = 0
    reader_videos: int = 0
    reader_quotes: int = 0
    typed_lists: int = 0
    added: int = 0
    revised: int = 0
    unchanged: int = 0
    disappeared: int = 0
    skipped: int = 0
    related: int = 0
    events: int = 0
    disappeared_posts: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the figures and problems as plain values for JSON."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}

    def as_text(self) -> str:
        """Return the report as text for a person, problems last."""
        status = "closed here, live where it comes from" if self.live else "closed"
        did = "would be" if self.dry_run else "were"
        lines = [
            f"{self.title} ({status}), at /live/{self.slug}/",
            f"{self.posts} posts in the file: {self.added} {did} added, {self.revised} revised, "
            f"{self.unchanged} unchanged.",
            f"{self.key_events} key events, {self.summaries} summaries, {self.titled} with a headline, "
            f'{self.updated} marked "Updated".',
            f"{self.images + self.reader_images} images, {self.social_embeds} social embeds, "
            f"{self.quotes + self.reader_quotes} quotations, {self.lists + self.typed_lists} lists, "
            f"{self.tables} tables, {self.videos + self.reader_videos} videos, {self.audio} audio, {self.cards} cards.",
        ]
        if self.disappeared:
            lines.append(
                f"{self.disappeared} posts are no longer in the source, and stay: {', '.join(self.disappeared_posts)}."
            )
        if self.skipped:
            lines.append(f"{self.skipped} POSTS COULD NOT BE TAKEN; see the problems.")
        if self.problems:
            lines += [f"{len(self.problems)} problems:", *(f"  - {problem}" for problem in self.problems)]
        return "\n".join(lines)


_BLOCKS = {
    b.Image: "images",  # in a gallery or not
    b.Social: "social_embeds",
    b.Quote: "quotes",
    b.BulletList: "lists",
    b.OrderedList: "lists",
    b.Table: "tables",
    b.Video: "videos",
    b.Audio: "audio",
    b.Card: "cards",
}
_CONVERTED = {"images": "reader_images", "videos": "reader_videos", "quotes": "reader_quotes", "lists": "typed_lists"}


def figures_of(posts: list[FoundPost]) -> dict[str, Any]:
    """Count the contents of some posts, under the report's names."""
    out: dict[str, Any] = dict.fromkeys((*_BLOCKS.values(), *_CONVERTED.values()), 0)
    for post in posts:
        for block in b.blocks(post.body):
            if name := _BLOCKS.get(type(block)):
                out[name] += 1
        for one in fields(Converted):
            number = getattr(post.converted, one.name)
            out[one.name] -= number
            out[_CONVERTED[one.name]] += number
    return out | {
        "posts": len(posts),
        "key_events": sum(post.kind is PostKind.KEY_EVENT for post in posts),
        "summaries": sum(post.kind is PostKind.SUMMARY for post in posts),
        "titled": sum(bool(post.title) for post in posts),
        "updated": sum(post.updated for post in posts),
        "bylined": sum(bool(post.bylines) for post in posts),
    }
