"""The house's sources: adding one, changing it, merging two, erasing a name everywhere.

Owns the permissions: everybody who publishes on some live blog maintains the list, and only a site admin erases a name,
because that reaches the logs of other owners. Look next: `sourcing` for the tables, `forgetting` for the erasure.
"""

import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from asithappened.accounts import gate
from asithappened.accounts.models import Membership, Role, User
from asithappened.core import events as e
from asithappened.core import limits, text
from asithappened.core.refusal import Refusal
from asithappened.core.searching import searchable
from asithappened.desk import erased_names
from asithappened.desk.actions.actor import Actor, System
from asithappened.desk.actions.carry_out import Moved, Refused, note
from asithappened.desk.models import Source, SourceName
from asithappened.jobs.put import put

KIND = "forget_source"


def check_may_keep(by: Actor) -> None:
    """Refuse people who publish on no live blog."""
    if isinstance(by, System):
        return
    editing = Membership.objects.filter(user=by, role__in=(Role.EDITOR, Role.OWNER))
    if not (gate.may_open(by) or (by.is_active and editing.exists())):
        raise PermissionDenied


def listed(asked: str = "") -> "QuerySet[Source]":
    """Return all sources, or those with a name that contains some words, sorted by name."""
    found = Source.objects.filter(merged_into=None, leaving=False).order_by("name", "pk")
    if folded := searchable(asked):
        found = found.filter(Q(names__folded__contains=folded) | Q(affiliation__icontains=asked.strip())).distinct()
    return found


def find(name: str) -> Source | None:
    """Return the source with a name or alias."""
    found = SourceName.objects.filter(folded=searchable(name)).select_related("source").first()
    return None if found is None else found.source


class Known(NamedTuple):
    """What is printed of a source, and whether its name is being erased."""

    name: str
    kind: str
    role: str
    key: str
    leaving: bool


def known(names: Iterable[str]) -> dict[str, Known]:
    """Return the sources with some names, by their folded names."""
    asked = sorted({searchable(name) for name in names})
    if not asked:
        return {}
    # In plain SQL: a post with rows of the ledger asks before it goes out, and Django takes ten times as long.
    query = _KNOWN.format(", ".join(["%s"] * len(asked)))
    with connection.cursor() as cursor:
        cursor.execute(query, asked)
        return {
            folded: Known(name, kind, role, key, bool(leaving))
            for folded, name, kind, role, key, leaving in cursor.fetchall()
        }


_KNOWN: Final = """
SELECT called.folded, source.name, source.kind, source.role, source.key, source.leaving
FROM desk_sourcename AS called JOIN desk_source AS source ON source.id = called.source_id WHERE called.folded IN ({})
"""


def keys_of(source: Source) -> list[str]:
    """Return the keys of a source in the logs: its own, and those of sources that were merged into it."""
    return [source.key, *Source.objects.filter(merged_into=source).values_list("key", flat=True)]


def said_by(
    name: str, *, kind: e.SourceKind, role: str, by: Actor, there: Mapping[str, Known] | None = None
) -> e.SaidBy | None:
    """Return a source as it is printed, found by name or alias; a new one is added to the house's list.

    A source that must not be named keeps its printed description, and is not added. `there`: the result of `known`, if
    several names are looked up at once.
    """
    name = text.one_line(name)
    if text.blank(name):
        return None
    if kind is e.SourceKind.ANONYMOUS:
        return e.SaidBy(name=name, kind=kind, role=role)
    found: Source | Known | None = find(name) if there is None else there.get(searchable(name))
    found = found or _added(name, kind=kind, role=role, by=by)
    if found.leaving:
        raise Refused(_being_erased())
    return e.SaidBy(name=found.name, kind=e.SourceKind(found.kind), role=role or found.role, source=found.key)


def _added(name: str, *, kind: e.SourceKind, role: str, by: Actor) -> Source:
    try:
        return add_source(by=by, name=name, kind=kind, role=role)
    except Refused as refused:  # somebody else added it at this moment
        if refused.refusal.code == "name_taken" and (found := find(name)) is not None:
            return found
        raise


def add_source(
    *,
    by: Actor,
    name: str,
    aliases: Sequence[str] = (),
    kind: e.SourceKind = e.SourceKind.PERSON,
    affiliation: str = "",
    role: str = "",
    reliability: str = "",
) -> Source:
    """Add a source to the house's list."""
    check_may_keep(by)
    _named(name)
    with transaction.atomic():
        made = Source.objects.create(
            key=secrets.token_hex(6),
            name=name,
            kind=kind,
            affiliation=affiliation,
            role=role,
            reliability=reliability,
        )
        _call(made, [name, *aliases])
        erased_names.known_again([name, *aliases])
        note(None, by=by, name="add_source", about=made.key)
    return made


