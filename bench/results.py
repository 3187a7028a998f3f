"""The rows: our figure, the rivals', and the target; as a table and as results.json.

Owns how targets are judged and how rows are written. Knows nothing of how a figure is measured.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

OURS: Final = "fast"


@dataclass(frozen=True, kw_only=True)
class Bound:
    """A target: ours compared with `factor` times a rival's figure, or with `limit` itself."""

    most: bool  # True: ours may be at most that; False: it must be at least that
    rival: str = ""
    factor: float = 1.0
    limit: float | None = None

    def __str__(self) -> str:
        sign = "≤" if self.most else "≥"
        return f"{sign} {self.limit:g}" if self.limit is not None else f"{sign} {self.factor:g} × {self.rival}"

    def met(self, ours: float | None, rivals: Mapping[str, float | None]) -> bool | None:
        """Say whether it is met; None if a figure is missing."""
        reference = self.limit if self.limit is not None else rivals.get(self.rival)
        if ours is None or reference is None:
            return None
        bound = reference if self.limit is not None else reference * self.factor
        return ours <= bound if self.most else ours >= bound


def at_most(factor: float, rival: str) -> Bound:
    """Ours may be at most `factor` times the rival's."""
    return Bound(most=True, factor=factor, rival=rival)


def at_least(factor: float, rival: str) -> Bound:
    """Ours must be at least `factor` times the rival's."""
    return Bound(most=False, factor=factor, rival=rival)


def below(limit: float) -> Bound:
    """Ours may be at most `limit`."""
    return Bound(most=True, limit=limit)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One figure: ours, the rivals', the targets."""

    name: str
    unit: str
    ours: float | None
    rivals: dict[str, float | None] = field(default_factory=dict)
    bounds: tuple[Bound, ...] = ()
    note: str = ""

    @property
    def met(self) -> bool | None:
        """True if every bound that can be judged is met, False if one is not, None if none can be judged."""
        judged = [bound.met(self.ours, self.rivals) for bound in self.bounds]
        return False if False in judged else True if judged and None not in judged else None

    def as_json(self) -> dict[str, Any]:
        """Return the row in the form of results.json."""
        ratio = {
            rival: round(self.ours / value, 3)
            for rival, value in self.rivals.items()
            if self.ours is not None and value
        }
        return {
            "name": self.name,
            "unit": self.unit,
            "ours": _round(self.ours),
            "rivals": {rival: _round(value) for rival, value in self.rivals.items()},
            "ratio": ratio,
            "target": " and ".join(map(str, self.bounds)),
            "met": self.met,
            "note": self.note,
        }


def row(
    name: str, unit: str, figures: Mapping[str, float | None], bounds: Iterable[Bound] = (), *, note: str = ""
) -> Row:
    """Make a row of the figures by server; ours has its lane's name."""
    rivals = {server: value for server, value in figures.items() if server != OURS}
    return Row(name=name, unit=unit, ours=figures.get(OURS), rivals=rivals, bounds=tuple(bounds), note=note)


def quantile(values: Sequence[float], share: float) -> float | None:
    """Return the value that this share of the values is below; None without values."""
    return sorted(values)[int(len(values) * share)] if values else None


def _round(value: float | None) -> float | None:
    return value if value is None else float(f"{value:.4g}")


def write(
    path: Path, rows: Iterable[Row], *, machine: Mapping[str, str], missing: Mapping[str, str], run: Mapping[str, Any]
) -> None:
    """Write results.json: one row a line, so that two runs can be compared with diff."""
    lines = ",\n  ".join(json.dumps(each.as_json(), ensure_ascii=False) for each in rows)
    head = json.dumps(
        {"machine": dict(machine), "run": dict(run), "missing": dict(missing)}, ensure_ascii=False, indent=1
    )
    path.write_text(f'{head[:-2]},\n "rows": [\n  {lines}\n ]\n}}\n', encoding="utf-8")


def table(rows: Iterable[Row]) -> str:
    """Return the rows as text: ours, then each rival with ours ÷ rival in brackets, then the target."""
    lines = []
    for each in rows:
        shown = each.as_json()
        cells = [f"{each.name:<34}", f"{_number(each.ours):>9} {each.unit:<12}"]
        for rival, value in each.rivals.items():
            ratio = f" ({shown['ratio'][rival]:.2f})" if rival in shown["ratio"] else ""
            cells.append(f"{rival} {_number(value)}{ratio}")
        verdict = {True: "met", False: "NOT MET", None: "cannot be judged here"}[each.met] if each.bounds else ""
        tail = f"  [{shown['target']}: {verdict}]" if each.bounds else ""
        lines.append("  ".join(cells) + tail + (f"  {each.note}" if each.note else ""))
    return "\n".join(lines)


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:,.0f}" if abs(value) >= 1_000 else f"{value:.3g}"
