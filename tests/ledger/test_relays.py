"""On whose word we have it, and where it was said."""

import pytest

from tests.ledger.sayings import attributions, relays


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The port is closed, Reuters reports.", [("Reuters", "reports")]),
        ("The coach is leaving, his agent told the BBC.", [("BBC", "told")]),
        ("The news agency Plexus reported that the port was closed.", [("Plexus", "reports")]),
        ("The port is closed, the Mida Herald reports.", [("Mida Herald", "reports")]),
        ("The toll has risen, according to Agence France-Presse.", [("AFP", "reports")]),
        ("AFP, citing Xinhua, said the port was closed.", [("AFP", "reports"), ("Xinhua", "citing")]),
        ("The trial must start again, the court said (Reuters).", [("Reuters", "reports")]),
        ("The trial must start again, the court said – Reuters", [("Reuters", "reports")]),
        ("The trial must start again, the court said (Reuters reports).", [("Reuters", "reports")]),
        ("The mayor has resigned, per the Mida Herald.", [("Mida Herald", "reports")]),
        ("Ana Ruiz in the Independent says the mayor may go.", [("The Independent", "reports")]),
        ("Ruiz told the Wall Street journal that she would go.", [("The Wall Street Journal", "told")]),
        ("Ruiz, speaking to the BBC, said the dam was safe.", [("BBC", "told")]),
        ("In remarks to Sky News, Ruiz said she would go.", [("Sky News", "told")]),
        ("Ruiz, quoted by the Interfax news agency, said she would go.", [("Interfax", "quotes")]),
        ("The chief, Ana Ruiz, told the US TV channel ABC that she would go.", [("ABC", "told")]),
        ("The owner of the Mida Herald, Ana Ruiz, said it would close.", []),
        ("Ruiz has been on TV. Talking about the vote, she said it was fair.", []),
        ("The sun rose, the mayor said.", []),
        ("The mayor told reporters that the port was closed.", []),
    ],
)
def test_an_outlet_that_passed_something_on_is_a_relay(text: str, found: list[tuple[str, str]]) -> None:
    assert relays(text) == found


def test_of_a_chain_the_innermost_statement_has_the_relays_in_order() -> None:
    text = "Reuters, citing Xinhua, reports that the mayor said the port was closed."
    inner = next(one for one in attributions(text) if one.source == "mayor")
    assert [(relay.outlet, relay.mode) for relay in inner.relays] == [("Reuters", "reports"), ("Xinhua", "citing")]


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("In a statement on Monday, the club said it was sorry.", "statement"),
        ("The mayor told a news conference that the port was closed.", "news_conference"),
        ("The witness told the court that it was dark.", "court"),
        ("Lind tweeted that the port was closed.", "x"),
        ("Lind posted to Telegram to say that the alert was over.", "telegram"),
        ("The mayor said the port was closed.", ""),
    ],
)
def test_a_channel_is_given_where_the_sentence_prints_it(text: str, channel: str) -> None:
    assert [one.channel for one in attributions(text)] == [channel]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Lind told Mida radio that the port was shut.", [("Mida radio", "told")]),
        ("The mayor told ORF radio that the port was shut.", [("ORF", "told")]),
        ("“It is over,” he told the BBC's Breakfast programme.", [("BBC", "told")]),
        ("On the Ana Ruiz show, the mayor said the port was shut.", [("Ana Ruiz", "told")]),
        ("Ana Ruiz, the Mida Herald's political editor, says the mayor will go.", [("Mida Herald", "reports")]),
        ("The BBC's Ana Ruiz says the mayor will go.", [("BBC", "reports")]),
        ("Radio Mida reports that the port is shut.", [("Radio Mida", "reports")]),
        ("The mayor has gone, according to Mida24.ru.", [("Mida24.ru", "reports")]),
        ("Reuters says the port is shut. A clerk told the news agency that it flooded.",
         [("Reuters", "reports"), ("Reuters", "told")]),
        ("The mayor told the Mida Herald of her youth. It was long ago. She said it was hard.", []),
        ("Lind sent the Mida Herald a statement saying that the port was shut.", [("Mida Herald", "told")]),
    ],
)  # fmt: skip
def test_an_outlet_is_known_by_what_the_text_calls_it(text: str, found: list[tuple[str, str]]) -> None:
    assert relays(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Reuters quoted Olga Lind as saying that the port was shut.",
        "Olga Lind was quoted by Reuters as saying that the port was shut.",
        "Reuters quotes Olga Lind: “The port is shut.”",
    ],
)
def test_whom_an_outlet_quotes_is_the_speaker_and_the_outlet_a_relay(text: str) -> None:
    (one,) = attributions(text)
    assert (one.source, [(relay.outlet, relay.mode) for relay in one.relays]) == ("Olga Lind", [("Reuters", "quotes")])
