"""The jobs that wait for a person's decision: a site admin's list of them, and the buttons for each."""

from functools import partial
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from asithappened.accounts import gate, mail
from asithappened.accounts.models import User
from asithappened.desk.actions import scheduling
from asithappened.desk.actions.jobs import scheduled_of, settle_job
from asithappened.desk.views.asking import asker, signed_in
from asithappened.desk.views.flow import flow
from asithappened.desk.views.screen import Done, Screen, press
from asithappened.jobs import stopped
from asithappened.jobs.models import Job, State
from asithappened.log import read
from asithappened.render.words import label_of


@require_safe
@signed_in
def jobs(request: HttpRequest) -> HttpResponse:
    gate.check_may_administer(asker(request))
    return render(request, "desk/jobs.html", {"jobs": [_shown(job) for job in stopped.stopped()]})


@flow
def job(request: HttpRequest, number: int) -> Screen:
    """Show one job and what each button does to it; do it."""
    by = asker(request)
    gate.check_may_administer(by)
    found = Job.objects.filter(pk=number).first()
    if found is None:
        raise Http404
    here = reverse("desk:jobs")

    def settle(word: str, said: str) -> Done:
        settle_job(number, by=by, word=word)
        return Done(said=said, to=here, told={"job": number})

    said = {
        "again": _("It is tried again, now."),
        "discard": _("Discarded. It is not done."),
        "arrived": _("Taken for done."),
    }
    return Screen(
        template="desk/job.html",
        context=lambda: {**_shown(found), "waits": found.state in stopped.STATES},
        buttons={word: press(partial(settle, word, words)) for word, words in said.items()},
        back=here,
    )


_KINDS: Final = {
    scheduling.KIND: gettext_lazy("Publish a post at its time"),
    mail.KIND: gettext_lazy("Send a letter about an account"),
}


def _called(job: Job) -> str:
    """Return a name for a job; of a scheduled post, with the post and its live blog."""
    name = str(_KINDS.get(job.kind, job.kind))
    row = scheduled_of(job)
    if row is None:
        return name
    blog = read.blog(row.blog_id)
    words = label_of(scheduling.words_of(row), blog.language, 60)
    return f"{name}: “{words}”, {blog.title}" if words else f"{name}: {blog.title}"


def _shown(job: Job) -> dict[str, Any]:
    who = User.objects.filter(pk=job.on_behalf_of).first() if job.on_behalf_of is not None else None
    return {
        "job": job,
        "called": _called(job),
        "who": who,
        "unsure": job.state == State.UNSURE,
        "forbidden": job.state == State.FORBIDDEN,
    }
