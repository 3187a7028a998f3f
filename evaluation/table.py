"""Scores as text for people: a table of tasks, and the worst errors of each.

Owns the layout only. Look next: `scoring`.
"""

import math
from collections.abc import Mapping

from evaluation.scoring import Task, worst


def table_of(title: str, tasks: Mapping[str, Task]) -> str:
    """Return a line for each task: precision, recall, F1, and the counts."""
    width = max((len(name) for name in tasks), default=0)
    width = max(width, len(title))
    lines = [f"{title:<{width}}   P     R     F1   right  extra  missed"]
    lines += [
        f"{name:<{width}}  {_share(task.precision)}  {_share(task.recall)}  {_share(task.f1)}"
        f"  {task.right:>5}  {task.extra:>5}  {task.missed:>6}"
        for name, task in tasks.items()
    ]
    return "\n".join(lines) + "\n" if tasks else f"{title}: nothing is annotated.\n"


def errors_of(title: str, tasks: Mapping[str, Task], wanted: str, most: int) -> str:
    """Return the worst errors of each task whose name contains `wanted`, the most confident first."""
    lines: list[str] = []
    for name, task in tasks.items():
        if wanted in name and task.errors and most:
            lines.append(f"{title}, {name}: {len(task.errors)} errors")
            for error in worst(task, most):
                sure = f"{error.confidence:>3}" if error.confidence >= 0 else "  -"
                lines.append(f"  {sure}  {error.what}\n       {error.words}\n       {error.where}")
            lines.append("")
    return "\n".join(lines)


def _share(value: float) -> str:
    return "  - " if math.isnan(value) else f"{value:.2f}".removeprefix("0").rjust(4)
