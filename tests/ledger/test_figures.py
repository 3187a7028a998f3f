"""What is a figure, what it is worth, what it counts and what became of those counted: by evaluation/GUIDELINE.md."""

import pytest

from asithappened.ledger.figures import Figures
from asithappened.ledger.suggestions import Figure
from tests.ledger.reading_text import page, suggested


def figures(text: str, language: str = "en") -> list[Figure]:
    return [one for one in suggested(Figures(), page(text, language=language)) if isinstance(one, Figure)]


@pytest.mark.parametrize(
    ("text", "exact", "value", "unit"),
    [
        ("The quake hurt 63 miners.", "63", 63, ""),
        ("Some sixty-three ferries sailed.", "Some sixty-three", 63, ""),
        ("One hundred and twenty tents burned.", "One hundred and twenty", 120, ""),
        ("They lost 2.5m votes.", "2.5m", 2_500_000, ""),
        ("Output grew (+0.2%).", "0.2%", 0.2, "%"),
        ("Output fell (-5.8%).", "-5.8%", -5.8, "%"),
        ("It put the toll at 12, including guards.", "12", 12, ""),
        ("A blaze killed 2000 people.", "2000", 2000, ""),
        ("The toll has climbed to eight.", "eight", 8, ""),
        ("A bill of £3bn is due.", "£3bn", 3e9, "GBP"),
        ("Tickets cost $45.10 each.", "$45.10", 45.10, "USD"),
        ("It fetched A$12 million.", "A$12 million", 12e6, "AUD"),
        ("It fetched 12 million euros.", "12 million euros", 12e6, "EUR"),
        ("It costs 75p.", "75p", 75, "pence"),
        ("Half a million homes went dark.", "Half a million", 500_000, ""),
        ("Police held a dozen men.", "dozen", 12, ""),
        ("Two and a half million people fled.", "Two and a half million", 2.5e6, ""),
        ("Turnout was 61.4 per cent.", "61.4 per cent", 61.4, "%"),
        ("Rates fell 25 basis points.", "25 basis points", 25, "basis points"),
        ("It gained three percentage points.", "three percentage points", 3, "percentage points"),
        ("Gusts of 90mph are forecast.", "90mph", 90, "mph"),
        ("The front is 12.5km away.", "12.5km", 12.5, "km"),
        ("Waves 7m high hit the pier.", "7m", 7, "m"),
        ("It was minus 6C at dawn.", "minus 6C", -6, "C"),
        ("He was held for six months.", "six months", 6, "months"),
        ("A 16-day strike ended.", "16-day", 16, "days"),
        ("It has rained for ten consecutive days.", "ten consecutive days", 10, "days"),
        ("They waited half an hour.", "half an hour", 0.5, "hours"),
        ("Twice as many boats sailed.", "Twice", 2, ""),
        ("Cases rose at three times the rate of March.", "three times", 3, ""),
        ("Two-thirds of voters stayed away.", "Two-thirds", 2 / 3, ""),
        ("Just under a third of pupils came.", "Just under a third", 1 / 3, ""),
        ("The index rose 23 points as markets opened.", "23 points", 23, "points"),
        ("It is five years' work for 12,000 hands.", "five years", 5, "years"),
        ("Nine in 10 voters agreed.", "Nine in 10", 0.9, ""),
        ("One out of every five wells is dry.", "One out of every five", 0.2, ""),
        ("About eight of 10 pupils passed.", "About eight of 10", 0.8, ""),
        ("Two of nine boats sank.", "Two", 2, ""),
        ("Less than half of 1% were hurt.", "Less than half of 1%", 0.5, "%"),
        ("The error is plus or minus 4%.", "4%", 4, "%"),
        ("Prices rose by a third.", "third", 1 / 3, ""),
        ("The shed is 30m (98ft) wide.", "30m", 30, "m"),
        ("She won the 100m in record time.", "100m", 100, "m"),
        ("Lund 264", "264", 264, ""),
        ("Lund Reform 1,148,750 49.4%", "1,148,750", 1_148_750, ""),
        ("She won by under 2000 votes.", "under 2000", 2000, ""),
        ("In the second inning a 2-run homer fell.", "2", 2, ""),
        ("It went on for 15-plus years.", "15-plus years", 15, "years"),
        ("Nearly ¾ of pupils passed.", "Nearly ¾", 0.75, ""),
        ("It is 38 degrees Celsius.", "38 degrees Celsius", 38, "C"),
        ("Killed: 12. Hurt: 40.", "12", 12, ""),
        ("It lost 300 million Hong Kong dollars.", "300 million Hong Kong dollars", 3e8, "HKD"),
        ("More than 3in of rain fell.", "More than 3in", 3, "inches"),
        ("A 25-basis-point cut is due.", "25-basis-point", 25, "basis points"),
        ("They raised 60,556,142 – 47.6% of it abroad.", "60,556,142", 60_556_142, ""),
    ],
)
def test_a_figure_has_its_value_and_unit(text: str, exact: str, value: float, unit: str) -> None:
    found = figures(text)
    assert found, text
    assert (found[0].exact, found[0].unit) == (exact, unit)
    assert found[0].value == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("Between 20 and 30 people came.", 20, 30, ""),
        ("It takes 12 to 15 hours.", 12, 15, "hours"),
        ("Prices rose 10-15%.", 10, 15, "%"),
        ("Five or six shots were heard.", 5, 6, ""),
        ("It may cost between £2m and £3m.", 2e6, 3e6, "GBP"),
        ("It needs 2-3 million doses.", 2e6, 3e6, ""),
    ],
)
def test_a_range_is_one_figure_with_both_ends(text: str, low: float, high: float, unit: str) -> None:
    (one,) = figures(text)
    assert (one.low, one.high, one.value, one.unit) == (low, high, low, unit)


