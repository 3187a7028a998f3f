"""Sources are the house's: known by every name, merged where two are one, and erased from every log by one act."""

import json
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from asithappened.accounts.models import User
from asithappened.core import events as e
from asithappened.desk import actions
from asithappened.desk.actions import ledger, sources
from asithappened.desk.jobs import FORGET
from asithappened.desk.models import Source, SourceName
from asithappened.jobs.models import Job
from asithappened.jobs.work import Given
from tests.desk.conftest import Blog
from tests.desk.test_resting import row

pytestmark = pytest.mark.django_db
PERSON = e.SourceKind.PERSON


def work() -> None:
    """Do what a worker does with the jobs that erase names."""
    for job in Job.objects.filter(kind=FORGET.name):
        payload, whose = json.loads(job.payload), job.on_behalf_of
        FORGET.run(Given(kind=job.kind, key=job.key, payload=payload, on_behalf_of=whose, due=job.due, attempt=1))


def lund(editor: User, **more: Any) -> Source:
    """Add a source of two names."""
    return sources.add_source(by=editor, name="Bo CANARYLUND", aliases=("Mayor Canarylund",), **more)


def test_a_source_is_found_by_each_of_its_names_however_they_are_typed(editor: User, blog: Blog) -> None:
    made = lund(editor, role="mayor")
    for typed in ("bo canarylund", "BO  CANARYLUND ", "Mayor Canarylund"):
        found = sources.said_by(typed, kind=PERSON, role="", by=editor)
        assert found == e.SaidBy(name="Bo CANARYLUND", role="mayor", source=made.key)
    assert [one.pk for one in sources.listed("mayor")] == [made.pk]
    assert not sources.listed("bishop")


def test_somebody_new_is_added_and_whoever_is_not_to_be_named_is_not(editor: User, blog: Blog) -> None:
    new = sources.said_by("Ines Calloway", kind=PERSON, role="", by=editor)
    assert new.source == Source.objects.get().key
    hidden = sources.said_by("A senior official", kind=e.SourceKind.ANONYMOUS, role="", by=editor)
    assert (hidden.source, Source.objects.count()) == ("", 1)
    assert sources.said_by("  ", kind=PERSON, role="", by=editor) is None


def test_no_two_sources_go_by_one_name_and_two_that_are_one_are_merged(editor: User, blog: Blog) -> None:
    made, other = lund(editor), sources.add_source(by=editor, name="B. Lund")
    with pytest.raises(actions.Refused) as refused:
        sources.add_source(by=editor, name="The mayor", aliases=("mayor canarylund",))
    assert refused.value.refusal.code == "name_taken"
    assert Source.objects.count() == 2
    sources.merge_sources(other, by=editor, into="Bo Canarylund", version=1)
    assert sources.find("B. Lund") == made
    assert list(sources.listed()) == [made]
    assert sources.keys_of(made) == [made.key, other.key]
    with pytest.raises(actions.Moved):
        sources.merge_sources(other, by=editor, into="Bo Canarylund", version=1)


def test_only_whoever_publishes_somewhere_keeps_the_list_and_only_a_site_admin_erases_a_name(
    editor: User, owner: User, contributor: User, stranger: User, blog: Blog
) -> None:
    made = lund(editor)
    for nobody in (contributor, stranger):
        with pytest.raises(PermissionDenied):
            sources.add_source(by=nobody, name="Somebody")
    for person in (editor, owner):
        with pytest.raises(PermissionDenied):
            sources.forget_source(made, by=person)
    assert Source.objects.get() == made


def test_of_two_who_change_a_source_the_second_is_told(editor: User, owner: User, blog: Blog) -> None:
    made = lund(editor)
    values: dict[str, Any] = {"aliases": (), "kind": PERSON, "affiliation": "", "role": "", "reliability": "B"}
    sources.change_source(made, by=editor, version=1, name="Bo Lund", **values)
    with pytest.raises(actions.Moved):
        sources.change_source(made, by=owner, version=1, name="Someone else", **values)
    assert (made.name, made.reliability, [one.name for one in made.names.all()]) == ("Bo Lund", "B", ["Bo Lund"])


def test_of_two_who_add_a_source_at_once_both_have_it_and_a_name_too_long_when_folded_is_refused(
    editor: User, owner: User, blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = sources.find
    others: list[Source] = []

    def looked_for(name: str) -> Source | None:
        if others:
            return find(name)
        others.append(sources.add_source(by=owner, name="Ines Calloway"))
        return None

    monkeypatch.setattr(sources, "find", looked_for)
    said_by = sources.said_by("ines calloway", kind=PERSON, role="", by=editor)
    assert said_by == e.SaidBy(name="Ines Calloway", source=others[0].key)
    with pytest.raises(actions.Refused) as refused:
        sources.said_by("\ufdfa" * 120, kind=PERSON, role="", by=editor)
    assert refused.value.refusal.code == "long_name"
    sources.learn_alias("Calloway " + "\ufdfa" * 100, of="Ines Calloway", by=editor)
    assert SourceName.objects.count() == 1


def test_a_name_of_few_letters_is_found_as_a_word_alone(admin: User, editor: User, blog: Blog) -> None:
    made = sources.add_source(by=editor, name="Canarymission", aliases=("UN",))
    for row_, words in (("kept", "A hundred are missing."), ("named", "The UN did not know.")):
        by = e.SaidBy(name="Canarymission", source=made.key)
        ledger.record_statement(blog.id, by=editor, statement=e.StatementRecorded(statement=row_, text=words, by=by))
    sources.forget_source(made, by=admin)
    work()
    kept = row(blog, e.STATEMENT, "kept")
    assert (kept.text, kept.by.kind) == ("A hundred are missing.", e.SourceKind.ANONYMOUS)
    assert row(blog, e.STATEMENT, "named").erased
