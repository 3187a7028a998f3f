"""Reads the settings of suggesters beside our own rules: ASITHAPPENED_SUGGESTERS, ASITHAPPENED_MODEL….

Owns which live blogs the language model may read. While somebody types, only our own rules answer; the others run
afterwards. Imports no Django. Look next: `ledger.plugins`, `ledger.model`.
"""

from collections.abc import Callable, Mapping

from asithappened.ledger.model import named as model_named
from asithappened.ledger.model.asking import ModelSuggester
from asithappened.ledger.model.named import Model
from asithappened.wiring.mail_server import secret_in


def plugins_named(environ: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names of the other packages' suggesters, each once."""
    return tuple(dict.fromkeys(environ.get("ASITHAPPENED_SUGGESTERS", "").split()))


def model_in(environ: Mapping[str, str]) -> Model | None:
    """Return the language model that the environment names. Raises ValueError for an invalid setting."""
    key = secret_in(environ.get("ASITHAPPENED_MODEL_KEY_FILE", ""), "ASITHAPPENED_MODEL_KEY_FILE")
    return model_named.named(environ, key)


def model_for(slug: str, model: Model | None, *, tell: Callable[[str], None]) -> ModelSuggester | None:
    """Return the model's suggester for a live blog; None if there is no model, or it may not read this one."""
    return ModelSuggester(model, tell=tell) if model is not None and slug in model.blogs else None
