"""One call of a language model, with limits on what is sent, on its time and on the answer.

Owns the call. It logs how many characters of which post were sent, and how many suggestions came back; never words, and
never the key. Look next: `question`, `answers`.
"""

import logging
from collections.abc import Callable, Sequence
from typing import Any, Final

from asithappened.ledger.model import answers, question
from asithappened.ledger.model.answers import NoAnswer
from asithappened.ledger.model.named import Model
from asithappened.ledger.views import BlogView, PostView
from asithappened.outbound import OutboundError
from asithappened.outbound.configured import ask_configured

MOST_CHARS: Final = 20_000  # of a post: some five thousand tokens, which every model takes
ANSWER_BYTES: Final = 500_000

_log = logging.getLogger(__name__)


class ModelFailed(Exception):
    """A model was not asked, or did not answer as it should. The message says why; it holds no words of the post."""


class ModelSuggester:
    """A suggester that asks a language model. It takes seconds, so it is not asked while somebody types."""

    name = "model"
    kinds = answers.KINDS

    def __init__(self, model: Model, *, tell: Callable[[str], None] = _log.info) -> None:
        """Keep the model to ask. `tell`: gets a line about each call."""
        self._model, self._tell = model, tell
        self.version = model.name

    def suggest(self, post: PostView, blog: BlogView) -> Sequence[Any]:
        """Return its suggestions for a post, unchecked. Raises ModelFailed."""
        which = f"post {post.number}" + (f" ({post.id})" if post.id else "")
        characters = len(post.text)
        if characters > MOST_CHARS:
            raise ModelFailed(f"{which} has {characters:,} characters, and {MOST_CHARS:,} are sent at the most")
        if not post.text.strip():
            return ()
        self._tell(f"{self._model.name} is sent {characters:,} characters of {which}")
        try:
            found = answers.read(self._asked(post.text), post, blog.language)
        except (OutboundError, NoAnswer, ModelFailed) as error:
            self._tell(f"{self._model.name} gave no answer about {which}: {error}")
            raise ModelFailed(str(error)) from error
        kept = len(found.suggestions)
        self._tell(
            f"{self._model.name} answered about {which}: {found.said:,} suggestions, "
            f"{found.said - kept:,} of them with words or numbers that are not there"
        )
        return found.suggestions

    def _asked(self, text: str) -> bytes:
        headers = {"accept": "application/json", "content-type": "application/json"}
        if self._model.key:
            headers["authorization"] = f"Bearer {self._model.key}"
        answer = ask_configured(
            "POST",
            f"{self._model.url}/chat/completions",
            headers=headers,
            content=question.about(text, model=self._model.name),
            within_s=self._model.within_s,
            at_most=ANSWER_BYTES,
        )
        if answer.status != 200:
            # Its words are left out: some servers repeat what they were sent, even the key.
            raise ModelFailed(f"it answers with {answer.status}")
        return answer.body
