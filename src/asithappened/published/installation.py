"""What the machines on one database have agreed on, by name.

Owns reading and writing these values. Wiring decides which there are, and what a machine that differs has to do.
"""

from asithappened.published.models import Agreement


def agreed() -> dict[str, str]:
    """Return all that is settled."""
    return dict(Agreement.objects.values_list("name", "value"))


def agree(name: str, value: str, *, anew: bool = False) -> str:
    """Settle something, if nobody has before (or `anew`), and return what is settled."""
    row, _ = Agreement.objects.get_or_create(name=name, defaults={"value": value})
    if anew and row.value != value:
        Agreement.objects.filter(name=name).update(value=value)
        return value
    return row.value
