"""A page saved as text, as tests read it: whole, one post of it, or posts with dated embeds."""

from asithappened.importers.formats.page_text import read as page_text
from asithappened.importers.found import FoundBlog, FoundPost
from tests.importers.files import PAGE


def read(page: str = PAGE) -> FoundBlog:
    return page_text(page.encode())


def shape(post: FoundPost) -> list[str]:
    return [type(block).__name__ for block in post.body.content]


def one_post(words: str) -> FoundPost:
    found = read(f"Title\n\nLast modified: 01: 00 PM\n\nA standfirst.\n\n{words}\n\nUpdated\n")
    return found.posts[-1]


def tweet(words: str, day: str) -> str:
    return f"{words} pic.twitter.com/x\n\n— Ann Lee (@ann) {day}"


def dated(*embeds: str, modified: str = "06: 59 PM GMT+0") -> str:
    posts = "\n\nUpdated\n\n".join(["Words of a post.", *embeds])
    return f"Title\n\nLast modified: {modified}\n\nA standfirst.\n\n{posts}\n\nUpdated\n"
