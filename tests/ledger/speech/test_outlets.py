"""Where an outlet's name begins and ends, and what makes a name an outlet's."""

import pytest

from tests.ledger.sayings import relays


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
        ("Midonian state TV says the port is shut.", [("Midonian state TV", "reports")]),
        ("The port is shut, the Post reports. The Globe said so.", [("Post", "reports"), ("Globe", "reports")]),
        ("The mayor has gone, according to Mida24.ru.", [("Mida24.ru", "reports")]),
        ("Reuters says the port is shut. A clerk told the news agency that it flooded.",
         [("Reuters", "reports"), ("Reuters", "told")]),
        ("It is shut, says a memo seen by the Mida Herald. The paper's editor, Ana Ruiz, writes that it is.",
         [("Mida Herald", "reports"), ("Mida Herald", "reports")]),
        ("The mayor told the Mida Herald of her youth. It was long ago. She said it was hard.", []),
        ("Lind sent the Mida Herald a statement saying that the port was shut.", [("Mida Herald", "told")]),
    ],
)  # fmt: skip
def test_an_outlet_is_known_by_what_the_text_calls_it(text: str, found: list[tuple[str, str]]) -> None:
    assert relays(text) == found