def test_a_change_from_one_number_to_another_is_two_figures() -> None:
    assert [one.value for one in figures("The toll rose from 6 to 8 overnight.")] == [6, 8]


@pytest.mark.parametrize(
    ("text", "modifier"),
    [
        ("About 200 people marched.", "about"),
        ("Nearly 200 people marched.", "nearly"),
        ("More than 200 people marched.", "more_than"),
        ("Up to 200 people marched.", "up_to"),
        ("At least 200 people marched.", "at_least"),
        ("Only 200 people marched.", "only"),
        ("A crowd of 200 or so marched.", "about"),
        ("200 or more people marched.", "at_least"),
        ("The 200 people marched.", ""),
    ],
)
def test_a_modifier_says_how_exactly_a_figure_is_meant(text: str, modifier: str) -> None:
    (one,) = figures(text)
    assert one.modifier == modifier
    assert one.low == one.high == 200


@pytest.mark.parametrize(
    "text",
    [
        "It began in 2014 and ended in the 1990s.",
        "The vote is on 26 December, or December 27.",
        "They met on 3 and 4 October, and again on 5-7 May.",
        "Doors open at 7pm, 19:30 at the latest, and at 10 o'clock.",
        "At 9.45am the line was cut.",
        "Ann Lee, 28, and a 31-year-old man aged 31 were named.",
        "He was the 2nd, and she the third.",
        "The G20, the FTSE 100, an AMX-10, BBC2 and an A380.",
        "See page 3, chapter 11 and section 28.",
        "Rovers won 2-0 after a 4-3 defeat, 6-4, 6-3 on aggregate.",
        "The motion passed 285-144.",
        "Call 020 7946 0000 or +44 1632 960 001.",
        "Hundreds came, then thousands, then tens of thousands, and a few hundred left.",
        "No one knew which one it was; one of them did, one official said.",
        "One day it will be a one-off in the first half.",
        "He works 24/7 since 9/11.",
        "A week ago she paid for an hour.",
        "He eats twice a day and doubled it.",
        "She flew on Air Force One to Channel 4.",
        "Windows 8 came before it.",
        "It was posted at https://example.org/2024/05/17/63-dead by @user99 #day7.",
        "Third-party and third-quarter results are half-baked, a half-hearted effort.",
        "It was a quarter past eleven.",
        "He signed a zero-hours contract.",
        "Care for three and four-year-olds is free (11.11).",
        "It runs up to 2021. At one point I was only 27 when I left.",
        "See chapters four and five.",
        "It was a 2-to-1 vote, a 3 to 1 margin; the panel split 4 to 1.",
        "The Sept. 11 memorial drew crowds, the Nov. 8 election did not.",
        "Emissions are below 1990 levels.",
        "It is for people under 30, and for 18- to 24-year-olds.",
        "Bo and Ana Lund, 27 and 29 years old, left. Lee, 40 – a baker – stayed. Even at 86 she sings.",
        "In the 80’s he was 6'3 tall.",
        "Call the police on 101, or dial 999. A 911 caller said so.",
        "Type 2 diabetes is common, level 3 restrictions are not.",
        "The motion was lost 285 to 272; the panel voted nine to zero.",
        "It is shut between junctions 17 and 18.",
        "Boeing's 787 Dreamliner is late, and so is iOS 9.",
        "A couple of hundred people came, and a couple dozen stayed.",
        "He is now 28 and lives there.",
        "It is for children aged five to 11 years.",
        "12 Years a Slave is on BBC1 at 9 and again at 10.",
        "They are live until 6.",
        "The bowls are of 1000 to 600 BC.",
        "See section 79 subsection 1b.",
        "They gave Sh16,204,400 in all.",
        "By one count nobody sank; one study found none.",
        "They are in the last 16.",
        "Outs were made at 2B.",
        "See the US elections 2016 live results.",
    ],
)
def test_what_only_says_which_one_is_no_figure(text: str) -> None:
    assert [one.exact for one in figures(text)] == []


