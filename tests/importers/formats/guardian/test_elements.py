"""What the Content API puts into its HTML: embeds, pictures and readers' contributions, at any depth."""

from asithappened.core import body as b
from asithappened.importers.html import body as html_body
from tests.importers.files import block, item, page
from tests.importers.formats.guardian.read_back import imported


def test_hidden_depth_does_not_end_the_walk_in_a_heap() -> None:
    for unit in (
        "<figure class='element element-table'>",
        "<aside class='element element-comment'>",
        "<table><tr><td>",
    ):
        from asithappened.importers.formats.guardian.elements import element

        assert html_body.body_of(unit * 3_000 + "words", special=element).doc.content


def test_readers_contributions_are_shown_as_what_they_are_and_counted_apart() -> None:
    html = (
        "<figure class='element element-witness element-witness-image'><div class='element-witness--main'>"
        "<img src='https://img.reader.example/1.jpg' alt='A roof'><figcaption><h3 class='element-witness--title'>Gone"
        "</h3></figcaption></div><footer><p class='element-witness--author'>"
        "<a class='element-witness--author-name'>Pip</a></p></footer></figure>"
        "<figure class='element element-comment' data-canonical-url='https://paper.example/c/1'>"
        "<span itemprop='givenName'>Windy</span><div class='d2-body'><p>Hold on tight.</p></div></figure>"
    )
    (post,) = imported(item(html=page([block("f6", html)]))).posts
    picture, quote = post.body.content
    assert isinstance(picture, b.Image)
    assert isinstance(quote, b.Quote)
    assert (picture.attrs.credit, picture.attrs.caption) == ("Pip/GuardianWitness", "Gone")
    assert (quote.attrs.cite, quote.attrs.url, b.text_of(quote.content[0])) == (
        "Windy",
        "https://paper.example/c/1",
        "Hold on tight.",
    )
    assert (post.converted.images, post.converted.quotes) == (1, 1)
