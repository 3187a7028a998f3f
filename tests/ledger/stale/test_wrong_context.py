"""What stands around wrong words tells whether they are the error: whose name, who tells of it, since when."""

import pytest

from asithappened.ledger.changes import Corrected
from tests.ledger.sweeping import proposed, stale

RANK = Corrected(
    key="k",
    was="head of school",
    now="deputy head of school",
    sentence="Rita Holm, head of school at Brede, has been suspended, the council said.",
)
SPADE = Corrected(
    key="a", was="Hammer", now="Spaten", sentence="Ein Mann hat in Kleve einen Busfahrer mit einem Hammer bedroht."
)
SAID = Corrected(
    key="s",
    was="Finanzministerin Uta Brandt",
    now="Umweltministerin Eva Hagen",
    sentence="„Diese Vereinbarung unterzeichne ich nicht“, sagte Finanzministerin Uta Brandt.",
)
PAINTER = Corrected(
    key="p", was="Murillo", now="Morales", sentence="El lienzo robado es un San Pedro de Murillo, según la policía."
)


@pytest.mark.parametrize(
    ("change", "language", "words"),
    [
        (RANK, "en", "Holm taught maths. She has been head of school since last spring."),
        (SPADE, "de", "„Plötzlich hatte er einen Hammer in der Hand“, sagt Ute Kern."),
        (SAID, "de", "Kommentar: Die Finanzministerin und die Unterzeichnung"),
        (PAINTER, "es", "Desaparece un lienzo de Murillo en el museo de Sagra."),
    ],
)
def test_the_error_is_found_where_little_else_is_said(change: Corrected, language: str, words: str) -> None:
    assert len(stale(words, change, language=language)) == 1


@pytest.mark.parametrize(
    ("change", "language", "words"),
    [
        (SPADE, "de", "Die Waffe war ein Spaten. Von einem Hammer kann keine Rede sein."),
        (SAID, "de", "Die Finanzministerin eröffnet am Freitag eine Brücke."),
        (PAINTER, "es", "Andrés Murillo vio salir a los ladrones con el lienzo."),
    ],
)
def test_a_text_that_has_the_right_words_and_another_person_are_not_listed(
    change: Corrected, language: str, words: str
) -> None:
    assert stale(words, change, language=language) == []


def test_a_german_title_alone_becomes_the_other_ones() -> None:
    assert proposed("Die Finanzministerin und die Unterzeichnung", SAID, language="de").startswith(
        "Die Umweltministerin"
    )


CHARGED = Corrected(
    key="c", was="theft", now="fraud", sentence="Karl Ode, 40, of Tarn, has been charged with theft, police said."
)


@pytest.mark.parametrize("words", ["Mill Road case: man charged with theft", "Ode denies theft."])
def test_the_same_words_before_the_error_show_that_it_is_the_same(words: str) -> None:
    assert len(stale(words, CHARGED)) == 1


@pytest.mark.parametrize("words", ["A second man was charged with theft.", "Theft is hard to prove, an expert says."])
def test_another_who_is_charged_is_not_listed(words: str) -> None:
    assert stale(words, CHARGED) == []


def test_what_somebody_says_of_mistakes_is_no_note_of_ours() -> None:
    said = "„Wir haben uns geirrt“, sagt der Busfahrer über den Mann mit dem Hammer in Kleve."
    assert len(stale(said, SPADE, language="de")) == 1


def test_a_thing_with_its_article_is_the_one_that_is_known() -> None:
    assert len(stale("Der Hammer ist verschwunden.", SPADE, language="de")) == 1
    assert stale("Der Hammer des Wirts ist verschwunden.", SPADE, language="de") == []


MAYOR = Corrected(
    key="m",
    was="Bürgermeisterin",
    now="Ortsvorsteherin",
    sentence="Die Bürgermeisterin von Weida hat den Weg gesperrt.",
)


def test_whoever_has_the_same_office_elsewhere_is_another() -> None:
    assert len(stale("Die Bürgermeisterin von Weida schweigt zum Weg.", MAYOR, language="de")) == 1
    assert stale("Die Bürgermeisterin von Gera schweigt zum Weg.", MAYOR, language="de") == []