def test_the_number_of_an_item_and_the_minute_of_a_match_are_no_figures() -> None:
    assert figures("1. The bridge\n2. The harbour") == []
    assert figures("86 mins A corner for the visitors.") == []


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("63 Russian soldiers were killed.", "Russian soldiers"),
        ("A strike killed 89 servicemen, it said.", "servicemen"),
        ("Three small, empty boats drifted ashore.", "small, empty boats"),
        ("A $3bn loan was agreed last night.", "loan"),
        ("A 5% reduction took effect.", "reduction"),
        ("A four-member panel met.", "member"),
        ("52% of the voters agreed.", "voters"),
        ("Three of the men fled.", "men"),
        ("A surplus of €9bn is expected.", "surplus"),
        ("Six years of recession ended.", "recession"),
        ("40 people gathered in the square.", "people"),
        ("12 weapons inspectors arrived on Monday.", "weapons inspectors"),
        ("The toll rose to 89.", ""),
        ("A 150-page report came out.", "page"),
        ("They have just three hits tonight.", "hits"),
        ("More than 500 Sure Start centres closed.", "Sure Start centres"),
        ("It flies at five times the speed of sound.", ""),
        ("Two out of the five cabins stood.", "cabins"),
        ("Eight premier league away games remain.", "premier league away games"),
        ("He shot from 30 yards looks like it.", ""),
        ("Nearly 1,500 coal- and gas-fired plants closed.", "coal- and gas-fired plants"),
        ("Four plain-clothes police officers came.", "plain-clothes police officers"),
        ("Two 24-hour strikes are planned.", "24-hour strikes"),
        ("A six vehicle crash shut the road.", "vehicle"),
        ("They scored three RBI's.", "RBI"),
        ("1% of the bank's 100,000 tellers were told.", "tellers"),
        ("A group of 22 previously missing tourists came.", "previously missing tourists"),
        ("It is within 60 miles of the coast.", ""),
        ("Some 30-odd people left, then 100-plus people.", "people"),
        ("All but two of the 63 left.", ""),
        ("12 hit Mida at dawn.", ""),
        ("The quake left 63 homeless, officials said.", ""),
        ("It left 30 homeless, police and medics say.", ""),
        ("He has two weeks' notice.", "notice"),
        ("One in five of us smoke.", ""),
        ("The 16-day shutdown cost $24bn.", "shutdown"),
        ("A 27ft wave hit Porth.", "wave"),
        ("They won six of their last eight games.", "games"),
        ("It is 20% more expensive.", ""),
        ("There is £30,000 worth of damage.", "damage"),
        ("Gusts of 90mph are forecast.", "Gusts"),
        ("It is due in two weeks' time.", ""),
        ("Some 18,000 announced earlier will go.", ""),
        ("Five 250kg bombs fell.", "250kg bombs"),
        ("63 US soldiers left.", "US soldiers"),
        ("One man died.", "man"),
        ("She leads by 12 points.", "points"),
        ("The lake has a depth of 10km.", "depth"),
        ("Bonds of 10-year yields hit a wall.", "yields"),
        ("Output shrank 6.4% year on year.", ""),
        ("A family of four pays.", "family"),
        ("The five most recent floods were worse.", "recent floods"),
        ("The mine has 40 total shafts.", "total shafts"),
        ("Two smaller parties joined.", "smaller parties"),
        ("63 likely voters were asked.", "likely voters"),
        ("It took 90% of the island vote.", "island vote"),
        ("Six weeks of paid leave are due.", "paid leave"),
        ("She has 38% support, he has none.", "support"),
        ("A 30% effective tax rate is due.", "effective tax rate"),
        ("63 Iraqis fled.", "Iraqis"),
        ("Thousands of $12-an-hour jobs went.", "jobs"),
        ("One in four homes is empty.", "homes"),
        ("Two trains an hour will run.", "trains"),
        ("The fund holds £3bn offshore.", ""),
        ("Sales fell 5% year-on-year.", ""),
        ("The top 1% paid nothing.", ""),
        ("Just 1% support the plan.", ""),
        ("Profits were 35% shallower than last year.", ""),
        ("I am 100% certain.", ""),
        ("It is twice the size of Wales.", ""),
        ("Two weeks ago it snowed.", ""),
        ("Profits rose to £3m.", ""),
        ("It fell by 4%.", ""),
        ("They paid $5m for roads.", ""),
        ("89 were hurt.", ""),
        ("The offer to 3,000 workers ranges from £1,000.", "workers"),
        ("She ran 12 women's shelters.", "shelters"),
    ],
)
def test_what_is_counted_is_the_noun_that_the_number_governs(text: str, counted: str) -> None:
    assert figures(text)[0].counted == counted


