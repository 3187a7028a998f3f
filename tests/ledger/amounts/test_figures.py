"""Which numbers are figures, and their values: by evaluation/GUIDELINE.md."""

import pytest

from tests.ledger.reading_text import figures


@pytest.mark.parametrize(
    ("text", "exact", "value", "unit"),
    [
        ("The quake hurt 63 miners.", "63", 63, ""),
        ("Some sixty-three ferries sailed.", "Some sixty-three", 63, ""),
        ("One hundred and twenty tents burned.", "One hundred and twenty", 120, ""),
        ("They lost 2.5m votes.", "2.5m", 2_500_000, ""),
        ("It put the toll at 12, including guards.", "12", 12, ""),
        ("A blaze killed 2000 people.", "2000", 2000, ""),
        ("The toll has climbed to eight.", "eight", 8, ""),
        ("Half a million homes went dark.", "Half a million", 500_000, ""),
        ("Police held a dozen men.", "dozen", 12, ""),
        ("Two and a half million people fled.", "Two and a half million", 2.5e6, ""),
        ("Two-thirds of voters stayed away.", "Two-thirds", 2 / 3, ""),
        ("Just under a third of pupils came.", "Just under a third", 1 / 3, ""),
        ("Prices rose by a third.", "third", 1 / 3, ""),
        ("Lund 264", "264", 264, ""),
        ("It stands six point two metres high.", "six point two metres", 6.2, "m"),
        (
            "Eighteen thousand five hundred crore rupees is a lot.",
            "Eighteen thousand five hundred crore rupees",
            1.85e11,
            "INR",
        ),
        ("They wait two days and a half.", "two days and a half", 2.5, "days"),
        ("Lund Reform 1,148,750 49.4%", "1,148,750", 1_148_750, ""),
        ("She won by under 2000 votes.", "under 2000", 2000, ""),
        ("In the second inning a 2-run homer fell.", "2", 2, ""),
        ("Nearly ¾ of pupils passed.", "Nearly ¾", 0.75, ""),
        ("Killed: 12. Hurt: 40.", "12", 12, ""),
        ("They raised 60,556,142 – 47.6% of it abroad.", "60,556,142", 60_556_142, ""),
    ],
)
def test_a_figure_has_its_value_and_unit(text: str, exact: str, value: float, unit: str) -> None:
    found = figures(text)
    assert found, text
    assert (found[0].exact, found[0].unit) == (exact, unit)
    assert found[0].value == pytest.approx(value)


@pytest.mark.parametrize(
    "text", ["At least one school closed.", "One firefighter was hurt.", "It counted three alerts and one advisory."]
)
def test_one_is_a_figure_where_it_counts(text: str) -> None:
    assert figures(text)[-1].value == 1


@pytest.mark.parametrize(
    ("language", "text", "value", "unit", "counted"),
    [
        ("de", "Es gab 1.234,5 Tonnen Schutt.", 1234.5, "tonnes", ""),
        ("de", "Bei dem Angriff wurden dreiundsechzig Soldaten getötet.", 63, "", "Soldaten"),
        ("de", "Es kostet 2,5 Millionen Euro.", 2.5e6, "EUR", ""),
        ("de", "Mindestens 89 Menschen starben.", 89, "", "Menschen"),
        ("de", "Die Quote lag bei 61,4 Prozent.", 61.4, "%", ""),
        ("de", "Siebzehn Komma vier Prozent kamen.", 17.4, "%", ""),
        ("de", "Es ist ein halber Meter.", 0.5, "m", ""),
        ("de", "Die Polizei spricht von 1200 Traktoren.", 1200, "", "Traktoren"),
        ("es", "Esperan una hora y media.", 1.5, "hours", ""),
        ("es", "Son treinta y ocho coma cinco euros.", 38.5, "EUR", ""),
        ("es", "Hay 1.234 muertos.", 1234, "", ""),
        ("es", "Murieron sesenta y tres soldados en el ataque.", 63, "", "soldados"),
        ("es", "Cuesta 2,5 millones de euros.", 2.5e6, "EUR", ""),
        ("es", "Al menos 89 personas resultaron heridas.", 89, "", "personas"),
    ],
)
def test_german_and_spanish_are_begun(language: str, text: str, value: float, unit: str, counted: str) -> None:
    (one,) = figures(text, language)
    assert (one.value, one.unit, one.counted) == (value, unit, counted)


def test_a_language_without_lists_reads_digits_and_no_more() -> None:
    assert [one.value for one in figures("63 quelque chose", "fr")] == [63]