def learn_alias(name: str, *, of: str, by: User) -> None:
    """Learn an alias of a source, if the two names share a word, or one is an abbreviation of the other.

    "Lund" is Bo Lund and "ECB" the European Central Bank; but "the agency" may be any agency. The source's page shows
    its aliases and can remove them.
    """
    name = text.one_line(name)
    if not name or name == of or len(searchable(name)) > _FOLDED_CHARS:
        return
    shared = {word for word in _words(name) if word[:1].isupper()} & _words(of)
    initials = "".join(word[0] for word in of.split() if word[:1].isupper())
    if not (shared or (len(name) > 1 and name == initials)) or find(name):
        return
    source = find(of)
    if source is None or source.leaving:
        return
    _, learned = SourceName.objects.get_or_create(folded=searchable(name), defaults={"source": source, "name": name})
    if learned:
        note(None, by=by, name="learn_alias", about=source.key)


def _words(name: str) -> set[str]:
    return set(re.findall(r"\w{2,}", name))


def change_source(
    source: Source,
    *,
    by: User,
    version: int,
    name: str,
    aliases: Sequence[str],
    kind: e.SourceKind,
    affiliation: str,
    role: str,
    reliability: str,
) -> None:
    """Change a source. What was printed of it before stays. Raises Moved."""
    check_may_keep(by)
    _named(name)
    with transaction.atomic():
        _next(source, version, name=name, kind=kind, affiliation=affiliation, role=role, reliability=reliability)
        source.names.all().delete()
        _call(source, [name, *aliases])
        note(None, by=by, name="change_source", about=source.key)
    source.refresh_from_db()


def merge_sources(source: Source, *, by: User, into: str, version: int) -> Source:
    """Merge a source into another, found by name: both sources' statements are then the other's. Raises Moved."""
    check_may_keep(by)
    other = find(into)
    if other is None or other.leaving:
        raise Refused(Refusal("no_source", "No source goes by that name."))
    if other.pk == source.pk:
        raise Refused(Refusal("unchanged", "That is this source itself."))
    with transaction.atomic():
        _next(source, version, merged_into=other)
        Source.objects.filter(merged_into=source).update(merged_into=other)
        source.names.update(source=other)
        Source.objects.filter(pk=other.pk).update(version=F("version") + 1, changed_at=timezone.now())
        note(None, by=by, name="merge_sources", about=f"{source.key} {other.key}")
    return other


def forget_source(source: Source, *, by: User) -> None:
    """Erase a source's name: it leaves the list at once, and a job erases it from every log a moment later.

    Its statements stay, as an unnamed source's. This cannot be undone.
    """
    gate.check_may_administer(by)
    with transaction.atomic():
        _next(source, source.version, leaving=True)
        put(KIND, key=source.key, payload={"source": source.key}, on_behalf_of=by.pk)
        note(None, by=by, name="forget_source", about=source.key)


def _next(source: Source, version: int, **values: object) -> None:
    still = Source.objects.filter(pk=source.pk, version=version, leaving=False, merged_into=None)
    if not still.update(version=F("version") + 1, changed_at=timezone.now(), **values):
        raise Moved


def _call(source: Source, names: Iterable[str]) -> None:
    """Set the names of a source; the first is its own."""
    wanted = {searchable(name): text.one_line(name) for name in reversed(list(names)) if not text.blank(name)}
    taken = SourceName.objects.filter(folded__in=wanted).select_related("source").first()
    if taken is not None and taken.source.leaving:
        raise Refused(_being_erased())
    if taken is not None:
        raise _taken(taken.name)
    if any(len(folded) > _FOLDED_CHARS for folded in wanted):
        raise Refused(Refusal("long_name", "This name is too long. Shorten it."))
    called = [SourceName(source=source, name=name, folded=folded) for folded, name in reversed(wanted.items())]
    try:
        with transaction.atomic():
            SourceName.objects.bulk_create(called)
    except IntegrityError as error:  # somebody else used one of them at this moment
        raise _taken(called[0].name) from error


_FOLDED_CHARS: Final = 2 * limits.NAME_CHARS  # the size of the column


def _taken(name: str) -> Refused:
    why = "Another source goes by the name “{name}” already. Merge the two, if they are one."
    return Refused(Refusal("name_taken", why, {"name": name}))


def _named(name: str) -> None:
    if not searchable(name):
        raise Refused(Refusal("no_name", "A source has a name, or a description if it is not to be named."))


def _being_erased() -> Refusal:
    return Refusal("being_erased", "The name of this source is being erased.")
