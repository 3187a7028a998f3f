"""Two people's words on one post, put together: nobody's go unless somebody said so."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from asithappened.core import body
from asithappened.core.events import PostKind
from asithappened.desk import merging
from asithappened.desk.draft import Draft

WORDS = st.lists(st.sampled_from("abcdefgh"), max_size=6, unique=True)


def draft(title: str = "", kind: PostKind = PostKind.UPDATE, bylines: tuple[str, ...] = (), **paragraphs: str) -> Draft:
    """Return a draft whose blocks have these ids and words."""
    made = (replace(body.paragraph(words), attrs=body.Attrs(id=id_)) for id_, words in paragraphs.items())
    return Draft(title=title, kind=kind, bylines=bylines, body=body.Doc(content=tuple(made)))


def words(draft: Draft) -> list[str]:
    return [body.text_of(block) for block in draft.body.content]


BEGAN = draft(a="One.", b="Two.", c="Three.")


@pytest.mark.parametrize(
    ("theirs", "mine", "taken"),
    [
        ({"a": "ONE.", "b": "Two.", "c": "Three."}, {"a": "One.", "b": "Two.", "c": "THREE."},
         ["ONE.", "Two.", "THREE."]),
        ({"a": "One.", "c": "Three."}, {"a": "ONE.", "b": "Two.", "c": "Three."}, ["ONE.", "Three."]),
        ({"a": "One.", "b": "TWO.", "c": "Three."}, {"a": "One.", "c": "Three."}, ["One.", "TWO.", "Three."]),
        ({"a": "One.", "n": "New.", "b": "Two.", "c": "Three."}, {"b": "Two.", "a": "One.", "c": "Three."},
         ["Two.", "One.", "New.", "Three."]),
        ({"a": "1.", "b": "Two.", "c": "Three."}, {"a": "I.", "b": "Two.", "m": "Mine.", "c": "Three."},
         ["1.", "I.", "Two.", "Mine.", "Three."]),
    ],
    ids=["each changed another", "theirs went", "mine went and theirs changed", "new and moved", "both changed one"],
)  # fmt: skip
def test_where_nobody_says_whoever_changed_a_block_is_taken_and_where_both_did_both_are(
    theirs: dict[str, Any], mine: dict[str, Any], taken: list[str]
) -> None:
    assert words(merging.merged(began=BEGAN, theirs=draft(**theirs), mine=draft(**mine), take={})) == taken


@pytest.mark.parametrize(
    ("said", "taken"), [("mine", ["I."]), ("theirs", ["1."]), ("both", ["1.", "I."]), ("x", ["1.", "I."])]
)
def test_what_is_said_is_taken(said: str, taken: list[str]) -> None:
    met = merging.merged(began=draft(a="One."), theirs=draft(a="1."), mine=draft(a="I."), take={"a": said})
    assert words(met) == taken
    assert len({block.attrs.id for block in met.body.content}) == len(taken)


def test_headline_kind_and_bylines_meet_too() -> None:
    began = draft(title="Wall", bylines=("Ana",))
    theirs = draft(title="Wall holds", kind=PostKind.KEY_EVENT, bylines=("Ana", "Tom"))
    mine = draft(title="Wall breaks", bylines=("Ana", "Ines"))
    met = merging.merged(began=began, theirs=theirs, mine=mine, take={})
    assert (met.title, met.kind, met.bylines) == (
        "Wall holds / Wall breaks",
        PostKind.KEY_EVENT,
        ("Ana", "Tom", "Ines"),
    )
    met = merging.merged(began=began, theirs=theirs, mine=mine, take={":title": "mine", ":kind": "mine"})
    assert (met.title, met.kind) == ("Wall breaks", PostKind.UPDATE)


def picture(id_: str, file: str, **attrs: Any) -> body.Image:
    given: dict[str, Any] = {
        "media": file * 22,
        "digest": file * 64,
        "alt": f"Picture {file}",
        "width": 640,
        "height": 360,
    } | attrs
    return body.Image(attrs=body.ImageAttrs(id=id_, **given))


def card(id_: str, address: str) -> body.Card:
    return body.Card(attrs=body.CardAttrs(id=id_, url=f"https://paper.example/{address}"))


def doc(*blocks: body.Block) -> Draft:
    return Draft(body=body.Doc(content=blocks))


def test_pictures_galleries_and_cards_of_both_are_kept() -> None:
    wall = picture("i", "a")
    pair = body.Gallery(attrs=body.Attrs(id="g"), content=(picture("g1", "b"), picture("g2", "c")))
    began = doc(wall, pair, card("c", "1"))
    more = replace(pair, content=(*pair.content, picture("g3", "d")))
    told = replace(pair, content=(picture("g1", "b", caption="At noon."), pair.content[1]))
    theirs = doc(picture("i", "a", caption="The wall at Lenn."), more, card("c", "1"), card("n", "theirs"))
    mine = doc(picture("i", "a", credit="Ana Lind"), told, card("n", "mine"), picture("file-1", "e"))
    met = merging.merged(began=began, theirs=theirs, mine=mine, take={}).body
    body.check(met)
    assert [type(block).__name__ for block in met.content] == [
        "Image", "Image", "Gallery", "Gallery", "Card", "Card", "Image",
    ]  # fmt: skip
    first, second, *_ = met.content
    assert isinstance(first, body.Image)
    assert isinstance(second, body.Image)
    assert (first.attrs.caption, second.attrs.credit) == ("The wall at Lenn.", "Ana Lind")
    assert set(body.media_of(met)) == {file * 22 for file in "abcde"}
    assert {block.attrs.url[-6:] for block in met.content if isinstance(block, body.Card)} == {"theirs", "e/mine"}
    ids = [block.attrs.id for block in body.blocks(met)]
    assert len(set(ids)) == len(ids)
    taken = merging.merged(began=began, theirs=theirs, mine=mine, take={"i": "mine", "g": "theirs"}).body
    assert set(body.media_of(taken)) == {file * 22 for file in "abcde"}
    assert len(taken.content) == 5


def _of(ids: list[str]) -> Draft:
    paragraphs: dict[str, Any] = {id_: id_ for id_ in ids}
    return draft(**paragraphs)


@given(WORDS, WORDS, WORDS)
def test_no_new_word_of_either_is_lost_and_who_changed_nothing_changes_nothing(
    began: list[str], theirs: list[str], mine: list[str]
) -> None:
    was, there, here = (_of(ids) for ids in (began, theirs, mine))
    met = words(merging.merged(began=was, theirs=there, mine=here, take={}))
    assert set(met) >= (set(theirs) | set(mine)) - set(began)
    assert len(met) == len(set(met))
    assert words(merging.merged(began=was, theirs=was, mine=here, take={})) == mine
    assert words(merging.merged(began=was, theirs=there, mine=was, take={})) == theirs
