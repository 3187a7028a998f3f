"""Promise: every kind of event is in a union, is published by a verb or an importer, and tried by the laws."""

import ast
from collections.abc import Iterator
from pathlib import Path

from asithappened.core import events as e
from tests.press import happenings


def shapes(of: type[e.EventShape] = e.EventShape) -> Iterator[type[e.EventShape]]:
    """Yield every event of core that there is a class of; tests have more."""
    for shape in of.__subclasses__():
        yield from shapes(shape)
        if shape.KIND and shape.__module__.startswith("asithappened.core."):
            yield shape


def made_in(*files: Path) -> set[str]:
    """Return the names of the events that some code makes: `e.PostPinned(…)`, or `e.PostPinned` handed on."""
    trees = (ast.parse(file.read_text(encoding="utf-8")) for file in files)
    nodes = (node for tree in trees for node in ast.walk(tree))
    return {node.func.attr for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)}


def test_every_kind_is_in_the_union_once() -> None:
    missing = [f"{shape.KIND}: {shape.__name__} is in no union of core/events.py" for shape in {*shapes()} - {*e.ALL}]
    assert not missing, "\n".join(missing)
    assert len({event.KIND for event in e.ALL}) == len(e.ALL)


def test_every_kind_is_said_by_a_verb_or_an_importer(root: Path) -> None:
    package = root / "src" / "asithappened"
    made = made_in(*package.glob("desk/actions/*.py"), *package.glob("desk/*.py"), *package.glob("importers/**/*.py"))
    missing = [event for event in e.ALL if event.__name__ not in made]
    assert not missing, "\n".join(f"{m.KIND}: no verb in desk/actions and no importer says it" for m in missing)


def test_every_kind_happens_on_some_day_that_the_laws_are_tried_with() -> None:
    made = made_in(Path(happenings.__file__))
    missing = [event for event in e.ALL if event.__name__ not in made]
    assert not missing, "\n".join(f"{m.KIND}: tests/press/happenings.py lets it happen on no day" for m in missing)
