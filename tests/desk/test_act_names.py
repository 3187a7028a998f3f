"""What is in the audit is said in plain words."""

import ast

from asithappened.desk.act_names import SAID
from tests.desk.documented import PAGE

ACTIONS = PAGE.parents[1] / "src/asithappened/desk/actions"


def left_by(code: str) -> set[str]:
    """Return the verbs that a module's calls name."""
    return {
        word.value.value
        for call in ast.walk(ast.parse(code))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") != "System"
        for word in call.keywords
        if word.arg == "name" and isinstance(word.value, ast.Constant) and isinstance(word.value.value, str)
    }


def test_every_verb_that_leaves_a_line_has_its_words_and_no_other_has() -> None:
    left = set().union(*(left_by(path.read_text("utf-8")) for path in ACTIONS.glob("*.py")))
    assert left == set(SAID)
