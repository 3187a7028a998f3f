"""The desk's addresses. `/desk/live/SLUG/` stands over the reader's `/live/SLUG/`."""

from django.urls import include, path

from asithappened.desk.views import (
    about,
    beat,
    blogs,
    drafts,
    handover,
    jobs,
    life,
    live,
    me,
    notes,
    people,
    post_history,
    posts,
    rows,
    scheduled,
    submissions,
    tabs,
    welcome,
)

app_name = "desk"

_OF_A_POST = [
    path("p/<slug:post>/", posts.edit, name="edit"),
    path("p/<slug:post>/withdraw/", posts.withdraw, name="withdraw"),
    path("p/<slug:post>/erase/", posts.erase, name="erase"),
    path("p/<slug:post>/change/", posts.change, name="change"),
    path("p/<slug:post>/history/", post_history.history, name="history"),
]
_OF_A_BLOG = [
    path("", live.desk, name="desk"),
    path("as-readers/", live.as_readers, name="as_readers"),
    path("rows/", rows.rows, name="rows"),
    path("write/", posts.write, name="write"),
    *_OF_A_POST,
    path("hand-in/", submissions.hand_in, name="hand_in"),
    path("submissions/", submissions.waiting, name="submissions"),
    path("submissions/<int:number>/", submissions.submission, name="submission"),
    path("drafts/", drafts.drafts, name="drafts"),
    path("handover/", handover.handover, name="handover"),
    path("notes/", notes.notes, name="notes"),
    path("notes/<int:number>/", notes.note, name="note"),
    path("notes/<int:number>/settle/", notes.settle, name="settle_note"),
    path("tab/<slug:name>/", tabs.tab, name="tab"),
    path("beat/", beat.beat, name="beat"),
    path("scheduled/", scheduled.scheduled, name="scheduled"),
    path("scheduled/<int:number>/", scheduled.scheduled_post, name="scheduled_post"),
    path("embargoes/<int:number>/", scheduled.embargo, name="embargo"),
    path("promises/", scheduled.promises, name="promises"),
    path("promises/<int:number>/", scheduled.promise, name="promise"),
    path("settings/", about.settings, name="settings"),
    path("settings/contributor/", about.contributor, name="contributor"),
    path("people/", people.people, name="people"),
    path("close/", life.close, name="close"),
    path("reopen/", life.reopen, name="reopen"),
    path("take-down/", life.take_down, name="take_down"),
    path("continue/", life.continue_, name="continue"),
]
urlpatterns = [
    path("", blogs.blogs, name="blogs"),
    path("me/", me.me, name="me"),
    path("open/", blogs.open_blog, name="open"),
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/<int:number>/", jobs.job, name="job"),
    path("welcome/", welcome.house, name="welcome"),
    path("welcome/blog/", welcome.blog, name="welcome_blog"),
    path("welcome/people/", welcome.people, name="welcome_people"),
    path("sample/", welcome.sample, name="sample"),
    path("handover/<str:token>/", handover.handed_over, name="handed_over"),
    path("live/<slug:slug>/", include(_OF_A_BLOG)),
]
