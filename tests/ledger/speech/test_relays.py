"""The outlets that relayed a statement."""

import pytest

from tests.ledger.sayings import lines, relays


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The port is closed, Reuters reports.", [("Reuters", "reports")]),
        ("The coach is leaving, his agent told the BBC.", [("BBC", "told")]),
        ("The coach is leaving, his agent told the Examiner.", [("Examiner", "told")]),
        ("Speaking to RT Actualidad, the coach said he was leaving.", [("RT Actualidad", "told")]),
        ("In the Sky News studio, the coach said he was leaving.", [("Sky News", "told")]),
        ("The army fired, Sana news agency reported.", [("SANA", "reports")]),
        ("A club across from Pulse nightclub has closed, police said.", []),
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
        ("The Interfax news agency quoted a clerk as saying that the port was shut.", [("Interfax", "quotes")]),
        ("In the Telegraph, Ana Ruiz says she will go.", [("The Telegraph", "told")]),
        ("Over at the Spectator, Ana Ruiz says she will go.", [("The Spectator", "told")]),
        ("Over at the Associated Press, officials say the port is shut.", [("AP", "told")]),
        ("Reuters' Ana Ruiz spoke to Bo Lund, who said the wall would hold.", [("Reuters", "told")]),
        ("The BBC's Ana Ruiz has been talking to Bo Lund, who says he is tired.", [("BBC", "told")]),
        ("The Guardian's Ana Ruiz is in Mida. The mayor said the port was open.", []),
        (
            "Wired says the phone is late. The tech magazine adds that it will cost more.",
            [("Wired", "reports"), ("Wired", "reports")],
        ),
        ("As reported by the Mida Herald, the port is shut.", [("Mida Herald", "reports")]),
        ("The owner of the Mida Herald, Ana Ruiz, said it would close.", []),
        ("Ruiz has been on TV. Talking about the vote, she said it was fair.", []),
        ("The sun rose, the mayor said.", []),
        ("The Mail on Sunday said that ministers would quit.", [("Mail on Sunday", "reports")]),
        ("As Ana Ruiz reports in today's Guardian, three have quit.", [("The Guardian", "reports")]),
        ("A scoop in this morning's Irish Times: the port is sold, officials say.", [("The Irish Times", "reports")]),
        ("Asked by De Volkskrant whether it was over, Lind said it was not.", [("de Volkskrant", "told")]),
        ("Asked on LBC about it, Lind said it was not.", [("LBC", "told")]),
        ("Ana Ruiz of RBC Europe said the yen fell.", []),
        ("The writer and broadcaster Rana Kabbani said she was glad.", []),
        ("The mayor told reporters that the port was closed.", []),
    ],
)
def test_an_outlet_that_passed_something_on_is_a_relay(text: str, found: list[tuple[str, str]]) -> None:
    assert relays(text) == found


@pytest.mark.parametrize(("text", "told"), lines("relayed.txt"))
def test_a_statement_has_the_outlets_that_it_came_by(text: str, told: str) -> None:
    found = dict.fromkeys(relays(text.replace(" ¶ ", "\n\n")))
    assert "; ".join(f"{outlet}:{mode}" for outlet, mode in found) == told