def test_a_number_without_a_noun_counts_that_of_its_sentence() -> None:
    assert [one.counted for one in figures("There were 98 fires, 34 of them out of control.")] == ["fires", "fires"]
    assert [one.counted for one in figures("It won by 54 votes to 32.")] == ["votes", "votes"]


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("Six members backed it, but two dissented.", ["members", "members"]),
        ("There were 77 cases, compared with 36 last year.", ["cases", "cases"]),
        ("She got 306 votes to his 232.", ["votes", "votes"]),
        ("There were 358,000 claims, down from 374,000 the week before.", ["claims", "claims"]),
        ("It held six seats and needed 30.", ["seats", "seats"]),
        ("Ten boats sank as the index fell to 63.", ["boats", ""]),
        ("50 homes burned, with the number injured exceeding 200.", ["homes", ""]),
        ("It claimed 59 lives and injured 175.", ["lives", ""]),
        ("There were 51 votes for Lund to 49 for Ruiz.", ["votes", "votes"]),
        ("Profits (before tax) of £3m were made.", ["Profits"]),
        ("The board grew from 12 to 15 members.", ["members", "members"]),
        ("A two-man crew died and 12 were hurt.", ["man", ""]),
        ("12 men were hurt, and two others died.", ["men", ""]),
    ],
)
def test_what_stands_once_is_counted_by_two(text: str, counted: list[str]) -> None:
    assert [one.counted for one in figures(text)] == counted


def test_a_unit_that_stands_once_is_that_of_a_whole_list() -> None:
    assert [one.unit for one in figures("It met after 15, 30 and 45 days.")] == ["days"] * 3
    assert [one.unit for one in figures("It rose from 5 to 10%.")] == ["%", "%"]
    assert [one.value for one in figures("It rose from 2 to 3 million.")] == [2e6, 3e6]
    assert [one.unit for one in figures("In 2013, 30% came.")] == ["%"]
    assert [one.unit for one in figures("It closed down 28, or 0.5%, at noon.")] == ["", "%"]


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("12 people were killed.", "killed"),
        ("12 people died in the fire.", "killed"),
        ("The blast killed at least 12 people.", "killed"),
        ("It left 12 people dead.", "killed"),
        ("12 people were hurt.", "injured"),
        ("Police arrested 12 men.", "arrested"),
        ("12 men are missing.", "missing"),
        ("12 homes have been destroyed.", "destroyed"),
        ("12 homes are without power.", "cut off"),
        ("12 people have closed the gap.", ""),
        ("12 people met.", ""),
        ("It destroyed 12 homes and damaged nine more.", "destroyed"),
        ("Police arrested 12 men and charged nine.", "arrested"),
        ("At least 12 people, including two children, were killed.", "killed"),
    ],
)
def test_an_outcome_is_what_became_of_those_counted(text: str, outcome: str) -> None:
    assert figures(text)[0].outcome == outcome


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
        ("es", "Hay 1.234 muertos.", 1234, "", ""),
        ("es", "Murieron sesenta y tres soldados en el ataque.", 63, "", "soldados"),
        ("es", "Cuesta 2,5 millones de euros.", 2.5e6, "EUR", ""),
        ("es", "Al menos 89 personas resultaron heridas.", 89, "", "personas"),
    ],
)
def test_german_and_spanish_are_begun(language: str, text: str, value: float, unit: str, counted: str) -> None:
    (one,) = figures(text, language)
    assert (one.value, one.unit, one.counted) == (value, unit, counted)


@pytest.mark.parametrize("language", ["de", "es"])
def test_dates_and_scores_are_no_figures_in_german_and_spanish(language: str) -> None:
    text = {"de": "Am 26. Dezember 2022 um 19 Uhr stand es 2:1.", "es": "El 26 de diciembre de 2022 ganó 2-1."}[
        language
    ]
    assert figures(text, language) == []


def test_a_language_without_lists_reads_digits_and_no_more() -> None:
    assert [one.value for one in figures("63 quelque chose", "fr")] == [63]
