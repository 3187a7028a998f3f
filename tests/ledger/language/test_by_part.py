"""A part is read only once while its words stay the same, wherever it is in the post."""

from asithappened.ledger.language import by_part, lexicon
from asithappened.ledger.language.by_part import ByPart
from asithappened.ledger.views import BlogView, Part, PartView, of_text


class Reader:
    """Reads a part as its words in capitals, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[PartView] = []

    def __call__(self, part: PartView, language: str) -> str:
        self.asked.append(part)
        return f"{language} {part.text.upper()}"


def test_of_a_post_that_is_being_typed_only_the_changed_paragraph_is_read_again() -> None:
    reader = Reader()
    read = ByPart(reader)
    for text in ("one\n\ntwo\n\nthree", "zero\n\none\n\ntwo, too\n\nthree"):
        assert [read(part, "en") for part in of_text(text).parts] == [
            f"en {words.upper()}" for words in text.split("\n\n")
        ]
    assert [part.text for part in reader.asked] == ["one", "two", "three", "zero", "two, too"]
    assert {part.start for part in reader.asked} == {0}


def test_the_same_words_in_another_part_or_language_are_read_for_themselves() -> None:
    reader = Reader()
    read = ByPart(reader)
    part = PartView(kind=Part.QUOTE, text="gone", author="Ada")
    for one in (part, PartView(kind=Part.PARAGRAPH, text="gone"), PartView(kind=Part.QUOTE, text="gone", author="Bo")):
        read(one, "en")
    read(part, "de")
    assert len(reader.asked) == 4


def test_no_more_than_so_many_characters_are_kept_and_the_oldest_goes_first() -> None:
    reader = Reader()
    read = ByPart(reader)
    third = by_part.KEPT // 3
    parts = [PartView(kind=Part.PARAGRAPH, text=letter * third) for letter in "abc"]
    for part in [*parts, parts[0], PartView(kind=Part.PARAGRAPH, text="d" * third)]:
        read(part, "en")
    assert len(reader.asked) == 4
    read(parts[0], "en")
    assert len(reader.asked) == 4
    read(parts[1], "en")
    assert len(reader.asked) == 5


def test_a_part_longer_than_all_that_is_kept_is_still_read() -> None:
    reader = Reader()
    read = ByPart(reader)
    long = PartView(kind=Part.PARAGRAPH, text="a" * (by_part.KEPT + 1))
    assert read(long, "en") == read(long, "en")


def test_everything_is_read_again_by_other_lists_of_words() -> None:
    reader = Reader()
    read = ByPart(reader)
    part = BlogView(posts=(of_text("one"),)).posts[0].parts[0]
    read(part, "en")
    lexicon.use(None)
    read(part, "en")
    assert len(reader.asked) == 2
