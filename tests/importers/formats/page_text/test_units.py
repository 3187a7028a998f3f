"""What the lines of a plain page are: an embed is what stands above its signature, and no more."""

from asithappened.core import body as b
from tests.importers.formats.page_text.pages import one_post, read, shape


def test_an_embed_is_the_paragraph_above_its_signature() -> None:
    post = read().posts[4]
    assert shape(post) == ["Paragraph", "Social"]
    embed = post.body.content[1]
    assert isinstance(embed, b.Social)
    assert (embed.attrs.text, embed.attrs.author, embed.attrs.handle, embed.attrs.date) == (
        "No ferries today #skerry",
        "Skerry Ferries",
        "@skerry",
        "2024-01-05",
    )


def test_an_embed_of_several_paragraphs_is_as_long_as_one_could_be() -> None:
    long = "The harbour master has explained at some length how the gauges on the pier are read, and by whom. " * 2
    post = one_post(
        f"{long}\n\nThe gauge below is today's.\n\nFind the tables here: https://t.co/abc\n\n"
        "🌊 #Skerry 🌊 pic.twitter.com/xyz\n\n— Harbour ⚓ (@harbour) January 5, 2024"
    )
    assert shape(post) == ["Paragraph", "Social"]
    embed = post.body.content[1]
    assert isinstance(embed, b.Social)
    assert embed.attrs.text.startswith("The gauge below is today's.\n\nFind the tables")
    assert embed.attrs.author == "Harbour ⚓"


def test_an_embed_never_takes_its_introduction() -> None:
    post = one_post("The mayor says:\n\nStay in.\n\n— Ines Calder (@ines) January 5, 2024\n\nShe means it.")
    assert shape(post) == ["Paragraph", "Social", "Paragraph"]
