"""Posts without ids of their own are found again by their words, edited or moved, and never twice."""

from msgspec.structs import replace

from asithappened.core import body as b
from asithappened.core.state import PostState
from asithappened.importers.found import FoundBlog, FoundPost
from asithappened.importers.matching import with_known_ids

PIER, ROOFS, NOBODY = "The pier is shut until Monday.", "Two roofs are gone in Port Ellen.", "Nobody was hurt at all."


def found(*posts: str, made_ids: bool = True) -> FoundBlog:
    """Return a file of posts, newest first, with ids that were made of their number."""
    return FoundBlog(
        title="Storm", slug="storm", made_ids=made_ids,
        posts=tuple(
            FoundPost(id=str(len(posts) - n), place="", body=b.Doc(content=(b.paragraph(words),)))
            for n, words in enumerate(posts)
        ),
    )  # fmt: skip


def known(*posts: str) -> dict[str, PostState]:
    """Return posts that are here, newest first, as k2, k1, k0."""
    return {
        f"k{n}": PostState(
            id=f"k{n}", position=n, first_seq=1, content_seq=1, last_seq=1, body=b.Doc(content=(b.paragraph(words),))
        )
        for n, words in enumerate(reversed(posts))
    }


def ids(of: FoundBlog) -> list[str]:
    """Return the ids of its posts, newest first."""
    return [post.id for post in of.posts]


def test_what_was_edited_or_has_one_more_above_it_keeps_its_id() -> None:
    now = found("Ferries sail again.", PIER, ROOFS.replace("gone", "missing"), NOBODY)
    assert ids(with_known_ids(now, known(PIER, ROOFS, NOBODY))) == ["4", "k2", "k1", "k0"]


def test_a_new_post_takes_no_id_that_is_in_use() -> None:
    here = known(PIER)["k0"]
    assert ids(with_known_ids(found("A seal came ashore by the lamp."), {"k0": here})) == ["1"]
    assert ids(with_known_ids(found("A seal came ashore by the lamp."), {"1": replace(here, id="1")})) == ["1-n"]


def test_ids_of_a_file_of_its_own_are_kept() -> None:
    file = found(PIER, made_ids=False)
    assert with_known_ids(file, known(PIER)) is file
