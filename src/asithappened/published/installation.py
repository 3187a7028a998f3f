"""Values on which all machines on one database agree, by name.

Owns reading and writing them. Wiring decides which values there are, and what a machine with another value does.
"""

from asithappened.published.models import Agreement


def agreed() -> dict[str, str]:
    """Return all agreed values."""
    return dict(Agreement.objects.values_list("name", "value"))


def agree(name: str, value: str, *, anew: bool = False) -> str:
    """Set a value if there is none (or `anew`), and return the agreed one."""
    row, _ = Agreement.objects.get_or_create(name=name, defaults={"value": value})
    if anew and row.value != value:
        Agreement.objects.filter(name=name).update(value=value)
        return value
    return row.value
