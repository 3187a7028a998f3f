"""Who suggests here: our own rules, suggesters of other packages that the operator named, a language model if any.

Owns reading that from the environment (ASITHAPPENED_SUGGESTERS, ASITHAPPENED_MODEL…), and which live blogs the model
may read. Whoever types is answered by our own alone: the others come afterwards. Knows no Django. Look next:
`ledger.plugins`, `ledger.model`.
"""

from collections.abc import Callable, Mapping

from asithappened.ledger.model import named as model_named
from asithappened.ledger.model.asking import ModelSuggester
from asithappened.ledger.model.named import Model
from asithappened.wiring.mail_server import secret_in


def plugins_named(environ: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names of the suggesters that are asked beside ours, each once."""
    return tuple(dict.fromkeys(environ.get("ASITHAPPENED_SUGGESTERS", "").split()))


def model_in(environ: Mapping[str, str]) -> Model | None:
    """Return the language model that the environment names. Raises ValueError for a setting that is none."""
    key = secret_in(environ.get("ASITHAPPENED_MODEL_KEY_FILE", ""), "ASITHAPPENED_MODEL_KEY_FILE")
    return model_named.named(environ, key)


def model_for(slug: str, model: Model | None, *, tell: Callable[[str], None]) -> ModelSuggester | None:
    """Return what asks the model about a live blog; None if there is no model, or it may not read this one."""
    return ModelSuggester(model, tell=tell) if model is not None and slug in model.blogs else None
