"""Promises of the doctor about suggesters: each is tried, and one that fails is named with the reason."""

from pathlib import Path

import pytest
from django.conf import settings

from asithappened.ledger.model.named import Model
from asithappened.wiring.doctor import suggesting
from tests.ledger.models import Answering, serving
from tests.ledger.packages import Package

SOURCE = """
class Silent:
    name, version, kinds = "silent", "1", frozenset({"hedge"})
    def suggest(self, post, blog):
        return ()

class Falling(Silent):
    def suggest(self, post, blog):
        raise ValueError("no words")

class Lying(Silent):
    def suggest(self, post, blog):
        yield dict(kind="hedge", post=post.number, start=0, end=4, exact="nope", confidence=80, rule="lying.one",
                   hedge="reported")
"""


@pytest.fixture
def offered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Install a package whose suggesters do nothing, fall over and lie."""
    package = Package(tmp_path / "site", "three_of_them")
    package.offer({"silent": "Silent", "falling": "Falling", "lying": "Lying"}, SOURCE)
    monkeypatch.syspath_prepend(str(package.folder))


def test_where_nobody_is_named_our_own_rules_suggest_and_nothing_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "SUGGESTERS", ())
    monkeypatch.setattr(settings, "MODEL", None)
    assert (suggesting.suggesters().result, suggesting.model().result) == ("ok", "ok")
    assert "no other package" in suggesting.suggesters().says
    assert "no language model" in suggesting.model().says


@pytest.mark.usefixtures("offered")
def test_a_suggester_that_starts_and_answers_is_said_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "SUGGESTERS", ("silent",))
    found = suggesting.suggesters()
    assert (found.result, found.says) == ("ok", "silent: started and answered")


@pytest.mark.parametrize(
    ("name", "fault"),
    [("falling", "ValueError: no words"), ("lying", "not_exact"), ("nowhere", "no installed package offers")],
)
@pytest.mark.usefixtures("offered")
def test_a_suggester_that_fails_is_named_with_its_fault_and_with_what_to_do(
    name: str, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "SUGGESTERS", ("silent", name))
    found = suggesting.suggesters()
    assert found.result == "warn"
    assert found.says.startswith(f"{name}: ")
    assert fault in found.says
    assert "ASITHAPPENED_SUGGESTERS" in found.do


def test_a_model_that_answers_is_said_to_with_how_many_live_blogs_it_may_read(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(lambda to: to.suggest()) as site:
        monkeypatch.setattr(settings, "MODEL", Model(url=site.url, name="tiny", blogs=frozenset({"storm", "flood"})))
        found = suggesting.model()
    assert (found.result, found.says) == ("ok", f"tiny at {site.url} answers, and may read 2 live blogs")
    assert len(site.asked) == 1


def refusing(to: Answering) -> None:
    to.answer(b"sk-secret is wrong", 401)


def babbling(to: Answering) -> None:
    to.say("I am sorry")


def test_a_model_that_does_not_answer_as_it_should_is_named_with_why_and_without_its_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for behave, why in ((refusing, "it answers with 401"), (babbling, "its words are no JSON")):
        with serving(behave) as site:
            monkeypatch.setattr(settings, "MODEL", Model(url=site.url, name="tiny", key="sk-secret"))
            found = suggesting.model()
        assert (found.result, found.says) == ("warn", f"tiny at {site.url}: {why}")
        assert "ASITHAPPENED_MODEL_" in found.do
        assert "sk-secret" not in found.says + found.do
