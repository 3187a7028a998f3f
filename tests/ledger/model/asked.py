"""Asks a model about a text, for tests, and has the answers that their server gives."""

from typing import Any

from asithappened.ledger import reading
from asithappened.ledger.gate import Dropped
from asithappened.ledger.model.asking import ModelSuggester
from asithappened.ledger.model.named import Model
from asithappened.ledger.suggestions import AnySuggestion
from asithappened.ledger.views import BlogView, of_text
from tests.ledger.models import Behave, serving

TEXT = (
    "At least 12 boats sank off Port Vale, harbour master Ada Quill said, the Coast Echo reports. "
    "The harbour may close. Ada Quill said 14 boats were safe."
)


KEY = "sk-not-to-be-seen"

SAID: dict[str, Any] = {
    "kind": "attribution", "exact": "At least 12 boats sank off Port Vale", "source": "Ada Quill",
    "source_exact": "Ada Quill", "cue": "said", "cue_class": "assert", "quote": "indirect", "channel": "",
    "relays": [{"outlet": "The Daily Lie", "exact": "Coast Echo", "mode": "reports"}],
}  # fmt: skip


HEDGE = {"kind": "hedge", "exact": "may", "hedge": "estimative"}


FIGURE = {"kind": "figure", "exact": "At least 12", "value": 12, "modifier": "at_least", "counted": "boats"}


PLACE = {"kind": "place", "exact": "Port Vale", "role": "event"}


class Asked:
    """What came of asking about a text: what passed, what the gate dropped, what was said in the log, what was sent."""

    def __init__(self, behave: Behave, text: str = TEXT, within_s: float = 20.0) -> None:
        self.dropped: list[Dropped] = []
        self.log: list[str] = []
        post, older = of_text(text), of_text("An older post with secrets.", number=2)
        with serving(behave) as site:
            model = Model(url=site.url, name="tiny", key=KEY, within_s=within_s)
            one = ModelSuggester(model, tell=self.log.append)
            blog = BlogView(posts=(post, older))
            self.said: tuple[AnySuggestion, ...] = reading.read(post, blog, [one], tell=self.dropped.append)
        self.sent = site.asked

    @property
    def why(self) -> str:
        """Why there was no answer."""
        assert self.said == ()
        [dropped] = self.dropped
        assert dropped.reason == "raised"
        return dropped.seen


def suggesting(*suggestions: Any) -> Asked:
    return Asked(lambda to: to.suggest(*suggestions))


def saying(content: str) -> Asked:
    return Asked(lambda to: to.say(content))
