"""A follower that notes each fact it is given in a row of its own, once: a second note of the same fact is refused.

Owns nothing of the product. Its rows lie in a table that is there anyway. Look next: test_follow.py.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import QuerySet

from asithappened.log.follow import Facts
from asithappened.published.models import Agreement


@dataclass
class Notes:
    """`before`, `during`: what happens as facts are read, and as they are written."""

    NAME: str = "notes"
    of: str = "1"
    begun: list[str] = field(default_factory=list)
    before: Callable[[int], None] = lambda blog: None
    during: Callable[[int], None] = lambda blog: None

    def version(self) -> str:
        """Return what the test says it is."""
        return self.of

    def begin(self) -> None:
        """Note which version begins."""
        self.begun.append(self.of)

    def consume(self, blog: int, facts: Facts) -> Callable[[], None]:
        """Note what each fact is, and in the order of what came before."""
        notes = [(fact.seq, fact.kind) for fact in facts]
        assert [seq for seq, _ in notes] == list(range(facts.after + 1, facts.upto + 1))
        self.before(blog)

        def write() -> None:
            assert transaction.get_connection().in_atomic_block
            if facts.anew:
                self._rows(blog).delete()
            for seq, kind in notes:
                assert self._rows(blog).count() == seq - 1, "in order, and nothing is missing before it"
                Agreement.objects.create(name=self._name(blog, seq), value=f"{self.of} {kind}")
            self.during(blog)

        return write

    def _name(self, blog: int, seq: int) -> str:
        return f"{self.NAME} {blog} {seq:06}"

    def _rows(self, blog: int) -> QuerySet[Agreement]:
        return Agreement.objects.filter(name__startswith=f"{self.NAME} {blog} ")

    def noted(self, blog: int) -> list[str]:
        """Return what was noted of a blog, in order."""
        return list(self._rows(blog).order_by("name").values_list("value", flat=True))
