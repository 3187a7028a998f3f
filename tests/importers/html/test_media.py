"""Pictures, films and frames of strangers' HTML: what is known by its host, and what is too long is cut aloud."""

from asithappened.core import body as b
from asithappened.importers.html.body import body_of


def kinds(html: str) -> list[str]:
    return [type(block).__name__ for block in body_of(html).doc.content]


def test_a_film_is_known_by_its_host_and_another_frame_is_a_card() -> None:
    assert kinds("<iframe src='https://www.youtube.com/embed/x'></iframe>") == ["Video"]
    assert kinds("<iframe src='//maps.example/m' title='Map'></iframe>") == ["Card"]
    assert kinds("<img src='https://count.example/1.gif' width='1' height='1'>") == []


def test_a_caption_too_long_for_its_field_is_cut_aloud() -> None:
    made = body_of(f"<figure><img src='https://img.example/a.png'><figcaption>{'x' * 3000}</figcaption></figure>")
    b.check(b.with_ids(made.doc, seed="x"))
    assert made.notes == ("1 caption, name or embed too long for its field was cut",)
