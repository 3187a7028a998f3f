"""Words of the interface are those of the language that is spoken, also where another one was spoken before."""

from asithappened.render import wording
from asithappened.render.wording import gettext, pgettext


def test_a_word_is_of_the_language_of_the_block_that_it_is_asked_in() -> None:
    said = []
    for _ in range(2):
        with wording.speaking("de"):
            said.append(gettext("Reported"))
            with wording.speaking("en"):
                said.append(gettext("Reported"))
            said.append(gettext("Reported"))
    assert said == ["Berichtet", "Reported", "Berichtet"] * 2


def test_a_word_of_two_meanings_is_that_of_its_place() -> None:
    with wording.speaking("de"):
        said = [(pgettext("of a series", "Figure"), pgettext("of a correction", "Was")) for _ in range(2)]
    assert said == [("Zahl", "Zuvor")] * 2
    assert pgettext("of a series", "Figure") == "Figure"


def test_outside_of_a_block_django_is_asked() -> None:
    assert gettext("Reported") == "Reported"
