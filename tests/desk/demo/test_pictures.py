"""The pictures and the film of the demonstration: there, small, described, and ours."""

from pathlib import Path

from asithappened.core import body, media
from asithappened.core import events as e
from asithappened.desk.demo import pictures, script

BYTES = 60_000

BLOCKS = [
    block for step in script.load() if isinstance(step.event, e.PostPublished) for block in step.event.body.content
]
PICTURES = [block for block in BLOCKS if isinstance(block, body.Image)]
FACES = [step.event.picture for step in script.load() if isinstance(step.event, e.ContributorDescribed)]
FILMS = [block for block in BLOCKS if isinstance(block, body.Video)]


def files(root: Path) -> dict[str, Path]:
    return {path.name: path for path in (root / "src/asithappened/static/demo").glob("*.webp")}


def size_of(webp: bytes) -> tuple[int, int]:
    """Return width and height from the header of a WebP without alpha (a VP8 chunk, RFC 9649 section 2.5)."""
    assert webp[:4] == b"RIFF"
    assert webp[8:16] == b"WEBPVP8 "
    return int.from_bytes(webp[26:28], "little") & 0x3FFF, int.from_bytes(webp[28:30], "little") & 0x3FFF


def test_every_picture_of_the_script_is_there_and_there_is_no_other(root: Path) -> None:
    there = {pictures._known(path)[0] for path in files(root).values()}
    stills = {film.attrs.poster for film in FILMS}
    faces = {face.media for face in FACES if face is not None}
    assert {picture.attrs.media for picture in PICTURES} | stills | faces == there
    assert 5 <= len(PICTURES) <= 7


def test_pictures_are_small_and_of_the_size_that_the_page_reserves(root: Path) -> None:
    for name, path in files(root).items():
        picture = path.read_bytes()
        assert len(picture) <= BYTES, name
        face = (pictures.FACE_PIXELS,) * 2 if name.startswith(pictures.FACE) else None
        assert size_of(picture) == (face or pictures.SIZES.get(Path(name).stem, pictures.SIZE)), name


def test_pictures_say_what_they_show_in_words_that_are_not_their_caption() -> None:
    for picture in PICTURES:
        assert len(picture.attrs.alt) > 60
        assert picture.attrs.caption
        assert picture.attrs.credit
        assert picture.attrs.alt != picture.attrs.caption


def test_one_is_covered_each_has_a_placeholder_and_there_is_a_film_with_captions_in_little(root: Path) -> None:
    assert [picture.attrs.graphic for picture in PICTURES].count(True) == 1
    shown = [name for name in files(root) if not name.startswith(pictures.FACE)]
    assert all(pictures.named(Path(name).stem).preview for name in shown)  # which loading has checked
    (film,) = (one.attrs for one in FILMS)
    assert film.transcript
    assert film.title
    there = {pictures._known(path)[0]: path for path in (root / "src/asithappened/static/demo").iterdir()}
    assert (there[film.media].suffix, there[film.captions].suffix) == (".webm", ".vtt")
    assert there[film.media].stat().st_size <= 400_000
    assert (media.FILES[film.kind], film.width * film.height > 0) == ("video.webm", True)
